package reference

import "slices"

// controlFaults are those of Ping and Pong.
func controlFaults() []departure {
	return slices.Concat(pongFaults(), misreadControls())
}

func pongFaults() []departure {
	return slices.Concat(pongPayloadFaults(), pongFrameFaults())
}

func pongPayloadFaults() []departure {
	const both = EitherSide
	pong := func(id, requirement, title string, change filter) departure {
		return sending(both, id, requirement, title, only(opPong, change))
	}
	return []departure{
		pong("pong-never-sent", "6455-5.5.2-3", "Pings are not answered", lose),
		pong("pong-payload-cut", "6455-5.5.3-2", "the last octet of a Pong's payload is missing", func(f wireFrame) []wireFrame {
			return pass(f.with(f.payload[:max(0, len(f.payload)-1)]))
		}),
		pong("pong-empty", "6455-5.5.3-2", "Pongs have no payload", func(f wireFrame) []wireFrame { return pass(f.with(nil)) }),
		pong("pong-payload-in-utf-8", "6455-5.5.3-2", "octets of a Pong's payload that are not UTF-8 are replaced", func(f wireFrame) []wireFrame {
			return pass(f.with([]byte(toValid(f.payload))))
		}),
		pong("pong-payload-grown", "6455-5.5.3-2", "an octet is added to a Pong's payload", func(f wireFrame) []wireFrame {
			if len(f.payload) < maxControl {
				f.payload = append(f.payload, '!')
			}
			return pass(f)
		}),
		pong("pong-for-empty-ping-missing", "6455-5.5.2-3", "a Ping without payload is not answered", func(f wireFrame) []wireFrame {
			if len(f.payload) == 0 {
				return nil
			}
			return pass(f)
		}),
		pong("pong-for-long-ping-missing", "6455-5.5.2-3", "a Ping of more than 64 octets is not answered", func(f wireFrame) []wireFrame {
			if len(f.payload) > 64 {
				return nil
			}
			return pass(f)
		}),
	}
}

func pongFrameFaults() []departure {
	const both = EitherSide
	pong := func(id, requirement, title string, change filter) departure {
		return sending(both, id, requirement, title, only(opPong, change))
	}
	return []departure{
		pong("pong-as-ping", "6455-5.5.3-1", "Pings are answered with Pings", func(f wireFrame) []wireFrame { return pass(f.as(opPing)) }),
		pong("pong-as-message", "6455-5.5.3-1", "Pings are answered with a text message", func(f wireFrame) []wireFrame {
			return pass(f.as(opText).with([]byte("pong")))
		}),
		pong("pong-in-fragments", "6455-5.5-3", "Pongs are sent in two fragments", func(f wireFrame) []wireFrame {
			first, last := halves(f)
			return pass(first, last)
		}),
		pong("pong-without-fin", "6455-5.4-6", "Pongs have no FIN", func(f wireFrame) []wireFrame {
			f.fin = false
			return pass(f)
		}),
		pong("pong-of-126-octets", "6455-5.5-2", "Pongs have 126 octets", func(f wireFrame) []wireFrame {
			return pass(f.with(append(f.payload, make([]byte, 126-min(126, len(f.payload)))...)))
		}),
		pong("pong-twice", "6455-5.5.3-2", "Pings are answered twice, the second time with other octets", func(f wireFrame) []wireFrame {
			return pass(f, f.with([]byte("again")))
		}),
		sending(both, "pong-behind-message", "6455-5.4-9", "a Pong waits for the next message", func(*tap) filter {
			var held []wireFrame
			return func(f wireFrame) []wireFrame {
				if f.opcode == opPong {
					held = append(held, f)
					return nil
				}
				frames := append(pass(f), held...)
				held = nil
				if f.opcode == opClose {
					return pass(f)
				}
				return frames
			}
		}),
		sending(both, "pong-once", "6455-5.5.2-3", "the first Ping alone is answered", func(*tap) filter {
			done := false
			return func(f wireFrame) []wireFrame {
				if f.opcode != opPong {
					return pass(f)
				}
				if done {
					return nil
				}
				done = true
				return pass(f)
			}
		}),
	}
}

func toValid(b []byte) string {
	var s []rune
	for _, r := range string(b) {
		s = append(s, r)
	}
	return string(s)[:min(maxControl, len(string(s)))]
}

// inside tells for each frame whether a message is open before it.
func inside(change func(f wireFrame, open bool) []wireFrame) func(*tap) filter {
	return func(*tap) filter {
		open := false
		return func(f wireFrame) []wireFrame {
			before := open
			if f.data() {
				open = !f.fin
			}
			return change(f, before)
		}
	}
}

func misreadControls() []departure {
	return slices.Concat(misreadPongs(), misreadPings(), misreadBetweenFragments())
}

func misreadPongs() []departure {
	const both = EitherSide
	return []departure{
		forgiving(both, "long-control-frames-accepted", "6455-5.5-2", "the endpoint takes control frames of more than 125 octets"),
		forgiving(both, "fragmented-control-frames-accepted", "6455-5.5-3", "the endpoint takes control frames without FIN"),
		receiving(both, "pong-refused", "6455-5.5.3-4", "the endpoint refuses a Pong that answers no Ping", refusing(func(f wireFrame) bool { return f.opcode == opPong })),
		receiving(both, "long-pong-refused", "6455-5.5.3-4", "the endpoint refuses a Pong with more than 64 octets", refusing(func(f wireFrame) bool {
			return f.opcode == opPong && len(f.payload) > 64
		})),
		receiving(both, "pong-answered", "6455-5.5.3-4", "the endpoint answers Pongs with Pongs", only(opPong, func(f wireFrame) []wireFrame {
			if len(f.payload) > maxControl || !f.fin || f.rsv != 0 {
				return pass(f)
			}
			return pass(f.as(opPing))
		})),
		receiving(both, "pong-taken-for-message", "6455-6.2-2", "the endpoint takes a Pong for a message", inside(func(f wireFrame, open bool) []wireFrame {
			if f.opcode == opPong && !open {
				f.opcode = opBinary
			}
			return pass(f)
		})),
	}
}

func misreadPings() []departure {
	const both = EitherSide
	return []departure{
		receiving(both, "ping-taken-for-message", "6455-5.5.2-1", "the endpoint takes a Ping for a message", inside(func(f wireFrame, open bool) []wireFrame {
			if f.opcode == opPing && !open {
				f.opcode = opBinary
			}
			return pass(f)
		})),
		receiving(both, "ping-inside-message-refused", "6455-5.4-9", "the endpoint refuses a Ping between fragments", inside(func(f wireFrame, open bool) []wireFrame {
			if f.opcode == opPing && open {
				return refuseFrame(f)
			}
			return pass(f)
		})),
		receiving(both, "ping-inside-message-lost", "6455-5.4-9", "the endpoint does not answer a Ping between fragments", inside(func(f wireFrame, open bool) []wireFrame {
			if f.opcode == opPing && open {
				return nil
			}
			return pass(f)
		})),
		receiving(both, "ping-joined-to-message", "6455-5.4-9", "the endpoint adds a Ping between fragments to the message", inside(func(f wireFrame, open bool) []wireFrame {
			if f.opcode != opPing || !open {
				return pass(f)
			}
			joined := f.as(opContinuation)
			joined.fin = false
			return pass(f, joined)
		})),
	}
}

// misreadBetweenFragments are those of control frames that come between fragments, or too often.
func misreadBetweenFragments() []departure {
	const both = EitherSide
	return []departure{
		receiving(both, "pong-inside-message-refused", "6455-5.4-9", "the endpoint refuses a Pong between fragments", inside(func(f wireFrame, open bool) []wireFrame {
			if f.opcode == opPong && open {
				return refuseFrame(f)
			}
			return pass(f)
		})),
		receiving(both, "close-inside-message-lost", "6455-5.4-9", "the endpoint does not see a Close frame between fragments", inside(func(f wireFrame, open bool) []wireFrame {
			if f.opcode == opClose && open {
				return nil
			}
			return pass(f)
		})),
		receiving(both, "ping-ends-message", "6455-5.4-9", "the endpoint forgets an open message when a control frame comes", func(*tap) filter {
			open, forget := false, false
			return func(f wireFrame) []wireFrame {
				if !f.data() {
					forget = forget || open
					return pass(f)
				}
				if open = !f.fin; forget && f.opcode == opContinuation {
					forget = open
					return nil
				}
				return pass(f)
			}
		}),
		receiving(both, "pings-limited", "6455-5.5.2-3", "the endpoint refuses more than nine Pings", func(*tap) filter {
			n := 0
			return func(f wireFrame) []wireFrame {
				if f.opcode == opPing {
					if n++; n > 9 {
						return refuseFrame(f)
					}
				}
				return pass(f)
			}
		}),
	}
}
