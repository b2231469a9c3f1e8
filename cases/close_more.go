package cases

import (
	"fmt"
	"slices"
)

// closeMoreCases are Close frames at further sizes, in further pieces and next
// to further frames.
func closeMoreCases() []Case {
	return slices.Concat(closeReasonSizes(), closePieces(), closeNeighbours(), closeAfterMessages(), closeMoreCodes(), closeOurEnd())
}

// closeReasonSizes are reasons around the sizes that a copy errs at.
func closeReasonSizes() []Case {
	var all []Case
	for _, size := range []int{1, 2, 3, 61, 62, 63, 121, 122} {
		unit := "octets"
		if size == 1 {
			unit = "octet"
		}
		all = append(all, Case{
			ID:    fmt.Sprintf("close/reason-of-%d-%s", size, unit),
			Title: fmt.Sprintf("a Close frame with a reason of %d %s is answered", size, unit),
			Refs:  refs("6455-5.5.1-8", "6455-5.5.1-4"),
			Steps: steps(Send(CloseFrame(4000, Fill("reason ", size))), closeAnswer(4000, 1000, NoCode)),
		})
	}
	return all
}

// closePieces are Close frames cut at the borders of their parts.
func closePieces() []Case {
	whole := CloseFrame(4321, Lit("reason"))
	piece := func(id, where string, f Frame) Case {
		return Case{
			ID:    "close/cut-" + id,
			Title: "a Close frame that is cut " + where + " is answered once it is whole",
			Refs:  refs("6455-6.2-1", "6455-5.5.1-8", "6455-7.1.5-1"),
			Note:  "Who answers before the frame is whole takes it for one without a code, or with another.",
			Steps: steps(Send(f), closeAnswer(4321, 1000, NoCode), Expect(End())),
		}
	}
	server := func(c Case) Case { c.Subject = Server; return c }
	client := func(c Case) Case { c.Subject = Client; return c }
	const behindKey = 6 // to a server
	return []Case{
		piece("in-header", "inside its header", whole.Cut(1)),
		piece("behind-header", "behind its header", whole.Cut(2)),
		server(piece("in-key", "inside its masking key", whole.Cut(4))),
		server(piece("in-code", "inside its status code", whole.Cut(behindKey+1))),
		server(piece("behind-code", "behind its status code", whole.Cut(behindKey+2))),
		server(piece("in-reason", "inside its reason", whole.Cut(behindKey+5))),
		client(piece("in-code-to-a-client", "inside its status code", whole.Cut(3))),
		client(piece("behind-code-to-a-client", "behind its status code", whole.Cut(4))),
		client(piece("in-reason-to-a-client", "inside its reason", whole.Cut(7))),
	}
}

// closeNeighbours are further frames in one write with a Close.
func closeNeighbours() []Case {
	behind := func(id, title string, pong bool, frames ...Frame) Case {
		return Case{
			ID: "close/" + id, Title: title,
			Refs:  refs("6455-1.4-2", "6455-1.4-1", "6455-5.5.1-7", "6455-5.5.1-8", "6455-6.1-3", "6455-7.1.1-1"),
			Note:  closeBehindNote(pong),
			Steps: steps(Send(frames...), closeBehindAnswer(pong)),
		}
	}
	return []Case{
		behind("then-pong", "a pong behind a Close frame is discarded", false, CloseFrame(1000), Pong("late")),
		behind("then-empty-text", "an empty message behind a Close frame is discarded", false, CloseFrame(1000), Text("")),
		behind("then-other-close", "a second Close frame with another code is not answered", false, CloseFrame(1000), CloseFrame(4000)),
		behind("then-fragmented-message", "a fragmented message behind a Close frame is discarded", false, CloseFrame(1000), Text("a").Part(), Cont("b")),
		behind("then-ill-formed-text", "text behind a Close frame is not looked at, whatever is wrong with it", false, CloseFrame(1000), Text("\xff")),
		behind("then-reserved-opcode", "a frame with a reserved opcode behind a Close frame is not looked at", false, CloseFrame(1000), Op(3, "")),
		behind("then-reserved-bit", "a frame with a reserved bit behind a Close frame is not looked at", false, CloseFrame(1000), Text("a").WithRSV(reserved1)),
		behind("then-many-pings", "pings behind a Close frame are discarded", true, CloseFrame(1000), Ping(""), Ping(""), Ping("")),
		behind("then-half-a-frame", "half a frame behind a Close frame is not waited for", false, CloseFrame(1000), Text("Hello").Only(4)),
		behind("in-one-write-with-a-pong", "a Close frame behind an unsolicited pong is answered", false, Pong("late"), CloseFrame(1000)),
	}
}

// closeAfterMessages are Close frames behind what has come back already.
func closeAfterMessages() []Case {
	after := func(id, title string, needs []Feature, dialogue ...Step) Case {
		return Case{
			ID: "close/" + id, Title: title,
			Refs:  refs("6455-5.5.1-8", "6455-5.5.1-12"),
			Needs: needs,
			Steps: append(dialogue, Send(CloseFrame(1000)), closeAnswer(1000, NoCode), Expect(End())),
		}
	}
	return []Case{
		after("after-a-ping", "a Close frame after a ping that was answered is answered", nil, Send(Ping("p")), Expect(Pong("p"))),
		after("after-an-unsolicited-pong", "a Close frame after an unsolicited pong is answered", nil, Send(Pong("p"))),
		after("after-a-fragmented-message", "a Close frame after a fragmented message that came back is answered", needs(Echo),
			Send(Text("a").Part(), Cont("b")), Expect(Text("ab"))),
		after("after-three-messages", "a Close frame after three messages that came back is answered", needs(Echo),
			Send(Text("one"), Binary("two"), Text("")), Expect(Text("one"), Binary("two"), Text(""))),
		after("after-a-message-of-65536-octets", "a Close frame after a message of 65536 octets that came back is answered", needs(Echo),
			Send(BinaryOf(Fill("*", 65536))), Expect(BinaryOf(Fill("*", 65536)))),
	}
}

// closeMoreCodes are codes next to the borders of their ranges, and codes that
// read as others when their octets are swapped or their sign is lost.
func closeMoreCodes() []Case {
	all := []Case{
		closeLegalCode(3001, "for libraries and applications"),
		closeLegalCode(3998, "for libraries and applications"),
		closeLegalCode(4001, "for private use"),
		closeLegalCode(4998, "for private use"),
	}
	out := closeIllegalGroup{
		suffix: "out-of-range",
		title:  "a Close frame with the code %d, which is above all ranges, is refused",
		note:   closeEchoFails, echo: Failed,
		codes: []uint16{5001, 5999, 6000, 10000, 32767, 33768, 59395},
	}
	below := closeIllegalGroup{
		suffix: "not-used",
		title:  "a Close frame with the code %d, which is not in use, is refused",
		note:   closeEchoFails, echo: Failed,
		codes: []uint16{3, 8, 99, 101, 200, 404, 600, 997},
	}
	unassigned := closeIllegalGroup{
		suffix: "unassigned",
		title:  "a Close frame with the unassigned code %d is refused",
		note: " The range is kept for later standards, and codes have been taken from it since, " +
			"so that to send the code back is lax, too.",
		echo:  Lax,
		codes: []uint16{1017, 1099, 1500, 2001, 2998},
	}
	for _, g := range []closeIllegalGroup{below, unassigned, out} {
		for _, code := range g.codes {
			all = append(all, closeIllegalCode(g, code))
		}
	}
	return all
}

// closeOurEnd are ends of TCP next to a Close frame, and without one.
func closeOurEnd() []Case {
	const resetNote = "Nothing can be observed behind RST, so that no peer fails here: one that does not survive it shows in the cases that follow, as an error of the run."
	reset := func(id, title string, send ...Step) Case {
		return Case{
			ID: "close/" + id, Title: title,
			Refs:  refs("6455-7.1.5-3", "6455-7.1.4-1"),
			Note:  resetNote,
			Steps: append(send, Reset()),
		}
	}
	return []Case{
		reset("reset-without-close", "an endpoint survives RST on an open connection", Alive()),
		reset("reset-behind-close", "an endpoint survives RST right behind a Close frame", Send(CloseFrame(1000))),
		reset("reset-inside-a-frame", "an endpoint survives RST inside a frame", Send(Text("Hello").Only(4))),
		reset("reset-inside-a-message", "an endpoint survives RST between two fragments", Send(Text("frag").Part())),
		reset("reset-behind-a-message", "an endpoint survives RST while it sends a message back", Send(BinaryOf(Fill("*", 65536)))),
		closeEndedBehind("a-ping", "a ping", refs("6455-7.1.5-3", "6455-7.1.4-1", "6455-7.2.1-2"), Ping("p")),
		closeEndedBehind("a-ping-inside-a-message", "a ping inside a message, and delivers nothing",
			refs("6455-5.4-2", "6455-7.1.5-3", "6455-7.2.1-2"), Text("frag").Part(), Ping("p")),
	}
}

// closeEndedBehind is a FIN behind frames, the last of which is the ping p.
func closeEndedBehind(id, what string, rules []string, frames ...Frame) Case {
	return Case{
		ID:    "close/fin-behind-" + id,
		Title: "an endpoint gives up a connection that ends behind " + what,
		Refs:  rules,
		Note:  closeFINNote + " The pong may come or not.",
		Steps: steps(Send(frames...), Shut(), closeGivesUp(Maybe(Pong("p")))),
	}
}
