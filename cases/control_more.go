package cases

import (
	"fmt"
	"slices"
)

// controlMore are pings and pongs at more sizes, in more pieces and in longer
// series than Autobahn has.
func controlMore() []Case {
	return slices.Concat(controlSizes(), controlPieces(), controlLongSeries(), controlMixed(), controlMorePongs())
}

// controlSizes are pings of lengths at which a reader that copies words errs.
func controlSizes() []Case {
	var all []Case
	for _, size := range []int{1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 63, 64, 65, 124} {
		unit := "octets"
		if size == 1 {
			unit = "octet"
		}
		all = append(all, controlPing(fmt.Sprintf("ping-of-%d-%s", size, unit),
			fmt.Sprintf("a ping of %d %s is answered with the same", size, unit), nil, PingOf(Random(size, 1))))
	}
	return append(all,
		controlPing("ping-with-one-nul", "a ping of a single NUL is not an empty one", nil, Ping("\x00")),
		controlPing("ping-like-a-close", "a ping whose payload is that of a Close frame closes nothing", nil, Ping("\x03\xe8bye")),
		controlPing("ping-like-a-frame", "a ping whose payload looks like a frame is one ping", nil, Ping("\x89\x00\x88\x02\x03\xe8")),
		controlPing("ping-with-text-beyond-ascii", "the pong repeats text beyond ASCII", nil, Ping("κόσμε")),
	)
}

// controlPieces are pings cut at the borders of their parts.
func controlPieces() []Case {
	ping := PingOf(Random(20, 1))
	piece := func(id, where string, f Frame) Case {
		return controlPing("ping-cut-"+id, "a ping that is cut "+where+" is answered once it is whole", nil, f)
	}
	all := []Case{
		piece("in-header", "inside its header", ping.Cut(1)),
		piece("behind-header", "behind its header", ping.Cut(2)),
		piece("in-payload", "inside its payload", ping.Cut(15)),
		piece("before-last-octet", "in front of its last octet", ping.Cut(21)),
	}
	key := piece("in-key", "inside its masking key", ping.Cut(4))
	key.Subject = Server
	return append(all, key)
}

// controlLongSeries are many pings in a row.
func controlLongSeries() []Case {
	var pings []Frame
	var pongs []Event
	for i := range 100 {
		p := Join(Lit(fmt.Sprintf("%03d ", i)), Fill("*", 121))
		pings, pongs = append(pings, PingOf(p)), append(pongs, PongOf(p))
	}
	const note = "RFC 6455, section 5.5.3 lets a peer answer the latest ping alone, so only the last pong must come; those that come must be in order."
	return []Case{{
		ID:    "control/hundred-pings-of-125-octets",
		Title: "of 100 pings of 125 octets in one write at least the last is answered",
		Refs:  refs("6455-5.5.2-3", "6455-5.5.3-2", "6455-5.5.3-3"),
		Level: Should,
		Note:  note + " A peer may take so many for a flood, which section 10.4 asks to guard against, so no answer is lax.",
		Steps: steps(Send(pings...), Expect(pongs...), Close(1000)),
	}, {
		ID:    "control/hundred-pings-one-by-one",
		Title: "each of 100 pings is answered before the next",
		Refs:  refs("6455-5.5.2-3", "6455-5.5.2-4"),
		Steps: steps(Repeat(100, Send(Ping("again")), Expect(Pong("again"))), Close(1000)),
	}, {
		ID:    "control/equal-pings",
		Title: "of three pings, two of them equal, at least the last is answered",
		Refs:  refs("6455-5.5.2-3", "6455-5.5.3-2", "6455-5.5.3-3"),
		Note:  note,
		Steps: steps(Send(Ping("same"), Ping("same"), Ping("last")), Expect(Pong("same"), Pong("same"), Pong("last")), Close(1000)),
	}}
}

// controlMixed are pings between messages.
func controlMixed() []Case {
	return []Case{{
		ID:    "control/ping-before-message",
		Title: "a ping in one write with a message is answered, and the message comes back",
		Refs:  refs("6455-5.5.2-3", "6455-6.2-4"),
		Needs: needs(Echo),
		Steps: steps(Send(Ping("first"), Text("second")), Expect(Pong("first"), Text("second")), Close(1000)),
	}, {
		ID:    "control/ping-behind-message",
		Title: "a ping in one write behind a message is answered, and the message comes back",
		Refs:  refs("6455-5.5.2-3", "6455-6.2-4"),
		Needs: needs(Echo),
		Steps: steps(Send(Text("first"), Ping("second")), Expect(Text("first"), Pong("second")), Close(1000)),
	}, {
		ID:    "control/pings-and-messages-in-turn",
		Title: "pings and messages in turn are all answered, the messages in their order",
		Refs:  refs("6455-5.5.2-3", "6455-6.2-4", "6455-5.5.3-3"),
		Needs: needs(Echo),
		Steps: steps(
			Send(Text("1"), Ping("a"), Binary("2"), Ping("b"), Text("3"), Ping("c")),
			Expect(Text("1"), Pong("a"), Binary("2"), Pong("b"), Text("3"), Pong("c")),
			Close(1000),
		),
	}}
}

// controlMorePongs are pongs that nobody asked for, and faults next to pings.
func controlMorePongs() []Case {
	return []Case{{
		ID:    "control/hundred-pongs-unsolicited",
		Title: "100 unsolicited pongs are not answered, and do no harm",
		Refs:  refs("6455-5.5.3-4", "6455-5.5.2-3"),
		Level: Must,
		Note:  "Section 5.5.3 lets a pong be sent at any time as a sign of life.",
		Steps: steps(Repeat(100, Send(Pong("alive"))), Alive(), Close(1000)),
	}, {
		ID:    "control/pong-unsolicited-in-single-octets",
		Title: "an unsolicited pong that arrives octet by octet is not answered",
		Refs:  refs("6455-5.5.3-4", "6455-6.2-1"),
		Level: Must,
		Steps: steps(Send(Pong("unsolicited").Chopped(1)), Alive(), Close(1000)),
	}, {
		ID:    "control/pong-with-broken-utf-8",
		Title: "the payload of a pong is not checked as text",
		Refs:  refs("6455-5.5.3-4", "6455-5.6-2"),
		Level: Must,
		Steps: steps(Send(Pong("\xff\xfe\xc3")), Alive(), Close(1000)),
	}, {
		ID:    "control/pong-like-a-close",
		Title: "a pong whose payload is that of a Close frame closes nothing",
		Refs:  refs("6455-5.5.3-4", "6455-5.2-6"),
		Level: Must,
		Steps: steps(Send(Pong("\x03\xe8bye")), Alive(), Close(1000)),
	}}
}

// controlMoreFaults are control frames that no endpoint may send, besides those
// of controlTooLong and controlFragmented.
func controlMoreFaults() []Case {
	fault := func(id, title string, rule string, frames ...Frame) Case {
		return Case{
			ID: "control/" + id, Title: title,
			Refs:  refs(rule, "6455-10.7-1", "6455-7.1.7-5"),
			Note:  controlUndefinedNote,
			Steps: steps(Send(frames...), FailsWith(1002)),
		}
	}
	const long, whole = "6455-5.5-2", "6455-5.4-6"
	return []Case{
		fault("ping-of-127-octets", "a ping of 127 octets fails the connection", long, PingOf(Fill("p", 127))),
		fault("pong-of-65536-octets", "a pong with a 64-bit length fails the connection", long, PongOf(Fill("p", 65536))),
		fault("close-of-127-octets", "a Close frame of 127 octets fails the connection", long, CloseFrame(1000, Fill("r", 125))),
		fault("close-of-65536-octets", "a Close frame with a 64-bit length fails the connection", long, CloseFrame(1000, Fill("r", 65534))),
		fault("ping-of-126-octets-in-single-octets", "a ping of 126 octets that arrives octet by octet fails the connection", long,
			PingOf(Fill("p", 126)).Chopped(1)),
		fault("ping-of-126-octets-between-fragments", "a ping of 126 octets between two fragments fails the connection", long,
			Text("a").Part(), PingOf(Fill("p", 126)), Cont("b")),
		fault("ping-without-fin", "an empty ping without FIN fails the connection", whole, Ping("").Part()),
		fault("ping-of-125-octets-without-fin", "a ping of 125 octets without FIN fails the connection", whole, PingOf(Fill("p", 125)).Part()),
		fault("ping-in-three-fragments", "a ping in three fragments fails the connection", whole,
			Ping("a").Part(), Cont("b").Part(), Cont("c")),
		fault("ping-without-fin-before-ping", "a ping without FIN is not finished by another ping", whole, Ping("a").Part(), Ping("b")),
		fault("pong-without-fin-between-fragments", "a pong without FIN between two fragments fails the connection", whole,
			Text("a").Part(), Pong("").Part(), Cont("b")),
		fault("close-without-fin-between-fragments", "a Close frame without FIN between two fragments fails the connection", whole,
			Text("a").Part(), CloseFrame(1000).Part(), Cont("")),
		reservedHeader("control/ping-without-fin-in-header-alone", "a ping without FIN", whole, Ping("p").Part()),
		reservedHeader("control/close-of-126-octets-in-header-alone", "a Close frame with a 16-bit length", long, CloseFrame(1000, Fill("r", 124))),
		reservedHeader("control/pong-of-126-octets-in-header-alone", "a pong with a 16-bit length", long, PongOf(Fill("p", 126))),
	}
}
