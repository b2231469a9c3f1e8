package runner

import (
	"slices"

	"github.com/wsspec/wsspec/cases"
)

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
	case cases.MessageEvent:
		return nil, o.kind == gotMessage && (e.Type == 0 || o.opcode == e.Type)
	case cases.CloseEvent:
		return nil, o.kind == gotClose && fitsCodes(e.Codes, o.code) && (e.Reason == nil || samePayload(e.Reason, o.payload, c.seed))
	case cases.EndEvent:
		return nil, o.kind == gotEnd
	case cases.AnswerEvent:
		return nil, o.kind == gotAnswer && (o.answer.meets(e) || c.grade == cases.Failed && o.answer.claims(e))
	case cases.RefuseEvent:
		if isRefusal(e) {
			return c.stepRefusal(o)
		}
		return nil, c.stepRefuse(e, o)
	case cases.RequestEvent:
		return nil, o.kind == gotRequest && c.stepRequest(e, o.request)
	case cases.DeclinedEvent:
		return nil, c.stepDeclined(o)
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

// fitsStatus reports whether the status is in the list, in which 4 and 5 stand
// for whole classes.
func fitsStatus(list []int, status int) bool {
	return slices.Contains(list, status) || slices.Contains(list, status/100)
}
