package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/wsspec/wsspec/cases"
)

// Text writes the matrix for people, a requirement a line under the section that
// it stands in, and the tallies.
func (m *Matrix) Text(w io.Writer) error {
	var b strings.Builder
	verdicts, section := m.verdicts(), ""
	for i := range m.Rows {
		c := &m.Rows[i]
		if !m.shown(c) {
			continue
		}
		if s := c.Requirement.Section(); s != section {
			fmt.Fprintf(&b, "%s%s\n", gap(section), s)
			section = s
		}
		m.row(&b, c, verdicts[i])
	}
	b.WriteString(gap(section))
	m.tallies(&b)
	_, err := io.WriteString(w, Visible(b.String()))
	return err
}

func gap(section string) string {
	if section == "" {
		return ""
	}
	return "\n"
}

// row is one requirement, with what is to be said about its cases on lines of
// their own.
func (m *Matrix) row(b *strings.Builder, c *cases.Coverage, verdict string) {
	r := &c.Requirement
	if m.Run != nil {
		verdict = fmt.Sprintf("%-5s  ", dash(verdict))
	}
	fmt.Fprintf(b, "  %-16s %-10s %-12s %-12s %6s  %s%s\n",
		r.ID, r.Level, r.Role, c.Status(), casesWord(c), verdict, r.Text)
	for _, remark := range m.remarks(c) {
		fmt.Fprintf(b, "      %s\n", hang(remark, 8))
	}
}

// casesWord is the number of cases; a requirement that is judged in passing needs
// none.
func casesWord(c *cases.Coverage) string {
	switch n := len(c.Cases()); {
	case n > 0:
		return fmt.Sprint(n)
	case c.Status() == cases.Covered:
		return "all"
	}
	return "-"
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// remarks say what the columns do not: why there is no case, and, in the long
// form, which cases there are and why they count.
func (m *Matrix) remarks(c *cases.Coverage) []string {
	var list []string
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	switch c.Status() {
	case cases.Planned, cases.NotTestable:
		add("%s", reasonOf(c))
	case cases.Covered:
		if side, half := c.Half(); half {
			add("only a %s is tested", side)
		}
	}
	if !m.Long {
		return list
	}
	if c.Watched != "" {
		add("judged in passing: %s", c.Watched)
	}
	if len(c.Direct) > 0 {
		add("cases: %s", strings.Join(c.Direct, ", "))
	}
	for _, link := range c.Via {
		if link.Watched != "" {
			add("by %s, judged in passing: %s", link.Requirement, link.Watched)
		}
		if len(link.Cases) > 0 {
			add("by %s: %s", link.Requirement, strings.Join(link.Cases, ", "))
		}
	}
	if len(c.OtherSide) > 0 {
		add("not counted, since they test the other side: %s", strings.Join(c.OtherSide, ", "))
	}
	return list
}

// reasonOf is why a requirement has no case.
func reasonOf(c *cases.Coverage) string {
	return fmt.Sprintf("%s: %s", c.Exemption.Kind, c.Exemption.Reason)
}

// tallies is a line for each document, and one for all of several.
func (m *Matrix) tallies(b *strings.Builder) {
	const row = "%-10s %12v %9v %9v %14v %9v\n"
	fmt.Fprintf(b, row, "", "requirements", "covered", "planned", "not testable", "missing")
	list := m.Tallies()
	if len(list) > 1 {
		list = append(list, m.total())
	}
	for _, t := range list {
		fmt.Fprintf(b, row, t.Document, t.Requirements, t.Covered, t.Planned, t.NotTestable, t.Missing)
	}
}
