package runner

import (
	"slices"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// endWithin is how long a peer may take to end TCP when both sides have sent
// Close, which RFC 6455, section 7.1.1, asks for without delay. It is shorter
// than the five seconds after which many libraries give up, so that no verdict
// hangs on which of two clocks is faster.
const endWithin = 2 * time.Second

// next waits for what the peer does next and does about it what any peer would:
// it answers a ping with a pong, and Close with Close. It reports whether the
// case goes on.
func (p *player) next(until time.Time) (o observation, on bool) {
	p.waited = true
	o = p.wait(until)
	switch o.kind {
	case gotPing:
		p.answerPing(o)
	case gotClose:
		p.answerClose(o.code)
	case gotCloseAgain:
		p.gradeCloseAgain()
	case gotEnd:
		p.peerEnded(o.reset)
	case gotBreach:
		p.spoiled(o.breach)
	case gotDeclined:
		p.ended = true
	}
	return o, !p.over && !p.stopped()
}

func (p *player) wait(until time.Time) observation {
	if !p.closed.IsZero() {
		until = earlier(until, p.closed.Add(endWithin))
	}
	switch {
	case p.ended || p.ctx.Err() != nil:
		return observation{kind: gotDeadline}
	case p.awaiting && p.visit != nil:
		return p.readRequest(until)
	case p.awaiting:
		return p.readAnswer(until)
	case !p.framing && p.visit != nil:
		return p.hush(until)
	case !p.framing:
		return p.drain(until)
	}
	return p.conn.queue.next(p.ctx, until)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// within is the time after d, or the deadline if that is earlier.
func (p *player) within(d time.Duration) time.Time { return earlier(time.Now().Add(d), p.deadline) }

// answerPing answers a ping, unless nothing can be said any more.
func (p *player) answerPing(o observation) {
	if !p.sent && !p.partial {
		p.react(cases.Pong(string(o.payload)))
	}
}

// answerClose completes the closing handshake, so that a peer that waits for our
// Close does not look as if it left TCP open. In the middle of an unfinished
// frame nothing can be said any more, and FIN has to do.
func (p *player) answerClose(code uint16) {
	p.result.Close.Code = code
	if !p.sent {
		p.result.Close.First = Peer
	}
	p.got = true
	switch {
	case p.sent:
	case p.partial:
		p.conn.shut()
		return
	case legalOnWire(code):
		p.react(cases.CloseFrame(code))
	default:
		p.react(cases.CloseBody(""))
	}
	p.closing()
	if p.visit != nil && !waits(p.script.Steps) { // the server ends TCP first (6455-7.1.1-3)
		p.result.Close.Dropped = Ours
		p.conn.shut()
	}
}

// waits reports whether some step watches the peer do nothing behind a Close frame: its
// end of TCP must then be its own idea.
func waits(steps []cases.Step) bool {
	closing := false
	for _, s := range steps {
		switch s := s.(type) {
		case cases.SendStep:
			closing = closing || slices.ContainsFunc(s.Frames, isClose)
		case cases.Response:
			closing = closing || slices.ContainsFunc(s.Tail, isClose)
		case cases.Expectation:
			closing = closing || expects(s, func(e cases.Event) bool { _, is := e.(cases.CloseEvent); return is })
			if closing && expects(s, func(e cases.Event) bool { _, is := e.(cases.WaitEvent); return is }) {
				return true
			}
		}
	}
	return false
}

func isClose(f cases.Frame) bool { return f.Opcode == cases.OpClose }

// expects reports whether some course of the expectation has such an event.
func expects(e cases.Expectation, is func(cases.Event) bool) bool {
	return slices.ContainsFunc(e.Alternatives, func(a cases.Alternative) bool { return slices.ContainsFunc(a.Events, is) })
}

// closing notes the time at which both sides have sent Close.
func (p *player) closing() {
	if p.sent && p.got && p.closed.IsZero() {
		p.closed = time.Now()
	}
}

func (p *player) peerEnded(reset bool) {
	p.ended = true
	p.result.Close.Reset = reset
	if p.result.Close.Dropped == Nobody {
		p.result.Close.Dropped = Peer
	}
}
