package runner

import (
	"iter"
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// unrolled are the steps with those of a Repeat as often as it says, each as it
// is in that round.
func unrolled(steps []cases.Step) iter.Seq[cases.Step] {
	return func(yield func(cases.Step) bool) { unroll(steps, 0, yield) }
}

func unroll(steps []cases.Step, round int, yield func(cases.Step) bool) bool {
	for _, s := range steps {
		r, ok := s.(cases.RepeatStep)
		if !ok {
			if !yield(inRound(s, round)) {
				return false
			}
			continue
		}
		for k := range r.Times {
			if !unroll(r.Steps, k, yield) {
				return false
			}
		}
	}
	return true
}

// inRound is the step with the payloads of that round.
func inRound(s cases.Step, round int) cases.Step {
	if round == 0 {
		return s
	}
	switch s := s.(type) {
	case cases.SendStep:
		frames := slices.Clone(s.Frames)
		for i := range frames {
			frames[i].Payload = frames[i].Payload.Round(round)
		}
		return cases.SendStep{Frames: frames}
	case cases.Expectation:
		s.Alternatives = slices.Clone(s.Alternatives)
		for i, a := range s.Alternatives {
			s.Alternatives[i].Events = slices.Clone(a.Events)
			for j, e := range a.Events {
				s.Alternatives[i].Events[j] = eventInRound(e, round)
			}
		}
		return s
	}
	return s
}

func eventInRound(e cases.Event, round int) cases.Event {
	switch e := e.(type) {
	case cases.Frame:
		e.Payload = e.Payload.Round(round)
		return e
	case cases.MaybeEvent:
		return cases.Maybe(eventInRound(e.Event, round))
	}
	return e
}
