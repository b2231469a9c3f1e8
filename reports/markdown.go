package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// listedRows bounds the cases that a summary lists of each verdict: services that
// show it take no more than a mebioctet.
const listedRows = 200

// Markdown writes a report as a summary for people who read it on a page: what the
// run comes to, what did not pass, and the sections.
type Markdown struct {
	// Name is how who was tested is called; empty for the target.
	Name string
	// Again is the command that repeats the case with the id; nil leaves it out.
	Again func(id string) string
	// Strict counts lax as failures.
	Strict bool
}

// Write writes the summary.
func (m *Markdown) Write(w io.Writer, r *runner.Report) error {
	var b strings.Builder
	all := make([]*runner.Result, len(r.Results))
	for i := range r.Results {
		all[i] = &r.Results[i]
	}
	heading, about := r.Target, ""
	if m.Name != "" && m.Name != r.Target {
		heading, about = m.Name, plainMarkdown(oneLine(r.Target))+", "
	}
	fmt.Fprintf(&b, "## %s: %s\n\n", plainMarkdown(oneLine(heading)), OutcomeOf(r, m.Strict))
	fmt.Fprintf(&b, "%s%s: %s.\n", about, plural(len(all), "case"), counts(all))
	if r.Trouble != "" {
		fmt.Fprintf(&b, "\n%s\n", quoteMarkdown(r.Trouble))
	}
	m.list(&b, r, "Trouble", cases.Errored)
	m.list(&b, r, "Failures", cases.Failed)
	m.list(&b, r, "Lax", cases.Lax)
	m.sections(&b, r)
	_, err := io.WriteString(w, Visible(b.String()))
	return err
}

// sections writes how many cases of each have which verdict, of those that there are.
func (m *Markdown) sections(b *strings.Builder, r *runner.Report) {
	total, header := r.Count(), []string{"section"}
	verdicts := slices.DeleteFunc(cases.Verdicts(), func(v cases.Verdict) bool { return total[v] == 0 })
	if len(verdicts) == 0 {
		return
	}
	for _, v := range verdicts {
		header = append(header, v.String())
	}
	list := chapters(r.Results)
	fmt.Fprintf(b, "\n<details><summary>Sections: %d</summary>\n\n", len(list))
	tableRow(b, header...)
	b.WriteString("|---" + strings.Repeat("|--:", len(header)-1) + "|\n")
	for _, c := range list {
		n := map[cases.Verdict]int{}
		for _, v := range c.results {
			n[v.Verdict]++
		}
		row := []string{c.name}
		for _, v := range verdicts {
			row = append(row, countCell(n[v]))
		}
		tableRow(b, row...)
	}
	b.WriteString("\n</details>\n")
}

func countCell(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// list writes the cases with a verdict, folded away unless they are failures.
func (m *Markdown) list(b *strings.Builder, r *runner.Report, title string, verdict cases.Verdict) {
	var rows []*runner.Result
	for i := range r.Results {
		if v := &r.Results[i]; v.Verdict == verdict && !unplayed(v) {
			rows = append(rows, v)
		}
	}
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(b, "\n<details%s><summary>%s: %d</summary>\n\n", map[bool]string{true: " open"}[verdict >= cases.Failed], title, len(rows))
	tableRow(b, "case", "requirement", "expected", "got")
	b.WriteString("|---|---|---|---|\n")
	for _, v := range rows[:min(len(rows), listedRows)] {
		tableRow(b, m.caseCell(v), requirementCell(v), plainMarkdown(oneLine(v.Expected)), plainMarkdown(oneLine(v.Got+v.Reason)))
	}
	if more := len(rows) - listedRows; more > 0 {
		fmt.Fprintf(b, "\nand %d more.\n", more)
	}
	b.WriteString("\n</details>\n")
}

// caseCell is the id of a case, and how it is played again.
func (m *Markdown) caseCell(r *runner.Result) string {
	cell := "`" + r.Case.ID + "`"
	if m.Again != nil {
		cell += "<br><sub>" + plainMarkdown(m.Again(r.Case.ID)) + "</sub>"
	}
	return cell
}

func requirementCell(r *runner.Result) string {
	if q, ok := cases.FindRequirement(r.Requirement); ok {
		return fmt.Sprintf("[%s](%s)", q.ID, q.URL())
	}
	return plainMarkdown(r.Requirement)
}

func quoteMarkdown(s string) string {
	return "> " + strings.ReplaceAll(plainMarkdown(Visible(s)), "\n", "\n> ")
}
