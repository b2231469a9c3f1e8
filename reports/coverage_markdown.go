package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/wsspec/wsspec/cases"
)

// Markdown writes the matrix as tables: the tallies, and one for each document.
func (m *Matrix) Markdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Coverage of the requirements\n\n")
	tableRow(&b, "document", "requirements", "covered", "planned", "not testable", "missing")
	b.WriteString("|---|--:|--:|--:|--:|--:|\n")
	list := m.Tallies()
	if len(list) > 1 {
		list = append(list, m.total())
	}
	for _, t := range list {
		tableRow(&b, t.Document, fmt.Sprint(t.Requirements), fmt.Sprint(t.Covered), fmt.Sprint(t.Planned), fmt.Sprint(t.NotTestable), fmt.Sprint(t.Missing))
	}
	verdicts, name := m.verdicts(), ""
	for i := range m.Rows {
		if !m.shown(&m.Rows[i]) {
			continue
		}
		if d := document(m.Rows[i].Requirement.ID); d != name {
			name = d
			m.markdownHead(&b, name)
		}
		m.markdownRow(&b, &m.Rows[i], verdicts[i])
	}
	_, err := io.WriteString(w, Visible(b.String()))
	return err
}

func (m *Matrix) markdownHead(b *strings.Builder, name string) {
	fmt.Fprintf(b, "\n## %s\n\n", name)
	cells := []string{"section", "requirement", "level", "role", "statement", "cases", "status"}
	if m.Run != nil {
		cells = append(cells, "verdict")
	}
	tableRow(b, cells...)
	b.WriteString(strings.Repeat("|---", len(cells)) + "|\n")
}

func (m *Matrix) markdownRow(b *strings.Builder, c *cases.Coverage, verdict string) {
	r := &c.Requirement
	_, section, _, _ := cases.SplitRef(r.ID)
	proof := casesWord(c)
	if m.Long {
		proof = markdownCases(c)
	}
	cells := []string{
		section, fmt.Sprintf("[%s](%s)", r.ID, r.URL()), r.Level.String(), r.Role.String(), plainMarkdown(r.Text), proof, markdownStatus(c),
	}
	if m.Run != nil {
		cells = append(cells, dash(verdict))
	}
	tableRow(b, cells...)
}

// markdownStatus is the status and what is to be said about it.
func markdownStatus(c *cases.Coverage) string {
	switch side, half := c.Half(); {
	case half:
		return fmt.Sprintf("%s, only a %s", c.Status(), side)
	case c.Status() == cases.Missing:
		return "**missing**"
	case c.Status() == cases.Covered:
		return c.Status().String()
	}
	return plainMarkdown(fmt.Sprintf("%s (%s)", c.Status(), reasonOf(c)))
}

// markdownCases are the ids of the cases, those of each requirement on a line.
func markdownCases(c *cases.Coverage) string {
	var lines []string
	if c.Watched != "" {
		lines = append(lines, c.Watched)
	}
	if len(c.Direct) > 0 {
		lines = append(lines, codes(c.Direct))
	}
	for _, link := range c.Via {
		if link.Watched != "" {
			lines = append(lines, link.Requirement+": "+link.Watched)
		}
		if len(link.Cases) > 0 {
			lines = append(lines, link.Requirement+": "+codes(link.Cases))
		}
	}
	return dash(strings.Join(lines, "<br>"))
}

func codes(ids []string) string { return "`" + strings.Join(ids, "` `") + "`" }

// plainMarkdown escapes what means something in Markdown, and in the HTML that may
// stand in it.
func plainMarkdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>#|&~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func tableRow(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}
