package cases

import (
	"fmt"
	"slices"
)

// events checks the events of one alternative. Bounded tells whether the
// expectation has a bound of time.
func (s *script) events(a Alternative, bounded bool) {
	for i, e := range a.Events {
		inner := e
		if m, ok := e.(MaybeEvent); ok {
			inner = m.Event
		}
		if problem := eventProblem(inner, a.Grade); problem != "" {
			s.errorf("event %d: %s", i+1, problem)
		}
		if problem := s.placeProblem(inner, i == 0); problem != "" {
			s.errorf("event %d: %s", i+1, problem)
		}
		if _, waits := inner.(WaitEvent); waits && !bounded {
			s.errorf("event %d: wait without a bound; add For", i+1)
		}
		if isFinal(inner) && i < len(a.Events)-1 {
			s.errorf("event %d: nothing can come after it", i+1)
		}
	}
}

// isFinal reports whether nothing can be expected after the event.
func isFinal(e Event) bool {
	switch e.(type) {
	case EndEvent, FailEvent, WaitEvent, AnyEvent, DeclinedEvent:
		return true
	}
	return false
}

// placeProblem checks that answers to the opening handshake are expected where
// one is due, and nothing else there.
func (s *script) placeProblem(e Event, first bool) string {
	switch e := e.(type) {
	case AnswerEvent:
		if !s.requested {
			return "an HTTP response, and the case sent no request of its own"
		}
	case RefuseEvent:
		return s.refusalProblem(e)
	case RequestEvent, DeclinedEvent:
		if !s.dialed {
			return "a request of the client, and the case has not just asked for one with dial"
		}
	case Frame, MessageEvent, CloseEvent, FailEvent:
		if s.awaiting && first {
			return "a frame before the answer to the request"
		}
	}
	return ""
}

func (s *script) refusalProblem(e RefuseEvent) string {
	switch {
	case !s.requested && !s.responded:
		return "a refusal, and the case sent neither a request nor a response of its own"
	case s.responded && len(e.Status) > 0:
		return "a client refuses a response without a status"
	case s.requested && len(e.Status) == 0:
		return "the status is missing"
	}
	return ""
}

// eventProblem says what is wrong with an event; empty when nothing is.
func eventProblem(e Event, grade Verdict) string {
	switch e := e.(type) {
	case Frame:
		return messageProblem(e)
	case MessageEvent:
		if e.Type != 0 && e.Type != OpText && e.Type != OpBinary {
			return "any message is a text or binary message, or either"
		}
		return ""
	case CloseEvent:
		return closeEventProblem(e, grade)
	case FailEvent:
		return failEventProblem(e)
	case AnswerEvent:
		return answerProblem(e)
	case RefuseEvent:
		if slices.Contains(e.Status, 101) {
			return "101 is no refusal"
		}
		if len(e.Status) == 0 { // a client's
			return ""
		}
		return statusProblem(e.Status)
	case RequestEvent:
		return checksProblem(e.Checks)
	case DeclinedEvent:
		return ""
	case EndEvent, WaitEvent, AnyEvent:
		return ""
	case MaybeEvent:
		return "maybe within maybe"
	}
	return fmt.Sprintf("%T is not an event", e)
}

func messageProblem(f Frame) string {
	switch {
	case f.Opcode == OpPing:
		return "a ping: the player answers pings by itself"
	case f.Opcode == OpClose:
		return "a Close frame: expect it with Closes"
	case f.Opcode != OpText && f.Opcode != OpBinary && f.Opcode != OpPong:
		return "only Text, Binary and Pong stand for what a peer sends"
	case !isPlain(f) || f.Chop != 0 || f.Cuts != nil || f.First != 0:
		return "a message that is expected has a type and a payload, and no attributes of frames"
	}
	return payloadProblem(f.Payload)
}

// closeEventProblem checks the codes. Those that no Close frame can legally hold
// are caught in passing, so expecting one makes sense only as a failure.
func closeEventProblem(e CloseEvent, grade Verdict) string {
	if problem := codesProblem(e.Codes); problem != "" {
		return problem
	}
	if len(e.Codes) == 0 && e.Reason != nil {
		return "a reason comes behind a close code"
	}
	if problem := payloadProblem(e.Reason); problem != "" {
		return problem
	}
	for _, c := range e.Codes {
		if grade != Failed && (c < 1000 || c > 4999 || c == 1006 || c == 1015) {
			return fmt.Sprintf("%d is never a legal close code", c)
		}
	}
	return ""
}

func failEventProblem(e FailEvent) string {
	if len(e.Codes) == 0 {
		return "fail without a code"
	}
	for _, c := range e.Codes {
		if !isSendableCode(c) || c < 1002 {
			return fmt.Sprintf("%d is not the code of an error", c)
		}
	}
	return codesProblem(e.Codes)
}

func codesProblem(codes []uint16) string {
	if codes != nil && len(codes) == 0 {
		return "an empty list of codes; leave it nil"
	}
	for i, c := range codes {
		if slices.Contains(codes[:i], c) {
			return fmt.Sprintf("code %d twice", c)
		}
	}
	return ""
}

func answerProblem(a AnswerEvent) string {
	if problem := checksProblem(a.Checks); problem != "" {
		return problem
	}
	return statusProblem(a.Status)
}

func checksProblem(checks []FieldCheck) string {
	if checks != nil && len(checks) == 0 {
		return "an empty list of checks; leave it nil"
	}
	for _, c := range checks {
		switch {
		case c.Op > Present:
			return fmt.Sprintf("check %d is not one of the checks", c.Op)
		case c.Name == "":
			return "the name of the field to check is missing"
		case !c.Op.hasValue() && c.Value != "":
			return fmt.Sprintf("a value (%q) in a check that has none", c.Value)
		}
		if problem := placeholderProblem(c.Value); problem != "" {
			return problem
		}
	}
	return ""
}

func statusProblem(status []int) string {
	if len(status) == 0 {
		return "the status is missing"
	}
	for i, s := range status {
		if s != 4 && s != 5 && (s < 100 || s > 599) {
			return fmt.Sprintf("status %d is neither within 100 and 599 nor 4 or 5 for a class", s)
		}
		if slices.Contains(status[:i], s) {
			return fmt.Sprintf("status %d twice", s)
		}
	}
	return ""
}
