package cases

import (
	"fmt"
	"slices"
)

// handshakePieces test requests in further pieces, orders and sizes, and ends of
// TCP that nobody can see the other side of.
func handshakePieces() []Case {
	return slices.Concat(handshakeMorePieces(), handshakeMoreOrders(), handshakeMoreTargets(), handshakeMoreSizes(), handshakeMoreEnds())
}

func handshakeMorePieces() []Case {
	var rows []handshakeRow
	for _, size := range []int{2, 3, 5, 16, 64, 100} {
		rows = append(rows, handshakeRow{fmt.Sprintf("pieces-of-%d", size),
			fmt.Sprintf("a request that arrives in pieces of %d octets is accepted", size), Baseline().Chopped(size)})
	}
	for _, at := range []int{2, 3, 4, 5} {
		rows = append(rows, handshakeRow{fmt.Sprintf("cut-behind-octet-%d", at),
			fmt.Sprintf("a request that is cut behind octet %d is accepted", at), Baseline().Cut(at)})
	}
	rows = append(rows,
		handshakeRow{"last-three-octets-apart", "a request whose last three octets arrive one by one is accepted", Baseline().Cut(-3, -2, -1)},
		handshakeRow{"last-line-feed-first", "a request that is cut between the CR and the LF of its last field is accepted", Baseline().Cut(-3)},
		handshakeRow{"last-field-apart", "a request that is cut inside its last field is accepted", Baseline().Cut(-6)},
		handshakeRow{"both-ends-apart", "a request whose first and last octets arrive alone is accepted", Baseline().Cut(1, -1)},
	)
	return handshakeTable("handshake/tcp/", refs("6455-4.2.2-1", "6455-2.1-1"), handshakeOpened(), rows...)
}

func handshakeMoreOrders() []Case {
	first := func(name string) Request {
		var edits []Edit
		for _, f := range [][2]string{{"Host", "{host}"}, {"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Key", "{key}"},
			{"Sec-WebSocket-Version", "13"}} {
			if f[0] != name {
				edits = append(edits, handshakeMoved(f[0], f[1])...)
			}
		}
		return Baseline(edits...)
	}
	return handshakeTable("handshake/order/", refs("6455-1.3-1"), handshakeOpened(),
		handshakeRow{"upgrade-first", "Upgrade as the first field is accepted", first("Upgrade")},
		handshakeRow{"connection-first", "Connection as the first field is accepted", first("Connection")},
		handshakeRow{"key-first", "the key as the first field is accepted", first("Sec-WebSocket-Key")},
		handshakeRow{"version-first", "the version as the first field is accepted", first("Sec-WebSocket-Version")},
		handshakeRow{"others-between", "unknown fields between those of the handshake are ignored",
			Baseline(append(append(append([]Edit{Add("X-1", "1")}, handshakeMoved("Upgrade", "websocket")...), Add("X-2", "2")),
				append(handshakeMoved("Sec-WebSocket-Key", "{key}"), Add("X-3", "3"))...)...)},
	)
}

func handshakeMoreTargets() []Case {
	own := []Case{{
		ID:    "handshake/target/absolute",
		Title: "a target in absolute form with the scheme of the connection is accepted",
		Refs:  refs("6455-4.2.1-4", "6455-4.2.2-1"),
		Note:  "RFC 9112 3.2.2 has every server accept the absolute form, and RFC 6455 4.2.1 names it.",
		Steps: handshakeThen(Baseline(Target("{scheme}://{host}{target}")), handshakeOpened()),
	}}
	refused := handshakeTable("handshake/target/", refs("6455-4.2.1-1", "6455-4.2.1-4"), Expect(Refuse(301, 4, 501, 505)),
		handshakeRow{"cr", "a target with a CR in it is refused", Baseline(Target("{target}\rx"))},
		handshakeRow{"authority", "a target that is a host and port alone is refused", Baseline(Target("{host}"))},
	)
	tolerated := handshakeTable("handshake/target/", refs("6455-4.2.1-1", "6455-4.2.1-4"), Expect(Refuse(301, 4, 501, 505)).OrLax(Answer(101)),
		handshakeRow{"tab", "a target with a tab in it is refused", Baseline(Target("{target}\tx"))},
		handshakeRow{"backslash", "a target with a backslash is refused", Baseline(Target(`{target}\x`))},
		handshakeRow{"quote", "a target with quotes is refused", Baseline(Target(`{target}"x"`))},
		handshakeRow{"angle-brackets", "a target with angle brackets is refused", Baseline(Target("{target}<x>"))},
		handshakeRow{"control-character", "a target with a control character is refused", Baseline(Target("{target}\x01"))},
	)
	for i := range tolerated {
		tolerated[i].Level = Should
		tolerated[i].Note = "RFC 9112 3.2 asks by a SHOULD to refuse an invalid request line; many HTTP servers pass on what they can make sense of."
	}
	free := handshakeTable("handshake/target/", refs("6455-4.2.1-4", "6455-4.2.2-10"), handshakeAny(),
		handshakeRow{"empty-query", "a target with an empty query is answered", Baseline(Target("{target}?"))},
		handshakeRow{"two-question-marks", "a target with two question marks is answered", Baseline(Target("{target}?a?b"))},
		handshakeRow{"every-character", "a query of every character that may stand there is answered",
			Baseline(Target("{target}?!$&'()*+,-./0:;=@A_a~%41"))},
	)
	return slices.Concat(own, refused, tolerated, free)
}

func handshakeMoreSizes() []Case {
	list := handshakeTable("handshake/size/", refs("6455-10.4-1", "6455-4.2.1-1"), handshakeOpened().Or(End()).Or(handshakeRefusal()),
		handshakeRow{"field-of-4-kib", "a request with a field of 4 KiB is answered", Baseline(AddOf("X-Filler", Fill("x", 4<<10)))},
		handshakeRow{"field-of-16-kib", "a request with a field of 16 KiB is answered", Baseline(AddOf("X-Filler", Fill("x", 16<<10)))},
		handshakeRow{"target-of-8-kib", "a request with a target of 8 KiB is answered",
			Baseline(Edit{Op: SetTarget, Value: Join(Lit("{target}"), Lit("?"), Fill("x", 8<<10))})},
		handshakeRow{"method-of-8-kib", "a method of 8 KiB is refused", Baseline(Edit{Op: SetMethod, Value: Fill("X", 8<<10)})},
		handshakeRow{"upgrade-of-8-kib", "an Upgrade field with 8 KiB of other protocols is answered",
			Baseline(SetOf("Upgrade", Join(Fill("foo/1, ", 8<<10-2), Lit("x, websocket"))))},
		handshakeRow{"connection-of-8-kib", "a Connection field with 8 KiB of other options is answered",
			Baseline(SetOf("Connection", Join(Fill("foo-1, ", 8<<10-2), Lit("x, Upgrade"))))},
		handshakeRow{"commas-of-8-kib", "a Connection field with 8 KiB of commas is answered",
			Baseline(SetOf("Connection", Join(Fill(",", 8<<10), Lit("Upgrade"))))},
		handshakeRow{"host-of-8-kib", "a Host field of 8 KiB is answered", Baseline(SetOf("Host", Join(Fill("x", 8<<10), Lit(".example"))))},
		handshakeRow{"version-of-8-kib", "a version of 8 KiB is refused", Baseline(SetOf("Sec-WebSocket-Version", Fill("13", 8<<10)))},
		handshakeRow{"spaces-of-8-kib", "8 KiB of spaces before a value are answered",
			Baseline(Drop("Upgrade"), OctetsOf(Join(Lit("Upgrade:"), Fill(" ", 8<<10), Lit("websocket\r\n"))))},
	)
	for i := range list {
		list[i].Level = Should // the rule speaks of frames and messages, not of requests
		switch list[i].ID {
		case "handshake/size/method-of-8-kib", "handshake/size/version-of-8-kib":
			list[i].Steps[1] = Expect(End()).Or(handshakeRefusal())
		}
	}
	return list
}

func handshakeMoreEnds() []Case {
	const note = "Nothing can be observed behind RST, so that no server fails for it: one that does not survive it shows in the cases that follow, as an error of the run."
	reset := func(id, title string, r Request) Case {
		return Case{
			ID: "handshake/end/" + id, Title: title, Refs: refs("6455-7.1.5-3", "6455-7.2.2-1"), Note: note,
			Steps: steps(r, Reset()),
		}
	}
	return []Case{
		reset("half-request-and-reset", "a server survives RST inside a request", RawRequest("GET {target} HTTP/1.1\r\nHost: {host}\r\nUpgr")),
		reset("request-and-reset", "a server survives RST right behind a request", Baseline()),
		{
			ID: "handshake/end/reset-behind-101", Title: "a server survives RST right behind its response",
			Refs: refs("6455-7.2.2-1", "6455-7.1.5-3"), Note: note,
			Steps: steps(Baseline(), handshakeOpened(), Reset()),
		},
	}
}
