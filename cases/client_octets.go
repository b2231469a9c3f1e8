package cases

import (
	"slices"
	"time"
)

// clientOctets test octets that no header field may hold, and lines that are no
// fields.
func clientOctets() []Case {
	without := func(name, octets string) Response { return Respond(Drop(name), Octets(octets)) }
	free := handshakeNoted("RFC 9110 5.5 has NUL and CR in a value refused or read as spaces, and lets a client keep other control characters.",
		clientTable("client/octets/", refs("9112-2.2-2", "6455-4.1-49"), clientMayOpen,
			clientRow{"nul-in-unknown-field", "a NUL in an unknown field is a space or refused", Respond(Add("X-Unknown", "a\x00b"))},
			clientRow{"cr-in-unknown-field", "a CR in an unknown field is a space or refused", Respond(Add("X-Unknown", "a\rb"))},
			clientRow{"del-in-unknown-field", "a DEL in an unknown field is kept or refused", Respond(Add("X-Unknown", "a\x7fb"))},
			clientRow{"cr-behind-accept", "a CR behind the accept value is a space or refused", without(acceptField, "Sec-WebSocket-Accept: {accept}\r\r\n")},
			clientRow{"nul-behind-accept", "a NUL behind the accept value is a space or refused", Respond(Set(acceptField, "{accept}\x00"))},
		))
	ends := clientTable("client/octets/", refs("9112-2.2-2", "6455-4.1-44", "6455-4.1-46"), clientRefuses,
		clientRow{"cr-before-upgrade", "a bare CR does not begin the field Upgrade", without("Upgrade", "X-Unknown: a\rUpgrade: websocket\r\n")},
		clientRow{"cr-before-accept", "a bare CR does not begin the field of the accept value",
			without(acceptField, "X-Unknown: a\rSec-WebSocket-Accept: {accept}\r\n")},
	)
	broken := handshakeNoted("RFC 9110 2.4 lets a recipient recover what it can use from a broken line that it does not need.",
		clientTable("client/octets/", refs("6455-4.1-49"), clientShouldRefuse,
			clientRow{"nul-in-name", "a field with a NUL in its name is refused", Respond(Octets("X-\x00: 1\r\n"))},
			clientRow{"space-in-name", "a field with a space in its name is refused", Respond(Octets("X Unknown: 1\r\n"))},
			clientRow{"no-name", "a field without a name is refused", Respond(Octets(": 1\r\n"))},
			clientRow{"no-colon", "a line without a colon is refused", Respond(Octets("X-Unknown\r\n"))},
		))
	first := slices.Concat(
		clientTable("client/octets/", refs("9112-2.2-4", "6455-4.1-49"), clientMayOpen,
			clientRow{"space-before-first-line", "an unknown line that begins with a space before all fields is skipped or refused",
				Respond(Status("101 Switching Protocols\r\n X-Unknown: 1"))},
		),
		clientTable("client/octets/", refs("9112-2.2-4", "6455-4.1-44"), clientRefuses,
			clientRow{"space-before-first-field", "a line that begins with a space before all fields is not read as a field",
				Respond(Status("101 Switching Protocols\r\n Upgrade: websocket"), Drop("Upgrade"))},
		),
	)
	colons := handshakeNoted("RFC 2616, which RFC 6455 refers to, was read to allow whitespace before the colon; RFC 9112 5.1 does not.",
		clientTable("client/colon/", refs("6455-4.1-49"), clientShouldRefuse,
			clientRow{"space-behind-upgrade", "a space between Upgrade and its colon is refused", without("Upgrade", "Upgrade : websocket\r\n")},
			clientRow{"tab-behind-accept", "a tab between Sec-WebSocket-Accept and its colon is refused", without(acceptField, "Sec-WebSocket-Accept\t: {accept}\r\n")},
			clientRow{"space-behind-unknown", "a space between an unknown name and its colon is refused", Respond(Octets("X-Unknown : 1\r\n"))},
		))
	missing := clientTable("client/octets/", refs("6455-4.1-44", "6455-4.1-49"), clientRefuses,
		clientRow{"no-colon-in-upgrade", "an Upgrade line without a colon is no field", without("Upgrade", "Upgrade websocket\r\n")},
		clientRow{"equals-sign-in-upgrade", "an Upgrade line with an equals sign for the colon is no field", without("Upgrade", "Upgrade= websocket\r\n")},
	)
	return slices.Concat(free, ends, first, broken, colons, missing)
}

// clientLineEnds test line ends other than CR LF (RFC 9112, section 2.2), and a
// header that has no end.
func clientLineEnds() []Case {
	const waits = "A client that does not take this for the end of the header still waits for it, which half a second shows."
	// what follows is the ping, whose first octet begins no line of a header
	open := func(r Response) []Step {
		return clientPinged(r, Expect(clientIsOpen()).Or(End()).Or(Wait()).OrLax(Closes(), End()).For(clientHalfSecond))
	}
	list := slices.Concat(
		clientTable("client/line-end/", refs("9112-2.2-1"), open,
			clientRow{"lf", "lines that end in LF alone are accepted, refused, or no lines", Respond(LineEnd("\n"))},
			clientRow{"cr-cr-lf", "lines that end in CR CR LF are accepted, refused, or never end the header", Respond(LineEnd("\r\r\n"))},
		),
		clientTable("client/line-end/", refs("9112-2.2-2", "6455-4.1-49"), clientWaits,
			clientRow{"cr", "lines that end in CR alone are no lines", Respond(LineEnd("\r"))},
			clientRow{"no-empty-line", "a header without the empty line at its end opens no connection",
				RawResponse("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n")},
			clientRow{"no-line-end", "a header whose last line has no end opens no connection",
				RawResponse("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}")},
		),
	)
	return append(handshakeNoted(waits, list), clientTable("client/line-end/", refs("9112-2.2-1"), clientMayOpen,
		clientRow{"one-lf", "one line that ends in LF alone is accepted or refused", Respond(Octets("X-Unknown: 1\nX-Other: 2\r\n"))},
	)...)
}

// clientEndless are headers that go on and on.
func clientEndless() []Case {
	const head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n"
	var list []Case
	for _, r := range []struct {
		name, title string
		begin       string
		more        Payload
	}{
		{"line", "a header line without an end is refused after 8 MiB at the latest", head + "X-Unknown: ", Fill("x", 64<<10)},
		{"fields", "a header without an end is refused after 8 MiB at the latest", head, Fill("X-Unknown: 1\r\n", 14*4681)},
		{"interim", "interim responses without an end are refused after 8 MiB at the latest", "HTTP/1.1 100 Continue\r\n\r\n",
			Fill("HTTP/1.1 100 Continue\r\n\r\n", 25*2621)},
	} {
		list = append(list, Case{
			ID:     "client/endless/" + r.name,
			Title:  r.title,
			Refs:   refs("6455-10.4-1", "6455-10.7-1"),
			Level:  Should, // the standards set no limit
			Weight: Heavy,
			Note:   "No server needs so much. A client that still reads on keeps what it is sent, or would go on for ever; a second shows it.",
			Steps: steps(
				RawResponse(r.begin),
				Repeat(128, Send(RawOf(r.more))),
				Expect(End()).OrLax(Closes(), End()).For(time.Second),
			),
		})
	}
	return list
}
