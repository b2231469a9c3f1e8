package runner

import (
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// A course is an alternative on its way: what is still expected.
type course struct {
	standing
	rest []expected
	open bool // it ends in Anything, which only the end of the wait can meet
	seed uint64
}

func newCourse(a cases.Alternative, seed uint64) *course {
	c := &course{rest: make([]expected, len(a.Events)), standing: standing{grade: a.Grade}, seed: seed}
	for i, e := range a.Events {
		c.rest[i].event = e
		_, c.open = e.(cases.AnyEvent)
	}
	c.finish()
	return c
}

// follow lets the course go on with an observation, as long as it is pending.
func (c *course) follow(o observation) {
	if c.state != pending {
		return
	}
	c.used++
	if !c.take(o) {
		c.state = lost
		return
	}
	if c.finish(); c.state == pending && o.settles() {
		c.state = lost
	}
}

// finish makes a course of which nothing that must come is left a met one.
func (c *course) finish() {
	if !slices.ContainsFunc(c.rest, isDue) {
		c.state = met
	}
}

// isDue reports whether the event must come.
func isDue(x expected) bool {
	_, maybe := x.event.(cases.MaybeEvent)
	return !maybe
}

// expected is an event that has not come yet. It is late when a message that
// should have followed it came first.
type expected struct {
	event cases.Event
	late  bool
}

func (c *course) worsen(grade cases.Verdict, why string) {
	if grade > c.grade {
		c.grade, c.why = grade, why
	}
}

// take matches an observation with what is expected, and reports whether it fits.
func (c *course) take(o observation) bool {
	switch o.kind {
	case gotPong:
		return c.takePong(o)
	case gotProbe:
		return c.takeProbe()
	}
	for {
		i := c.head()
		if i < 0 {
			return false
		}
		event, optional := c.rest[i].event, false
		if m, ok := event.(cases.MaybeEvent); ok {
			event, optional = m.Event, true
		}
		if next, ok := c.step(event, o); ok {
			c.advance(i, next)
			return o.kind == gotMessage || o.kind == gotAnswer || o.kind == gotRequest || !c.owesPong(i)
		}
		if !optional {
			return false
		}
		c.rest = slices.Delete(c.rest, i, i+1)
	}
}

// head is the index of the next event that is no pong, or -1.
func (c *course) head() int {
	return slices.IndexFunc(c.rest, func(x expected) bool { return !isPong(x.event) })
}

// advance replaces the event at i by what is still to come of it, and makes the
// pongs in front of it late.
func (c *course) advance(i int, next cases.Event) {
	for j := range i {
		c.rest[j].late = true
	}
	if next != nil {
		c.rest[i].event = next
		return
	}
	c.rest = slices.Delete(c.rest, i, i+1)
}

// owesPong reports whether a pong that must come stands in front of index i.
func (c *course) owesPong(i int) bool {
	return slices.ContainsFunc(c.rest[:min(i, len(c.rest))], func(x expected) bool {
		_, ok := x.event.(cases.Frame)
		return ok
	})
}

// takePong matches a pong with any that is expected: it may overtake messages
// and stand for the pongs before it (6455-5.5.3-3), and one that comes late is
// lax (6455-5.5.2-4).
func (c *course) takePong(o observation) bool {
	i := slices.IndexFunc(c.rest, func(x expected) bool {
		f, ok := pongOf(x.event)
		return ok && samePayload(f.Payload, o.payload, c.seed)
	})
	if i < 0 {
		return c.acceptsAnything()
	}
	if c.rest[i].late {
		c.worsen(cases.Lax, "the pong comes after a message that was sent later than the ping (6455-5.5.2-4)")
	}
	kept := c.rest[:0:0]
	for j, x := range c.rest {
		if j > i || j < i && !isPong(x.event) {
			kept = append(kept, x)
		}
	}
	c.rest = kept
	return true
}

// takeProbe notes that the peer still answers: not yet a failure for a peer
// that judges the frames elsewhere than where it answers pings.
func (c *course) takeProbe() bool {
	if slices.ContainsFunc(c.rest, func(x expected) bool { return isRefusal(x.event) }) {
		return false
	}
	if slices.ContainsFunc(c.rest, func(x expected) bool { return isFail(x.event) }) {
		c.worsen(cases.Lax, "it answers a ping before it fails the connection (6455-7.1.7-7)")
	}
	return true
}

func (c *course) acceptsAnything() bool {
	i := c.head()
	if i < 0 {
		return false
	}
	_, any := c.rest[i].event.(cases.AnyEvent)
	return any
}

func isFail(e cases.Event) bool {
	_, ok := e.(cases.FailEvent)
	return ok
}

func isPong(e cases.Event) bool {
	_, ok := pongOf(e)
	return ok
}

// pongOf is the pong that the event expects, required or not.
func pongOf(e cases.Event) (cases.Frame, bool) {
	if m, ok := e.(cases.MaybeEvent); ok {
		e = m.Event
	}
	f, ok := e.(cases.Frame)
	return f, ok && f.Opcode == cases.OpPong
}
