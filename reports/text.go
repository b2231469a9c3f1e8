package reports

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// Text writes a report for people.
type Text struct {
	W io.Writer
	// Again is the command that repeats a case, up to the case's id: "wsspec test
	// ws://127.0.0.1:9001/".
	Again string
	// Verbose shows lax, info and skipped cases as blocks too.
	Verbose bool
	// Strict counts lax as failures.
	Strict bool
}

// Begin writes the line that opens a run.
func (t *Text) Begin(target string, selected int, seed uint64) {
	fmt.Fprintf(t.W, "testing %s: %s, seed %d\n", target, plural(selected, "case"), seed)
}

// Report writes the blocks of all that did not pass, a line for each section,
// and one for the whole.
func (t *Text) Report(r *runner.Report) {
	t.features(r.Features)
	t.blocks(r)
	t.lines(r)
	t.sections(r)
	t.total(r)
}

func (t *Text) features(f runner.Features) {
	if !f.Handshake {
		fmt.Fprintf(t.W, "\nThe opening handshake does not succeed, so whatever needs an open connection is skipped:\n  %s\n", f.HandshakeError)
		return
	}
	yes := map[bool]string{true: "yes", false: "no"}
	deflate, subprotocols := f.Deflate, strings.Join(f.Subprotocols, ", ")
	if deflate == "" {
		deflate = "no"
	}
	if subprotocols == "" {
		subprotocols = "none of the known ones"
	}
	fmt.Fprintf(t.W, "the server: echo %s; permessage-deflate %s; subprotocols %s\n", yes[f.Echo], quoteUnlessPlain(deflate), subprotocols)
}

// quoteUnlessPlain quotes what a peer sent unless it is printable ASCII.
func quoteUnlessPlain(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return fmt.Sprintf("%q", s)
	}
	return s
}

// blocks writes what failed, in full.
func (t *Text) blocks(r *runner.Report) {
	for i := range r.Results {
		v := &r.Results[i]
		if t.full(v.Verdict) && !unplayed(v) {
			fmt.Fprintf(t.W, "\n%s", v.Block(t.again(v, r.Seed)))
		}
	}
}

// unplayed reports whether a case was never begun, because the run was cut short.
func unplayed(r *runner.Result) bool {
	return r.Verdict == cases.Errored && len(r.Transcript.Entries) == 0
}

func (t *Text) full(v cases.Verdict) bool {
	switch v {
	case cases.Failed, cases.Errored:
		return true
	case cases.Pass:
		return false
	}
	return t.Verbose || t.Strict && v == cases.Lax
}

func (t *Text) again(r *runner.Result, seed uint64) string {
	if t.Again == "" {
		return ""
	}
	return fmt.Sprintf("%s %s --seed %d", t.Again, r.Case.ID, seed)
}

// lines writes one line for each case that is neither passed nor shown in full.
func (t *Text) lines(r *runner.Report) {
	skipped := map[string]int{}
	var reasons []string
	fmt.Fprintln(t.W)
	for i := range r.Results {
		v := &r.Results[i]
		switch {
		case v.Verdict == cases.Skipped && !t.Verbose, unplayed(v):
			if skipped[v.Reason] == 0 {
				reasons = append(reasons, v.Reason)
			}
			skipped[v.Reason]++
		case v.Verdict == cases.Lax && !t.full(v.Verdict), v.Verdict == cases.Info && !t.Verbose:
			fmt.Fprintf(t.W, "%-5s %-50s %s\n", v.Verdict, v.Case.ID, v.Got)
		}
	}
	for _, why := range reasons {
		fmt.Fprintf(t.W, "skip  %-50s %s\n", plural(skipped[why], "case"), why)
	}
}

// sections writes one line for each section that cases stand under.
func (t *Text) sections(r *runner.Report) {
	type row struct {
		name   string
		counts map[cases.Verdict]int
	}
	var rows []*row
	index := map[string]*row{}
	for i := range r.Results {
		name := section(&r.Results[i].Case)
		if index[name] == nil {
			index[name] = &row{name, map[cases.Verdict]int{}}
			rows = append(rows, index[name])
		}
		index[name].counts[r.Results[i].Verdict]++
	}
	fmt.Fprintln(t.W)
	for _, row := range rows {
		fmt.Fprintf(t.W, "%-18s %s\n", row.name, counts(row.counts))
	}
}

// section is the section that a case stands under.
func section(c *cases.Case) string {
	if len(c.Refs) == 0 {
		return "no section"
	}
	return cases.SectionOf(c.Refs[0])
}

func (t *Text) total(r *runner.Report) {
	if r.Trouble != "" {
		fmt.Fprintf(t.W, "\n%s\n", r.Trouble)
	}
	word := "conformant"
	switch {
	case r.Trouble != "":
		word = "not finished"
	case !r.Conformant(t.Strict):
		word = "not conformant"
	}
	fmt.Fprintf(t.W, "\n%s: %s in %s: %s\n", word, plural(len(r.Results), "case"), r.Elapsed.Round(10*time.Millisecond), counts(r.Count()))
}

// counts writes how many there are of each verdict.
func counts(n map[cases.Verdict]int) string {
	var parts []string
	for _, v := range cases.Verdicts() {
		if n[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[v], v))
		}
	}
	return strings.Join(parts, ", ")
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
