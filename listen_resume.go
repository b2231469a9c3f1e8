package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/reports/html"
	"github.com/wsspec/wsspec/runner"
)

// earlierVisits are what clients did in an earlier run that this one goes on from, by
// their names. It does not change.
type earlierVisits struct {
	by     map[string]*earlierVisit
	list   []cases.Case
	offers []runner.Offer
}

// An earlierVisit is one client's.
type earlierVisit struct {
	*resumption
	folder string
	page   html.Agent
}

// resume reads the reports of clients below the folder for reports. It is an error
// when one is of another run: then results of two kinds would be mixed.
func (f *listenFlags) resume(list []cases.Case, offers []runner.Offer) (*earlierVisits, error) {
	e := &earlierVisits{by: map[string]*earlierVisit{}, list: list, offers: offers}
	if !f.goOn {
		return e, nil
	}
	folders, err := os.ReadDir(f.report)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("--resume: %w", err)
	}
	var reader reports.Reader
	for _, entry := range folders {
		folder := filepath.Join(f.report, entry.Name())
		d, err := readReport(&reader, folder)
		switch {
		case errors.Is(err, os.ErrNotExist) || !entry.IsDir():
			continue
		case err != nil:
			return nil, fmt.Errorf("--resume: %w", err)
		case !d.Features.Client:
			continue
		}
		if err := sameRun(folder, d, d.Target, f.seed, f.full); err != nil {
			return nil, err
		}
		e.by[d.Target] = &earlierVisit{resumptionOf(d, list, f.full), folder, html.AgentOf(d)}
	}
	return e, nil
}

// tell says whom it knows, and how much they have done.
func (e *earlierVisits) tell(w io.Writer) {
	for _, agent := range e.agents() {
		fmt.Fprintf(w, "going on: %s has a verdict on %d cases already\n", agent, len(e.by[agent].results))
	}
}

// agents are the clients, those first that came first.
func (e *earlierVisits) agents() (list []string) {
	for agent := range e.by {
		list = append(list, agent)
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(e.by[a].earlier.Started.Compare(e.by[b].earlier.Started), cmp.Compare(a, b))
	})
	return list
}

// done reports whether an agent has a verdict on an offer: its connection is then
// closed at once, so that a driver that begins anew comes to what is left.
func (e *earlierVisits) done(agent string, o runner.Offer) bool {
	v := e.by[reports.Visible(agent)]
	if v == nil {
		return false
	}
	_, done := v.results[o.Case.ID]
	return done
}

// whole are the reports of this run, with what the clients did before, and those of
// clients who have not come again.
func (e *earlierVisits) whole(all []*runner.AgentReport) []*runner.AgentReport {
	if len(e.by) == 0 {
		return all
	}
	var joined []*runner.AgentReport
	came := map[string]*runner.AgentReport{}
	for _, a := range all {
		came[reports.Visible(a.Agent)] = a
		if e.by[reports.Visible(a.Agent)] == nil {
			joined = append(joined, a)
		}
	}
	for i, agent := range e.agents() {
		v, a := e.by[agent], came[agent]
		if a == nil {
			a = &runner.AgentReport{Agent: agent, Report: &runner.Report{
				Target: agent, Seed: v.earlier.Seed, Full: v.earlier.Full, Features: v.earlier.Features, Trouble: "the client has not come again",
			}}
		}
		joined = slices.Insert(joined, i, e.join(v, a))
	}
	return joined
}

// join joins what a client did in both runs.
func (e *earlierVisits) join(v *earlierVisit, a *runner.AgentReport) *runner.AgentReport {
	named, byID := map[string]runner.Result{}, map[string]runner.Result{}
	for i, o := range a.Offers {
		named[o.Name] = a.Results[i]
	}
	for _, r := range a.Report.Results {
		byID[r.Case.ID] = r
	}
	for id, r := range v.results {
		if now, ok := byID[id]; !ok || r.Verdict > now.Verdict {
			byID[id] = r
		}
	}
	report := *a.Report
	joined := &runner.AgentReport{Agent: a.Agent, Report: &report}
	left := 0
	for _, o := range e.offers {
		r, ok := named[o.Name]
		if !ok {
			r, ok = v.results[o.Case.ID]
		}
		if !ok {
			left++
			continue
		}
		joined.Offers, joined.Results = append(joined.Offers, o), append(joined.Results, r)
	}
	report.Results = nil
	for i := range e.list {
		if r, ok := byID[e.list[i].ID]; ok {
			report.Results = append(report.Results, r)
		}
	}
	e.features(&report, v.earlier, a)
	report.Started, report.Elapsed = v.earlier.Started, report.Elapsed+v.earlier.Elapsed
	if left == 0 {
		report.Trouble = ""
	}
	return joined
}

// features are what both runs tell of the client: one that did nothing new is known
// from before.
func (e *earlierVisits) features(r, earlier *runner.Report, a *runner.AgentReport) {
	if len(a.Results) == 0 {
		r.Features = earlier.Features
	}
	if opened := func(r runner.Result) bool { return r.Close.Opened }; slices.ContainsFunc(r.Results, opened) {
		r.Features.Handshake, r.Features.HandshakeError = true, ""
	}
}

// kept is the earlier run as a report that goes on.
func (v *earlierVisit) kept() runner.Report {
	r := *v.earlier
	return v.begun(runner.Report{Target: r.Target, Seed: r.Seed, Full: r.Full, Started: r.Started, Elapsed: r.Elapsed, Features: r.Features})
}
