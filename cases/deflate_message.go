package cases

import (
	"fmt"
	"slices"
)

// deflateHello is "Hello" in a block with the fixed codes.
const deflateHello = "\xf2\x48\xcd\xc9\xc9\x07\x00"

// deflateSamples are the messages that the standard prints.
func deflateSamples() []Case {
	hello := Text("Hello")
	list := deflateRead("deflate/sample/", refs("7692-7.2.3-1", "7692-6.1-1", "7692-6.2-1", "7692-7.2.2-1"),
		deflateRow{"fixed-block", "the compressed Hello that the standard prints is read", hello,
			[]Frame{deflateText(deflateHello)}},
		deflateRow{"fragments", "the compressed Hello in two fragments that the standard prints is read", hello,
			[]Frame{deflateText(deflateHello[:3]).Part(), Cont(deflateHello[3:])}},
		deflateRow{"stored-block", "the Hello in a stored block that the standard prints is read", hello,
			[]Frame{deflateText("\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00")}},
		deflateRow{"final-block", "the Hello in a block with BFINAL that the standard prints is read", hello,
			[]Frame{deflateText("\xf3\x48\xcd\xc9\xc9\x07\x00\x00")}},
		deflateRow{"two-blocks", "the Hello in two blocks that the standard prints is read", hello,
			[]Frame{deflateText("\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00")}},
		deflateRow{"empty-fragment", "a message that ends with the single octet 00, as the standard prints it, is read", hello,
			[]Frame{deflateText("\xf2\x48\xcd\xc9\xc9\x07\x00\x00\x00\xff\xff").Part(), Cont("\x00")}},
	)
	return append(list, Case{
		ID:    "deflate/sample/shared-window",
		Title: "a second Hello that refers to the first, as the standard prints it, is read",
		Refs:  refs("7692-7.2.3-1", "7692-7.2.2-3", "7692-7.2.2-5", "7692-7.1.1.2-4", "7692-7.2.1-9", "7692-7.2.1-12"),
		Needs: needs(Echo, Deflate),
		Note:  deflateTakeoverNote,
		Steps: append(append(steps(Open(deflateOffer)), deflateExchange(hello, hello)...), Close(1000)),
	})
}

// deflateEmpty are messages without an octet.
func deflateEmpty() []Case {
	empty := Text("")
	list := deflateRead("deflate/empty/", refs("7692-7.2.3-2", "7692-7.2.3-1", "7692-7.2.2-1"),
		deflateRow{"stored-header", "an empty message is the single octet 00", empty, []Frame{deflateText("\x00")}},
		deflateRow{"binary", "an empty binary message is the single octet 00", Binary(""), []Frame{deflateBinary("\x00")}},
		deflateRow{"fixed-block", "an empty message may have an empty block with the fixed codes", empty, []Frame{deflateText("\x02\x00")}},
		deflateRow{"final-block", "an empty message may have an empty block with BFINAL", empty, []Frame{deflateText("\x03\x00\x00")}},
		deflateRow{"stored-block", "an empty message may have a whole empty stored block", empty,
			[]Frame{deflateText("\x00\x00\x00\xff\xff\x00")}},
		deflateRow{"two-fragments", "an empty message may begin with an empty fragment", empty,
			[]Frame{deflateText("").Part(), Cont("\x00")}},
		deflateRow{"empty-last-fragment", "an empty message may end with an empty fragment", empty,
			[]Frame{deflateText("\x00").Part(), Cont("")}},
	)
	const note = "An empty message is the octet 00 (section 7.2.3.6); a sender that leaves it out breaks section 7.2.1. " +
		"A receiver that understands the message all the same passes, and so does one that refuses it."
	for _, r := range []deflateRow{
		{"no-octet", "a compressed message without an octet is refused, or read as empty", empty, []Frame{deflateText("")}},
		{"no-octet-in-two-fragments", "a compressed message of two empty fragments is refused, or read as empty", empty,
			[]Frame{deflateText("").Part(), Cont("")}},
	} {
		list = append(list, Case{
			ID: "deflate/empty/" + r.name, Title: r.title, Refs: refs("7692-7.2.2-1", "7692-7.2.3-2"), Needs: needs(Echo, Deflate),
			Note: note, Steps: steps(Open(deflateOffer), Send(r.frames...), deflateUnsure(r.back)),
		})
	}
	return append(list, Case{
		ID:    "deflate/empty/sent-back",
		Title: "an empty message that the peer compresses is not without an octet",
		Refs:  refs("7692-7.2.1-1", "7692-7.2.3-2"),
		Needs: needs(Echo, Deflate),
		Note:  "The peer may send the message uncompressed.",
		Steps: append(append(steps(Open(deflateOffer)), deflateExchange(Text(""), Binary(""), Text(""))...), Close(1000)),
	})
}

// deflateMessages are whole messages of the sizes and kinds that matter.
func deflateMessages() []Case {
	list := deflateRead("deflate/message/", refs("7692-6.1-5", "7692-6.2-1"),
		deflateRow{"binary", "a compressed binary message comes back as binary", Binary("Hello"), []Frame{deflateBinary(deflateHello)}},
		deflateRow{"binary-without-rsv1", "compressed octets in a message without RSV1 are its content",
			Binary(deflateHello), []Frame{Binary(deflateHello)}},
		deflateRow{"text-without-rsv1", "a text without RSV1 is not inflated", Text("Hello"), []Frame{Text("Hello")}},
	)
	// a stored block and the end of the message are six octets more than its content
	for _, size := range []int{125, 126, 127, 65535, 65536} {
		content := Random(size-6, 1)
		list = append(list, deflateRead("deflate/message/", refs("7692-6.2-1", "6455-5.2-8"), deflateRow{
			fmt.Sprintf("of-%d-compressed-octets", size),
			fmt.Sprintf("a message whose compressed form has %d octets is read", size),
			BinaryOf(content), []Frame{BinaryOf(Join(deflateStored(content), Lit("\x00"))).WithRSV(reserved1)},
		})...)
	}
	exchanged := func(id, title string, requirements []string, messages ...Frame) Case {
		return Case{
			ID: "deflate/message/" + id, Title: title, Refs: requirements, Needs: needs(Echo, Deflate),
			Steps: append(append(steps(Open(deflateOffer)), deflateExchange(messages...)...), Close(1000)),
		}
	}
	tiny := []Frame{Binary("a"), Text("b"), BinaryOf(Random(2, 1)), BinaryOf(Random(1024, 2)), TextOf(Fill("*", 1024))}
	return append(list,
		exchanged("that-does-not-shrink", "RSV1 tells compressed messages from those that are not worth it",
			refs("7692-6.1-2", "7692-6-2"), tiny...),
		exchanged("of-65536-octets", "messages of 65536 octets that compress well, and not at all, are exchanged",
			refs("7692-7.2.1-1", "7692-7.2.1-7", "7692-7.2.1-12"),
			TextOf(Fill("compress me, ", 65536)), BinaryOf(Random(65536, 1)), BinaryOf(Join(Random(32768, 2), Random(32768, 2)))),
		Case{
			ID:    "deflate/message/with-pings",
			Title: "a peer that compresses answers pings uncompressed",
			Refs:  refs("7692-6-1", "7692-6.1-3"),
			Needs: needs(Echo, Deflate),
			Steps: steps(Open(deflateOffer),
				Send(TextOf(Fill("compress me, ", 2048)).Deflate(), PingOf(Fill("compress me, ", 125))),
				Expect(TextOf(Fill("compress me, ", 2048)), PongOf(Fill("compress me, ", 125))),
				Close(1000)),
		})
}

// deflateTakeoverNote tells what messages that refer to others depend on.
const deflateTakeoverNote = "A peer that agreed to no context takeover for what it receives gets messages that stand alone."

// deflateTakeovers refer to earlier messages, where that was agreed.
func deflateTakeovers() []Case {
	hello := Text("Hello")
	takeover := func(id, title string, moves ...Step) Case {
		return Case{
			ID: "deflate/takeover/" + id, Title: title,
			Refs:  refs("7692-7.2.2-12", "7692-7.2.2-3", "7692-7.2.2-5", "7692-6.2-2"),
			Needs: needs(Echo, Deflate), Note: deflateTakeoverNote,
			Steps: slices.Concat(steps(Open(deflateOffer)), deflateExchange(hello), moves, deflateExchange(hello), steps(Close(1000))),
		}
	}
	far := Lit("The first octets of a window, which the next message is to refer to.")
	list := []Case{
		takeover("over-a-plain-message", "a message without RSV1 leaves the window alone", Send(Text("other")), Expect(Text("other"))),
		takeover("over-a-plain-message-in-fragments", "a message in fragments without RSV1 leaves the window alone",
			Send(Text("ot").Part(), Cont("h").Part(), Cont("er")), Expect(Text("other"))),
		takeover("over-a-ping", "a ping leaves the window alone", Send(Ping("other")), Expect(Pong("other"))),
		takeover("over-an-empty-message", "a compressed message without an octet leaves the window alone",
			Send(deflateText("\x00")), Expect(Text(""))),
	}
	for i := range list[2:] {
		list[2+i].Refs = refs("7692-7.2.3-1", "7692-7.2.2-3", "7692-7.2.2-5")
	}
	return append(list,
		Case{
			ID:    "deflate/takeover/whole-window",
			Title: "a message that refers 32768 octets back into an earlier one is read",
			Refs:  refs("7692-7.2.3-1", "7692-7.2.2-3", "7692-7.2.2-5", "7692-7.2.2-8", "7692-7.2.2-10", "7692-7.1.2.2-6"),
			Needs: needs(Echo, Deflate),
			Note:  deflateTakeoverNote,
			Steps: append(append(steps(Open(deflateOffer)),
				deflateExchange(TextOf(Join(far, Fill(" ", 32768-far.Len()))), TextOf(far))...), Close(1000)),
		},
		Case{
			ID:    "deflate/takeover/fifty-messages",
			Title: "fifty messages, each of which refers to those before it, are read",
			Refs:  refs("7692-7.2.3-1", "7692-7.2.2-3", "7692-7.2.2-5"),
			Needs: needs(Echo, Deflate),
			Note:  deflateTakeoverNote,
			Steps: steps(Open(deflateOffer), Repeat(25, append(deflateExchange(hello), deflateExchange(Binary("Hello, Hello!"))...)...), Close(1000)),
		},
		Case{
			ID:      "deflate/takeover/only-hinted",
			Title:   "a server that only got the hint client_no_context_takeover keeps the window",
			Refs:    refs("7692-7.2.2-6", "7692-7.2.1-10"),
			Subject: Server,
			Needs:   needs(Echo, Deflate),
			Note:    "A server that answers the parameter may drop the window, and gets messages that stand alone.",
			Steps:   append(append(steps(Open("permessage-deflate; client_no_context_takeover")), deflateExchange(hello, hello)...), Close(1000)),
		},
		deflateTakeoverOnMany(hello))
}

// deflateTakeoverOnMany plays windows of their own on many connections.
func deflateTakeoverOnMany(hello Frame) Case {
	return Case{
		ID:          "deflate/takeover/many-connections",
		Title:       "connections at the same time do not share their windows",
		Refs:        refs("7692-7.2.3-1", "7692-7.2.2-3", "7692-7.2.2-5"),
		Needs:       needs(Echo, Deflate),
		Connections: 20,
		Weight:      Heavy,
		Timeout:     deflateBombTime, // 800 messages, some of them to be compressed with a window of their own
		Steps: steps(Open(deflateOffer), Repeat(10, slices.Concat(
			deflateExchange(hello, BinaryOf(Random(100, 1))), deflateExchange(TextOf(Fill("0123456789", 500)), BinaryOf(Random(1000, 2))))...),
			Close(1000)),
	}
}
