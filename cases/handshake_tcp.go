package cases

import "time"

// handshakeSegments test a request that arrives in pieces, and many at once.
func handshakeSegments() []Case {
	list := handshakeTable("handshake/tcp/", refs("6455-4.2.2-1", "6455-2.1-1"), handshakeOpened(),
		handshakeRow{"octet-by-octet", "a request that arrives octet by octet is accepted", Baseline().Chopped(1)},
		handshakeRow{"pieces-of-7", "a request that arrives in pieces of seven octets is accepted", Baseline().Chopped(7)},
		handshakeRow{"first-octet-apart", "a request whose first octet arrives alone is accepted", Baseline().Cut(1)},
		handshakeRow{"last-octet-apart", "a request whose last octet arrives alone is accepted", Baseline().Cut(-1)},
		handshakeRow{"last-line-apart", "a request whose empty line arrives apart is accepted", Baseline().Cut(-2)},
		handshakeRow{"last-line-end-split", "a request that is cut inside its last line ends is accepted", Baseline().Cut(-3, -1)},
	)
	return append(list, handshakeHalves(), Case{
		ID:          "handshake/tcp/200-at-once",
		Title:       "200 connections opened at once are all opened, or refused for being too many",
		Refs:        refs("6455-4.2.2-1"),
		Weight:      Heavy,
		Connections: 200,
		Note:        "Section 4.1 lets a server refuse connections from a host that has many of them.",
		Steps:       handshakeThen(Baseline(), handshakeOpened().OrInfo(Answer(403, 429, 503)).OrInfo(End())),
	})
}

// handshakeHalves is a request of which the server has read one half before the
// other is sent, however busy the machine is that both run on.
func handshakeHalves() Case {
	return Case{
		ID:    "handshake/tcp/halves-apart",
		Title: "a request whose second half comes a tenth of a second behind the first is accepted",
		Refs:  refs("6455-4.2.2-1", "6455-2.1-1"),
		Note:  "Pieces that are sent without a pause may be joined before they are read; time alone keeps them apart.",
		Steps: steps(
			RawRequest("GET {target} HTTP/1.1\r\nHost: {host}\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Ver"),
			Expect(Wait()).For(100*time.Millisecond),
			Send(Raw("sion: 13\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")),
			handshakeOpened(), Alive(), Close(1000)),
	}
}

// handshakeEarly test octets behind the request, which a client must not send
// before the response (RFC 6455, section 4.1).
func handshakeEarly() []Case {
	const note = "The client is at fault here. The server may refuse it or take the octets for what they are; " +
		"to drop them without a word is only tolerated, and to lose its place in the stream is a failure."
	answered := handshakeOpened().Or(handshakeRefusal())
	text := Expect(Text("Hello")).Or(Fail(1002, 1008)).ElseLax()
	return []Case{
		{
			ID:    "handshake/early/text",
			Title: "a text frame in the segment of the request is not lost",
			Refs:  refs("6455-6.2-1", "6455-4.1-41"),
			Needs: needs(Echo),
			Note:  note,
			Steps: steps(Baseline().Followed(Text("Hello")), answered, text),
		},
		{
			ID:    "handshake/early/text-with-last-line",
			Title: "a text frame in the segment of the empty line is not lost",
			Refs:  refs("6455-6.2-1", "6455-4.1-41"),
			Needs: needs(Echo),
			Note:  note,
			Steps: steps(Baseline().Cut(-2).Followed(Text("Hello")), answered, text),
		},
		{
			ID:    "handshake/early/ping",
			Title: "a ping in the segment of the request is not lost",
			Refs:  refs("6455-6.2-1", "6455-5.5.2-3", "6455-4.1-41"),
			Note:  note,
			Steps: steps(Baseline().Followed(Ping("early")), answered, Expect(Pong("early")).Or(Fail(1002, 1008)).ElseLax()),
		},
		{
			ID:    "handshake/early/second-request",
			Title: "a second handshake in the segment of the first is read as frames",
			Refs:  refs("6455-6.2-1", "6455-5.1-2", "6455-5.2-4"),
			Note:  note + " The letters GE make a frame with a reserved bit, a reserved opcode and no mask.",
			Steps: steps(
				Baseline().Followed(Raw(handshakeCrossProtocol)),
				answered,
				Send(Ping("later")),
				Expect(Fail(1002)).OrLax(Pong("later")),
			),
		},
		{
			ID:    "handshake/early/http-after-101",
			Title: "a plain HTTP request on an open connection is read as frames",
			Refs:  refs("6455-6.2-1", "6455-5.1-2", "6455-5.2-4"),
			Note: "The letters GE make a frame with a reserved bit, a reserved opcode, no mask, and a payload of 69 octets, " +
				"all of which are sent.",
			Steps: steps(Baseline(), handshakeOpened(), Send(Raw(handshakeCrossProtocol)), FailsWith(1002)),
		},
	}
}

// handshakeRetries test a second request on a connection that the server has
// left open after an error, and so that the error is complete and nothing
// follows it.
func handshakeRetries() []Case {
	var list []Case
	for _, r := range []handshakeRow{
		{"version", "a right handshake behind one with an unknown version is accepted", Baseline(Set("Sec-WebSocket-Version", "25"))},
		{"key", "a right handshake behind one without a key is accepted", Baseline(Drop("Sec-WebSocket-Key"))},
		{"upgrade", "a right handshake behind one without Upgrade is accepted", Baseline(Drop("Upgrade"), Drop("Connection"))},
	} {
		list = append(list, Case{
			ID:    "handshake/retry/" + r.name,
			Title: r.title,
			Refs:  refs("6455-4.4-2", "6455-10.7-4", "6455-4.2.1-1"),
			Note:  "The server may as well end TCP after the error.",
			Steps: steps(r.request, handshakeOrdinary(), Baseline(), handshakeOpened().Or(End()), Alive(), Close(1000)),
		})
	}
	return list
}

// handshakeEnds test what a server does when TCP ends during the handshake, and
// with octets that are not HTTP.
func handshakeEnds() []Case {
	const hello = "\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x03" + "RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR" + "\x00\x00\x02\x13\x01\x01\x00\x00\x00"
	const second = time.Second
	return []Case{
		{
			ID:    "handshake/end/half-request",
			Title: "a request that ends in its middle is given up",
			Refs:  refs("6455-7.2.2-1", "6455-4.2.1-1"),
			Level: Should,
			Note:  "No rule sets a time. A connection that is still open after a second holds memory for a request that cannot come any more.",
			Steps: steps(RawRequest("GET {target} HTTP/1.1\r\nHost: {host}\r\nUpgr"), Shut(),
				Expect(End()).Or(handshakeRefusal()).OrLax(Wait()).For(second)),
		},
		{
			ID:    "handshake/end/request-and-fin",
			Title: "a client that ends its side of TCP behind the request is let go",
			Refs:  refs("6455-7.2.2-1", "6455-7.1.5-3"),
			Level: Should,
			Note:  "No rule sets a time. A connection that is still open after a second can bring nothing any more.",
			Steps: steps(Baseline(), Shut(), Expect(Answer(101)).Or(End()).Or(handshakeRefusal()),
				Expect(End()).Or(Closes(), End()).OrLax(Wait()).For(second)),
		},
		{
			ID:    "handshake/end/tls-hello",
			Title: "a TLS ClientHello in place of a request opens no connection",
			Refs:  refs("6455-4.2.1-1", "6455-1.6-2"),
			Note:  "A server that waits for the end of a line has no reason to answer yet, which half a second shows.",
			Steps: steps(RawRequest(hello), Expect(End()).Or(handshakeRefusal()).Or(Wait()).For(handshakeHalfSecond)),
		},
	}
}
