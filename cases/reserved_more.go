package cases

import "slices"

// reservedMore are reserved bits in further combinations and places, and
// headers that show their fault before anything else has come.
func reservedMore() []Case {
	return slices.Concat(reservedCombinations(), reservedBitsInside(), reservedOpcodesAndBits(), reservedMoreHeaders())
}

// reservedCombinations are all bits together on each kind of frame, and the
// combinations that reservedBitsTogether leaves out.
func reservedCombinations() []Case {
	var all []Case
	for _, c := range []struct {
		name, what string
		bits       byte
		before     []Frame
		frame      Frame
	}{
		{"text", "a text frame", reserved1 | reserved2, nil, Text("Hello")},
		{"text", "a text frame", reserved1 | reserved3, nil, Text("Hello")},
		{"text", "a text frame", reserved2 | reserved3, nil, Text("Hello")},
		{"text", "a text frame", reserved1 | reserved2 | reserved3, nil, Text("Hello")},
		{"binary", "a binary frame", reserved2 | reserved3, nil, Binary("\xfe")},
		{"binary", "a binary frame", reserved1 | reserved2 | reserved3, nil, Binary("\xfe")},
		{"continuation", "a continuation frame", reserved1 | reserved2 | reserved3, []Frame{Text("frag").Part()}, Cont("ment")},
		{"ping", "a ping", reserved1 | reserved2 | reserved3, nil, Ping("p")},
		{"pong", "a pong", reserved1 | reserved2 | reserved3, nil, Pong("p")},
		{"empty-text", "an empty text frame", reserved1, nil, Text("")},
		{"empty-text", "an empty text frame", reserved2, nil, Text("")},
		{"empty-text", "an empty text frame", reserved3, nil, Text("")},
		{"empty-ping", "an empty ping", reserved1, nil, Ping("")},
		{"empty-ping", "an empty ping", reserved2, nil, Ping("")},
		{"empty-ping", "an empty ping", reserved3, nil, Ping("")},
		{"empty-close", "an empty Close frame", reserved1, nil, CloseBody("")},
		{"empty-close", "an empty Close frame", reserved2, nil, CloseBody("")},
		{"empty-close", "an empty Close frame", reserved3, nil, CloseBody("")},
		{"first-fragment", "a first fragment", reserved1, nil, Text("frag").Part()},
		{"first-fragment", "a first fragment", reserved2, nil, Text("frag").Part()},
		{"first-fragment", "a first fragment", reserved3, nil, Text("frag").Part()},
		{"binary-of-126-octets", "a frame with a 16-bit length", reserved1, nil, BinaryOf(Fill("*", 126))},
		{"binary-of-65536-octets", "a frame with a 64-bit length", reserved3, nil, BinaryOf(Fill("*", 65536))},
	} {
		all = append(all, reservedBitsOn(c.bits, c.name, c.what, append(c.before, c.frame.WithRSV(c.bits))...))
	}
	return all
}

// reservedBitsOn is a case about bits on a frame, which is the last.
func reservedBitsOn(bits byte, name, what string, frames ...Frame) Case {
	return Case{
		ID:    reservedID(bits, "on-"+name),
		Title: reservedTitle(bits, what),
		Refs:  refs("6455-5.2-4", "6455-5.8-1", "6455-7.1.7-5"),
		Steps: steps(Send(frames...), FailsWith(1002)),
	}
}

// reservedBitsInside are bits on frames inside a fragmented message.
func reservedBitsInside() []Case {
	var all []Case
	for _, bits := range []byte{reserved1, reserved2, reserved3} {
		all = append(all,
			reservedBitsOn(bits, "middle-fragment", "a fragment in the middle", Text("a").Part(), Cont("b").Part().WithRSV(bits)),
			reservedBitsOn(bits, "empty-last-fragment", "an empty last fragment", Text("a").Part(), Cont("").WithRSV(bits)),
			reservedBitsOn(bits, "ping-between-fragments", "a ping between fragments", Text("a").Part(), Ping("p").WithRSV(bits)),
		)
	}
	return all
}

// reservedOpcodesAndBits are reserved opcodes with further bits, and with the
// longest and the shortest payloads.
func reservedOpcodesAndBits() []Case {
	var all []Case
	for _, opcode := range []Opcode{3, 7, 11, 15} {
		all = append(all,
			reservedOpcode(opcode, "with-all-reserved-bits", "with all reserved bits",
				Send(Op(opcode, "odd").WithRSV(reserved1|reserved2|reserved3)), FailsWith(1002)),
			reservedOpcode(opcode, "in-single-octets", "in a frame that arrives octet by octet",
				Send(Op(opcode, "odd").Chopped(1)), FailsWith(1002)),
			reservedOpcode(opcode, "behind-first-fragment-alone", "as the second frame of a message",
				Send(Text("frag").Part()), Send(Op(opcode, "ment")), FailsWith(1002)),
			reservedOpcode(opcode, "with-65536-octets", "with 65536 octets",
				Send(Frame{Opcode: opcode, Payload: Fill("*", 65536)}), FailsWith(1002)),
		)
	}
	return all
}

// reservedMoreHeaders are first octets with a fault and nothing behind them.
func reservedMoreHeaders() []Case {
	return []Case{
		reservedHeader("reserved/rsv2-in-header-alone", "RSV2", "6455-5.2-4", Text("Hello").WithRSV(reserved2)),
		reservedHeader("reserved/rsv3-in-header-alone", "RSV3", "6455-5.2-4", Text("Hello").WithRSV(reserved3)),
		reservedHeader("reserved/opcode-11-in-header-alone", "a reserved control opcode", "6455-5.2-5", Op(11, "Hello")),
		reservedHeader("reserved/opcode-15-in-header-alone", "the highest opcode", "6455-5.2-5", Op(15, "Hello")),
	}
}
