// Package wstest runs the suite inside a library's own go test: one subtest for
// each case.
//
//	func TestConformance(t *testing.T) {
//		wstest.Server(t, http.HandlerFunc(echo), wstest.Options{})
//	}
package wstest

import (
	"net/http"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// Options are the choices of a test. The zero value plays the whole catalogue.
type Options struct {
	runner.Options
	// Cases are played instead of the catalogue.
	Cases []cases.Case
	// Select and Skip are patterns of cases, as on the command line.
	Select, Skip []string
	// Known are cases, by id, that are known not to pass, with the reason. One that
	// passes all the same is an error, so that the list does not go stale.
	Known map[string]string
	// Strict makes lax verdicts errors.
	Strict bool
	// Target says how the server is reached.
	Target runner.TargetOptions
}

// Server serves the handler on loopback, plays the cases against it, and reports
// each as a subtest. The handler should echo every message with its type.
func Server(t *testing.T, h http.Handler, o Options) {
	t.Helper()
	list := o.Cases
	if list == nil {
		list = cases.All()
	}
	list, err := cases.Select(list, o.Select, o.Skip)
	if err != nil {
		t.Fatal(err)
	}
	target, stop := runner.Handler(h, o.Target)
	defer stop()
	report, err := runner.Run(t.Context(), target, list, o.Options)
	if err != nil {
		t.Fatal(err)
	}
	for i := range report.Results {
		r := &report.Results[i]
		t.Run(r.Case.ID, func(t *testing.T) { o.check(t, r) })
	}
	if report.Trouble != "" {
		t.Error(report.Trouble)
	}
}

// check turns a result into that of a subtest.
func (o *Options) check(t *testing.T, r *runner.Result) {
	t.Helper()
	bad := r.Verdict == cases.Failed || r.Verdict == cases.Errored || o.Strict && r.Verdict == cases.Lax
	why, known := o.Known[r.Case.ID]
	switch {
	case bad && known:
		t.Logf("known: %s\n%s", why, r.Block(""))
	case bad:
		t.Errorf("\n%s", r.Block(""))
	case known && r.Verdict == cases.Pass:
		t.Errorf("passes, but is listed as known not to: %s", why)
	case r.Verdict == cases.Skipped:
		t.Skip(r.Reason)
	case r.Verdict != cases.Pass:
		t.Logf("\n%s", r.Block(""))
	}
}
