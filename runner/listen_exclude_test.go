package runner

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
)

// An agent is turned away from the cases that are excluded for it, in a way that
// its driver takes for the end of a case, and is through without them.
func TestAnExcludedCaseIsOpenedAndClosedAtOnce(t *testing.T) {
	s := startListen(t, listenSample(), ListenOptions{Excluded: func(agent string, o Offer) bool {
		return agent == "picky" && (o.Name == "3.1" || o.Name == "t/own")
	}})
	picky := &driver{address: s.address, agent: "picky"}
	for _, path := range []string{"/runCase?case=3&agent=picky", "/runCase?casetuple=t/own&agent=picky", "/getCaseStatus?case=3&agent=picky"} {
		nc, rd := picky.begin(t, path)
		f, err := rd.Next()
		if err != nil || f.Opcode != 8 || len(f.Payload) > 0 {
			t.Errorf("%s: %v, %v", path, f, err)
		}
		nc.Close()
	}
	picky.all(1, 6)
	other := &driver{address: s.address, agent: "other"}
	other.all(3, 3)
	other.update()
	for _, n := range []string{"1", "2", "4", "5"} {
		picky.ask(t, "/getCaseStatus?agent=picky&case="+n) // when the result is there
	}
	reports := s.end(t)
	for i, want := range [][]string{{"1.2.1", "1.10.1", "12.1.1", "13.1.1"}, {"3.1"}} {
		if d := cmp.Diff(want, names(reports[i].Offers)); d != "" {
			t.Error(reports[i].Agent, d)
		}
		if reports[i].Report.Trouble != "" {
			t.Error(reports[i].Report.Trouble)
		}
	}
}

// Who is excluded from everything is no agent.
func TestAnAgentWithoutCasesIsNotReported(t *testing.T) {
	s := startListen(t, []cases.Case{alias(forClient("t/echo", nil, cases.Alive()), "autobahn:1.1.1")}, ListenOptions{
		Excluded: func(string, Offer) bool { return true },
	})
	d := &driver{address: s.address, agent: "nobody"}
	d.all(1, 1)
	d.update()
	if reports := s.end(t); len(reports) != 0 {
		t.Errorf("%d agents", len(reports))
	}
}
