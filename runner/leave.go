package runner

import (
	"fmt"
	"slices"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// closeWithin bounds the wait for the closing handshake at the end of a case
// that is not about closing.
const closeWithin = time.Second

// closePolitely ends the conversation: nothing but the peer's Close may come.
func (p *player) closePolitely(code uint16) {
	if !p.sent && !p.got {
		p.send(cases.CloseFrame(code))
	}
	seen := p.seen // what came before was not all used
	for until := p.within(closeWithin); !p.ended; {
		var o observation
		if len(seen) > 0 {
			o, seen = seen[0], seen[1:]
		} else {
			var on bool
			if o, on = p.next(until); !on || o.kind == gotDeadline {
				return
			}
		}
		if expected := p.impolite(o, code); expected != "" {
			p.lose(expected, []observation{o})
			return
		}
	}
}

// impolite says what the peer should have done in answer to our Close, unless it
// did.
func (p *player) impolite(o observation, code uint16) (expected string) {
	switch {
	case p.ignores(o), o.kind == gotMessage && (p.set.talks || p.looping):
		return ""
	case o.kind == gotMessage, o.kind == gotPong && !p.got, o.kind == gotFlood:
		return fmt.Sprintf("close %d in answer to ours, and no other frame before it", code)
	case o.kind == gotClose && isErrorCode(o.code) && o.code != code:
		return fmt.Sprintf("close %d in answer to ours", code)
	}
	return ""
}

// ignores reports whether what the peer did is nobody's business: pings are
// answered and never judged, a second Close frame has been graded, a pong that
// the player asked for to see whether the peer carries on may come when that is
// known, and a server that does not echo may push what it likes.
func (p *player) ignores(o observation) bool {
	if o.kind == gotPong && slices.Contains(p.probed, string(o.payload)) {
		return true
	}
	return o.kind == gotPing || o.kind == gotCloseAgain || o.kind == gotMessage && !p.set.messages
}

// awaitEnd lets a server end TCP behind the closing handshake, as it should, so that
// how the connection ended does not hang on who is faster. The verdict is reached.
func (p *player) awaitEnd() {
	if p.visit != nil || p.closed.IsZero() {
		return
	}
	for until := earlier(p.closed.Add(closeWithin), p.deadline); !p.ended; {
		switch o := p.conn.queue.next(p.ctx, until); o.kind {
		case gotEnd:
			p.peerEnded(o.reset)
		case gotDeadline, gotFlood:
			return
		}
	}
}

// finish leaves the connection in a decent way and sums up.
func (p *player) finish() {
	p.result.Duration = time.Since(p.log.began)
	if p.conn != nil {
		p.awaitEnd()
		p.deadline = p.within(hangupWithin) // the verdict does not wait for a peer that does not read
		if p.set.talks {
			p.deadline = time.Now().Add(hangupWithin) // there may be a word to say behind the last
		}
		p.conn.writeUntil(p.deadline)
		if p.opened && !p.sent && !p.got && !p.ended && !p.partial {
			if p.ctx.Err() != nil && p.set.talks {
				p.farewell()
			} else {
				p.react(p.parting())
			}
		}
		p.conn.close()
		p.requesting.Wait()
		if end := p.conn.last; end != nil {
			p.peerEnded(end.reset) // nobody may have looked at it
		} else if p.result.Close.Dropped == Nobody {
			p.result.Close.Dropped = Ours
		}
	}
	p.part()
	p.result.Close.Opened = p.opened
	p.result.Close.Clean = p.sent && p.got
	p.result.Case = *p.script
	p.result.Transcript = p.log.transcript()
	if a := p.answer; a != nil && len(a.faults) > 0 && p.result.Requirement == a.faults[0].requirement {
		p.result.Explanation = a.advice
	}
	p.leaveSpares()
}
