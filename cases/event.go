package cases

// An Event is something that the peer does: a Frame stands for a complete
// message (Text, Binary) or a pong with that payload; the others are
// MessageEvent, CloseEvent, EndEvent, FailEvent, AnswerEvent, RefuseEvent,
// RequestEvent, DeclinedEvent, MaybeEvent, WaitEvent and AnyEvent.
type Event interface{ event() }

func (Frame) event()         {}
func (MessageEvent) event()  {}
func (CloseEvent) event()    {}
func (EndEvent) event()      {}
func (FailEvent) event()     {}
func (AnswerEvent) event()   {}
func (RefuseEvent) event()   {}
func (RequestEvent) event()  {}
func (DeclinedEvent) event() {}
func (MaybeEvent) event()    {}
func (WaitEvent) event()     {}
func (AnyEvent) event()      {}

// NoCode is how a Close frame without a status code appears in expectations
// (RFC 6455, section 7.1.5).
const NoCode = 1005

// CloseEvent is a Close frame of the peer.
type CloseEvent struct {
	Codes  []uint16 // one of these; NoCode for an empty Close; none: any legal code
	Reason Payload  // nil: any
}

// Closes expects a Close frame with one of the codes.
func Closes(codes ...uint16) CloseEvent { return CloseEvent{Codes: codes} }

// Because demands that the Close frame has this reason.
func (e CloseEvent) Because(reason Payload) CloseEvent { e.Reason = reason; return e }

// EndEvent is the end of TCP as the peer makes it: FIN or RST.
type EndEvent struct{}

// End expects the peer to end TCP.
func End() EndEvent { return EndEvent{} }

// FailEvent is the peer failing the connection (RFC 6455, section 7.1.7): a
// Close frame with one of the codes, then the end of TCP. The end of TCP without
// a Close frame, and another error code, are lax, since both are left open by a
// SHOULD. Anything else fails: an answer to the frames, a pong to a ping sent
// after them, a code that must never be sent, a Close 1000 or 1001 as if nothing
// were wrong, or a connection that stays open.
type FailEvent struct{ Codes []uint16 }

// Fail expects the peer to fail the connection with one of the codes.
func Fail(codes ...uint16) FailEvent { return FailEvent{codes} }

// AnswerEvent is the final HTTP response to the opening handshake. With status
// 101 it means that the response is right in every respect (accept value,
// Upgrade, Connection, no subprotocol or extension that was not offered), so
// that the connection is open; as a reaction that fails, any 101 is meant, right or
// not. With status 100 the answer is not final, and the case is over behind it.
type AnswerEvent struct {
	Status []int        // status codes, or 4 and 5 for the whole classes 4xx and 5xx
	Checks []FieldCheck // what its header fields must hold besides
}

// Answer expects an HTTP response with one of the status codes; 4 stands for
// all of 4xx.
func Answer(status ...int) AnswerEvent { return AnswerEvent{Status: status} }

// With demands that the comma-separated list in the field holds this element,
// compared without regard to ASCII case.
func (a AnswerEvent) With(name, element string) AnswerEvent {
	return a.check(FieldCheck{Holds, name, element})
}

// Equal demands that the field has exactly this value.
func (a AnswerEvent) Equal(name, value string) AnswerEvent {
	return a.check(FieldCheck{Equals, name, value})
}

// Without demands that there is no such field.
func (a AnswerEvent) Without(name string) AnswerEvent {
	return a.check(FieldCheck{Absent, name, ""})
}

// Has demands that there is such a field.
func (a AnswerEvent) Has(name string) AnswerEvent {
	return a.check(FieldCheck{Present, name, ""})
}

func (a AnswerEvent) check(c FieldCheck) AnswerEvent {
	a.Checks = append(a.Checks[:len(a.Checks):len(a.Checks)], c)
	return a
}

// FieldCheck is a demand on one header field of a response or a request.
type FieldCheck struct {
	Op    FieldOp
	Name  string
	Value string // may hold placeholders, see Edit
}

// hasValue reports whether the demand is about what the field holds.
func (o FieldOp) hasValue() bool { return o == Holds || o == Equals }

// FieldOp is the kind of a FieldCheck.
type FieldOp byte

// The demands on a header field.
const (
	Holds   FieldOp = iota // the list in the field holds Value as an element
	Equals                 // the field's value is Value
	Absent                 // the field is not there
	Present                // the field is there
)

// RefuseEvent is the refusal of an opening handshake: a final response with one
// of the status codes. Another status than 101 and the end of TCP without a
// response are lax; 101 and silence fail.
//
// Without status codes it is a client refusing the server's answer: it ends TCP
// and sends no frame. A Close frame before that is lax; another frame, and a
// connection that stays open, fail.
type RefuseEvent struct{ Status []int }

// Refuse expects the opening handshake to be refused with one of the status
// codes; 4 stands for all of 4xx. Without one, a client refuses the answer.
func Refuse(status ...int) RefuseEvent { return RefuseEvent{status} }

// MaybeEvent is an event that may come or not.
type MaybeEvent struct{ Event Event }

// Maybe lets the event be left out.
func Maybe(e Event) MaybeEvent { return MaybeEvent{e} }

// WaitEvent is the peer doing nothing, with the connection open, for as long as
// the expectation lasts.
type WaitEvent struct{}

// Wait expects the peer to wait without a sign.
func Wait() WaitEvent { return WaitEvent{} }

// AnyEvent is whatever the peer does, for as long as the expectation lasts or
// until it ends TCP.
type AnyEvent struct{}

// Anything accepts whatever the peer does from here on.
func Anything() AnyEvent { return AnyEvent{} }
