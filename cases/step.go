package cases

import "time"

// A Step is one move of the conversation: Open, Request, Response, Dial, Send,
// Expect, Alive, Close, Shut, Reset, Repeat or Pause.
type Step interface{ step() }

func (OpenStep) step()    {}
func (Request) step()     {}
func (Response) step()    {}
func (DialStep) step()    {}
func (SendStep) step()    {}
func (Expectation) step() {}
func (AliveStep) step()   {}
func (CloseStep) step()   {}
func (ShutStep) step()    {}
func (ResetStep) step()   {}
func (RepeatStep) step()  {}
func (PauseStep) step()   {}

// OpenStep is a right opening handshake. The case is about what follows, and
// is skipped when the handshake does not succeed or the extension is declined.
// When a client is tested, the server answers with Extensions, and the case is
// skipped when the client does not offer permessage-deflate. Where its only offer
// has server_no_context_takeover, which an answer must repeat, the server adds that.
type OpenStep struct {
	Extensions   string // offered value of Sec-WebSocket-Extensions; empty: none
	Subprotocols string // offered value of Sec-WebSocket-Protocol; empty: none
}

// Open is a right opening handshake that offers the extensions, which the peer
// must accept for the case to go on. Without arguments it offers none.
func Open(extensions string) OpenStep { return OpenStep{Extensions: extensions} }

// SendStep sends frames in one write, except where a frame asks to be chopped.
type SendStep struct{ Frames []Frame }

// Send sends the frames in one write.
func Send(frames ...Frame) SendStep { return SendStep{frames} }

// AliveStep proves that the connection is usable and that nothing else has
// arrived: it sends a ping with a payload of its own, and nothing but the pong
// may come back.
type AliveStep struct{}

// Alive proves by a ping that the peer carries on and has sent nothing else.
func Alive() AliveStep { return AliveStep{} }

// CloseStep ends the conversation as a good peer does: it sends Close with the
// code and waits for the Close of the peer and the end of TCP. A frame other
// than that Close, or one whose code is an error, is a failure of the case;
// how complete the closing handshake was is kept beside the verdict, since
// cases of their own judge it.
type CloseStep struct{ Code uint16 }

// Close ends the conversation with a Close frame of this status code.
func Close(code uint16) CloseStep { return CloseStep{code} }

// ShutStep sends FIN: the player sends nothing more but goes on reading.
type ShutStep struct{}

// Shut half-closes TCP.
func Shut() ShutStep { return ShutStep{} }

// ResetStep ends TCP with RST.
type ResetStep struct{}

// Reset ends TCP with RST. Whatever follows cannot be observed, so it is the last step.
func Reset() ResetStep { return ResetStep{} }

// RepeatStep plays its steps Times times, or for Forever until the peer goes.
type RepeatStep struct {
	Times int
	Steps []Step
}

// Repeat plays the steps the given number of times.
func Repeat(times int, steps ...Step) RepeatStep { return RepeatStep{times, steps} }

// An Expectation is what the peer is expected to do next, with grades: it is
// met by the first of its alternatives that fits, and anything else is a failure.
type Expectation struct {
	Alternatives []Alternative
	// Within bounds the wait, for what only time can show; zero waits as long as
	// the budget of the case lasts.
	Within time.Duration
	// Else is the grade with which the case goes on when the peer has neither met
	// nor broken the expectation: when it answers a ping that the player sends
	// after its frames, or, with Within, when that time has passed. The zero
	// value, Pass, means that the case does not go on.
	Else Verdict
}

// An Alternative is one course of events and its grade.
type Alternative struct {
	Grade  Verdict
	Events []Event
}

// Expect expects these events, in this order. Pongs may overtake messages, and
// of several pongs only the last has to come (RFC 6455, section 5.5.3).
func Expect(events ...Event) Expectation {
	return Expectation{Alternatives: []Alternative{{Pass, events}}}
}

// FailsWith expects the peer to fail the connection, with one of the codes.
func FailsWith(codes ...uint16) Expectation { return Expect(Fail(codes...)) }

// Or adds another course of events that passes as well.
func (e Expectation) Or(events ...Event) Expectation { return e.or(Pass, events) }

// OrLax adds a course of events that works but is only tolerated.
func (e Expectation) OrLax(events ...Event) Expectation { return e.or(Lax, events) }

// OrInfo adds a course of events that is worth knowing and is not judged.
func (e Expectation) OrInfo(events ...Event) Expectation { return e.or(Info, events) }

// OrFail adds a course of events that is a failure whatever else fits, so that
// it is known at once instead of at the end of the budget, and so that a broad
// alternative can have exceptions.
func (e Expectation) OrFail(events ...Event) Expectation { return e.or(Failed, events) }

func (e Expectation) or(grade Verdict, events []Event) Expectation {
	e.Alternatives = append(e.Alternatives[:len(e.Alternatives):len(e.Alternatives)], Alternative{grade, events})
	return e
}

// For bounds the wait.
func (e Expectation) For(d time.Duration) Expectation { e.Within = d; return e }

// ElseLax lets the case go on, at best with the verdict lax, when the peer
// does not react yet.
func (e Expectation) ElseLax() Expectation { e.Else = Lax; return e }
