package html

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
)

// A badge is a word with the class of its colour and shape.
type badge struct{ Class, Word string }

func badgeOf(k mark) badge { return badge{k.class(), k.String()} }

// outcome is the badge of a whole run.
func outcome(a *agent) badge {
	o := reports.OutcomeOf(a.Report, false)
	class := map[reports.Outcome]string{
		reports.Conformant: "pass", reports.NotConformant: "fail", reports.NotJudged: "lax", reports.NotFinished: "error",
	}[o]
	return badge{class, o.String()}
}

// A count is a number of cases with one mark, and where they are shown.
type count struct {
	N          int
	Link       string
	Names, Few string // whose they are; Few where they are few enough to be shown
	badge
}

// counts are the marks of a tally, the worst first.
func counts(t *tally, link func(k mark) string) (list []count) {
	for _, k := range severity[:absent] {
		if t[k] > 0 {
			list = append(list, count{N: t[k], Link: link(k), badge: badgeOf(k)})
		}
	}
	return list
}

// A bar shows the proportions of a tally.
type bar struct {
	Total int
	Parts []barPart
}

type barPart struct {
	Class string
	At, N int
}

// barOf has what is worst on the left.
func barOf(t *tally) *bar {
	b := &bar{Total: max(1, t.total())}
	at := 0
	for _, k := range severity[:absent] {
		if t[k] > 0 {
			b.Parts = append(b.Parts, barPart{k.class(), at, t[k]})
			at += t[k]
		}
	}
	return b
}

// matrixLink leads to the cases with a mark; of a section unless that is nil.
func (m *model) matrixLink(a *agent, s *section, k mark) string {
	name, verdict := "", ""
	if s != nil {
		name = s.Name
	}
	if k < absent {
		verdict = strings.ReplaceAll(k.String(), " ", "-")
	}
	return fragment("matrix.html", "agent", a.label, "section", name, "verdict", verdict)
}

// caseLink leads to a case and what an agent did in it.
func caseLink(a *agent, id string) string { return fragment("case.html", "case", id, "agent", a.label) }

// overview is what the first page shows of several agents.
type overview struct {
	Lead, Left string
	Differ     *caseRef // the cases that not all agents end alike; nil for none
	Agents     []overviewAgent
	Columns    int
	Documents  []overviewDocument
}

type overviewAgent struct {
	Name, File, Trouble string
	Target              string // where there is room for it
	Outcome             badge
	Bar                 *bar
	Counts              []count
}

type overviewDocument struct {
	Name     string
	Sections []overviewSection
}

type overviewSection struct {
	Number, Title, URL string
	Cells              []cell
}

// A cell is what came of a section's cases for one agent.
type cell struct {
	Class, Text, Link string
	Bar               *bar
}

func (m *model) overview(all []*evidence) *overview {
	o := &overview{
		Lead:    fmt.Sprintf("%s, %s.", plural(len(m.agents), "agent"), plural(len(m.entries), "case")),
		Left:    leftOut(all),
		Columns: len(m.agents) + 1,
	}
	if n := m.differing(); n > 0 {
		o.Differ = &caseRef{fmt.Sprintf("%s where they differ", plural(n, "case")), fragment("matrix.html", "differ", "1")}
	}
	for _, a := range m.agents {
		t := a.count(0, len(m.entries))
		first, _, _ := strings.Cut(visible(a.Report.Trouble), "\n")
		o.Agents = append(o.Agents, overviewAgent{
			Name: a.label, Target: m.targetOf(a), File: m.file(a), Trouble: first, Outcome: outcome(a), Bar: barOf(&t),
			Counts: counts(&t, func(k mark) string { return m.matrixLink(a, nil, k) }),
		})
	}
	for _, s := range m.sections {
		document, number := splitSection(s.Name)
		if n := len(o.Documents); n == 0 || o.Documents[n-1].Name != document {
			o.Documents = append(o.Documents, overviewDocument{Name: document})
		}
		row := overviewSection{Number: number, Title: s.Title(), URL: s.URL}
		for _, a := range m.agents {
			row.Cells = append(row.Cells, m.cell(a, s))
		}
		last := &o.Documents[len(o.Documents)-1]
		last.Sections = append(last.Sections, row)
	}
	return o
}

// differing is how many cases do not have one verdict for all agents that played them.
func (m *model) differing() (n int) {
	for i := range m.entries {
		seen := absent
		for _, a := range m.agents {
			k := a.marks[i]
			if k != absent && seen != absent && k != seen {
				n++
				break
			}
			if k != absent {
				seen = k
			}
		}
	}
	return n
}

// targetOf is where the agent was reached, unless there are too many agents to show
// it, or the name says it.
func (m *model) targetOf(a *agent) string {
	if len(m.agents) > 12 || a.label == a.Report.Target {
		return ""
	}
	return visible(a.Report.Target)
}

// cell tells the worst mark and how many have it, of all.
func (m *model) cell(a *agent, s *section) cell {
	t := a.count(s.first, s.last)
	n, worst := t.total(), t.worst()
	if n == 0 {
		return cell{Class: "none"}
	}
	c := cell{Class: worst.class(), Link: m.matrixLink(a, s, absent)}
	if worst == mark(cases.Pass) || t[worst] == n {
		c.Text = strconv.Itoa(t[worst])
		if c.Class == "pass" || c.Class == "skip" {
			c.Class += " quiet"
		}
		return c
	}
	c.Text, c.Bar = fmt.Sprintf("%d of %d", t[worst], n), barOf(&t)
	return c
}

// leftOut says what the report does not hold; empty when it holds everything.
func leftOut(all []*evidence) string {
	passes, bare := 0, 0
	for _, e := range all {
		bare += e.bare
		if !e.passes {
			passes++
		}
	}
	switch {
	case bare > 0:
		return fmt.Sprintf("To keep this report small, it holds no wire logs of passes for %s, nor those of %s that did not pass.",
			plural(passes, "agent"), plural(bare, "result"))
	case passes > 0:
		return fmt.Sprintf("To keep this report small, it holds no wire logs of some passes for %s. All other results have theirs.", plural(passes, "agent"))
	}
	return ""
}

// splitSection takes "RFC 6455 5.1" apart.
func splitSection(name string) (document, number string) {
	words := strings.Fields(name)
	switch {
	case len(words) == 3:
		return words[0] + " " + words[1], words[2]
	case len(words) == 2 && words[0] == "WHATWG":
		return words[0], words[1]
	}
	return "Other", name
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

func join(list []string) string { return strings.Join(list, " ") }
