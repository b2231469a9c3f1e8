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
	for _, thing := range []struct{ name, was, is string }{
		{"target", d.Target, reports.Visible(target)},
		{"seed", fmt.Sprint(d.Seed), fmt.Sprint(f.seed)},
		{"--full", fmt.Sprint(d.Full), fmt.Sprint(f.full)},
	} {
		if thing.was != thing.is {
			return nil, fmt.Errorf("--resume: the report in %s is of another run, with %s %s, where this has %s", folder, thing.name, thing.was, thing.is)
		}
	}
	scripts := map[string]string{}
	for i := range list {
		scripts[list[i].ID] = cases.Format(list[i].Played(f.full))
	}
	r.earlier = d.Report
	for _, result := range d.Results {
		done := result.Verdict != cases.Errored && (result.Verdict != cases.Skipped || result.Reason != runner.Impatient)
		if done && cases.Format(result.Case) == scripts[result.Case.ID] {
			r.results[result.Case.ID] = result
		}
	}
	return r, nil
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
