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
			return o.kind == gotMessage || o.kind == gotAnswer || !c.owesPong(i)
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

// step matches an observation with the event at the head. It returns what is
// still to come of the event, nil for nothing, and whether it fits at all.
func (c *course) step(e cases.Event, o observation) (next cases.Event, ok bool) {
	switch e := e.(type) {
	case cases.AnyEvent:
		if o.settles() {
			return nil, true
		}
		return e, true
	case cases.WaitEvent:
		return nil, o.kind == gotDeadline
	case cases.Frame:
		return nil, o.kind == gotMessage && o.opcode == e.Opcode && o.whole() && samePayload(e.Payload, o.payload, c.seed)
	case cases.CloseEvent:
		return nil, o.kind == gotClose && fitsCodes(e.Codes, o.code)
	case cases.EndEvent:
		return nil, o.kind == gotEnd
	case cases.AnswerEvent:
		return nil, o.kind == gotAnswer && o.answer.meets(e)
	case cases.RefuseEvent:
		return nil, c.stepRefuse(e, o)
	case cases.FailEvent:
		return c.stepFail(e, o)
	}
	return nil, false
}

func fitsCodes(codes []uint16, code uint16) bool {
	if len(codes) == 0 {
		return code == cases.NoCode || legalOnWire(code)
	}
	return slices.Contains(codes, code)
}

// stepRefuse grades a refusal: the status is what 6455-4.2.1-1 calls
// appropriate, or another one, or there is no response at all.
func (c *course) stepRefuse(e cases.RefuseEvent, o observation) bool {
	switch {
	case o.kind == gotEnd:
		c.worsen(cases.Lax, "it ends TCP without an HTTP response (6455-4.2.1-1)")
		return true
	case o.kind != gotAnswer || o.answer.status == 101 || o.answer.status == 0:
		return false
	case !fitsStatus(e.Status, o.answer.status):
		c.worsen(cases.Lax, "it refuses with another status than fits (6455-10.7-4)")
	}
	return true
}

// stepFail grades how a peer fails the connection (6455-7.1.7-5).
func (c *course) stepFail(e cases.FailEvent, o observation) (next cases.Event, ok bool) {
	switch {
	case o.kind == gotEnd:
		c.worsen(cases.Lax, "it ends TCP without a Close frame (6455-7.1.7-5)")
		return nil, true
	case o.kind != gotClose:
		return nil, false
	case slices.Contains(e.Codes, o.code):
		return cases.EndEvent{}, true
	case isErrorCode(o.code):
		c.worsen(cases.Lax, "it fails the connection with another status code (6455-7.1.7-5)")
		return cases.EndEvent{}, true
	}
	return nil, false
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

// fitsStatus reports whether the status is in the list, in which 4 and 5 stand
// for whole classes.
func fitsStatus(list []int, status int) bool {
	return slices.Contains(list, status) || slices.Contains(list, status/100)
}
