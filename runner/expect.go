package runner

import (
	"slices"
	"time"

	"github.com/wsspec/wsspec/cases"
)

const (
	// probeAfter is how long the player waits for a peer to fail the connection
	// before it sends a ping to see whether the peer carries on.
	probeAfter = 100 * time.Millisecond
	// probeGrace is how long a peer that answered that ping may still take, since
	// it may judge frames elsewhere than where it answers pings.
	probeGrace = 500 * time.Millisecond
	// maxSeen is how much a peer may do while an expectation that accepts anything
	// is open. All others are lost with the first thing that does not fit.
	maxSeen = 4096
)

// expect waits until the expectation is met or lost. It is where the player
// waits, and the only place that knows about time.
func (p *player) expect(e cases.Expectation) {
	e, p.interim = p.filled(e), expectsInterim(e)
	w := p.newWait(e)
	d := newDecision(p.orLeaves(e), p.set.seed)
	for {
		if s := d.standing(); s.state != pending {
			p.settle(e, s)
			return
		}
		if d.taken < len(p.seen) {
			d.take(p.seen[d.taken])
			continue
		}
		o, on := p.next(w.until())
		switch {
		case !on:
			return
		case o.kind == gotDeadline && p.looping && p.late():
			return // the loop takes leave
		case o.kind == gotDeadline && w.probe():
			w.sendProbe(p)
		case o.kind == gotDeadline && w.shuts():
			w.shutAt = time.Time{}
			p.conn.shut()
		case o.kind == gotDeadline && p.goesOn(e):
			return
		case w.isProbed(o):
			if p.goesOn(e) {
				return
			}
			w.end = p.within(probeGrace)
			p.seen = append(p.seen, observation{kind: gotProbe})
		case p.ignores(o):
		default:
			p.see(o)
		}
	}
}

// expectsInterim reports whether the expectation speaks of an answer behind which
// another one follows, such as 100.
func expectsInterim(e cases.Expectation) bool {
	return slices.ContainsFunc(e.Alternatives, func(a cases.Alternative) bool {
		return slices.ContainsFunc(a.Events, func(e cases.Event) bool {
			answer, ok := e.(cases.AnswerEvent)
			return ok && slices.Contains(answer.Status, 100)
		})
	})
}

// see keeps an observation for an expectation to be judged by.
func (p *player) see(o observation) {
	p.seenOctets += o.weight()
	if len(p.seen) >= maxSeen || p.conn != nil && p.seenOctets > p.conn.queue.limit {
		o = observation{kind: gotFlood}
	}
	p.seen = append(p.seen, o)
}

// leave keeps what an expectation has not used for the next one. That its own
// time ran out, and that it asked, is nobody else's business.
func (p *player) leave(rest []observation) {
	p.seen, p.seenOctets = nil, 0
	for _, o := range rest {
		if o.kind != gotDeadline && o.kind != gotProbe {
			p.see(o)
		}
	}
}

// filled replaces the placeholders in what a response or request must hold.
func (p *player) filled(e cases.Expectation) cases.Expectation {
	if p.expand == nil || !p.awaiting {
		return e
	}
	for i, a := range slices.Clone(e.Alternatives) {
		for j, event := range a.Events {
			a.Events = slices.Clone(a.Events)
			a.Events[j] = p.filledEvent(event)
		}
		e.Alternatives = slices.Clone(e.Alternatives)
		e.Alternatives[i] = a
	}
	return e
}

func (p *player) filledEvent(e cases.Event) cases.Event {
	switch e := e.(type) {
	case cases.AnswerEvent:
		e.Checks = p.filledChecks(e.Checks)
		return e
	case cases.RequestEvent:
		e.Target, e.Checks = p.expand(e.Target), p.filledChecks(e.Checks)
		return e
	}
	return e
}

func (p *player) filledChecks(checks []cases.FieldCheck) []cases.FieldCheck {
	checks = slices.Clone(checks)
	for i := range checks {
		checks[i].Value = p.expand(checks[i].Value)
	}
	return checks
}

// A wait is the time that an expectation has.
type wait struct {
	end     time.Time
	probeAt time.Time // zero: no probe, or it has been sent
	shutAt  time.Time // when the player ends its side of TCP; zero: never
	payload []byte    // of the probe
}

// newWait sets the bounds. A probe is worth it where the peer should fail the
// connection, or may go on, and possible where our frames are complete.
func (p *player) newWait(e cases.Expectation) *wait {
	w := &wait{end: p.deadline}
	if e.Within > 0 {
		w.end = p.within(e.Within)
		return w
	}
	if p.framing && !p.partial && !p.sent && (e.Else != cases.Pass || slices.ContainsFunc(e.Alternatives, fails)) {
		w.probeAt = time.Now().Add(probeAfter)
	}
	return w
}

// fails reports whether the course is that of failing the connection.
func fails(a cases.Alternative) bool {
	return slices.ContainsFunc(a.Events, func(e cases.Event) bool { return isFail(e) || isRefusal(e) })
}

func (w *wait) until() time.Time {
	if w.probe() && w.probeAt.Before(w.end) {
		return w.probeAt
	}
	if w.shuts() && w.shutAt.Before(w.end) {
		return w.shutAt
	}
	return w.end
}

// probe reports whether a probe is still to be sent.
func (w *wait) probe() bool { return !w.probeAt.IsZero() && time.Now().Before(w.end) }

func (w *wait) sendProbe(p *player) {
	w.probeAt = time.Time{}
	if p.got || p.ended {
		return
	}
	p.probes++
	w.payload = p.ping(p.reflexes, "still there?", p.probes).Payload.Append(nil, 0)
	p.probed = append(p.probed, string(w.payload))
	if p.reply != nil && p.reply.status != 101 {
		w.shutAt = time.Now().Add(probeGrace)
	}
}

// shuts reports whether the player is to end its side of TCP: behind an answer
// that opens nothing a client may leave that to the server (RFC 9112, section 9.3).
func (w *wait) shuts() bool { return !w.shutAt.IsZero() && time.Now().Before(w.end) }

func (w *wait) isProbed(o observation) bool {
	return o.kind == gotPong && w.payload != nil && string(o.payload) == string(w.payload)
}

// goesOn lets the case go on, where the expectation says so, with a peer that
// has not reacted yet.
func (p *player) goesOn(e cases.Expectation) bool {
	if e.Else == cases.Pass || p.ended {
		return false
	}
	if p.judge(e.Else, mainRef(p.script)) {
		p.result.Expected, _ = cases.Describe(e)
		p.result.Got, p.result.Reason = "nothing at this point; it goes on", ""
	}
	return true
}
