package reports

import (
	"fmt"
	"io"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// Known is what is expected of a peer besides that it passes.
type Known struct {
	// Failing are the ids of the cases that it fails, and Flaky of those that it
	// passes at one time and not at another.
	Failing, Flaky map[string]bool
	// Baseline is an earlier report: only what is worse than there is not expected. Nil
	// for none.
	Baseline *runner.Report
	// Strict counts lax as failures.
	Strict bool
}

// Surprises are the results that are not expected.
type Surprises struct {
	// Bad are those that fail, though nothing says that they do.
	Bad []*runner.Result
	// Good are those that pass, though they are known to fail.
	Good []*runner.Result
	// Expected is how many fail as they are known to, or at times.
	Expected int
}

// Surprises compares a report with what is known.
func (k *Known) Surprises(r *runner.Report) *Surprises {
	s := &Surprises{}
	before := map[string]cases.Verdict{}
	if k.Baseline != nil {
		before = verdictsOf(k.Baseline)
	}
	for i := range r.Results {
		v := &r.Results[i]
		was, old := before[v.Case.ID]
		bad, failing := k.bad(v.Verdict), k.Failing[v.Case.ID]
		switch {
		case k.Flaky[v.Case.ID], failing, old && gravity(v.Verdict) <= gravity(was):
			if bad {
				s.Expected++
			} else if failing && v.Verdict != cases.Skipped && !k.Flaky[v.Case.ID] {
				s.Good = append(s.Good, v)
			}
		case bad && (old || k.Baseline == nil), old && v.Verdict == cases.Lax:
			s.Bad = append(s.Bad, v)
		}
	}
	return s
}

func (k *Known) bad(v cases.Verdict) bool {
	return v == cases.Failed || v == cases.Errored || k.Strict && v == cases.Lax
}

// Text writes what is not expected, if anything is known at all.
func (s *Surprises) Text(w io.Writer) error {
	var err error
	printf := func(format string, args ...any) {
		if err == nil {
			_, err = io.WriteString(w, Visible(fmt.Sprintf(format, args...)))
		}
	}
	for _, r := range s.Bad {
		printf("unexpected %-5s %s\n", r.Verdict, r.Case.ID)
	}
	for _, r := range s.Good {
		printf("unexpected %-5s %s (it is known to fail: take it off the list)\n", r.Verdict, r.Case.ID)
	}
	printf("known: %s as expected, %d not\n", plural(s.Expected, "failure"), len(s.Bad)+len(s.Good))
	return err
}

// WriteKnown writes the ids of the cases that fail, in the form of a list for
// --known-failing. With strict, lax counts as a failure.
func WriteKnown(w io.Writer, r *runner.Report, strict bool) error {
	k := Known{Strict: strict}
	text := "# What " + oneLine(r.Target) + " fails, for --known-failing @FILE.\n"
	for _, c := range chapters(r.Results) {
		text += k.chapter(c)
	}
	_, err := io.WriteString(w, text)
	return err
}

func (k *Known) chapter(c *chapter) (text string) {
	for _, r := range c.results {
		if k.bad(r.Verdict) && !unplayed(r) {
			text += r.Case.ID + "\n"
		}
	}
	if text != "" {
		text = "\n# " + c.name + "\n" + text
	}
	return text
}

func oneLine(s string) string { return shorten(Visible(s)) }
