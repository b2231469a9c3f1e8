package runner

import (
	"fmt"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// A talk is a connection on which a student asks what no case can express: what
// comes is looked at as it comes, and judged by nobody.
type talk struct {
	*player
	until  time.Time // for the answer to the latest question
	pushed bool      // a message came that nothing asked for
}

// talk opens a connection with this offer. No message above the size is kept.
func (s *student) talk(name string, o cases.OpenStep, size int) *talk {
	p := s.run.learner(s.ctx, s.target, name, cases.Expect(cases.TextOf(cases.Fill("x", max(size, 1)))))
	p.encoder.masks, p.reflexes.masks = true, true
	p.open(o)
	return &talk{player: p}
}

// ask sends frames, and gives the server its time to answer.
func (t *talk) ask(frames ...cases.Frame) {
	if t.opened && !t.over {
		t.send(frames...)
	}
	t.until = t.within(echoWithin)
}

// sees waits for what comes next and is no ping; there is nothing when the
// connection is over or the time is.
func (t *talk) sees() (o observation, ok bool) {
	for t.opened && !t.over && !t.got {
		o, on := t.next(t.until)
		switch {
		case !on || o.settles() || o.kind == gotClose:
			return o, false
		case o.kind != gotPing:
			return o, true
		}
	}
	return o, false
}

// echoes asks for an echo of the message. A server that sends something else
// first is none that cases of echoes could be played to.
func (t *talk) echoes(f cases.Frame) (o observation, ok bool) {
	t.ask(f)
	for {
		switch o, ok = t.sees(); {
		case !ok:
			return o, false
		case o.kind == gotMessage:
			return o, o.opcode == f.Opcode && samePayload(f.Payload, o.payload, t.set.seed)
		}
	}
}

// pongs asks with a ping, behind other frames, and notes the messages that come
// before the pong.
func (t *talk) pongs(frames ...cases.Frame) bool {
	payload := fmt.Sprintf("wsspec %d", t.probes)
	t.probes++
	t.ask(append(frames, cases.Ping(payload))...)
	for {
		switch o, ok := t.sees(); {
		case !ok:
			return false
		case o.kind == gotMessage:
			t.pushed = true
		case o.kind == gotPong && string(o.payload) == payload:
			return true
		}
	}
}

// pings tells whether the server answers pings, and whether it sends messages by
// itself: nothing but a ping has asked it for anything.
func (s *student) pings() (answers, pushes Finding) {
	t := s.talk("pings", cases.Open(""), 0)
	defer t.finish()
	answers = found(t.pongs())
	return answers, found(t.pushed)
}

// echo tells whether the server sends messages back, and how large ones.
func (s *student) echo() (echoes bool, sizes MessageSize) {
	t := s.talk("echo", cases.Open(""), largestSent)
	defer t.finish()
	if _, echoes = t.echoes(cases.Text("wsspec")); !echoes {
		return false, sizes
	}
	return true, t.sizes(func(f cases.Frame) bool { _, ok := t.echoes(f); return ok })
}
