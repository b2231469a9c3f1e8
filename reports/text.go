package reports

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// Text writes a report for people. Nothing that a peer sent reaches W as it
// came: what could steer a terminal is made visible.
type Text struct {
	W io.Writer
	// Again is the command that repeats the case with the id; nil leaves it out.
	Again func(id string) string
	// Verbose shows lax, info and skipped cases as blocks too, and each failure in
	// full when many have one cause.
	Verbose bool
	// Strict counts lax as failures.
	Strict bool
}

// Begin writes the line that opens a run.
func (t *Text) Begin(target string, selected int, seed uint64) {
	t.printf("testing %s: %s, seed %d\n", target, plural(selected, "case"), seed)
}

// Report writes the blocks of all that did not pass, a line for each section,
// and one for the whole.
func (t *Text) Report(r *runner.Report) {
	t.features(r.Features)
	t.blocks(r)
	t.lines(r)
	t.sections(r)
	t.trouble(r)
	t.leftOut(r)
	t.total(r)
}

func (t *Text) printf(format string, args ...any) {
	io.WriteString(t.W, Visible(fmt.Sprintf(format, args...)))
}

// lines writes one line for each case that is neither passed nor shown in full,
// and one for each reason why cases were not played.
func (t *Text) lines(r *runner.Report) {
	type group struct{ word, reason string }
	count := map[group]int{}
	var groups []group
	var lines strings.Builder
	for i := range r.Results {
		v := &r.Results[i]
		switch {
		case v.Verdict == cases.Skipped && !t.Verbose, unplayed(v):
			g := group{v.Verdict.String(), shorten(v.Reason)}
			if count[g] == 0 {
				groups = append(groups, g)
			}
			count[g]++
		case v.Verdict == cases.Lax && !t.full(v.Verdict), v.Verdict == cases.Info && !t.Verbose:
			fmt.Fprintln(&lines, Line(v))
		}
	}
	for _, g := range groups {
		fmt.Fprintf(&lines, "%-5s %-50s %s\n", g.word, plural(count[g], "case"), g.reason)
	}
	if lines.Len() > 0 {
		t.printf("\n%s", lines.String())
	}
}

// sections writes one line for each section that cases stand under.
func (t *Text) sections(r *runner.Report) {
	t.printf("\n")
	for _, c := range chapters(r.Results) {
		t.printf("%-18s %s\n", c.name, counts(c.results))
	}
}

// trouble says why the run was cut short, or came to so little.
func (t *Text) trouble(r *runner.Report) {
	if r.Trouble != "" {
		t.printf("\n%s\n", fold(r.Trouble))
	}
	if r.Features.Handshake {
		return
	}
	t.printf("\nThe opening handshake does not succeed, so that what needs an open connection was\nskipped:\n")
	t.printf("%s\n", fold("  "+strings.TrimPrefix(r.Features.HandshakeError, "the opening handshake failed: ")))
	for _, p := range mending(r) {
		t.printf("\n%s\n", fold("  "+p))
	}
}

// leftOut tells what another run would play besides.
func (t *Text) leftOut(r *runner.Report) {
	quick, patient := leftOut(r)
	if quick+patient > 0 {
		t.printf("\n")
	}
	if quick > 0 {
		t.printf("played with less data: %s (--full sends all of it)\n", plural(quick, "case"))
	}
	if patient > 0 {
		t.printf("left out, waiting for a timer of the peer's: %s (--patient plays them)\n", plural(patient, "case"))
	}
}

// leftOut is how many cases were played with less data, and not played because
// they wait.
func leftOut(r *runner.Report) (quick, patient int) {
	for i := range r.Results {
		v := &r.Results[i]
		if v.Quick {
			quick++
		}
		if v.Verdict == cases.Skipped && v.Reason == runner.Impatient {
			patient++
		}
	}
	return quick, patient
}

func (t *Text) total(r *runner.Report) {
	all := make([]*runner.Result, len(r.Results))
	for i := range r.Results {
		all[i] = &r.Results[i]
	}
	t.printf("\n%s: %s in %s: %s\n", OutcomeOf(r, t.Strict), plural(len(all), "case"), r.Elapsed.Round(10*time.Millisecond), counts(all))
}

// counts writes how many there are of each verdict. Cases that a run never came
// to are told apart from those that met trouble.
func counts(results []*runner.Result) string {
	n, never := map[cases.Verdict]int{}, 0
	for _, r := range results {
		if unplayed(r) {
			never++
		} else {
			n[r.Verdict]++
		}
	}
	var parts []string
	for _, v := range cases.Verdicts() {
		if n[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[v], v))
		}
	}
	if never > 0 {
		parts = append(parts, fmt.Sprintf("%d not played", never))
	}
	return strings.Join(parts, ", ")
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
