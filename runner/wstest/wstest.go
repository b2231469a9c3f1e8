// Package wstest runs the suite inside a library's own go test: one subtest for
// each case.
//
//	func TestServer(t *testing.T) {
//		wstest.Server(t, http.HandlerFunc(echo), wstest.Options{})
//	}
//
//	func TestClient(t *testing.T) {
//		wstest.Client(t, dialAndEcho, wstest.Options{})
//	}
package wstest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// Options are the choices of a test. The zero value plays the whole catalogue, or
// with go test -short all of it but what takes long: the cases that are heavy.
type Options struct {
	runner.Options
	// Cases are played instead of the catalogue.
	Cases []cases.Case
	// Select and Skip are patterns of cases, as on the command line.
	Select, Skip []string
	// Known are cases, by id, that are known not to pass, with the reason. One that
	// passes all the same is an error, and so is one that there is not, so that the
	// list does not go stale.
	Known map[string]string
	// Strict makes lax verdicts errors.
	Strict bool
	// Target says how a server is reached.
	Target runner.TargetOptions
}

// Server serves the handler on loopback, plays the cases against it, and reports
// each as a subtest. The handler should echo every message with its type; one
// that does not is still tested by every case that needs no echo.
func Server(t *testing.T, h http.Handler, o Options) {
	t.Helper()
	list, err := o.list()
	if err != nil {
		t.Fatal(err)
	}
	target, stop := runner.Handler(h, o.Target)
	defer stop()
	report, err := runner.Run(t.Context(), target, list, o.Options)
	o.report(t, report, err)
}

// report makes a subtest of each result.
func (o *Options) report(t *testing.T, report *runner.Report, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for i := range report.Results {
		r := &report.Results[i]
		t.Run(r.Case.ID, func(t *testing.T) {
			if report.Trouble != "" && len(r.Transcript.Entries) == 0 {
				t.Skip(r.Reason) // the trouble is one error, and not one of each case
			}
			o.check(t, r)
		})
	}
	if report.Trouble != "" {
		t.Error(report.Trouble)
	}
}

// list is the cases to play.
func (o *Options) list() ([]cases.Case, error) {
	all := o.Cases
	if all == nil {
		all = cases.All()
	}
	for _, id := range slices.Sorted(maps.Keys(o.Known)) {
		if !slices.ContainsFunc(all, func(c cases.Case) bool { return c.ID == id }) {
			return nil, fmt.Errorf("%s is listed as known not to pass, and there is no such case", id)
		}
	}
	list, err := cases.Select(all, o.Select, o.Skip)
	if testing.Short() {
		list = slices.DeleteFunc(list, func(c cases.Case) bool { return c.Weight == cases.Heavy })
	}
	return list, err
}

// check turns a result into that of a subtest.
func (o *Options) check(t *testing.T, r *runner.Result) {
	t.Helper()
	bad := r.Verdict == cases.Failed || r.Verdict == cases.Errored || o.Strict && r.Verdict == cases.Lax
	why, known := o.Known[r.Case.ID]
	again := "go test -run '^" + strings.ReplaceAll(t.Name(), "/", "$/^") + "$'"
	switch {
	case bad && known:
		t.Logf("known: %s\n%s", why, r.Block(again))
	case bad:
		t.Errorf("\n%s", r.Block(again))
	case known && r.Verdict == cases.Pass:
		t.Errorf("passes, but is listed as known not to: %s", why)
	case r.Verdict == cases.Skipped:
		t.Skip(r.Reason)
	case r.Verdict != cases.Pass:
		t.Logf("\n%s", r.Block(again))
	}
}
