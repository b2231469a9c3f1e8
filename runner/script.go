package runner

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// anyOctets is how much of a message is kept that is expected with any payload, so
// that it can be sent back.
const anyOctets = 1 << 20

// visitorsShare is among how many visitors of a server what one may send is divided
// that nobody expects.
const visitorsShare = 64

// loop plays the steps of a loop, which is the last step where there is one. It ends
// when the peer goes, or the time of the case is up.
func (p *player) loop() {
	if p.visit == nil || len(p.script.Steps) == 0 {
		return
	}
	loop, ok := p.script.Steps[len(p.script.Steps)-1].(cases.RepeatStep)
	if !ok || loop.Times != cases.Forever {
		return
	}
	p.looping = true
	for k := 0; !p.leaves(); k++ {
		p.waited = false
		unroll(loop.Steps, k, func(s cases.Step) bool {
			p.step(s)
			return !p.leaves()
		})
		if !p.waited && !p.over {
			p.trouble("the loop goes round without waiting for anything")
		}
	}
}

// leaves reports whether a loop is over, and takes leave when its time is up.
func (p *player) leaves() bool {
	if !p.over && !p.got && !p.ended && !p.stopped() && p.late() {
		p.timeUp()
	}
	return p.over || p.got || p.ended
}

func (p *player) late() bool { return !time.Now().Before(p.deadline) }

// timeUp ends a loop whose time is up, which is nobody's fault.
func (p *player) timeUp() {
	p.result.Reason = "its time was up"
	p.deadline = time.Now().Add(closeWithin)
	p.closePolitely(1001)
	p.over = true
}

// orLeaves lets the peer of a loop go instead of doing what is expected. TCP that ends
// without a Close frame is worth knowing.
func (p *player) orLeaves(e cases.Expectation) cases.Expectation {
	if !p.looping {
		return e
	}
	return e.Or(cases.Closes()).OrInfo(cases.End())
}

// pause lets time pass. In front of an answer it is the client's request that waits.
func (p *player) pause(d time.Duration) {
	if p.visit != nil && !p.framing && !p.await() {
		return
	}
	p.waited = true
	for until := p.within(d); !p.ended && !p.got; {
		switch o, on := p.next(until); {
		case !on || o.kind == gotDeadline:
			return
		case !p.ignores(o):
			p.see(o)
		}
	}
}

// hear keeps the last message among the observations that an expectation has taken.
func (p *player) hear(used []observation) {
	for _, o := range slices.Backward(used) {
		if o.kind == gotMessage {
			p.heard = o
			return
		}
	}
}

// sendBack is the frames with the last message in place of those that stand for it.
// There is none where all that was expected could be left out.
func (p *player) sendBack(frames []cases.Frame) []cases.Frame {
	isEcho := func(f cases.Frame) bool { return f.Opcode == cases.OpEcho }
	if !slices.ContainsFunc(frames, isEcho) {
		return frames
	}
	if !p.heard.whole() {
		p.closePolitely(tooBig)
		p.result.Reason = fmt.Sprintf("a message of %s is not sent back: no more than %s are kept", Octets(p.heard.size), Octets(anyOctets))
		p.over = true
		return nil
	}
	if p.heard.opcode == 0 {
		return slices.DeleteFunc(slices.Clone(frames), isEcho)
	}
	frames = slices.Clone(frames)
	for i := range frames {
		if isEcho(frames[i]) {
			frames[i].Opcode, frames[i].Payload = p.heard.opcode, cases.Lit(string(p.heard.payload))
		}
	}
	return frames
}

// parting is the Close frame behind a case that has ended without one. Whoever writes
// the client of a script is told why it ends.
func (p *player) parting() cases.Frame {
	why := p.result.Expected
	switch {
	case !p.set.talks || p.result.Verdict != cases.Failed:
		return cases.CloseFrame(1000)
	case p.broke:
		return cases.CloseFrame(1002, cases.Lit(fitting(p.result.Got)))
	case why != "":
		why = "expected " + why
	}
	return cases.CloseFrame(1008, cases.Lit(fitting(why)))
}

// fitting is as much of a text as the reason of a Close frame holds.
func fitting(s string) string {
	const most = 123
	return strings.ToValidUTF8(string(beginning([]byte(s), most)), "")
}

// farewell is what a client that has something to say is told when the server is
// stopped.
func (p *player) farewell() {
	frames := []cases.Frame{cases.CloseFrame(1001)}
	o := p.reflexes.frames(frames)
	p.sending(frames, o)
	p.conn.farewell(o)
}

// farewell sends octets on a connection that the end of the context has halted.
func (c *conn) farewell(o octets) {
	<-c.halted
	defer c.lock()()
	if c.mute {
		return
	}
	c.log.lines(&o.log)
	c.nc.SetWriteDeadline(time.Now().Add(hangupWithin))
	c.nc.Write(o.bytes)
}
