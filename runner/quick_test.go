package runner

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
)

func TestARunPlaysQuickStepsUnlessItIsFull(t *testing.T) {
	hello := func(n int) []cases.Step {
		f := cases.TextOf(cases.Fill("x", n))
		return []cases.Step{cases.Send(f), cases.Expect(f), cases.Close(1000)}
	}
	large := script(hello(100_000)...)
	large.ID, large.Quick = "t/large", hello(100)
	small := script(hello(10)...)
	target, _ := listen(t, echo)
	for _, full := range []bool{false, true} {
		r := mustRun(t, target, []cases.Case{large, small}, Options{Full: full})
		want := map[string]bool{"t/large": !full, "t/script": false}
		for _, v := range r.Results {
			if v.Verdict != cases.Pass || v.Quick != want[v.Case.ID] {
				t.Errorf("full %v: %s: %v, quick %v", full, v.Case.ID, v.Verdict, v.Quick)
			}
		}
		played := large.Played(full)
		if d := cmp.Diff(cases.Format(played), cases.Format(r.Results[0].Case)); d != "" || r.Full != full {
			t.Errorf("full %v: the result tells of other steps than were played: %s", full, d)
		}
	}
}

func TestCasesThatWaitForATimerAreLeftToPatientRuns(t *testing.T) {
	c := script(cases.Alive(), cases.Close(1000))
	c.Needs, c.Quick = []cases.Feature{cases.Patience}, []cases.Step{cases.Alive()}
	target, _ := listen(t, echo)
	r := mustRun(t, target, []cases.Case{c}, Options{})
	if v := r.Results[0]; v.Verdict != cases.Skipped || v.Reason != "it waits for a timer of the peer's: --patient plays it" || v.Quick {
		t.Errorf("%v, quick %v: %s", v.Verdict, v.Quick, v.Reason)
	}
	r = mustRun(t, target, []cases.Case{c}, Options{Patient: true})
	if v := r.Results[0]; v.Verdict != cases.Pass || !r.Patient {
		t.Errorf("%v: %s", v.Verdict, v.Reason)
	}
}
