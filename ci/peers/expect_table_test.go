package peers_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// An expectation is one line of a table in the folder expected: the cases that
// do not pass with a library for one reason.
//
//	# comment
//	VERDICT  PATTERN              REQUIREMENT  REASON
//	lax      utf8/early-octet-*   6455-8.1-1   checks UTF-8 at the end of a message only
//
// VERDICT is info, skip, lax or fail; PATTERN selects cases as on the command
// line; REQUIREMENT is the one that the verdict rests on, "-" where there is
// none; REASON is for the author of the library. The pattern must fit cases
// with this verdict and requirement alone, and at least one; a case that does
// not pass must fit exactly one line.
type expectation struct {
	line        int
	verdict     cases.Verdict
	pattern     string
	requirement string
	reason      string
	fits        *cases.Selection
}

// noRequirement stands where a verdict rests on no requirement; unexplained is
// how the reason of a line begins that nobody has looked at yet.
const (
	noRequirement = "-"
	unexplained   = "?"
)

// parseTable reads the lines of a table. What is wrong with it comes back in
// words, one for each line.
func parseTable(text string) (table []expectation, faults []string) {
	at := 0
	for l := range strings.Lines(text) {
		at++
		l = strings.TrimSpace(l)
		if l == "" || l[0] == '#' {
			continue
		}
		e, err := parseExpectation(l)
		if err != nil {
			faults = append(faults, fmt.Sprintf("line %d: %v", at, err))
			continue
		}
		e.line = at
		table = append(table, e)
	}
	return table, faults
}

func parseExpectation(l string) (e expectation, err error) {
	words := strings.Fields(l)
	if len(words) < 4 {
		return e, fmt.Errorf("%q is not VERDICT PATTERN REQUIREMENT REASON", l)
	}
	expectable := []cases.Verdict{cases.Info, cases.Skipped, cases.Lax, cases.Failed}
	i := slices.IndexFunc(expectable, func(v cases.Verdict) bool { return v.String() == words[0] })
	if i < 0 {
		return e, fmt.Errorf("verdict %q is none of %v", words[0], expectable)
	}
	e = expectation{verdict: expectable[i], pattern: words[1], requirement: words[2], reason: strings.Join(words[3:], " ")}
	if _, known := cases.FindRequirement(e.requirement); !known && e.requirement != noRequirement {
		return e, fmt.Errorf("there is no requirement %q", e.requirement)
	}
	if strings.HasPrefix(e.reason, unexplained) {
		return e, fmt.Errorf("the reason is still to be found out: %s", l)
	}
	e.fits, err = cases.Compile(e.pattern)
	return e, err
}

// expects reports whether the result is the one that the line tells.
func (e *expectation) expects(r *runner.Result) bool {
	return r.Verdict == e.verdict && requirementOf(r) == e.requirement
}

// A comparison is where a table and the results differ.
type comparison struct {
	faults     []string         // of the table's lines
	missing    []string         // lines to be added once they have a reason
	unexpected []*runner.Result // that no line tells
}

// compare holds the results against the table.
func compare(table []expectation, results []runner.Result) comparison {
	var c comparison
	told := make([]int, len(results)) // by how many lines
	for i := range table {
		c.line(&table[i], results, told)
	}
	for i := range results {
		r := &results[i]
		switch {
		case told[i] > 1:
			c.faults = append(c.faults, fmt.Sprintf("%d lines tell %s: one must do", told[i], r.Case.ID))
		case told[i] == 0 && r.Verdict != cases.Pass:
			c.missing = append(c.missing, suggestion(r))
			c.unexpected = append(c.unexpected, r)
		}
	}
	return c
}

// line counts the results that a line tells, and finds those that it fits
// without telling them.
func (c *comparison) line(e *expectation, results []runner.Result, told []int) {
	fits, wrong := 0, []string(nil)
	for i := range results {
		r := &results[i]
		if !e.fits.Match(&r.Case) {
			continue
		}
		fits++
		if e.expects(r) {
			told[i]++
		} else {
			wrong = append(wrong, fmt.Sprintf("%s: %s %s", r.Case.ID, r.Verdict, requirementOf(r)))
		}
	}
	at := fmt.Sprintf("line %d: %s %s %s", e.line, e.verdict, e.pattern, e.requirement)
	if fits == 0 {
		c.faults = append(c.faults, at+": fits no case")
	}
	if len(wrong) > 0 {
		c.faults = append(c.faults, fmt.Sprintf("%s: fits %d cases, and not so\n  %s", at, fits, strings.Join(wrong, "\n  ")))
	}
}

// suggestion is the line for a result, with what came in place of the reason,
// so that it can be pasted but not forgotten.
func suggestion(r *runner.Result) string {
	got := r.Got
	if got == "" {
		got = r.Reason
	}
	return fmt.Sprintf("%-5s %-44s %-15s %s %s", r.Verdict, r.Case.ID, requirementOf(r), unexplained,
		strings.Join(strings.Fields(got), " "))
}

func requirementOf(r *runner.Result) string {
	if r.Requirement == "" {
		return noRequirement
	}
	return r.Requirement
}
