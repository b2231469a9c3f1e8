package cases

import (
	"slices"
	"time"
)

// handshakeFolds test fields folded over two lines: a server refuses them with
// 400 or reads them with a space in place of the fold (RFC 9112, section 5.2).
func handshakeFolds() []Case {
	return handshakeTable("handshake/fold/", refs("9112-5.2-1"), handshakeOpened().Or(Refuse(400)),
		handshakeRow{"upgrade", "an Upgrade field folded before its value is unfolded or refused",
			Baseline(Drop("Upgrade"), Octets("Upgrade:\r\n websocket\r\n"))},
		handshakeRow{"connection", "a Connection field folded inside its list is unfolded or refused",
			Baseline(Drop("Connection"), Octets("Connection: keep-alive,\r\n Upgrade\r\n"))},
		handshakeRow{"key", "a key folded with a tab is unfolded or refused",
			Baseline(Drop("Sec-WebSocket-Key"), Octets("Sec-WebSocket-Key:\r\n\t{key}\r\n"))},
		handshakeRow{"unknown-field", "an unknown field folded over three lines is unfolded or refused",
			Baseline(Octets("X-Unknown: a\r\n b\r\n\tc\r\n"))},
	)
}

// handshakeColons test whitespace between a field name and its colon, which a
// server refuses with 400 whatever the field (RFC 9112, section 5.1).
func handshakeColons() []Case {
	return handshakeTable("handshake/colon/", refs("9112-5.1-1"), Expect(Refuse(400)),
		handshakeRow{"space-behind-upgrade", "a space between Upgrade and its colon is refused with 400",
			Baseline(Drop("Upgrade"), Octets("Upgrade : websocket\r\n"))},
		handshakeRow{"space-behind-host", "a space between Host and its colon is refused with 400",
			Baseline(Drop("Host"), Octets("Host : {host}\r\n"))},
		handshakeRow{"tab-behind-key", "a tab between Sec-WebSocket-Key and its colon is refused with 400",
			Baseline(Drop("Sec-WebSocket-Key"), Octets("Sec-WebSocket-Key\t: {key}\r\n"))},
		handshakeRow{"space-behind-unknown", "a space between an unknown name and its colon is refused with 400",
			Baseline(Octets("X-Unknown : 1\r\n"))},
	)
}

// handshakeHalfSecond bounds the wait for a server that may take the header for
// unfinished, and so has no reason to answer.
const handshakeHalfSecond = 500 * time.Millisecond

// handshakeLineEnds test line ends other than CR LF (RFC 9112, section 2.2).
func handshakeLineEnds() []Case {
	const waits = "A server that does not take this for the end of a line still waits for the header to end, which half a second shows."
	return []Case{
		{
			ID:    "handshake/line-end/lf",
			Title: "lines that end in LF alone are accepted, refused, or no lines",
			Refs:  refs("9112-2.2-1"),
			Note:  waits,
			Steps: steps(Baseline(LineEnd("\n")), handshakeOpened().Or(handshakeRefusal()).Or(Wait()).For(handshakeHalfSecond)),
		},
		{
			ID:    "handshake/line-end/cr",
			Title: "lines that end in CR alone are no lines",
			Refs:  refs("9112-2.2-2", "6455-4.2.1-1"),
			Note:  waits,
			Steps: steps(Baseline(LineEnd("\r")), handshakeError().Or(Wait()).For(handshakeHalfSecond)),
		},
		{
			ID:    "handshake/line-end/cr-cr-lf",
			Title: "lines that end in CR CR LF are refused, or never end the header",
			Refs:  refs("9112-2.2-2", "6455-4.2.1-1"),
			Level: Should,
			Note:  waits + " RFC 9112 2.2 lets LF end a line, and the CR before it be ignored. A CR that is read as a space leaves a last line that is not empty.",
			Steps: steps(Baseline(LineEnd("\r\r\n")), handshakeTolerated().Or(Wait()).For(handshakeHalfSecond)),
		},
		{
			ID:    "handshake/line-end/one-lf",
			Title: "one line that ends in LF alone is accepted or refused",
			Refs:  refs("9112-2.2-1"),
			Steps: handshakeThen(Baseline(Octets("X-Unknown: 1\nX-Other: 2\r\n")), handshakeOpened().Or(handshakeRefusal())),
		},
	}
}

// handshakeOctets test octets that no header field may hold, and lines that are
// no fields.
func handshakeOctets() []Case {
	without := func(name, octets string) Request { return Baseline(Drop(name), Octets(octets)) }
	free := handshakeNoted("RFC 9110 5.5 has NUL and CR in a value refused or read as spaces, and lets a server keep other control characters.",
		handshakeTable("handshake/octets/", refs("9112-2.2-2", "6455-4.2.1-1"), handshakeOpened().Or(handshakeRefusal()),
			handshakeRow{"nul-in-unknown-field", "a NUL in an unknown field is a space or refused", Baseline(Add("X-Unknown", "a\x00b"))},
			handshakeRow{"cr-in-unknown-field", "a CR in an unknown field is a space or refused", Baseline(Add("X-Unknown", "a\rb"))},
			handshakeRow{"vt-in-unknown-field", "a vertical tab in an unknown field is kept or refused", Baseline(Add("X-Unknown", "a\vb"))},
			handshakeRow{"del-in-unknown-field", "a DEL in an unknown field is kept or refused", Baseline(Add("X-Unknown", "a\x7fb"))},
		))
	ends := handshakeTable("handshake/octets/", refs("9112-2.2-2", "6455-4.2.1-6", "6455-4.2.1-7"), handshakeOrdinary(),
		handshakeRow{"nul-behind-websocket", "a NUL does not end the value of Upgrade", Baseline(Set("Upgrade", "websocket\x00x"))},
		handshakeRow{"nul-behind-upgrade", "a NUL does not end the value of Connection", Baseline(Set("Connection", "Upgrade\x00x"))},
		handshakeRow{"nul-behind-13", "a NUL does not end the value of Sec-WebSocket-Version", Baseline(Set("Sec-WebSocket-Version", "13\x00x"))},
		handshakeRow{"cr-before-upgrade", "a bare CR does not begin a new field", without("Upgrade", "X-Unknown: a\rUpgrade: websocket\r\n")},
	)
	first := handshakeTable("handshake/octets/", refs("9112-2.2-4"), handshakeOrdinary(),
		handshakeRow{"space-before-first-field", "a line that begins with a space before all fields is not read as a field",
			Baseline(Proto("HTTP/1.1\r\n Upgrade: websocket"), Drop("Upgrade"))},
	)
	skipped := handshakeTable("handshake/octets/", refs("9112-2.2-4"), handshakeOpened().Or(handshakeRefusal()),
		handshakeRow{"space-before-first-line", "an unknown line that begins with a space before all fields is skipped or refused",
			Baseline(Proto("HTTP/1.1\r\n X-Unknown: 1"))},
	)
	broken := handshakeTable("handshake/octets/", refs("6455-4.2.1-1"), handshakeTolerated(),
		handshakeRow{"nul-in-name", "a field with a NUL in its name is refused", Baseline(Octets("X-\x00: 1\r\n"))},
		handshakeRow{"space-in-name", "a field with a space in its name is refused", Baseline(Octets("X Unknown: 1\r\n"))},
		handshakeRow{"no-name", "a field without a name is refused", Baseline(Octets(": 1\r\n"))},
		handshakeRow{"no-colon", "a line without a colon is refused", Baseline(Octets("X-Unknown\r\n"))},
	)
	for i := range broken {
		broken[i].Level = Should
		broken[i].Note = "RFC 9110 2.4 lets a recipient recover what it can use from a broken line that it does not need."
	}
	return slices.Concat(free, ends, first, skipped, broken)
}
