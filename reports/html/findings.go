package html

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// maxFindings is how many findings of one verdict a page shows in full, alone or
// beside many others.
const maxFindings, maxFindingsOfMany = 400, 60

// An agentPage is what the page of an agent shows.
type agentPage struct {
	Name, Lead, Trouble, HandshakeError, Left string
	Outcome                                   badge
	Bar                                       *bar
	Counts                                    []count
	Advice                                    []string
	Octets                                    *caseRef // shows the opening handshake
	Facts, Run                                []fact
	Groups                                    []group
	Sections                                  []agentSection
}

type agentSection struct {
	Name, Title, URL string
	Total            int
	Bar              *bar
	Counts           []count
}

// A group is the findings with one verdict.
type group struct {
	Class, Heading, About string
	N                     int
	Findings              []*finding
	Lists                 []*list
	More                  *caseRef // where those are that found no place
}

// A finding is a result that is not a pass, and others that read the same.
type finding struct {
	Verdict                    badge
	ID, Title, Link            string
	Section, URL, Level        string
	Expected, Got, Reason, key string
	Meaning                    []string
	Same                       []caseRef
}

// A list is cases that have a reason in common.
type list struct {
	Reason string
	Cases  []caseRef
}

type caseRef struct{ ID, Link string }

func (m *model) agentPage(e *evidence) *agentPage {
	a := e.agent
	t := a.count(0, len(m.entries))
	p := &agentPage{
		Name: a.label, Lead: lead(a), Trouble: visible(a.Report.Trouble), Outcome: outcome(a), Bar: barOf(&t),
		Counts: counts(&t, func(k mark) string { return "#" + k.class() }), Facts: traits(&a.Agent), Run: circumstances(&a.Agent), Left: leftOut([]*evidence{e}),
	}
	if !a.Report.Features.Handshake {
		p.HandshakeError = strings.TrimPrefix(visible(a.Report.Features.HandshakeError), "the opening handshake failed: ") // as the page says
		for _, paragraph := range reports.Advice(a.Report) {
			p.Advice = append(p.Advice, visible(paragraph))
		}
		m.showHandshake(p, a)
	}
	for i, c := range p.Counts {
		if c.Class == "pass" || c.Class == "none" {
			p.Counts[i].Link = m.matrixLink(a, nil, severityOf(c.Word))
		}
	}
	for _, k := range []cases.Verdict{cases.Errored, cases.Failed, cases.Lax, cases.Info, cases.Skipped} {
		if t[k] > 0 {
			p.Groups = append(p.Groups, m.group(a, k, t[k]))
		}
	}
	for _, s := range m.sections {
		t := a.count(s.first, s.last)
		if t.total() == 0 {
			continue
		}
		p.Sections = append(p.Sections, agentSection{
			s.Name, s.Title(), s.URL, t.total(), barOf(&t), counts(&t, func(k mark) string { return m.matrixLink(a, s, k) }),
		})
	}
	return p
}

// showHandshake tells what a browser makes of an opening handshake that does not
// succeed, and leads to its octets.
func (m *model) showHandshake(p *agentPage, a *agent) {
	for i, r := range a.results {
		if r == nil || r.Verdict != cases.Skipped && !strings.HasPrefix(r.Expected, "HTTP 101") {
			continue
		}
		if advice, _ := diagnose(r); len(advice) > 0 {
			for _, paragraph := range advice {
				p.Advice = append(p.Advice, strings.TrimSuffix(paragraph, markedBelow)) // on another page
			}
			p.Octets = &caseRef{m.entries[i].ID, caseLink(a, m.entries[i].ID)}
			return
		}
	}
}

// severityOf is the mark with this word.
func severityOf(word string) mark {
	for _, k := range severity {
		if k.String() == word {
			return k
		}
	}
	return absent
}

// headings say of each verdict what it means.
var headings = map[cases.Verdict][2]string{
	cases.Errored: {"Trouble", "Trouble with the target or with the run, which says nothing about the protocol."},
	cases.Failed:  {"Failures", "A rule is broken that binds the agent."},
	cases.Lax:     {"Lax", "It works, but departs from what the standard recommends, or from what it merely tolerates."},
	cases.Info:    {"Observed", "Worth knowing, and not judged."},
	cases.Skipped: {"Skipped", "What these cases need is declined or not there."},
}

func (m *model) group(a *agent, k cases.Verdict, n int) group {
	g := group{Class: mark(k).class(), Heading: headings[k][0], About: headings[k][1], N: n}
	known, lists := map[string]*finding{}, map[string]*list{}
	left, most := 0, maxFindings
	if len(m.agents) > 20 {
		most = maxFindingsOfMany
	}
	for i, e := range m.entries {
		r := a.results[i]
		if a.marks[i] != mark(k) {
			continue
		}
		ref := caseRef{e.ID, caseLink(a, e.ID)}
		if k == cases.Skipped {
			l := lists[r.Reason]
			if l == nil {
				l = &list{Reason: visible(r.Reason)}
				lists[r.Reason], g.Lists = l, append(g.Lists, l)
			}
			l.Cases = append(l.Cases, ref)
			continue
		}
		f := m.finding(a, e, r)
		switch first := known[f.key]; {
		case first != nil:
			first.Same = append(first.Same, ref)
		case len(g.Findings) == most:
			left++
		default:
			known[f.key], g.Findings = f, append(g.Findings, f)
		}
	}
	if left > 0 {
		g.More = &caseRef{fmt.Sprintf("%d more are in the table of cases.", left), m.matrixLink(a, nil, mark(k))}
	}
	return g
}

func (m *model) finding(a *agent, e *entry, r *runner.Result) *finding {
	f := &finding{
		Verdict: badgeOf(mark(r.Verdict)), ID: e.ID, Title: visible(runner.Sentence(e.Title)), Link: caseLink(a, e.ID),
		Section: e.section.Name, URL: e.section.URL, Level: e.level.String(),
		Expected: visible(r.Expected), Got: visible(r.Got), Reason: visible(r.Reason),
	}
	if f.Title == "" {
		f.Title = e.ID
	}
	if rule, ok := m.rules[r.Requirement]; ok && r.Requirement != e.Refs[0] {
		f.Section, f.URL, f.Level = rule.Section(), rule.URL(), rule.Level.String()
	}
	for _, paragraph := range r.Explanation {
		f.Meaning = append(f.Meaning, visible(paragraph))
	}
	f.key = quotedText.ReplaceAllString(strings.Join(append([]string{f.Section, f.Level, f.Expected, f.Got, f.Reason}, f.Meaning...), "\x00"), `""`)
	return f
}

// quotedText is what differs between findings that are the same for a reader: which
// octets a case happens to send.
var quotedText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"(?:\.\.\. \([0-9]+ octets\))?`)
