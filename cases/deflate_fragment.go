package cases

import (
	"fmt"
	"slices"
)

// deflateFragments are compressed messages in fragments, which are inflated as
// one (RFC 7692, section 6.2).
func deflateFragments() []Case {
	hello := Text("Hello")
	requirements := refs("7692-6-3", "7692-6.2-1", "7692-6.1-1", "7692-7.2.3-1")
	var list []Case
	for at := 1; at < len(deflateHello); at++ {
		list = append(list, deflateRead("deflate/fragment/", requirements, deflateRow{
			fmt.Sprintf("cut-at-%d", at),
			fmt.Sprintf("a compressed message in two fragments, the first of %s, is read", deflateOctetCount(at)), hello,
			[]Frame{deflateText(deflateHello[:at]).Part(), Cont(deflateHello[at:])},
		})...)
	}
	var single, spaced []Frame
	for i := range len(deflateHello) {
		single = append(single, Cont(deflateHello[i:i+1]).Part())
		spaced = append(spaced, Cont(deflateHello[i:i+1]).Part(), Cont("").Part())
	}
	for _, frames := range [][]Frame{single, spaced} {
		frames[0].Opcode, frames[0].RSV = OpText, reserved1
	}
	single[len(single)-1].More = false
	list = append(list, deflateRead("deflate/fragment/", requirements,
		deflateRow{"of-one-octet", "a compressed message in fragments of one octet is read", hello, single},
		deflateRow{"of-one-octet-and-none", "a compressed message in fragments of one octet with empty ones between them is read", hello,
			append(spaced, Cont(""))},
		deflateRow{"empty-first", "a compressed message whose first fragment is empty is read", hello,
			[]Frame{deflateText("").Part(), Cont(deflateHello)}},
		deflateRow{"empty-last", "a compressed message whose last fragment is empty is read", hello,
			[]Frame{deflateText(deflateHello).Part(), Cont("")}},
		deflateRow{"flushed", "fragments that each end with an empty stored block are read as one message", Text("Hello, Hello"),
			[]Frame{
				deflateText(new(deflateWriter).fixed(false).literals("Hello, ").end().flush().octets()).Part(),
				Cont(new(deflateWriter).fixed(false).match(5, 7).end().sync()),
			}},
		deflateRow{"large", "a large compressed message in 100 fragments is read", BinaryOf(Random(6400, 1)),
			[]Frame{BinaryOf(Join(deflateStored(Random(6400, 1)), Lit("\x00"))).WithRSV(reserved1).InFragments(65)}},
	)...)
	return append(list, deflateFragmentControl()...)
}

func deflateOctetCount(n int) string {
	if n == 1 {
		return "1 octet"
	}
	return fmt.Sprintf("%d octets", n)
}

// deflateFragmentControl have control frames between compressed fragments.
func deflateFragmentControl() []Case {
	requirements := refs("6455-5.4-9", "7692-6-1", "7692-6-3")
	var pinged []Frame
	var events []Event
	for i := range len(deflateHello) {
		ping := fmt.Sprintf("ping %d", i)
		pinged = append(pinged, Cont(deflateHello[i:i+1]).Part(), Ping(ping))
		events = append(events, Pong(ping))
	}
	pinged[0].Opcode, pinged[0].RSV = OpText, reserved1
	return []Case{{
		ID:    "deflate/fragment/pings-between",
		Title: "pings between compressed fragments are answered and leave the message whole",
		Refs:  requirements,
		Needs: needs(Echo, Deflate),
		Steps: steps(Open(deflateOffer), Send(append(pinged, Cont(""))...), Expect(append(events, Text("Hello"))...), Close(1000)),
	}, {
		ID:    "deflate/fragment/pong-between",
		Title: "a pong between compressed fragments leaves the message whole",
		Refs:  requirements,
		Needs: needs(Echo, Deflate),
		Steps: steps(Open(deflateOffer),
			Send(deflateText(deflateHello[:3]).Part(), Pong("unasked"), Cont(deflateHello[3:])), Expect(Text("Hello")), Close(1000)),
	}, {
		ID:    "deflate/fragment/close-between",
		Title: "a Close between compressed fragments is answered, and the rest of the message is not awaited",
		Refs:  refs("6455-5.5.1-8", "6455-5.4-9", "7692-6-1"),
		Needs: needs(Deflate),
		Steps: steps(Open(deflateOffer),
			Send(deflateText(deflateHello[:3]).Part(), CloseFrame(1000)), Expect(Closes(1000, NoCode), End())),
	}}
}

// deflateWrites are compressed messages that do not arrive in one piece, and
// some that do together.
func deflateWrites() []Case {
	hello := Text("Hello")
	requirements := refs("6455-6.2-1", "7692-6.2-1")
	list := deflateRead("deflate/write/", requirements,
		deflateRow{"in-single-octets", "a compressed message that arrives octet by octet is read", hello,
			[]Frame{deflateText(deflateHello).Chopped(1)}},
		deflateRow{"in-pieces-of-997", "a large compressed message that arrives in pieces of 997 octets is read", BinaryOf(Random(65000, 1)),
			[]Frame{BinaryOf(Join(deflateStored(Random(65000, 1)), Lit("\x00"))).WithRSV(reserved1).Chopped(997)}},
		deflateRow{"fragments-in-single-octets", "a compressed message in fragments that arrive octet by octet is read", hello,
			[]Frame{deflateText(deflateHello[:3]).Part().Chopped(1), Cont(deflateHello[3:]).Chopped(1)}},
	)
	cut := Case{
		ID:    "deflate/write/cut-everywhere",
		Title: "a compressed message that arrives in two pieces is read wherever it is cut",
		Refs:  requirements,
		Needs: needs(Echo, Deflate),
		Steps: steps(Open(deflateOffer)),
	}
	for at := 1; at < len(deflateHello)+6; at++ { // with the header and the masking key
		cut.Steps = append(cut.Steps, Send(deflateText(deflateHello).Cut(at)), Expect(hello))
	}
	cut.Steps = append(cut.Steps, Close(1000))
	three := Case{
		ID:    "deflate/write/three-in-one-write",
		Title: "compressed and plain messages that arrive in one piece are told apart",
		Refs:  refs("7692-6-2", "7692-6.2-1", "7692-6.2-2"),
		Needs: needs(Echo, Deflate),
		Steps: steps(Open(deflateOffer),
			Send(deflateText(deflateHello), Text("plain"), deflateBinary(deflateHello)), Expect(hello, Text("plain"), Binary("Hello")), Close(1000)),
	}
	return append(list, cut, three)
}

// deflateInside are messages that begin while a compressed one is open.
func deflateInside() []Case {
	begun, rest := deflateText(deflateHello[:3]).Part(), deflateHello[3:]
	return deflateRefused("deflate/inside/", refs("6455-5.4-3", "7692-6-3", "7692-6.1-5"), FailsWith(1002),
		deflateRow{name: "text", title: "a text frame inside a compressed text message fails the connection", frames: []Frame{begun, Text("x")}},
		deflateRow{name: "binary", title: "a binary frame inside a compressed text message fails the connection", frames: []Frame{begun, Binary("x")}},
		deflateRow{name: "text-with-the-rest", title: "a text frame with the rest of a compressed text message fails the connection", frames: []Frame{begun, Text(rest)}},
		deflateRow{name: "binary-with-the-rest", title: "a binary frame with the rest of a compressed text message fails the connection", frames: []Frame{begun, Binary(rest)}},
		deflateRow{name: "compressed-text", title: "a compressed message inside a compressed one fails the connection", frames: []Frame{begun, deflateText(deflateHello)}},
	)
}

// deflateReserved are reserved bits where permessage-deflate gives them no
// meaning, or where it is not agreed.
func deflateReserved() []Case {
	list := deflateRefused("deflate/rsv1/", refs("7692-6.1-4", "7692-6.1-3", "7692-6-1"), FailsWith(1002),
		deflateRow{name: "on-last-fragment", title: "RSV1 on the last fragment of a compressed message fails the connection",
			frames: []Frame{deflateText(deflateHello[:3]).Part(), Cont(deflateHello[3:]).WithRSV(reserved1)}},
		deflateRow{name: "on-middle-fragment", title: "RSV1 on a fragment in the middle of a compressed message fails the connection",
			frames: []Frame{deflateText(deflateHello[:3]).Part(), Cont(deflateHello[3:5]).WithRSV(reserved1).Part(), Cont(deflateHello[5:])}},
		deflateRow{name: "on-later-fragment-alone", title: "RSV1 on the second fragment of a plain message fails the connection",
			frames: []Frame{Binary("Hello").Part(), Cont(deflateHello).WithRSV(reserved1)}}, // no text: its octets are not UTF-8
		deflateRow{name: "on-empty-last-fragment", title: "RSV1 on an empty last fragment fails the connection",
			frames: []Frame{Text("Hello").Part(), Cont("").WithRSV(reserved1)}},
		deflateRow{name: "on-ping", title: "RSV1 on a ping fails the connection", frames: []Frame{Ping("Hello").WithRSV(reserved1)}},
		deflateRow{name: "on-empty-ping", title: "RSV1 on an empty ping fails the connection", frames: []Frame{Ping("").WithRSV(reserved1)}},
		deflateRow{name: "on-compressed-ping", title: "a compressed ping fails the connection", frames: []Frame{Ping(deflateHello).WithRSV(reserved1)}},
		deflateRow{name: "on-pong", title: "RSV1 on a pong fails the connection", frames: []Frame{Pong("").WithRSV(reserved1)}},
		deflateRow{name: "on-close", title: "RSV1 on a Close frame fails the connection", frames: []Frame{CloseFrame(1000).WithRSV(reserved1)}},
		deflateRow{name: "on-empty-close", title: "RSV1 on an empty Close frame fails the connection", frames: []Frame{CloseBody("").WithRSV(reserved1)}},
		deflateRow{name: "on-ping-between-fragments", title: "RSV1 on a ping between compressed fragments fails the connection",
			frames: []Frame{deflateText(deflateHello[:3]).Part(), Ping("").WithRSV(reserved1), Cont(deflateHello[3:])}},
	)
	bits := deflateRefused("deflate/reserved/", refs("6455-5.2-4", "7692-6-2"), FailsWith(1002),
		deflateRow{name: "rsv2", title: "RSV2 fails the connection where permessage-deflate is agreed", frames: []Frame{Text("Hello").WithRSV(reserved2)}},
		deflateRow{name: "rsv3", title: "RSV3 fails the connection where permessage-deflate is agreed", frames: []Frame{Text("Hello").WithRSV(reserved3)}},
		deflateRow{name: "rsv1-rsv2", title: "RSV2 on a compressed message fails the connection",
			frames: []Frame{Text(deflateHello).WithRSV(reserved1 | reserved2)}},
		deflateRow{name: "rsv1-rsv3", title: "RSV3 on a compressed message fails the connection",
			frames: []Frame{Text(deflateHello).WithRSV(reserved1 | reserved3)}},
		deflateRow{name: "rsv2-on-fragment", title: "RSV2 on the second fragment of a compressed message fails the connection",
			frames: []Frame{deflateText(deflateHello[:3]).Part(), Cont(deflateHello[3:]).WithRSV(reserved2)}},
		deflateRow{name: "rsv3-on-ping", title: "RSV3 on a ping fails the connection where permessage-deflate is agreed",
			frames: []Frame{Ping("").WithRSV(reserved3)}},
	)
	return slices.Concat(list, bits, deflateInside(), deflateNotAgreed())
}
