package reference

import (
	"encoding/binary"
	"slices"
	"sync/atomic"
)

// closeSent is the fault of an endpoint whose Close frames are wrong.
func closeSent(id, requirement, title string, change filter) departure {
	return sending(EitherSide, id, requirement, title, only(opClose, change))
}

// withCode changes the status code of a Close frame.
func withCode(code StatusCode) filter {
	return func(f wireFrame) []wireFrame { return pass(f.with(appendCloseBody(nil, code, ""))) }
}

func codeOf(f wireFrame) StatusCode {
	if len(f.payload) < 2 {
		return StatusNoStatusReceived
	}
	return StatusCode(binary.BigEndian.Uint16(f.payload))
}

// closingFaults are those of Close frames.
func closingFaults() []departure {
	return slices.Concat(codesAccepted(), codesSent(), closesRefused(), behindClose())
}

func codesAccepted() []departure {
	const both = EitherSide
	return []departure{
		forgiving(both, "half-status-code-accepted", "6455-5.5.1-3", "the endpoint takes a Close frame with one octet"),
		forgiving(both, "codes-below-1000-accepted", "6455-7.4.2-1", "the endpoint takes status codes below 1000"),
		forgiving(both, "code-1004-accepted", "6455-7.4.1-6", "the endpoint takes the status code 1004"),
		forgiving(both, "close-1005-echoed", "6455-7.4.1-7", "the endpoint takes the status code 1005, and sends it back"),
		forgiving(both, "close-1006-echoed", "6455-7.4.1-8", "the endpoint takes the status code 1006, and sends it back"),
		forgiving(both, "close-1015-echoed", "6455-7.4.1-15", "the endpoint takes the status code 1015, and sends it back"),
		forgiving(both, "unassigned-codes-accepted", "6455-7.4.2-2", "the endpoint takes unassigned status codes below 3000"),
		forgiving(both, "codes-from-5000-accepted", "6455-7.4.2-5", "the endpoint takes status codes from 5000 on"),
		forgiving(both, "any-code-accepted", "6455-11.7-1", "the endpoint takes any status code",
			"6455-7.4.2-1", "6455-7.4.1-6", "6455-7.4.1-7", "6455-7.4.1-8", "6455-7.4.1-15", "6455-7.4.2-2", "6455-7.4.2-5"),
	}
}

func codesSent() []departure {
	return []departure{
		closeSent("close-1005-sent", "6455-7.4.1-7", "a Close frame without a code is answered with 1005", func(f wireFrame) []wireFrame {
			if len(f.payload) == 0 {
				return withCode(StatusNoStatusReceived)(f)
			}
			return pass(f)
		}),
		closeSent("close-1006-sent", "6455-7.4.1-8", "the endpoint fails connections with 1006", func(f wireFrame) []wireFrame {
			if code := codeOf(f); code == StatusProtocolError || code == StatusInvalidPayload {
				return withCode(StatusAbnormalClosure)(f)
			}
			return pass(f)
		}),
		closeSent("close-1015-sent", "6455-7.4.1-15", "the endpoint fails connections with 1015", func(f wireFrame) []wireFrame {
			if code := codeOf(f); code == StatusProtocolError || code == StatusInvalidPayload {
				return withCode(StatusTLSHandshake)(f)
			}
			return pass(f)
		}),
		closeSent("close-1000-for-failures", "6455-7.1.7-5", "the endpoint fails connections with 1000, as if nothing were wrong", func(f wireFrame) []wireFrame {
			if code := codeOf(f); code == StatusProtocolError || code == StatusInvalidPayload || code == StatusMessageTooBig {
				return withCode(StatusNormalClosure)(f)
			}
			return pass(f)
		}),
		closeSent("close-1002-for-bad-text", "6455-7.4.1-9", "the endpoint fails connections with 1002 where it is 1007", func(f wireFrame) []wireFrame {
			if codeOf(f) == StatusInvalidPayload {
				return withCode(StatusProtocolError)(f)
			}
			return pass(f)
		}),
		closeSent("close-body-missing", "6455-7.1.7-5", "the Close frame has no body", func(f wireFrame) []wireFrame { return pass(f.with(nil)) }),
		closeSent("close-code-in-little-endian", "6455-5.5.1-3", "the status code is sent with the lower octet first", func(f wireFrame) []wireFrame {
			if len(f.payload) >= 2 {
				f.payload[0], f.payload[1] = f.payload[1], f.payload[0]
			}
			return pass(f)
		}),
		closeSent("close-code-cut", "6455-5.5.1-3", "the Close frame has one octet of a body", func(f wireFrame) []wireFrame {
			return pass(f.with([]byte{3}))
		}),
		closeSent("close-code-as-text", "6455-5.5.1-3", "the status code is sent in digits", func(f wireFrame) []wireFrame { return pass(f.with([]byte("1000"))) }),
		closeSent("close-reason-not-utf8", "6455-5.5.1-4", "the reason of a Close frame is cut inside a character", func(f wireFrame) []wireFrame {
			return pass(f.with(appendCloseBody(nil, max(1000, codeOf(f)), "na\xc3")))
		}),
		closeSent("close-reason-too-long", "6455-5.5-2", "the reason of a Close frame has 124 octets", func(f wireFrame) []wireFrame {
			return pass(f.with(append(appendCloseBody(nil, StatusNormalClosure, ""), make([]byte, 124)...)))
		}),
		sending(ServerSide, "close-1010-from-server", "6455-7.4.1-2", "the server answers Close frames with 1010", only(opClose, withCode(StatusMandatoryExtension))),
		closeSent("close-in-fragments", "6455-5.5-3", "the Close frame has no FIN", func(f wireFrame) []wireFrame {
			f.fin = false
			return pass(f)
		}),
		closeSent("close-as-message", "6455-5.5.1-1", "in the place of a Close frame comes a text message", func(f wireFrame) []wireFrame {
			return pass(f.as(opText).with([]byte("bye")))
		}),
	}
}

// refusingClose refuses Close frames that are right.
func refusingClose(id, requirement, title string, wrong func(f wireFrame) bool) departure {
	return receiving(EitherSide, id, requirement, title, refusing(func(f wireFrame) bool {
		return f.opcode == opClose && f.fin && f.rsv == 0 && wrong(f)
	}))
}

func closesRefused() []departure {
	codes := func(from, to StatusCode) func(wireFrame) bool {
		return func(f wireFrame) bool { return len(f.payload) >= 2 && codeOf(f) >= from && codeOf(f) <= to }
	}
	return []departure{
		refusingClose("empty-close-refused", "6455-5.5.1-2", "the endpoint refuses a Close frame without a body", func(f wireFrame) bool { return len(f.payload) == 0 }),
		refusingClose("close-reason-refused", "6455-5.5.1-4", "the endpoint refuses a Close frame with a reason", func(f wireFrame) bool { return len(f.payload) > 2 }),
		refusingClose("long-close-reason-refused", "6455-5.5.1-8", "the endpoint refuses reasons of more than 120 octets", func(f wireFrame) bool { return len(f.payload) > 122 }),
		refusingClose("code-1001-refused", "6455-7.4.1-3", "the endpoint refuses 1001", codes(1001, 1001)),
		refusingClose("codes-of-failures-refused", "6455-7.4.1-10", "the endpoint refuses the codes 1002 to 1011", codes(1002, 1011)),
		refusingClose("later-codes-refused", "6455-7.4.1-16", "the endpoint refuses 1012, 1013 and 1014", codes(1012, 1014)),
		refusingClose("library-codes-refused", "6455-7.4.2-3", "the endpoint refuses the codes 3000 to 3999", codes(3000, 3999)),
		refusingClose("private-codes-refused", "6455-7.4.2-4", "the endpoint refuses the codes 4000 to 4999", codes(4000, 4999)),
		receiving(EitherSide, "later-codes-ignored", "6455-5.5.1-8", "the endpoint ignores Close frames with codes that were registered later", only(opClose, func(f wireFrame) []wireFrame {
			if code := codeOf(f); code >= 1012 && code <= 1014 {
				return nil
			}
			return pass(f)
		})),
		refusingClose("all-closes-refused", "6455-7.4.1-2", "the endpoint refuses 1000", codes(1000, 1000)),
	}
}

// behindClose are what comes at the wrong time.
func behindClose() []departure {
	const both = EitherSide
	after := func(id, requirement, title string, more func(f wireFrame) wireFrame) departure {
		return closeSent(id, requirement, title, func(f wireFrame) []wireFrame { return pass(f, more(f)) })
	}
	return []departure{
		closeSent("close-not-answered", "6455-5.5.1-8", "the endpoint ends TCP without a Close frame of its own", lose),
		after("close-twice", "6455-1.4-1", "every Close frame is sent twice", func(f wireFrame) wireFrame { return f }),
		after("message-behind-close", "6455-5.5.1-7", "a message follows the Close frame", func(f wireFrame) wireFrame { return f.as(opText).with([]byte("late")) }),
		closeSent("message-before-close", "6455-6.1-3", "a message is made up before the Close frame", func(f wireFrame) []wireFrame {
			return pass(f.as(opText).with([]byte("last words")), f)
		}),
		receiving(both, "frames-behind-close-answered", "6455-1.4-2", "the endpoint goes on replying behind the Close frame", func(t *tap) filter {
			closing := false
			t.closesWrite = func() error { return nil } // the endpoint goes on reading
			return func(f wireFrame) []wireFrame {
				switch {
				case f.opcode == opClose:
					closing = true
				case closing && f.opcode == opPing:
					t.send(f.as(opPong))
				case closing && f.data():
					t.send(f)
				}
				return pass(f)
			}
		}),
		{
			Fault: Fault{"frames-behind-failure-answered", "6455-7.1.7-7", "the endpoint goes on replying when it has failed the connection", both},
			wire: func(t *tap) {
				var failed atomic.Bool
				t.out = append(t.out, func(f wireFrame) []wireFrame {
					if code := codeOf(f); f.opcode == opClose && (code == StatusProtocolError || code == StatusInvalidPayload) {
						failed.Store(true)
						t.closesWrite = func() error { return nil } // the endpoint goes on reading
					}
					return pass(f)
				})
				t.in = append(t.in, func(f wireFrame) []wireFrame {
					switch {
					case !failed.Load():
					case f.opcode == opPing:
						t.send(f.as(opPong))
					case f.data():
						t.send(f)
					}
					return pass(f)
				})
			},
		},
	}
}

// ending is the fault of a transport that does not end as it should.
func ending(side Side, id, requirement, title string, change func(*tap)) departure {
	return departure{Fault: Fault{id, requirement, title, side}, wire: change}
}

// endingFaults are those of the end of TCP.
func endingFaults() []departure {
	const s, c = ServerSide, ClientSide
	return []departure{
		ending(s, "tcp-left-open", "6455-5.5.1-12", "the server leaves TCP open behind the closing handshake", (*tap).stayOpen),
		ending(s, "tcp-left-to-client", "6455-5.5.1-13", "the server waits for the client to end TCP", (*tap).stayOpen),
		{
			Fault: Fault{"failed-connection-left-open", "6455-7.1.7-3", "the server says why it fails a connection, and leaves it open", s},
			out:   staysOpenBehind(func(code StatusCode) bool { return code != StatusNormalClosure && code != StatusNoStatusReceived }),
		},
		ending(c, "client-ends-tcp-first", "6455-7.1.1-6", "the client does not wait for the server to end TCP", func(t *tap) {
			t.out = append(t.out, func(f wireFrame) []wireFrame {
				if f.opcode == opClose {
					t.hangUp.Store(true)
				}
				return pass(f)
			})
		}),
		ending(c, "client-leaves-tcp-open", "6455-5.5.1-12", "the client leaves TCP open behind the closing handshake and the server's end", (*tap).stayDeaf),
		ending(c, "lost-transport-not-noticed", "6455-7.2.1-2", "the client does not notice the end of TCP", (*tap).stayDeaf),
	}
}

// staysOpenBehind leaves the transport open when a Close frame with such a code
// has been sent.
func staysOpenBehind(such func(StatusCode) bool) func(*tap) filter {
	return func(t *tap) filter {
		return func(f wireFrame) []wireFrame {
			if f.opcode == opClose && such(codeOf(f)) {
				t.stayOpen()
			}
			return pass(f)
		}
	}
}
