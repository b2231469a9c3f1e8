package html

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// A model is what all pages of a report are made of.
type model struct {
	page     Page
	agents   []*agent
	entries  []*entry // the cases of all agents, in the order of their sections
	sections []*section
	known    map[string]bool // the ids of the cases
	rules    map[string]cases.Requirement
}

// An entry is a case that at least one agent was tested with.
type entry struct {
	*cases.Case
	section *section
	level   cases.Level
	script  string
}

// A section is one of a standard, and the cases that stand under it.
type section struct {
	Name        string // "RFC 6455 5.1"
	Number      int    // its place in the report
	URL         string // where it can be read; empty for cases without a requirement
	first, last int    // its entries, last not among them
}

// An agent is one of a Page, with its results in the order of the entries.
type agent struct {
	Agent
	Number  int    // from 1
	label   string // the name, made visible and told from others
	results []*runner.Result
	marks   []mark
}

// A mark is a verdict, and what a report tells apart besides.
type mark byte

// The marks that are no verdicts.
const (
	unplayed mark = iota + mark(cases.Errored) + 1 // the run was cut short before
	absent                                         // the run did not have the case
)

// markLetters stand for the marks in the data.
const markLetters = "pislfen."

func (m mark) String() string {
	switch m {
	case unplayed:
		return "not played"
	case absent:
		return "not in this run"
	}
	return cases.Verdict(m).String()
}

// class is the name of the mark in the style sheet.
func (m mark) class() string { return markClasses[m] }

var markClasses = [...]string{"pass", "info", "skip", "lax", "fail", "error", "none", "none"}

// severity orders marks for a reader: what is worst comes first.
var severity = []mark{mark(cases.Errored), mark(cases.Failed), mark(cases.Lax), mark(cases.Info), mark(cases.Skipped), unplayed, mark(cases.Pass), absent}

func newModel(p Page) *model {
	m := &model{page: p, known: map[string]bool{}, rules: map[string]cases.Requirement{}}
	for _, r := range cases.Requirements() {
		m.rules[r.ID] = r
	}
	m.collect()
	m.divide()
	place := map[string]int{}
	for i, e := range m.entries {
		place[e.ID] = i
		e.level = m.levelOf(e.Case)
		e.script = cases.Format(*e.Case)
	}
	labels := map[string]bool{}
	for i, a := range p.Agents {
		one := newAgent(a, i+1, place)
		one.label = label(a.Name, i+1, labels)
		m.agents = append(m.agents, one)
	}
	return m
}

// label is the name of an agent; one that another has, or none, gets its number.
func label(name string, number int, taken map[string]bool) string {
	s := strings.Join(strings.Fields(visible(name)), " ")
	if s == "" {
		s = fmt.Sprintf("agent %d", number)
	}
	for taken[s] {
		s = fmt.Sprintf("%s (%d)", s, number)
	}
	taken[s] = true
	return s
}

// collect finds the cases of all agents.
func (m *model) collect() {
	for _, a := range m.page.Agents {
		for i := range a.Report.Results {
			c := &a.Report.Results[i].Case
			if !m.known[c.ID] {
				m.known[c.ID] = true
				m.entries = append(m.entries, &entry{Case: c, section: &section{Name: reports.SectionOf(c)}})
			}
		}
	}
}

// divide puts the entries under their sections, in the order of the standards.
func (m *model) divide() {
	slices.SortStableFunc(m.entries, func(a, b *entry) int { return reports.CompareSections(a.section.Name, b.section.Name) })
	var last *section
	for i, e := range m.entries {
		if last == nil || last.Name != e.section.Name {
			last = &section{Name: e.section.Name, Number: len(m.sections), first: i}
			if len(e.Refs) > 0 {
				last.URL = cases.URLOf(e.Refs[0])
			}
			m.sections = append(m.sections, last)
		}
		last.last = i + 1
		e.section = last
	}
}

// levelOf is the case's own level, or that of its first requirement.
func (m *model) levelOf(c *cases.Case) cases.Level {
	if c.Level != cases.Unset || len(c.Refs) == 0 {
		return c.Level
	}
	return m.rules[c.Refs[0]].Level
}

func newAgent(a Agent, number int, place map[string]int) *agent {
	one := &agent{Agent: a, Number: number, results: make([]*runner.Result, len(place)), marks: make([]mark, len(place))}
	for i := range one.marks {
		one.marks[i] = absent
	}
	for i := range a.Report.Results {
		r := &a.Report.Results[i]
		at := place[r.Case.ID]
		one.results[at], one.marks[at] = r, mark(r.Verdict)
		if reports.Unplayed(r) {
			one.marks[at] = unplayed
		}
	}
	return one
}

// A tally counts marks.
type tally [absent + 1]int

// count counts the marks of some entries.
func (a *agent) count(first, last int) (t tally) {
	for _, m := range a.marks[first:last] {
		t[m]++
	}
	return t
}

// total is the number of cases that the run had.
func (t *tally) total() (n int) {
	for _, k := range t[:absent] {
		n += k
	}
	return n
}

// worst is the worst mark that there is, for a reader.
func (t *tally) worst() mark {
	for _, m := range []mark{mark(cases.Errored), mark(cases.Failed), mark(cases.Lax), unplayed, mark(cases.Pass), mark(cases.Info), mark(cases.Skipped)} {
		if t[m] > 0 {
			return m
		}
	}
	return absent
}

// order compares results by their severity.
func order(a, b mark) int { return cmp.Compare(slices.Index(severity, a), slices.Index(severity, b)) }
