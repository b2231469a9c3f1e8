package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// A resumption is what an earlier run has done of this one.
type resumption struct {
	earlier *runner.Report // nil for nothing
	results map[string]runner.Result
}

// resume reads what stands in the report of an earlier run, if there is one. It is
// an error when that was another run: then results of two kinds would be mixed.
func (f *testFlags) resume(folder, target string, list []cases.Case) (*resumption, error) {
	r := &resumption{results: map[string]runner.Result{}}
	if !f.goOn {
		return r, nil
	}
	d, err := readReport(new(reports.Reader), folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return r, nil
	case err != nil:
		return nil, fmt.Errorf("--resume: %w", err)
	}
	if err := sameRun(folder, d, reports.Visible(target), f.seed, f.full); err != nil {
		return nil, err
	}
	return resumptionOf(d, list, f.full), nil
}

// sameRun makes sure that a report is of a run like this one.
func sameRun(folder string, d *reports.Document, target string, seed uint64, full bool) error {
	for _, thing := range []struct{ name, was, is string }{
		{"target", d.Target, target},
		{"seed", fmt.Sprint(d.Seed), fmt.Sprint(seed)},
		{"--full", fmt.Sprint(d.Full), fmt.Sprint(full)},
	} {
		if thing.was != thing.is {
			return fmt.Errorf("--resume: the report in %s is of another run, with %s %s, where this has %s", folder, thing.name, thing.was, thing.is)
		}
	}
	return nil
}

// resumptionOf is what a report has of the cases in the list, as they are played now.
func resumptionOf(d *reports.Document, list []cases.Case, full bool) *resumption {
	scripts := map[string]string{}
	for i := range list {
		scripts[list[i].ID] = cases.Format(list[i].Played(full))
	}
	r := &resumption{earlier: d.Report, results: map[string]runner.Result{}}
	for _, result := range d.Results {
		done := result.Verdict != cases.Errored && (result.Verdict != cases.Skipped || result.Reason != runner.Impatient)
		if known, twice := r.results[result.Case.ID]; twice && known.Verdict > result.Verdict {
			continue // under another name
		}
		if done && cases.Format(result.Case) == scripts[result.Case.ID] {
			r.results[result.Case.ID] = result
		}
	}
	return r
}

// tell says how much is done already.
func (r *resumption) tell(w io.Writer) {
	if r.earlier != nil {
		fmt.Fprintf(w, "going on: %d cases have a verdict already\n", len(r.results))
	}
}

// rest are the cases that are to be played yet.
func (r *resumption) rest(list []cases.Case) []cases.Case {
	return slices.DeleteFunc(slices.Clone(list), func(c cases.Case) bool {
		_, done := r.results[c.ID]
		return done
	})
}

// begun is a report with the results of the earlier run, in no order.
func (r *resumption) begun(report runner.Report) runner.Report {
	for _, result := range r.results {
		report.Results = append(report.Results, result)
	}
	return report
}

// whole joins the results of both runs, in the order of the list.
func (r *resumption) whole(report *runner.Report, list []cases.Case) {
	if r.earlier == nil {
		return
	}
	for _, result := range report.Results {
		r.results[result.Case.ID] = result
	}
	report.Results = nil
	for i := range list {
		if result, ok := r.results[list[i].ID]; ok {
			report.Results = append(report.Results, result)
		}
	}
	report.Started = r.earlier.Started
	report.Elapsed += r.earlier.Elapsed
}
