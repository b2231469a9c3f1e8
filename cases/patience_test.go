package cases

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPatienceCasesAreValidAndMarked(t *testing.T) {
	for _, err := range ValidateAll(patienceCases()) {
		t.Error(err)
	}
	for _, c := range patienceCases() {
		if !slices.Contains(c.Needs, Patience) || !strings.HasPrefix(c.ID, "patience/") {
			t.Errorf("%s needs %v", c.ID, c.Needs)
		}
	}
}

// A case has time for all its waits, and some more for the peer.
func TestPatienceTimeoutsAreLongerThanTheWaits(t *testing.T) {
	for _, c := range patienceCases() {
		if waits := patienceWaits(c.Steps); waits == 0 || c.Timeout < waits+5*time.Second || c.Timeout > waits+30*time.Second {
			t.Errorf("%s waits %v, and has %v", c.ID, waits, c.Timeout)
		}
	}
}

func patienceWaits(dialogue []Step) (total time.Duration) {
	for _, s := range dialogue {
		switch s := s.(type) {
		case Expectation:
			total += s.Within
		case RepeatStep:
			total += time.Duration(s.Times) * patienceWaits(s.Steps)
		}
	}
	return total
}

// No time of the peer's is prescribed, so that giving up late fails nobody.
func TestPatienceNeverFailsForTimeAlone(t *testing.T) {
	for _, c := range patienceCases() {
		for _, s := range c.Steps {
			e, ok := s.(Expectation)
			if ok && e.Within >= 30*time.Second && !slices.ContainsFunc(e.Alternatives, func(a Alternative) bool {
				return a.Grade < Failed && slices.Contains(a.Events, Event(Wait()))
			}) {
				t.Errorf("%s fails when nothing happens", c.ID)
			}
		}
	}
}
