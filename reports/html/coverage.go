package html

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
)

// coverage is what the page of the requirements shows.
type coverage struct {
	Tallies   []coverageTally
	Documents []*coverageDocument
}

type coverageTally struct {
	reports.Tally
	Anchor string
}

type coverageDocument struct {
	Name, Anchor string
	Sections     []*coverageSection
}

type coverageSection struct {
	Name, Title, URL string
	Rows             []coverageRow
}

type coverageRow struct {
	ID, Level, Role, Text string
	Remarks               []string
	Cases, Link           string
	Verdict               *badge  // of the only agent
	Counts                []count // or of several, by verdict
}

func (m *model) coverage() *coverage {
	rows := cases.Cover(cases.All(), cases.Requirements())
	matrix := reports.Matrix{Rows: rows}
	verdicts := m.verdicts(rows)
	c := &coverage{}
	for _, t := range matrix.Tallies() {
		c.Tallies = append(c.Tallies, coverageTally{t, anchor(t.Document)})
	}
	for i := range rows {
		name := rows[i].Requirement.Section()
		document, _ := splitSection(name)
		if n := len(c.Documents); n == 0 || c.Documents[n-1].Name != document {
			c.Documents = append(c.Documents, &coverageDocument{Name: document, Anchor: anchor(document)})
		}
		d := c.Documents[len(c.Documents)-1]
		if n := len(d.Sections); n == 0 || d.Sections[n-1].Name != name {
			d.Sections = append(d.Sections, &coverageSection{Name: name, Title: titleOf(name), URL: rows[i].Requirement.URL()})
		}
		s := d.Sections[len(d.Sections)-1]
		s.Rows = append(s.Rows, m.coverageRow(&rows[i], i, verdicts))
	}
	return c
}

// verdicts are those of each agent for each requirement.
func (m *model) verdicts(rows []cases.Coverage) [][]string {
	all := make([][]string, len(m.agents))
	var wait sync.WaitGroup
	for i, a := range m.agents {
		wait.Go(func() {
			matrix := reports.Matrix{Rows: rows, Run: a.Report}
			all[i] = matrix.Verdicts()
		})
	}
	wait.Wait()
	return all
}

func (m *model) coverageRow(c *cases.Coverage, place int, verdicts [][]string) coverageRow {
	r := &c.Requirement
	row := coverageRow{ID: r.ID, Level: r.Level.String(), Role: r.Role.String(), Text: r.Text, Cases: c.Status().String()}
	if list := c.Cases(); len(list) > 0 {
		row.Cases, row.Link = m.casesOf(c, list)
	} else if c.Status() == cases.Covered {
		row.Cases = "judged in passing"
	}
	row.Remarks = remarks(c)
	of := map[string][]string{}
	for i, a := range m.agents {
		of[verdicts[i][place]] = append(of[verdicts[i][place]], a.label)
	}
	for _, k := range severity {
		names := of[k.String()]
		if len(names) == 0 {
			continue
		}
		if len(m.agents) == 1 {
			b := badgeOf(k)
			row.Verdict = &b
			continue
		}
		c := count{N: len(names), Names: strings.Join(names, ", "), badge: badgeOf(k)}
		if len(names) <= 3 && len(names) < len(m.agents) && k != mark(cases.Pass) {
			c.Few = c.Names
		}
		row.Counts = append(row.Counts, c)
	}
	return row
}

// casesOf tells how many cases prove the requirement, and leads to them if the
// report has any.
func (m *model) casesOf(c *cases.Coverage, ids []string) (words, link string) {
	words = plural(len(ids), "case")
	if !slices.ContainsFunc(ids, func(id string) bool { return m.known[id] }) {
		return words + ", not in this report", ""
	}
	name := c.Requirement.ID
	if len(c.Direct) == 0 {
		name = c.Via[0].Requirement
	}
	return words, fragment("matrix.html", "text", name)
}

// remarks say how the requirement is covered, or why it is not.
func remarks(c *cases.Coverage) (list []string) {
	switch c.Status() {
	case cases.Planned, cases.NotTestable:
		list = append(list, fmt.Sprintf("%s: %s", c.Exemption.Kind, c.Exemption.Reason))
	case cases.Covered:
		if side, half := c.Half(); half {
			list = append(list, fmt.Sprintf("only a %s is tested", side))
		}
	}
	if c.Watched != "" {
		list = append(list, "judged in passing: "+c.Watched)
	}
	for _, via := range c.Via {
		if via.Watched != "" {
			list = append(list, fmt.Sprintf("by %s, judged in passing: %s", via.Requirement, via.Watched))
		}
	}
	return list
}

// anchor is the name of a document in a link.
func anchor(document string) string { return strings.ReplaceAll(strings.ToLower(document), " ", "-") }
