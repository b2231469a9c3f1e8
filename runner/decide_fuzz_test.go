package runner

import (
	"testing"

	"github.com/wsspec/wsspec/cases"
)

var (
	someEvents = []cases.Event{
		cases.Text("a"), cases.Text("b"), cases.Pong("1"), cases.Pong("2"), cases.Closes(1000), cases.Closes(), cases.End(),
		cases.Fail(1002), cases.Answer(101), cases.Refuse(4), cases.Wait(), cases.Anything(),
		cases.Maybe(cases.Text("a")), cases.Maybe(cases.Pong("1")), cases.Maybe(cases.Closes(1000)), cases.Maybe(cases.End()),
	}
	someObservations = []observation{
		text("a"), text("b"), pong("1"), pong("2"), closed(1000), closed(1002), status(101), status(400), answered, tcpEnd, timeUp,
	}
	someGrades = []cases.Verdict{cases.Pass, cases.Lax, cases.Info, cases.Failed}
)

// FuzzDecide makes an expectation of the first argument, an octet for an event
// and 255 between two alternatives, and observations of the second.
func FuzzDecide(f *testing.F) {
	f.Add([]byte{0, 2, 6, 255, 7, 255, 11}, []byte{0, 2, 9})
	f.Add([]byte{12, 7, 255, 13, 14, 15, 10}, []byte{8, 5, 10})
	f.Add([]byte{2, 3, 255, 0}, []byte{3, 2, 9})
	f.Fuzz(func(t *testing.T, events, observed []byte) {
		if len(events) > 64 || len(observed) > 64 {
			return
		}
		e := cases.Expectation{Alternatives: []cases.Alternative{{}}}
		for _, v := range events {
			last := &e.Alternatives[len(e.Alternatives)-1]
			if v == 255 {
				e.Alternatives = append(e.Alternatives, cases.Alternative{Grade: someGrades[len(e.Alternatives)%len(someGrades)]})
			} else {
				last.Events = append(last.Events, someEvents[int(v)%len(someEvents)])
			}
		}
		var seen []observation
		for _, v := range observed {
			seen = append(seen, someObservations[int(v)%len(someObservations)])
			checkStanding(t, e, seen)
			if seen[len(seen)-1].settles() {
				break
			}
		}
	})
}

// checkStanding checks what holds for every expectation.
func checkStanding(t *testing.T, e cases.Expectation, seen []observation) {
	t.Helper()
	got := decide(e, seen, 1)
	switch {
	case got.used < 0 || got.used > len(seen):
		t.Errorf("%+v uses more than the %d observations", got, len(seen))
	case got.state == met && got.grade > cases.Failed:
		t.Errorf("%+v is met with no grade", got)
	case got.state == pending && seen[len(seen)-1].settles():
		t.Errorf("%+v is pending behind the end: %v", got, e)
	}
	if again := decide(e, seen, 1); again != got {
		t.Errorf("%+v, and then %+v", got, again)
	}
}
