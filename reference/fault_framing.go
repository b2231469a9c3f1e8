package reference

import "slices"

// sending is the fault of an endpoint that changes frames on their way out.
func sending(side Side, id, requirement, title string, out func(*tap) filter) departure {
	return departure{Fault: Fault{id, requirement, title, side}, out: out}
}

// receiving is the fault of an endpoint that misreads frames.
func receiving(side Side, id, requirement, title string, in func(*tap) filter) departure {
	return departure{Fault: Fault{id, requirement, title, side}, in: in}
}

// framingFaults are those of headers and masking.
func framingFaults() []departure {
	return slices.Concat(headersAccepted(), maskingSent(), maskingKeysSent(), maskingRead(), headersSent())
}

func headersAccepted() []departure {
	const both, s, c = EitherSide, ServerSide, ClientSide
	return []departure{
		forgiving(s, "unmasked-frames-accepted", "6455-5.1-2", "the server takes frames that are not masked"),
		forgiving(c, "masked-frames-accepted", "6455-5.1-5", "the client takes frames that are masked"),
		forgiving(both, "reserved-bits-ignored", "6455-5.2-4", "the endpoint ignores reserved bits that are set", "7692-6.1-4"),
		forgiving(both, "reserved-opcodes-accepted", "6455-5.2-5", "the endpoint takes frames with a reserved opcode"),
	}
}

func maskingSent() []departure {
	const both, s, c = EitherSide, ServerSide, ClientSide
	return []departure{
		sending(s, "frames-masked", "6455-5.1-4", "the server masks its frames", each(func(f wireFrame) []wireFrame {
			f.masked, f.key = true, 0x04030201
			return pass(f)
		})),
		sending(c, "frames-not-masked", "6455-5.1-1", "the client does not mask its frames", each(func(f wireFrame) []wireFrame {
			f.masked, f.key = false, 0
			return pass(f)
		})),
		sending(c, "control-frames-not-masked", "6455-6.1-8", "the client does not mask its control frames", each(func(f wireFrame) []wireFrame {
			f.masked = f.data()
			return pass(f)
		})),
		sending(c, "close-frame-not-masked", "6455-5.5.1-6", "the client does not mask its Close frame", only(opClose, func(f wireFrame) []wireFrame {
			f.masked = false
			return pass(f)
		})),
		sending(c, "mask-bit-not-set", "6455-5.3-1", "the client masks its frames without saying so", each(octets(func(b []byte) []byte {
			b[1] &^= bitMASK
			return b
		}))),
		sending(c, "mask-bit-without-key", "6455-5.3-2", "the client sets the mask bit and sends no masking key", each(func(f wireFrame) []wireFrame {
			f.masked = false
			f.octets = func(b []byte) []byte {
				b[1] |= bitMASK
				return b
			}
			return pass(f)
		})),
		sending(c, "masking-key-counted-in-length", "6455-5.3-7", "the client counts the masking key in the length", each(octets(func(b []byte) []byte {
			if b[1]&0x7f < 121 {
				b[1] += 4
			}
			return b
		}))),
	}
}

func maskingKeysSent() []departure {
	const both, s, c = EitherSide, ServerSide, ClientSide
	return []departure{
		sending(c, "masking-key-of-zeros", "6455-5.3-4", "every masking key is zero", each(func(f wireFrame) []wireFrame {
			f.key = 0
			return pass(f)
		})),
		sending(c, "masking-key-constant", "6455-5.3-3", "all frames of a connection have one masking key", func(t *tap) filter {
			key := new(maskingKeys).next()
			return func(f wireFrame) []wireFrame {
				f.key = key
				return pass(f)
			}
		}),
		sending(c, "masking-key-counts", "6455-5.3-5", "each masking key is that of the frame before plus one", func(t *tap) filter {
			key := new(maskingKeys).next()
			return func(f wireFrame) []wireFrame {
				key++
				f.key = key
				return pass(f)
			}
		}),
		sending(c, "masking-key-of-16-bits", "6455-10.3-1", "masking keys are random in their first two octets alone", each(func(f wireFrame) []wireFrame {
			f.key &= 0xffff
			return pass(f)
		})),
		sending(c, "payload-not-masked", "6455-5.3-6", "the client sends a masking key and does not use it", each(octets(func(b []byte) []byte {
			if h, n, ok := parseHeader(b); ok {
				mask(b[n:], h.key)
			}
			return b
		}))),
	}
}

func maskingRead() []departure {
	const both, s, c = EitherSide, ServerSide, ClientSide
	return []departure{
		receiving(s, "payload-not-unmasked", "6455-6.2-7", "the server does not unmask messages", onData(func(f wireFrame) []wireFrame {
			mask(f.payload, f.key)
			return pass(f)
		})),
		receiving(s, "masking-stops-at-multiple-of-4", "6455-5.3-6", "the server unmasks whole groups of four octets alone", each(func(f wireFrame) []wireFrame {
			whole := len(f.payload) &^ 3
			mask(f.payload[whole:], f.key)
			return pass(f)
		})),
		receiving(s, "masking-key-of-first-frame", "6455-5.3-6", "the server unmasks later fragments with the key of the first", func(*tap) filter {
			key := uint32(0)
			return func(f wireFrame) []wireFrame {
				if f.opcode == opContinuation {
					mask(f.payload, f.key)
					mask(f.payload, key)
				} else if f.data() {
					key = f.key
				}
				return pass(f)
			}
		}),
		receiving(s, "masking-key-of-zeros-refused", "6455-5.3-6", "the server refuses frames whose masking key is zero", refusing(func(f wireFrame) bool {
			return f.masked && f.key == 0
		})),
	}
}

func headersSent() []departure {
	const both, s, c = EitherSide, ServerSide, ClientSide
	return []departure{
		sending(both, "reserved-bit-set", "6455-5.2-3", "the endpoint sets RSV2 on its messages", onData(func(f wireFrame) []wireFrame {
			f.rsv |= bitRSV1 >> 1
			return pass(f)
		})),
		sending(both, "rsv1-set", "6455-5.2-3", "the endpoint sets RSV1 where nothing was agreed on", func(t *tap) filter {
			return func(f wireFrame) []wireFrame {
				if f.data() && !t.deflated {
					f.rsv |= bitRSV1
				}
				return pass(f)
			}
		}),
		sending(both, "compressed-without-agreement", "6455-5.8-1", "the endpoint compresses messages where nothing was agreed on", func(t *tap) filter {
			return func(f wireFrame) []wireFrame {
				if f.data() && !t.deflated {
					f = packedFrame(f)
				}
				return pass(f)
			}
		}),
		forgiving(both, "nothing-checked", "6455-10.7-1", "the endpoint takes whatever it can make sense of", everyRule()...),
		forgiving(c, "never-fails-a-connection", "6455-7.1.7-1", "the client never fails a connection", everyRule()...),
		sending(both, "rsv3-on-control-frames", "6455-5.2-3", "the endpoint sets RSV3 on control frames", each(func(f wireFrame) []wireFrame {
			if !f.data() {
				f.rsv |= bitRSV1 >> 2
			}
			return pass(f)
		})),
		sending(both, "reserved-data-opcode", "6455-5.2-6", "messages have the reserved opcode 3", onData(func(f wireFrame) []wireFrame { return pass(f.as(3)) })),
		sending(both, "reserved-control-opcode", "6455-5.2-6", "Pongs have the reserved opcode 11", only(opPong, func(f wireFrame) []wireFrame { return pass(f.as(11)) })),
		sending(both, "frame-header-cut", "6455-6.1-4", "the second octet of frames is missing", each(octets(func(b []byte) []byte {
			return append(b[:1], b[2:]...)
		}))),
		sending(both, "frames-turned-round", "6455-5.2-1", "the bits of the first octet are sent in reverse", each(octets(func(b []byte) []byte {
			b[0] = b[0]>>4 | b[0]<<4
			return b
		}))),
	}
}

// everyRule are the rules of frames and messages.
func everyRule() []string {
	return []string{
		"6455-5.1-2", "6455-5.1-5", "6455-5.2-4", "6455-5.2-5", "6455-5.2-9", "6455-5.2-10", "6455-5.4-1", "6455-5.4-3",
		"6455-5.5-2", "6455-5.5-3", "6455-5.5.1-3", "6455-5.6-2", "6455-8.1-1", "6455-7.4.2-1", "6455-7.4.1-6", "6455-7.4.1-7",
		"6455-7.4.1-8", "6455-7.4.1-15", "6455-7.4.2-2", "6455-7.4.2-5", "7692-6.1-4", "7692-7.2.2-1", "1951-3.2.3-1",
	}
}
