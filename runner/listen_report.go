package runner

import (
	"fmt"
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// An AgentReport is what a client did that came to Listen.
type AgentReport struct {
	// Agent is the name that the client gives itself.
	Agent string
	// Offers are those that it asked for, in the order of their numbers, and Results
	// theirs: the latest where it asked more than once.
	Offers  []Offer
	Results []Result
	// Report has one result for each case: the worst of all names of the case.
	Report *Report
}

// reports are those of all agents.
func (r *reception) reports() (reports []*AgentReport) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, a := range r.agents {
		if a.report == nil {
			a.report = r.reportOf(a)
		}
		reports = append(reports, a.report)
	}
	return reports
}

func (r *reception) reportOf(a *agent) *AgentReport {
	report := &AgentReport{Agent: a.name}
	worst := map[string]Result{}
	for i, o := range r.offers {
		result, ok := a.results[i]
		if !ok {
			continue
		}
		report.Offers, report.Results = append(report.Offers, o), append(report.Results, result)
		if known, ok := worst[o.Case.ID]; !ok || result.Verdict > known.Verdict {
			worst[o.Case.ID] = result
		}
	}
	report.Report = &Report{
		Target: a.name, Seed: r.options.Seed, Full: r.options.Full, Started: a.began, Elapsed: a.last.Sub(a.began),
		Features: a.featuresOf(report.Results), Trouble: r.troubleOf(a),
	}
	all := a.set.session.snapshot()
	for i := range r.list {
		c := &r.list[i]
		if result, ok := worst[c.ID]; ok {
			report.Report.Results = append(report.Report.Results, result)
		} else if needsOne(c, cases.Session) && c.Subject.Includes(cases.Client) {
			report.Report.Results = append(report.Report.Results, all.judge(c))
		}
	}
	return report
}

// snapshot is the session as it is now.
func (s *session) snapshot() *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &session{
		connections: slices.Clone(s.connections), keys: s.keys,
		requests: s.requests, faults: slices.Clone(s.faults), faulty: s.faulty,
	}
}

// featuresOf is what the results tell of the client. It is taken to echo unless no
// case shows it that needs it.
func (a *agent) featuresOf(results []Result) Features {
	f := a.features
	echoes, tried := false, false
	f.Handshake = false
	for i := range results {
		result := &results[i]
		f.Handshake = f.Handshake || result.Close.Opened
		if needsOne(&result.Case, cases.Echo) && result.Verdict != cases.Skipped {
			echoes, tried = echoes || result.Verdict <= cases.Info, true
		}
		if f.HandshakeError == "" {
			f.HandshakeError = result.Got + result.Reason
		}
	}
	if f.Handshake {
		f.HandshakeError = ""
	}
	f.Echo = f.Echo && (echoes || !tried)
	return f
}

// troubleOf says that the client went away before it was through; empty when it
// was: a client that was killed is no conformant one.
func (r *reception) troubleOf(a *agent) string {
	wanted := r.wanted(a.name)
	if a.updated || len(a.results) == wanted {
		return ""
	}
	return fmt.Sprintf("the client ended %d of %d cases, and did not ask for /updateReports behind them", len(a.results), wanted)
}
