package runner

import "github.com/wsspec/wsspec/cases"

// A standing is how far the observations have followed one course of events.
type standing struct {
	state state
	grade cases.Verdict // the worst so far
	used  int           // how many observations the course took, when met
	why   string        // what made the grade worse than that of the alternative
}

type state byte

const (
	pending state = iota // may still be met
	met
	lost
)

// decide tells where an expectation stands after the observations: it is met by
// the best-graded alternative that is met while no other can still do better,
// and lost when every alternative is.
func decide(e cases.Expectation, seen []observation, seed uint64) standing {
	best := standing{state: lost, grade: cases.Errored}
	hopeful := cases.Errored // the best grade that a pending alternative can reach
	for _, alternative := range e.Alternatives {
		s := follow(alternative, seen, seed)
		switch {
		case s.state == met && s.grade == cases.Failed:
			return s // a known wrong reaction decides at once, and over all else that fits
		case s.state == met && (best.state != met || s.grade < best.grade):
			best = s
		case s.state == pending && !openEnded(alternative):
			hopeful = min(hopeful, s.grade)
		case s.state == pending && best.state != met:
			best = s
		}
	}
	if hopeful < cases.Errored && (best.state != met || hopeful < best.grade) {
		return standing{state: pending, grade: hopeful}
	}
	if best.state == pending && strayed(e, seen, seed) {
		best.state, best.used = met, len(seen)
	}
	return best
}

// openEnded reports whether the course ends in Anything, which only the end of
// the wait can meet.
func openEnded(a cases.Alternative) bool {
	if len(a.Events) == 0 {
		return false
	}
	_, any := a.Events[len(a.Events)-1].(cases.AnyEvent)
	return any
}

// strayed reports whether the observations have left every course but those
// that accept anything.
func strayed(e cases.Expectation, seen []observation, seed uint64) bool {
	others := false
	for _, a := range e.Alternatives {
		if openEnded(a) {
			continue
		}
		others = true
		if follow(a, seen, seed).state != lost {
			return false
		}
	}
	return others
}
