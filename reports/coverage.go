package reports

import (
	"slices"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// A Matrix is the requirements against the cases that prove them, ready to be
// written as text, Markdown or JSON.
type Matrix struct {
	// Rows are the requirements, in the order of their documents.
	Rows []cases.Coverage
	// OnlyMissing shows only the rows without a case and a reason; the tallies count
	// all of them.
	OnlyMissing bool
	// Run is a run, of which the worst verdict for each requirement is shown;
	// nil for none.
	Run *runner.Report
	// Long shows the ids of the cases instead of their number.
	Long bool
}

// A Tally counts the requirements of one document.
type Tally struct {
	Document     string // "RFC 6455"
	Requirements int
	Covered      int
	Planned      int
	NotTestable  int
	Missing      int
}

func (t *Tally) add(s cases.CoverageStatus) {
	t.Requirements++
	switch s {
	case cases.Covered:
		t.Covered++
	case cases.Planned:
		t.Planned++
	case cases.NotTestable:
		t.NotTestable++
	default:
		t.Missing++
	}
}

// Tallies counts the rows of each document, in their order.
func (m *Matrix) Tallies() []Tally {
	var list []Tally
	for i := range m.Rows {
		name := document(m.Rows[i].Requirement.ID)
		at := slices.IndexFunc(list, func(t Tally) bool { return t.Document == name })
		if at < 0 {
			at = len(list)
			list = append(list, Tally{Document: name})
		}
		list[at].add(m.Rows[i].Status())
	}
	return list
}

// shown reports whether a row is shown.
func (m *Matrix) shown(c *cases.Coverage) bool {
	return !m.OnlyMissing || c.Status() == cases.Missing
}

// total is the sum of all tallies.
func (m *Matrix) total() Tally {
	sum := Tally{Document: "all"}
	for i := range m.Rows {
		sum.add(m.Rows[i].Status())
	}
	return sum
}

// document is the document of a requirement for people.
func document(id string) string {
	name, _, _, _ := cases.SplitRef(id)
	if name == "whatwg" {
		return "WHATWG"
	}
	return "RFC " + name
}
