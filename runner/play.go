package runner

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

const (
	// probeAfter is how long the player waits for a peer to fail the connection
	// before it sends a ping to see whether the peer carries on.
	probeAfter = 100 * time.Millisecond
	// probeGrace is how long a peer that answered that ping may still take, since
	// it may judge frames elsewhere than where it answers pings.
	probeGrace = 500 * time.Millisecond
	// closeGrace bounds the wait for the closing handshake at the end of a case
	// that is not about closing.
	closeGrace = time.Second
)

// settings are what all cases of a run share.
type settings struct {
	seed            uint64
	timeout         time.Duration // budget of a case that has none of its own
	chat, superchat string        // subprotocols that stand for {chat} and {superchat}
	messages        bool          // messages of the peer are judged: it echoes, and does not push
	broken          string        // requirement that every 101 of the server breaks, so that none opens a connection
}

// A player plays one case on one connection.
type player struct {
	ctx      context.Context
	set      *settings
	script   *cases.Case
	target   Target   // nil when a client is tested
	accepted net.Conn // the connection of the client that is tested

	log      *recorder
	conn     *conn
	encoder  *encoder
	random   *rand.Rand
	deadline time.Time

	request    *wire.Head          // as it was sent, or received
	expand     func(string) string // replaces the placeholders of the last request
	awaiting   bool                // the answer to a request is to come
	requesting sync.WaitGroup      // the goroutine that writes a request
	answer     *answer
	seen       []observation // what no expectation has used yet
	opened     bool
	partial    bool // the last frame sent is not complete
	sent       bool // Close, by us
	got        bool // Close, by the peer
	ended      bool // TCP, by the peer
	pings      int

	result Result
	over   bool
	dead   error // the target cannot be reached
}

// play plays the case once and judges it.
func (p *player) play() {
	budget := p.script.Timeout
	if budget == 0 {
		budget = p.set.timeout
	}
	p.deadline = p.log.began.Add(budget)
	p.encoder = &encoder{masks: p.target != nil, seed: p.set.seed, random: p.random}
	if p.script.RequiresOpen() && !startsOpen(p.script.Steps) {
		p.open(cases.OpenStep{})
	}
	p.steps(p.script.Steps)
	p.finish()
}

func startsOpen(steps []cases.Step) bool {
	if len(steps) == 0 {
		return false
	}
	_, open := steps[0].(cases.OpenStep)
	return open
}

func (p *player) steps(steps []cases.Step) {
	for i, s := range steps {
		if p.over {
			return
		}
		p.step(s)
		if _, again := after(steps, i).(cases.Request); again && p.reusable() {
			p.over = false
		}
	}
}

func after(steps []cases.Step, i int) cases.Step {
	if i+1 < len(steps) {
		return steps[i+1]
	}
	return nil
}

func (p *player) step(s cases.Step) {
	switch s := s.(type) {
	case cases.OpenStep:
		p.open(s)
	case cases.Request:
		p.sendRequest(s)
	case cases.SendStep:
		p.send(s.Frames)
	case cases.Expectation:
		p.expect(s)
	case cases.AliveStep:
		p.expect(cases.Expect(p.ping("alive")))
	case cases.CloseStep:
		p.closePolitely(s.Code)
	case cases.ShutStep:
		p.requesting.Wait() // FIN comes behind all that was sent
		p.conn.shut()
	case cases.ResetStep:
		p.conn.reset()
		p.over = true
	case cases.RepeatStep:
		for range s.Times {
			p.steps(s.Steps)
		}
	}
}

// send sends frames in one write.
func (p *player) send(frames []cases.Frame) {
	o := p.encoder.frames(frames)
	p.partial = o.partial
	for _, f := range frames {
		if f.Opcode == cases.OpClose {
			p.closeSent()
		}
	}
	p.conn.write(o, p.deadline)
}

func (p *player) closeSent() {
	if !p.sent && !p.got {
		p.result.Close.First = Ours
	}
	p.sent = true
}

// ping sends a ping with a payload of its own, and returns the pong to expect.
func (p *player) ping(word string) cases.Frame {
	p.pings++
	payload := fmt.Sprintf("%s %d", word, p.pings)
	p.send([]cases.Frame{cases.Ping(payload)})
	return cases.Pong(payload)
}

// next waits for what the peer does next and answers it as a good peer does:
// a ping by a pong, Close by Close.
func (p *player) next(until time.Time) observation {
	var o observation
	switch {
	case p.ended:
		return observation{kind: gotDeadline}
	case p.awaiting:
		o = p.readAnswer(until)
	default:
		o = p.conn.queue.next(p.ctx, until)
	}
	switch o.kind {
	case gotPing:
		if !p.sent && !p.partial {
			p.send([]cases.Frame{{Opcode: cases.OpPong, Payload: cases.Lit(string(o.payload))}})
		}
	case gotClose:
		p.answerClose(o.code)
	case gotCloseAgain:
		p.gradeCloseAgain()
	case gotEnd:
		p.ended = true
		p.result.Close.Reset = o.reset
		if p.result.Close.Dropped == Nobody {
			p.result.Close.Dropped = Peer
		}
	}
	return o
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
		p.send([]cases.Frame{cases.CloseFrame(code)})
	default:
		p.send([]cases.Frame{{Opcode: cases.OpClose}})
	}
	if p.target == nil { // the server ends TCP first (6455-7.1.1-3)
		p.result.Close.Dropped = Ours
		p.conn.shut()
	}
}

// gradeCloseAgain makes a second Close frame lax: only section 1.4 speaks
// against it, which is not normative.
func (p *player) gradeCloseAgain() {
	if p.result.Verdict >= cases.Lax {
		return
	}
	p.judge(cases.Lax, "6455-1.4-1")
	p.result.Expected, p.result.Got = "nothing behind a Close frame", "it sends a second Close frame"
}

// closePolitely ends the conversation: nothing but the peer's Close may come.
func (p *player) closePolitely(code uint16) {
	if !p.sent && !p.got {
		p.send([]cases.Frame{cases.CloseFrame(code)})
	}
	until := p.grace(closeGrace)
	for !p.got && !p.ended && !p.over {
		o := p.next(until)
		switch {
		case p.spoils(o):
		case o.kind == gotDeadline:
			return
		case o.kind == gotMessage, o.kind == gotPong:
			p.lose(fmt.Sprintf("close %d in answer to ours, and no other frame before it", code), []observation{o})
		case o.kind == gotClose && isErrorCode(o.code) && o.code != code:
			p.lose(fmt.Sprintf("close %d in answer to ours", code), []observation{o})
		}
	}
	for !p.ended && !p.over {
		if o := p.next(until); p.spoils(o) || o.kind == gotDeadline {
			return
		}
	}
}

// grace is the time after d, or the deadline if that is earlier.
func (p *player) grace(d time.Duration) time.Time {
	if t := time.Now().Add(d); t.Before(p.deadline) {
		return t
	}
	return p.deadline
}

// spoils ends the case when the peer broke a rule in passing or floods us.
func (p *player) spoils(o observation) bool {
	switch o.kind {
	case gotBreach:
		p.judge(cases.Failed, o.breach.requirement)
		p.result.Expected = "what " + cases.SectionOf(o.breach.requirement) + " asks of whatever is sent"
		p.result.Got = o.breach.detail
	case gotFlood:
		p.lose("what the case is about", []observation{o})
	default:
		return false
	}
	p.over = true
	return true
}

// judge makes the verdict worse, if it is.
func (p *player) judge(v cases.Verdict, requirement string) {
	if v > p.result.Verdict {
		p.result.Verdict, p.result.Requirement = v, requirement
	}
}

// lose ends the case because the peer did something else than was expected. A
// breach of a SHOULD is lax.
func (p *player) lose(expected string, seen []observation) {
	verdict := cases.Failed
	if level := p.script.EffectiveLevel(); level == cases.Should || level == cases.ShouldNot {
		verdict = cases.Lax
	}
	p.judge(verdict, p.script.Refs[0])
	p.result.Expected, p.result.Got = expected, gotWords(seen, p.opened)
	p.over = true
}

// skip ends the case because what it needs is not there.
func (p *player) skip(format string, args ...any) {
	p.judge(cases.Skipped, "")
	p.result.Reason = fmt.Sprintf(format, args...)
	p.over = true
}

// stopped ends the case when the run is stopped.
func (p *player) stopped() bool {
	if p.ctx.Err() == nil {
		return false
	}
	p.judge(cases.Errored, "")
	p.result.Reason = "not played to its end: the run was stopped"
	p.over = true
	return true
}

// finish leaves the connection in a decent way and sums up.
func (p *player) finish() {
	p.result.Duration = time.Since(p.log.began)
	if p.conn != nil {
		if p.opened && !p.sent && !p.got && !p.ended && !p.partial {
			p.send([]cases.Frame{cases.CloseFrame(1000)})
		}
		if p.result.Close.Dropped == Nobody {
			p.result.Close.Dropped = Ours
		}
		p.conn.close()
		p.requesting.Wait()
	}
	p.result.Close.Opened = p.opened
	p.result.Close.Clean = p.sent && p.got
	p.result.Case = *p.script
	p.result.Transcript = p.log.transcript()
	if a := p.answer; a != nil && len(a.faults) > 0 && p.result.Requirement == a.faults[0].requirement {
		p.result.Explanation = a.advice
	}
}
