package cases

import (
	"slices"
	"strings"
)

// clientOffer tells the client what to offer. The player skips the case with a
// client that offers something else all the same.
func clientOffer(offer string) Step { return Dial("").Extensions(offer) }

// clientOffersAnswered test answers to offers with parameters (RFC 7692, section
// 7.1): an answer is right for one offer and wrong for another.
func clientOffersAnswered() []Case {
	const window = "permessage-deflate; server_max_window_bits=10"
	message := BinaryOf(Join(Random(500, 1), Random(500, 1), Random(500, 1))).Deflate()
	list := slices.Concat(
		clientAnswers("right/", refs("7692-5-16", "7692-7.1.2.1-4"), func(r Response) []Step { return clientEchoes(r, message, message) },
			clientAnswer{"server-bits-equal", "a server keeps to the window that it was asked for", window, window},
			clientAnswer{"server-bits-smaller", "a server may keep to a smaller window than it was asked for", window, "permessage-deflate; server_max_window_bits=9"},
			clientAnswer{"server-takeover", "a server compresses each message alone as it was asked to",
				"permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover"},
			clientAnswer{"client-hint-unused", "a server need not take up a client's hint that it compresses each message alone",
				"permessage-deflate; client_no_context_takeover", "permessage-deflate"},
			clientAnswer{"client-bits-unused", "a server need not limit the window of a client that offers it",
				"permessage-deflate; client_max_window_bits", "permessage-deflate"},
			clientAnswer{"client-bits-hint", "a server may limit the window to less than a client has hinted at",
				"permessage-deflate; client_max_window_bits=12", "permessage-deflate; client_max_window_bits=10"},
			clientAnswer{"second-offer", "a server may take up the second of two offers",
				"permessage-deflate; server_max_window_bits=10; server_no_context_takeover, permessage-deflate", "permessage-deflate"},
			clientAnswer{"first-offer", "a server may take up the first of two offers",
				"permessage-deflate; server_max_window_bits=10; server_no_context_takeover, permessage-deflate",
				"permessage-deflate; server_no_context_takeover; server_max_window_bits=10"},
		),
		clientAnswers("wrong/", refs("7692-5-15", "7692-7.1.2.1-4"), clientDeflateRefuses,
			clientAnswer{"server-bits-greater", "a greater window than the server was asked for is refused", window, "permessage-deflate; server_max_window_bits=11"},
			clientAnswer{"server-bits-greatest", "the greatest window is refused where the server was asked for a smaller one",
				window, "permessage-deflate; server_max_window_bits=15"},
		),
		clientAnswers("wrong/", refs("7692-5-15", "7692-7.1.2.2-5"), clientDeflateRefuses,
			clientAnswer{"client-bits", "a limit of the client's window is refused where none was offered",
				"permessage-deflate", "permessage-deflate; client_max_window_bits=10"},
			clientAnswer{"client-bits-15", "a limit of the client's window that is none is refused where none was offered",
				"permessage-deflate", "permessage-deflate; client_max_window_bits=15"},
		),
	)
	for i := range list {
		list[i].Needs = needs(Dialing, Deflate)
		if strings.Contains(list[i].ID, "/right/") {
			list[i].Needs = needs(Dialing, Deflate, Echo)
		}
	}
	return append(list, clientOffersIgnored()...)
}

// A clientAnswer is an answer to an offer of permessage-deflate.
type clientAnswer struct{ name, title, offer, answer string }

func clientAnswers(prefix string, requirements []string, play func(Response) []Step, rows ...clientAnswer) []Case {
	var list []Case
	for _, r := range rows {
		list = append(list, Case{
			ID: "client/deflate/" + prefix + r.name, Title: r.title, Refs: requirements,
			Steps: append(steps(clientOffer(r.offer)), play(clientAgrees(r.answer))...),
		})
	}
	return list
}

// clientOffersIgnored are answers that leave out what they were asked for: the
// client refuses them, or has support for it all the same.
func clientOffersIgnored() []Case {
	const note = "The answer fits no offer, so that it is invalid. A client that can receive such messages loses nothing by it; " +
		"one that opens the connection and cannot, fails."
	far := BinaryOf(Join(Random(20_000, 1), Random(20_000, 1)))
	list := []Case{
		{
			ID: "client/deflate/ignored/server-bits", Title: "an answer without the window that the server was asked for is refused",
			Refs: refs("7692-5-15", "7692-7.1.2.1-4", "7692-5-4"),
			Steps: steps(clientOffer("permessage-deflate; server_max_window_bits=10"),
				clientAgrees("permessage-deflate"), Send(far.Deflate()),
				Expect(Refuse()).Or(Closes(1010), End()).OrLax(far)),
		},
		{
			ID: "client/deflate/ignored/server-takeover", Title: "an answer without the server_no_context_takeover that the server was asked for is refused",
			Refs: refs("7692-5-15", "7692-7.1.1.1-2"),
			Steps: steps(clientOffer("permessage-deflate; server_no_context_takeover"),
				clientAgrees("permessage-deflate"), Send(Raw(clientHello+clientHelloAgain)),
				Expect(Refuse()).Or(Closes(1010), End()).OrLax(Text("Hello"), Text("Hello"))),
		},
	}
	return clientNeeding(handshakeNoted(note, list), Dialing, Deflate, Echo)
}

// clientOffers test what a client offers when it is told what to (RFC 6455,
// section 4.1, items 10 and 11 of the client's handshake).
func clientOffers() []Case {
	offered := func(list string) Step { return Dial("").Subprotocols(list) }
	field := func(list string) RequestEvent { return Requested("").Equal(subprotocolField, list) }
	const note = "A client that offers no subprotocol at all has not been told, and is not judged."
	ignored := Requested("").Without(subprotocolField)
	list := []Case{
		{
			ID: "client/offer/subprotocols", Title: "subprotocols are offered in the order of preference",
			Refs:  refs("6455-4.1-35", "6455-4.1-38"),
			Steps: steps(offered("b.wsspec, a.wsspec"), Expect(field("b.wsspec, a.wsspec")).Or(field("b.wsspec,a.wsspec")).OrInfo(ignored)),
		},
		{
			ID: "client/offer/subprotocols-in-two-cases", Title: "subprotocols that differ in case alone are both offered",
			Refs: refs("6455-4.1-37", "7936-2-1"),
			Steps: steps(offered("a.wsspec, A.wsspec"),
				Expect(field("a.wsspec, A.wsspec")).Or(field("a.wsspec,A.wsspec")).OrLax(Declined()).OrInfo(ignored)),
		},
		{
			ID: "client/offer/subprotocol-twice", Title: "a subprotocol is not offered twice",
			Refs:  refs("6455-4.1-37"),
			Steps: steps(offered("a.wsspec, a.wsspec"), Expect(Declined()).Or(field("a.wsspec")).OrInfo(ignored)),
		},
		{
			ID: "client/offer/token-characters", Title: "a subprotocol of every character that a token may have is offered",
			Refs:  refs("6455-4.1-36"),
			Steps: steps(offered(subprotocolTokenCharacters), Expect(field(subprotocolTokenCharacters)).OrLax(Declined()).OrInfo(ignored)),
		},
	}
	for _, r := range []struct{ name, what, offer string }{
		{"space", "a space", "a b"}, {"slash", "a slash", "a/b"}, {"semicolon", "a semicolon", "a;b"}, {"quotes", "quotes", `"a"`},
		{"tab", "a tab", "a\tb"}, {"not-ascii", "octets beyond ASCII", "caf\u00e9"}, {"del", "a DEL", "a\x7f"},
	} {
		list = append(list, Case{
			ID: "client/offer/subprotocol-with-" + r.name, Title: "a subprotocol with " + r.what + " in it is not offered",
			Refs:  refs("6455-4.1-36", "6455-4.1-38"),
			Steps: steps(offered(r.offer), Expect(Declined()).OrInfo(ignored)),
		})
	}
	list = append(handshakeNoted(note, list), Case{
		ID: "client/offer/subprotocol-with-line-end", Title: "a subprotocol does not bring a field of its own into the request",
		Refs:  refs("6455-4.1-18", "6455-4.1-36"),
		Note:  note,
		Steps: steps(offered("a\r\nX-Injected: 1"), Expect(Declined()).OrInfo(ignored.Without("X-Injected"))),
	}, Case{
		ID: "client/offer/extension-with-line-end", Title: "an extension does not bring a field of its own into the request",
		Refs:  refs("6455-4.1-18", "6455-9.1-1"),
		Steps: steps(Dial("").Extensions("permessage-deflate\r\nX-Injected: 1"), Expect(Declined()).Or(Requested("").Without("X-Injected"))),
	})
	return clientNeeding(list, Dialing)
}

// clientOffersOfDeflate test the parameters that a client offers (RFC 7692, section
// 7.1), also when it is told to offer what none may.
func clientOffersOfDeflate() []Case {
	list := []Case{{
		ID: "client/offer/permessage-deflate", Title: "an offer of permessage-deflate has its name, and parameters as they are defined",
		Refs: refs("7692-5-1", "7692-7-1", "7692-7.1.1.1-1", "7692-7.1.1.2-1", "7692-7.1.2.1-2", "7692-7.1.2.2-2",
			"6455-9.1-1", "6455-9.1-2", "6455-9.1-5"),
		Needs: needs(Deflate),
		Note:  "This judges what the client offers by itself; an offer outside these rules fails the case.",
		Steps: clientOpens(Respond()),
	}}
	for _, r := range []struct{ name, param, requirement string }{
		{"server-bits-7", "server_max_window_bits=7", "7692-7.1.2.1-2"},
		{"server-bits-16", "server_max_window_bits=16", "7692-7.1.2.1-2"},
		{"server-bits-08", "server_max_window_bits=08", "7692-7.1.2.1-2"},
		{"server-bits-without-value", "server_max_window_bits", "7692-7.1.2.1-2"},
		{"client-bits-7", "client_max_window_bits=7", "7692-7.1.2.2-2"},
		{"client-bits-16", "client_max_window_bits=16", "7692-7.1.2.2-2"},
		{"client-bits-08", "client_max_window_bits=08", "7692-7.1.2.2-2"},
	} {
		list = append(list, Case{
			ID: "client/offer/" + r.name, Title: r.param + " is not offered, though the client is told to",
			Refs: refs(r.requirement, "7692-7-1"), Needs: needs(Dialing, Deflate),
			Note:  "A client may refuse, or offer something right instead.",
			Steps: steps(Dial("").Extensions("permessage-deflate; "+r.param), Expect(Declined()).Or(Requested(""))),
		})
	}
	return list
}
