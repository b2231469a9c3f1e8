package reports

import (
	"testing"

	"github.com/wsspec/wsspec/cases"
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
	passed := RecordedResult{"x", []string{"x"}, cases.Pass, "x"}
	result := func(name string, v cases.Verdict, resting string) RecordedResult {
		return RecordedResult{name, []string{id}, v, resting}
	}
	tests := map[string]struct {
		row  cases.Coverage
		run  Record
		want string
	}{
		"none was played":           {row, Record{Results: []RecordedResult{passed}}, ""},
		"the worst counts":          {row, run(result("a", cases.Pass, id), result("b", cases.Failed, id), result("c", cases.Lax, id)), "fail"},
		"a linked case counts":      {row, run(result("c", cases.Lax, id)), "lax"},
		"a skipped one beside none": {row, run(result("a", cases.Skipped, "")), "skip"},
		"a skipped one is no worse": {row, run(result("a", cases.Pass, id), result("b", cases.Skipped, "")), "pass"},
		"nor is one that observes":  {row, run(result("a", cases.Info, id), result("b", cases.Pass, id)), "pass"},
		"trouble is worst":          {row, run(result("a", cases.Failed, id), result("b", cases.Errored, "")), "error"},
		"one that failed for something else says nothing": {
			row, run(result("a", cases.Failed, "6455-5.1-4"), result("b", cases.Pass, id)), "pass"},
		"another that failed for it counts":          {row, run(result("a", cases.Pass, id), RecordedResult{"z", []string{"y"}, cases.Failed, id}), "fail"},
		"one that tests the other side says nothing": {row, run(result("other", cases.Failed, id)), ""},
		"judged in passing, and never broken":        {watched, server(passed), "pass"},
		"judged in passing, and broken":              {watched, server(passed, result("z", cases.Failed, id)), "fail"},
		"another that is judged in passing": {
			cases.Coverage{Requirement: row.Requirement, Via: []cases.Link{{Requirement: "6455-5.1-1", Watched: "every frame"}}},
			server(passed, result("z", cases.Failed, "6455-5.1-1")), "fail"},
		"judged in passing, but of clients":        {watched, Record{Tested: cases.Client, Results: []RecordedResult{passed}}, ""},
		"judged in passing, but of whom":           {watched, run(passed), ""},
		"judged in passing, but nothing was tried": {watched, server(result("z", cases.Skipped, "")), ""},
		"without TLS nothing is known about it":    {overTLS, server(passed), ""},
		"with TLS it is there":                     {overTLS, Record{Target: "wss://h/", Tested: cases.Server, Results: []RecordedResult{passed}}, "pass"},
	}
	for name, test := range tests {
		m := Matrix{Rows: []cases.Coverage{test.row}, Record: &test.run}
		if got := m.verdicts()[0]; got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if got := (&Matrix{Rows: []cases.Coverage{row}}).verdicts()[0]; got != "" {
		t.Errorf("without a run: %q", got)
	}
}

// run is a record that does not tell who was tested.
func run(results ...RecordedResult) Record { return Record{Results: results} }

func server(results ...RecordedResult) Record {
	return Record{Tested: cases.Server, Results: results}
}
