package spec

import (
	"fmt"
	"os"
	"slices"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// A told is one line of a table of what does not pass with a peer, and why:
//
//	# comment
//	VERDICT  PATTERN              REQUIREMENT  REASON
//	lax      utf8/early-octet-*   6455-8.1-1   checks UTF-8 at the end of a message only
//
// PATTERN selects cases as on the command line; REQUIREMENT is the one that the
// verdict rests on, "-" where there is none. A question mark behind the verdict says that
// the cases have it in some runs only.
type told struct {
	line                 string
	verdict, requirement string
	seldom               bool
	fits                 *cases.Selection
}

// readTable reads a table.
func readTable(file string) (table []told) {
	text, err := os.ReadFile(file)
	Expect(err).NotTo(HaveOccurred())
	for l := range strings.Lines(string(text)) {
		words := strings.Fields(l)
		if len(words) == 0 || words[0][0] == '#' {
			continue
		}
		Expect(len(words)).To(BeNumerically(">", 3), "%s: %s", file, l)
		fits, err := cases.Compile(words[1])
		Expect(err).NotTo(HaveOccurred(), "%s: %s", file, l)
		verdict, seldom := strings.CutSuffix(words[0], "?")
		table = append(table, told{strings.TrimSpace(l), verdict, words[2], seldom, fits})
	}
	return table
}

// untold are where results and table differ: results that do not pass and that no
// line tells, those that several tell, and lines that tell nothing. A result that is
// better than it is told is no difference, when others are as the line tells: what a
// peer does in time depends on the machine.
func untold(table []told, results []runner.Result) (differences []string) {
	by := make([]int, len(results))
	for _, t := range table {
		played, right := 0, 0
		for i := range results {
			r := &results[i]
			if !t.fits.Match(&r.Case) {
				continue
			}
			played++
			if r.Verdict.String() == t.verdict && orDash(r.Requirement) == t.requirement {
				right++
				by[i]++
			}
		}
		if right == 0 && (played > 0 && !t.seldom || !slices.ContainsFunc(cases.All(), func(c cases.Case) bool { return t.fits.Match(&c) })) {
			differences = append(differences, "tells nothing: "+t.line)
		}
	}
	for i := range results {
		r := &results[i]
		if by[i] > 1 || by[i] == 0 && r.Verdict != cases.Pass {
			differences = append(differences, fmt.Sprintf("told by %d lines: %-5s %-44s %-15s %s%s",
				by[i], r.Verdict, r.Case.ID, orDash(r.Requirement), r.Got, r.Reason))
		}
	}
	return differences
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
