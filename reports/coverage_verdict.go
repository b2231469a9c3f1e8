package reports

import (
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// verdicts are the worst verdict of the run for each row, as words; empty where
// the run says nothing about the requirement.
func (m *Matrix) verdicts() []string {
	words := make([]string, len(m.Rows))
	if m.Run == nil {
		return words
	}
	run := newPlayed(m.Run)
	for i := range m.Rows {
		if v, known := worst(run.about(&m.Rows[i])); known {
			words[i] = v.String()
		}
	}
	return words
}

// requirementVerdicts are the worst verdicts of the run by requirement, of all that
// it judged.
func requirementVerdicts(r *runner.Report) map[string]string {
	m := Matrix{Rows: cases.Cover(cases.All(), cases.Requirements()), Run: r}
	verdicts := map[string]string{}
	for i, v := range m.verdicts() {
		if v != "" {
			verdicts[m.Rows[i].Requirement.ID] = v
		}
	}
	return verdicts
}

// played are the results of a run by their case, and by the requirement that they
// rest on.
type played struct {
	report  *runner.Report
	byCase  map[string]*runner.Result
	resting map[string][]*runner.Result
	passed  bool // a case did
}

func newPlayed(r *runner.Report) *played {
	p := &played{report: r, byCase: map[string]*runner.Result{}, resting: map[string][]*runner.Result{}}
	for i := range r.Results {
		one := &r.Results[i]
		p.byCase[one.Case.ID] = one
		p.resting[one.Requirement] = append(p.resting[one.Requirement], one)
		p.passed = p.passed || one.Verdict == cases.Pass
	}
	return p
}

// about are the verdicts of the cases that prove a requirement, and of those that
// rest on it, since it was broken in passing. A case that came to its verdict by a
// requirement that it is not about, such as a frame that is masked wrongly, proved
// nothing else.
func (p *played) about(c *cases.Coverage) []cases.Verdict {
	var list []cases.Verdict
	for _, one := range p.restingOn(c) {
		if !slices.Contains(c.OtherSide, one.Case.ID) {
			list = append(list, one.Verdict)
		}
	}
	list = p.proving(list, c.Direct)
	for _, link := range c.Via { // a case may be there twice, which changes nothing
		list = p.proving(list, link.Cases)
	}
	if p.watched(c) {
		list = append(list, cases.Pass)
	}
	return list
}

// proving appends the verdicts of the cases with these ids.
func (p *played) proving(list []cases.Verdict, ids []string) []cases.Verdict {
	for _, id := range ids {
		one := p.byCase[id]
		if one != nil && (one.Requirement == "" || slices.Contains(one.Case.Refs, one.Requirement)) {
			list = append(list, one.Verdict)
		}
	}
	return list
}

// restingOn are the results that rest on a requirement, or on another that is
// judged in passing and means the same.
func (p *played) restingOn(c *cases.Coverage) []*runner.Result {
	list := slices.Clone(p.resting[c.Requirement.ID])
	for _, link := range c.Via {
		if link.Watched != "" {
			list = append(list, p.resting[link.Requirement]...)
		}
	}
	return list
}

// watched reports whether the run watched for breaches of a requirement, so that it
// was kept if no case says otherwise.
func (p *played) watched(c *cases.Coverage) bool {
	places := []string{c.Watched}
	for _, link := range c.Via {
		places = append(places, link.Watched)
	}
	if !p.passed || !c.Requirement.Role.BoundBy(tested(p.report)) {
		return false
	}
	return slices.ContainsFunc(places, func(place string) bool {
		switch place {
		case "", cases.WithDeflate: // whether it was agreed to, a report does not tell
			return false
		case cases.OverTLS:
			return strings.HasPrefix(p.report.Target, "wss:")
		}
		return true
	})
}

// tested is who was tested.
func tested(r *runner.Report) cases.Subject {
	if r.Features.Client {
		return cases.Client
	}
	return cases.Server
}

// worst is the worst of the verdicts. Those of cases that were skipped or that
// judge nothing count only where there are no others.
func worst(list []cases.Verdict) (v cases.Verdict, known bool) {
	silent := func(v cases.Verdict) bool { return v == cases.Info || v == cases.Skipped }
	if loud := slices.DeleteFunc(slices.Clone(list), silent); len(loud) > 0 {
		list = loud
	}
	if len(list) == 0 {
		return 0, false
	}
	return slices.Max(list), true
}
