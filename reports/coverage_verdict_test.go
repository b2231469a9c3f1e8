package reports

import (
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

func TestTheVerdictOfARequirement(t *testing.T) {
	const id = "6455-5.4-9"
	row := cases.Coverage{
		Requirement: cases.Requirement{ID: id, Role: cases.ForServer},
		Direct:      []string{"a", "b"},
		Via:         []cases.Link{{Requirement: "6455-5.5-2", Cases: []string{"c"}}},
		OtherSide:   []string{"other"},
	}
	watched := cases.Coverage{Requirement: row.Requirement, Watched: "every frame"}
	overTLS := cases.Coverage{Requirement: row.Requirement, Watched: cases.OverTLS}
	passed := result("x", "x", cases.Pass, "x")
	about := func(name string, v cases.Verdict, resting string) runner.Result { return result(name, id, v, resting) }
	ofClient, overWSS := run(passed), run(passed)
	ofClient.Features.Client, overWSS.Target = true, "wss://h/"
	tests := map[string]struct {
		row  cases.Coverage
		run  *runner.Report
		want string
	}{
		"none was played":           {row, run(passed), ""},
		"the worst counts":          {row, run(about("a", cases.Pass, id), about("b", cases.Failed, id), about("c", cases.Lax, id)), "fail"},
		"a linked case counts":      {row, run(about("c", cases.Lax, id)), "lax"},
		"a skipped one beside none": {row, run(about("a", cases.Skipped, "")), "skip"},
		"a skipped one is no worse": {row, run(about("a", cases.Pass, id), about("b", cases.Skipped, "")), "pass"},
		"nor is one that observes":  {row, run(about("a", cases.Info, id), about("b", cases.Pass, id)), "pass"},
		"trouble is worst":          {row, run(about("a", cases.Failed, id), about("b", cases.Errored, "")), "error"},
		"one that failed for something else says nothing": {
			row, run(about("a", cases.Failed, "6455-5.1-4"), about("b", cases.Pass, id)), "pass"},
		"another that failed for it counts":          {row, run(about("a", cases.Pass, id), result("z", "y", cases.Failed, id)), "fail"},
		"one that tests the other side says nothing": {row, run(about("other", cases.Failed, id)), ""},
		"judged in passing, and never broken":        {watched, run(passed), "pass"},
		"judged in passing, and broken":              {watched, run(passed, about("z", cases.Failed, id)), "fail"},
		"another that is judged in passing": {
			cases.Coverage{Requirement: row.Requirement, Via: []cases.Link{{Requirement: "6455-5.1-1", Watched: "every frame"}}},
			run(passed, about("z", cases.Failed, "6455-5.1-1")), "fail"},
		"judged in passing, but of clients":        {watched, ofClient, ""},
		"judged in passing, but nothing was tried": {watched, run(about("z", cases.Skipped, "")), ""},
		"without TLS nothing is known about it":    {overTLS, run(passed), ""},
		"with TLS it is there":                     {overTLS, overWSS, "pass"},
	}
	for name, test := range tests {
		m := Matrix{Rows: []cases.Coverage{test.row}, Run: test.run}
		if got := m.verdicts()[0]; got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if got := (&Matrix{Rows: []cases.Coverage{row}}).verdicts()[0]; got != "" {
		t.Errorf("without a run: %q", got)
	}
}

func run(results ...runner.Result) *runner.Report { return &runner.Report{Results: results} }

// result is that of a case about one requirement.
func result(id, ref string, v cases.Verdict, resting string) runner.Result {
	return runner.Result{Case: scripted(id, "", ref), Verdict: v, Requirement: resting}
}
