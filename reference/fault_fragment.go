package reference

import "slices"

// inHalves sends messages in two fragments that a fault has changed.
func inHalves(change func(first, last wireFrame) []wireFrame) func(*tap) filter {
	return onData(func(f wireFrame) []wireFrame {
		if !f.fin || f.opcode == opContinuation {
			return pass(f)
		}
		first, last := halves(f)
		return change(first, last)
	})
}

func fragmentFaults() []departure {
	return slices.Concat(fragmentsSent(), fragmentsRead(), fragmentsLost())
}

func fragmentsSent() []departure {
	const both = EitherSide
	return []departure{
		forgiving(both, "stray-continuation-accepted", "6455-5.4-1", "the endpoint takes a continuation frame for a new message"),
		forgiving(both, "interleaved-messages-accepted", "6455-5.4-3", "the endpoint takes a new message for a fragment of the one that is open"),
		forgiving(both, "any-order-of-fragments-accepted", "6455-5.4-8", "the endpoint takes fragments however they come", "6455-5.4-1", "6455-5.4-3"),
		sending(both, "continuation-without-message", "6455-5.4-1", "messages are sent as continuation frames", onData(func(f wireFrame) []wireFrame { return pass(f.as(opContinuation)) })),
		sending(both, "last-fragment-never-sent", "6455-6.1-7", "no frame of a message has FIN", onData(func(f wireFrame) []wireFrame {
			f.fin = false
			return pass(f)
		})),
		sending(both, "fragments-with-opcode", "6455-5.4-3", "later fragments repeat the opcode of the first", inHalves(func(first, last wireFrame) []wireFrame {
			return pass(first, last.as(first.opcode))
		})),
		sending(both, "fragment-types-differ", "6455-5.4-16", "the last fragment of a message says that it is binary", inHalves(func(first, last wireFrame) []wireFrame {
			return pass(first, last.as(opBinary))
		})),
		sending(both, "fragments-in-reverse", "6455-5.4-7", "the last fragment of a message is sent first", inHalves(func(first, last wireFrame) []wireFrame {
			first.payload, last.payload = last.payload, first.payload
			return pass(first, last)
		})),
		sending(both, "fragments-all-final", "6455-5.4-2", "every fragment of a message has FIN", inHalves(func(first, last wireFrame) []wireFrame {
			first.fin = true
			return pass(first, last)
		})),
		sending(both, "message-in-two", "6455-5.4-4", "every message is sent as two", inHalves(func(first, last wireFrame) []wireFrame {
			first.fin, last.opcode = true, first.opcode
			return pass(first, last)
		})),
	}
}

func fragmentsRead() []departure {
	const both = EitherSide
	return []departure{
		receiving(both, "fragments-taken-for-messages", "6455-5.4-11", "the endpoint takes each fragment for a message", func(*tap) filter {
			typ := opText
			return func(f wireFrame) []wireFrame {
				if !f.data() {
					return pass(f)
				}
				if f.opcode != opContinuation {
					typ = f.opcode
				}
				f.fin, f.opcode = true, typ
				return pass(f)
			}
		}),
		receiving(both, "fragments-refused", "6455-5.4-11", "the endpoint refuses messages in fragments", refusing(func(f wireFrame) bool { return f.data() && !f.fin })),
		receiving(both, "third-fragment-refused", "6455-5.4-2", "the endpoint refuses messages of more than two fragments", func(*tap) filter {
			n := 0
			return func(f wireFrame) []wireFrame {
				if !f.data() {
					return pass(f)
				}
				if n++; f.opcode != opContinuation {
					n = 1
				}
				if n > 2 {
					return refuseFrame(f)
				}
				return pass(f)
			}
		}),
	}
}

// fragmentsLost are those of fragments that do not make a message.
func fragmentsLost() []departure {
	const both = EitherSide
	return []departure{
		receiving(both, "middle-fragments-lost", "6455-5.4-2", "the endpoint loses the fragments between the first and the last", onData(func(f wireFrame) []wireFrame {
			if f.opcode == opContinuation && !f.fin {
				return nil
			}
			return pass(f)
		})),
		receiving(both, "last-fragment-lost", "6455-5.4-2", "the endpoint loses the last fragment of a message", onData(func(f wireFrame) []wireFrame {
			if f.opcode == opContinuation && f.fin {
				f.payload = nil
			}
			return pass(f)
		})),
		receiving(both, "empty-fragments-refused", "6455-5.4-2", "the endpoint refuses empty fragments", refusing(func(f wireFrame) bool {
			return f.data() && (!f.fin || f.opcode == opContinuation) && len(f.payload) == 0
		})),
		receiving(both, "type-of-last-fragment-taken", "6455-6.2-3", "the endpoint forgets the type of a message in fragments, and takes it for text", onData(func(f wireFrame) []wireFrame {
			if f.opcode == opBinary && !f.fin {
				f.opcode = opText
			}
			return pass(f)
		})),
		receiving(both, "message-behind-fragments-lost", "6455-6.2-4", "the endpoint loses the message that follows one in fragments", func(*tap) filter {
			behind := false
			return func(f wireFrame) []wireFrame {
				if !f.data() {
					return pass(f)
				}
				lost := behind && f.fin && f.opcode != opContinuation
				behind = f.opcode == opContinuation && f.fin
				if lost {
					return nil
				}
				return pass(f)
			}
		}),
	}
}
