package cases

import (
	"fmt"
	"slices"
)

// script is what validation knows of the conversation at the step it looks at.
type script struct {
	*validator
	where string // the step, for messages: "step 3" or "step 3.1"
	depth int    // of Repeats around the step
	most  int    // how often a Repeat here can repeat

	leader    Step // the first one
	dialed    bool // the client was asked to open a URL, and has not been answered
	responded bool // the client's request was answered by the case
	requested bool // an own opening handshake went out
	awaiting  bool // and its response has not been expected yet
	offered   bool // an extension may have been agreed
	data      bool // something went out that could be echoed
	heard     bool // a message may have come that can be sent back
	shut      bool // our side of TCP has ended
}

func (v *validator) script(steps []Step) {
	v.where = ""
	switch judged := slices.Contains(v.c.Needs, Session); {
	case judged && (len(steps) > 0 || v.c.Subject != Client):
		v.errorf("a case that judges a session has no steps, and tests a client")
		return
	case judged:
		return
	case len(steps) == 0 && v.c.Page != nil:
		return // no connection comes
	case len(steps) == 0:
		v.errorf("has no %ssteps", v.quick)
		return
	}
	s := script{validator: v, most: MaxRepeat, leader: leader(steps)}
	s.steps(v.quick+"step ", steps)
	if s.awaiting {
		v.where = s.where
		v.errorf("nothing is expected in answer to the last request")
	}
}

func (s *script) errorf(format string, args ...any) {
	s.validator.where = s.where
	s.validator.errorf("%s: %s", s.where, fmt.Sprintf(format, args...))
}

func (s *script) steps(prefix string, steps []Step) {
	for i, step := range steps {
		s.where = fmt.Sprintf("%s%d", prefix, i+1)
		s.step(step, s.depth == 0 && i == 0, s.depth == 0 && i == len(steps)-1)
	}
}

// step checks one step; first and last tell its place in the conversation.
func (s *script) step(step Step, first, last bool) {
	switch step := step.(type) {
	case OpenStep:
		if !first {
			s.errorf("open can only be the first step")
		}
		s.offered = step.Extensions != ""
	case Request:
		s.request(step)
	case Response:
		s.response(step)
	case DialStep:
		s.dial(step, first)
	case SendStep:
		s.send(step)
	case Expectation:
		s.expectation(step)
	case AliveStep:
		s.usable("alive")
	case CloseStep:
		s.usable("close")
		if !isSendableCode(step.Code) {
			s.errorf("close with %d, which no endpoint may send; spell it out with Send(CloseFrame(%d))", step.Code, step.Code)
		}
		s.final("close", last)
	case ShutStep:
		if s.depth > 0 {
			s.errorf("shut cannot be repeated")
		}
		s.shut = true
	case ResetStep:
		s.final("reset", last)
		s.awaiting = false // its answer cannot be observed
	case RepeatStep:
		if step.Times == Forever {
			s.loop(step, last)
			return
		}
		s.repeat(step)
	case PauseStep:
		s.pause(step)
	default:
		s.errorf("%T is not a step", step)
	}
}

func (s *script) final(what string, last bool) {
	if !last {
		s.errorf("%s can only be the last step", what)
	}
}

// usable checks that frames can be sent: that the handshake is done and our side
// of TCP has not ended.
func (s *script) usable(what string) {
	if s.awaiting {
		s.errorf("%s before the answer to the request is expected", what)
	}
	if s.shut {
		s.errorf("%s after shut", what)
	}
}

func (s *script) request(r Request) {
	if _, leads := s.leader.(Request); !leads {
		s.errorf("a request in a case that begins with an opening handshake of the player")
	}
	if s.c.Subject != Server {
		s.errorf("a request tests a server; the subject must be Server")
	}
	if s.shut {
		s.errorf("request after shut")
	}
	if s.awaiting {
		s.errorf("nothing is expected in answer to the request before")
	}
	s.requested, s.awaiting, s.offered = true, true, true
	s.edits(r, SetStatus)
	s.frames(r.Tail, "tail")
}

func (s *script) response(r Response) {
	switch s.leader.(type) {
	case Response, DialStep:
	default:
		s.errorf("a response in a case that begins with an opening handshake of the player")
	}
	if !isClient(s.c.Subject) {
		s.errorf("a response tests a client; the subject must be Client")
	}
	s.dialed, s.responded, s.offered = false, true, true
	s.edits(Request(r), SetMethod, SetTarget)
	s.frames(r.Tail, "tail")
}

// isClient reports whether a case for the subject tests none but clients.
func isClient(s Subject) bool { return s == Client || s == Page }

func (s *script) dial(d DialStep, first bool) {
	if !first {
		s.errorf("dial can only be the first step")
	}
	if !isClient(s.c.Subject) || !slices.Contains(s.c.Needs, Dialing) {
		s.errorf("dial tests a client that can be told what to open: the subject must be Client, and the case needs dial")
	}
	if problem := placeholderProblem(d.URL); problem != "" {
		s.errorf("%s", problem)
	}
	s.dialed = true
}

func (s *script) send(send SendStep) {
	if len(send.Frames) == 0 {
		s.errorf("send without frames")
	}
	if s.shut {
		s.errorf("send after shut")
	}
	s.frames(send.Frames, "frame")
}

// frames checks frames that are sent in one write.
func (s *script) frames(frames []Frame, what string) {
	if frames != nil && len(frames) == 0 {
		s.errorf("an empty list of frames; leave it nil")
	}
	for i, f := range frames {
		if problem := frameProblem(f); problem != "" {
			s.errorf("%s %d: %s", what, i+1, problem)
		}
		if f.Deflated && !s.offered {
			s.errorf("%s %d is compressed, and no extension was offered", what, i+1)
		}
		s.echo(f, what, i+1)
		s.data = s.data || !f.Opcode.IsControl()
	}
}

func (s *script) repeat(r RepeatStep) {
	if r.Times < 1 || r.Times > s.most {
		s.errorf("repeat %d times is not within 1 and %d", r.Times, s.most)
	}
	if len(r.Steps) == 0 {
		s.errorf("repeat without steps")
	}
	if s.depth == MaxNesting {
		s.errorf("repeats stand more than %d deep in each other", MaxNesting)
		return
	}
	where, most := s.where, s.most
	s.depth++
	s.most /= max(1, r.Times)
	s.steps(where+".", r.Steps)
	s.depth--
	s.where, s.most = where, most
}

// expectation checks an Expectation and its place.
func (s *script) expectation(e Expectation) {
	if len(e.Alternatives) == 0 {
		s.errorf("expect without an alternative")
	}
	if e.Within < 0 {
		s.errorf("within %v is negative", e.Within)
	}
	if !slices.Contains([]Verdict{Pass, Info, Lax}, e.Else) {
		s.errorf("else %v; only lax and info let a case go on", e.Else)
	}
	passes, messages := 0, 0 // alternatives that pass, and those in which a message must come
	for i, a := range e.Alternatives {
		if !slices.Contains([]Verdict{Pass, Info, Lax, Failed}, a.Grade) {
			s.errorf("alternative %d: %v is no grade of a reaction", i+1, a.Grade)
		}
		if len(a.Events) == 0 {
			s.errorf("alternative %d has no events", i+1)
		}
		s.events(a, e.Within > 0)
		s.heard = s.heard || slices.ContainsFunc(a.Events, bringsMessage)
		if a.Grade == Pass {
			passes++
			if slices.ContainsFunc(a.Events, isMessage) {
				messages++
			}
		}
	}
	if passes > 0 && passes == messages && s.data && !s.scripted && !slices.Contains(s.c.Needs, Echo) {
		s.errorf("a message must come back, and the case does not need echo")
	}
	s.awaiting = false
}

// isMessage reports whether the event is a message that has to come.
func isMessage(e Event) bool {
	if _, ok := e.(MessageEvent); ok {
		return true
	}
	f, ok := e.(Frame)
	return ok && (f.Opcode == OpText || f.Opcode == OpBinary)
}

// isSendableCode reports whether an endpoint may put the status code into a Close
// frame (RFC 6455, section 7.4; 1012 to 1014 are registered with IANA).
func isSendableCode(code uint16) bool {
	switch code {
	case 1004, NoCode, 1006:
		return false
	}
	return 1000 <= code && code <= 1014 || 3000 <= code && code <= 4999
}
