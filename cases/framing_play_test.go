package cases

import (
	"slices"
	"testing"
)

// The scripts are checked against a receiver that knows nothing of them: a
// strict one must pass every case, and one that lets everything through must
// not pass any case that asks for a failed connection.

func TestFramingStrictReceiverPassesEveryCase(t *testing.T) {
	for _, c := range framingCases() {
		for _, role := range framingRoles(c) {
			if got, at := framingPlay(c, &framingPeer{server: role == Server}); got != Pass {
				t.Errorf("%s: strict peer gets verdict %d at step %d", c.ID, got, at)
			}
		}
	}
}

func TestFramingCarelessReceiverPassesNoFaultCase(t *testing.T) {
	for _, c := range framingCases() {
		if !framingAsksForFailure(c) {
			continue
		}
		for _, role := range framingRoles(c) {
			if got, _ := framingPlay(c, &framingPeer{server: role == Server, careless: true}); got == Pass {
				t.Errorf("%s: a peer that looks for no fault passes", c.ID)
			}
		}
	}
}

func TestFramingTooLongLengthsAreToleratedWhenReadRightly(t *testing.T) {
	for _, c := range lengthForms() {
		if got, _ := framingPlay(c, &framingPeer{server: true, careless: true}); got != Lax {
			t.Errorf("%s: verdict %d", c.ID, got)
		}
	}
	for _, c := range lengthControlForms() {
		if got, _ := framingPlay(c, &framingPeer{server: true, careless: true}); got != Lax {
			t.Errorf("%s: verdict %d", c.ID, got)
		}
	}
}

func framingRoles(c Case) []Subject {
	return slices.DeleteFunc([]Subject{Server, Client}, func(side Subject) bool { return !c.Subject.Includes(side) })
}

// framingAsksForFailure reports whether some expectation of the case is met by
// nothing but a failed connection.
func framingAsksForFailure(c Case) bool {
	asks := false
	framingEachExpectation(c.Steps, func(e Expectation) {
		other := slices.ContainsFunc(e.Alternatives, func(a Alternative) bool {
			return a.Grade == Pass && !slices.ContainsFunc(a.Events, func(e Event) bool { _, ok := e.(FailEvent); return ok })
		})
		asks = asks || !other
	})
	return asks
}

// framingPlay plays a case on a simulated peer and tells the verdict, and the
// step that it fell at.
func framingPlay(c Case, p *framingPeer) (Verdict, int) {
	worst := Pass
	for i, s := range c.Steps {
		worst = max(worst, framingStep(s, p))
		if worst == Failed {
			return worst, i
		}
	}
	if len(p.heard) > 0 {
		return Failed, len(c.Steps)
	}
	return worst, len(c.Steps)
}

func framingStep(s Step, p *framingPeer) Verdict {
	switch s := s.(type) {
	case Request:
		p.tell(framingHeard{kind: 'a', code: 101})
		p.feed(framingEncode(s.Tail, p.server))
	case SendStep:
		p.feed(framingEncode(s.Frames, p.server))
	case ShutStep:
		p.tell(framingHeard{kind: 'e'})
	case AliveStep, CloseStep:
		if p.ended || len(p.heard) > 0 {
			return Failed
		}
	case RepeatStep:
		worst := Pass
		for range s.Times {
			for _, inner := range s.Steps {
				worst = max(worst, framingStep(inner, p))
			}
		}
		return worst
	case Expectation:
		return framingGrade(s, p)
	}
	return Pass
}

func framingGrade(e Expectation, p *framingPeer) Verdict {
	heard, later := p.heard, []framingHeard(nil)
	if len(heard) > 0 && heard[0].kind == 'a' { // what follows the answer is for the next expectation
		heard, later = heard[:1], heard[1:]
	}
	p.heard = later
	for _, a := range e.Alternatives {
		if framingMatch(a.Events, heard) {
			return a.Grade
		}
	}
	return Failed
}

// framingMatch reports whether the events are exactly what was heard.
func framingMatch(events []Event, heard []framingHeard) bool {
	if len(events) == 0 {
		return len(heard) == 0
	}
	if m, ok := events[0].(MaybeEvent); ok {
		return framingMatch(events[1:], heard) || framingMatch(append([]Event{m.Event}, events[1:]...), heard)
	}
	if f, ok := events[0].(FailEvent); ok {
		events = append([]Event{Closes(f.Codes...), End()}, events[1:]...)
	}
	if _, ok := events[0].(WaitEvent); ok {
		return len(heard) == 0
	}
	return len(heard) > 0 && framingFits(events[0], heard[0]) && framingMatch(events[1:], heard[1:])
}

func framingFits(e Event, h framingHeard) bool {
	switch e := e.(type) {
	case Frame:
		return h.kind == 'f' && h.opcode == e.Opcode && e.Payload.Equal(h.payload, framingSeed)
	case CloseEvent:
		return h.kind == 'c' && (len(e.Codes) == 0 || slices.Contains(e.Codes, h.code))
	case EndEvent:
		return h.kind == 'e'
	case AnswerEvent:
		return h.kind == 'a' && slices.Contains(e.Status, int(h.code))
	}
	return false
}
