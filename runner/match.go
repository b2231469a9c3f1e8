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

// decide tells where an expectation stands after the observations, of which it
// takes no more than it needs.
func decide(e cases.Expectation, seen []observation, seed uint64) standing {
	d := newDecision(e, seed)
	for _, o := range seen {
		if d.standing().state != pending {
			break
		}
		d.take(o)
	}
	return d.standing()
}

// A decision follows all courses of an expectation, one observation after the
// other.
type decision struct {
	courses []*course
	taken   int // observations
}

func newDecision(e cases.Expectation, seed uint64) *decision {
	d := &decision{}
	for _, a := range e.Alternatives {
		d.courses = append(d.courses, newCourse(a, seed))
	}
	return d
}

func (d *decision) take(o observation) {
	d.taken++
	for _, c := range d.courses {
		c.follow(o)
	}
}

// standing tells where the expectation stands: it is met by the best-graded
// alternative that is met while no other can still do better, and lost when every
// alternative is.
func (d *decision) standing() standing {
	best := standing{state: lost, grade: cases.Errored}
	hopeful := cases.Errored // the best grade that a pending alternative can reach
	for _, c := range d.courses {
		s := c.standing
		switch {
		case s.state == met && s.grade == cases.Failed:
			return s // a known wrong reaction decides at once, and over all else that fits
		case s.state == met && (best.state != met || s.grade < best.grade):
			best = s
		case s.state == pending && !c.open:
			hopeful = min(hopeful, s.grade)
		case s.state == pending && best.state != met:
			best = s
		}
	}
	if hopeful < cases.Errored && (best.state != met || hopeful < best.grade) {
		return standing{state: pending, grade: hopeful}
	}
	if best.state == pending && d.strayed() {
		best.state, best.used = met, d.taken
	}
	return best
}

// strayed reports whether the observations have left every course but those
// that accept anything.
func (d *decision) strayed() bool {
	others := false
	for _, c := range d.courses {
		others = others || !c.open
		if !c.open && c.state != lost {
			return false
		}
	}
	return others
}
