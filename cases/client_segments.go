package cases

import (
	"fmt"
	"slices"
)

// clientSegments test answers that arrive in pieces: TCP knows no messages.
func clientSegments() []Case {
	list := clientTable("client/segments/", refs("6455-4.1-42", "6455-4.1-17"), clientOpens,
		clientRow{"octets", "an answer that arrives octet by octet is accepted", Respond().Chopped(1)},
		clientRow{"of-7-octets", "an answer that arrives in pieces of seven octets is accepted", Respond().Chopped(7)},
	)
	for _, cut := range []struct {
		offset int
		where  string
	}{
		{1, "behind its first octet"}, {8, "behind the HTTP version"}, {9, "before the status code"}, {11, "inside the status code"},
		{33, "between CR and LF of the status line"}, {34, "behind the status line"}, {37, "inside the name of a field"},
		{42, "behind a colon"}, {-3, "between CR and LF of the last field"}, {-2, "before the empty line"}, {-1, "inside the empty line"},
	} {
		name := fmt.Sprintf("cut-at-%d", cut.offset)
		if cut.offset < 0 {
			name = fmt.Sprintf("cut-%d-before-end", -cut.offset)
		}
		list = append(list, clientTable("client/segments/", refs("6455-4.1-42"), clientOpens,
			clientRow{name, "an answer in two pieces, cut " + cut.where + ", is accepted", Respond().Cut(cut.offset)})...)
	}
	return list
}

// clientEarly test frames that arrive with the answer: the server may send as
// soon as it has answered (RFC 6455, section 4.2.2), and TCP joins what it likes.
func clientEarly() []Case {
	large := Fill("Hello", 70_000)
	early := func(name, title string, then ...Step) Case {
		return Case{
			ID: "client/early/" + name, Title: title,
			Refs:  refs("6455-4.2.2-22", "6455-6.2-1", "6455-5.1-7"),
			Steps: append(then, Close(1000)),
		}
	}
	echoed := clientNeeding([]Case{
		early("text", "a message right behind the answer is received", Respond().Followed(Text("Hello")), Expect(Text("Hello"))),
		early("three-messages", "three messages right behind the answer are received",
			Respond().Followed(Text("one"), Binary("two"), Text("three")), Expect(Text("one"), Binary("two"), Text("three"))),
		early("empty-text", "an empty message right behind the answer is received", Respond().Followed(Text("")), Expect(Text(""))),
		early("fragments", "a message in fragments right behind the answer is received",
			Respond().Followed(Text("frag").Part(), Ping("mid"), Cont("ment")), Expect(Pong("mid"), Text("fragment"))),
		early("half-a-frame", "a message that begins in the write of the answer is received",
			Respond().Followed(Raw("\x81\x05Hel")), Send(Raw("lo")), Expect(Text("Hello"))),
		early("half-a-header", "a frame of whose header one octet comes with the answer is received",
			Respond().Followed(Raw("\x81")), Send(Raw("\x05Hello")), Expect(Text("Hello"))),
		early("large", "a message of 70000 octets right behind the answer is received", Respond().Followed(TextOf(large)), Expect(TextOf(large))),
		early("cut-in-status-line", "a message behind an answer that is cut in its status line is received",
			Respond().Cut(13).Followed(TextOf(large)), Expect(TextOf(large))),
		early("cut-in-empty-line", "a message behind an answer that is cut in its empty line is received",
			Respond().Cut(-1).Followed(Text("Hello")), Expect(Text("Hello"))),
		early("octets", "a message behind an answer that arrives octet by octet is received",
			Respond().Chopped(1).Followed(Text("Hello")), Expect(Text("Hello"))),
		early("behind-interim", "a message behind an answer that comes after 100 Continue is received",
			RawResponse("HTTP/1.1 100 Continue\r\n\r\n"), Respond().Followed(Text("Hello")), Expect(Text("Hello"))),
	}, Echo)
	return slices.Concat(echoed, []Case{
		early("ping", "a ping right behind the answer is answered", Respond().Followed(Ping("early")), Expect(Pong("early"))),
		early("pong", "a pong right behind the answer, which nobody asked for, is ignored", Respond().Followed(Pong("early")), Alive()),
	}, clientEarlyEnds())
}

// clientEarlyEnds are connections that end as soon as they are open, and frames
// that come with an answer which opens none.
func clientEarlyEnds() []Case {
	wrong := Respond(Set(acceptField, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="))
	return []Case{
		{
			ID: "client/early/close", Title: "a Close frame right behind the answer is answered",
			Refs:  refs("6455-5.5.1-8", "6455-7.1.5-1"),
			Steps: steps(Respond().Followed(CloseFrame(1000)), Expect(Closes(1000, NoCode), End())),
		},
		{
			ID: "client/early/close-and-fin", Title: "a Close frame right behind the answer is answered, though TCP ends behind it",
			Refs:  refs("6455-5.5.1-8", "6455-7.1.5-1"),
			Note:  "A client that learns of the end of TCP first may have nobody to send its Close frame to.",
			Steps: steps(Respond().Followed(CloseFrame(1000)), Shut(), Expect(Closes(1000, NoCode), End()).OrLax(End())),
		},
		{
			ID: "client/early/fin", Title: "the end of TCP right behind the answer ends the connection",
			Refs:  refs("6455-7.2.1-2", "6455-7.1.5-3"),
			Level: Should, // no rule sets a time
			Note:  closeFINNote,
			Steps: steps(Respond(), Shut(), closeGivesUp()),
		},
		{
			ID: "client/early/reserved-bit", Title: "a frame that breaks a rule right behind the answer fails the connection",
			Refs:  refs("6455-5.2-4", "6455-6.2-1"),
			Steps: steps(Respond().Followed(Text("Hello").WithRSV(2)), FailsWith(1002)),
		},
		{
			ID: "client/early/refused-text", Title: "a message behind an answer that is refused is not received",
			Refs:  refs("6455-7.1.7-7", "6455-7.1.7-1", "6455-4.1-46"),
			Steps: clientRefuses(wrong.Followed(Text("hi"))),
		},
		{
			ID: "client/early/refused-ping", Title: "a ping behind an answer that is refused is not answered",
			Refs:  refs("6455-7.1.7-7", "6455-7.1.7-1", "6455-4.1-46"),
			Steps: clientRefuses(wrong.Followed(Ping("early"))),
		},
		{
			ID: "client/early/refused-close", Title: "a Close frame behind an answer that is refused is not answered",
			Refs:  refs("6455-7.1.7-1", "6455-4.1-46"),
			Steps: clientRefuses(wrong.Followed(CloseFrame(1000))),
		},
	}
}
