package cases

import "slices"

const acceptField = "Sec-WebSocket-Accept"

// clientCases test the opening handshake of a client: what it makes of the
// server's answer (RFC 6455, section 4.1), and what it asks for when it is given
// a URL (section 3). The first of them is the one by which a run knows whether
// the client's handshake works at all.
func clientCases() []Case {
	list := slices.Concat(
		clientResponses(), clientStatusLines(), clientStatuses(), clientInterims(), clientElsewhere(),
		clientUpgrades(), clientConnections(), clientAccepts(), clientAcceptsRefused(),
		clientFields(), clientFieldsMore(), clientFolds(), clientOctets(), clientLineEnds(), clientSizes(), clientEndless(),
		clientSegments(), clientEarly(), clientBodies(), clientForeigners(), clientSilences(),
		clientSubprotocols(), clientExtensions(), clientExtensionsMalformed(),
		clientDeflates(), clientWindows(), clientDeflatesRefused(), clientOffers(), clientOffersOfDeflate(), clientOffersAnswered(),
		clientTargets(), clientURLs(), clientURLsMalformed(), clientCharacters(), clientNames(), maskingByClients(),
	)
	for i := range list {
		list[i].Subject = Client
	}
	return list
}

// A clientRow is an answer to a client and the rule that it tries.
type clientRow struct {
	name, title string
	response    Response
}

// clientTable makes a case of each row: its id begins with the prefix, and all
// rows prove the same requirements. Play makes the steps of an answer.
func clientTable(prefix string, requirements []string, play func(Response) []Step, rows ...clientRow) []Case {
	var list []Case
	for _, r := range rows {
		list = append(list, Case{ID: prefix + r.name, Title: r.title, Refs: requirements, Steps: play(r.response)})
	}
	return list
}

// clientNeeding gives all cases of a list the same needs.
func clientNeeding(list []Case, features ...Feature) []Case {
	for i := range list {
		list[i].Needs = features
	}
	return list
}

// clientOpens plays an answer with which the connection is open. Alive asks for
// no echo, and shows that the client has sent nothing of its own.
func clientOpens(r Response) []Step { return steps(r, Alive(), Close(1000)) }

// clientRefuses plays an answer with which the client ends TCP (RFC 6455, section
// 7.1.7: before the connection is established there is no Close frame).
func clientRefuses(r Response) []Step { return steps(r, Expect(Refuse())) }

// clientMayOpen plays an answer that the standards let a client take either way.
func clientMayOpen(r Response) []Step { return clientPinged(r, Expect(clientIsOpen()).Or(Refuse())) }

// clientShouldOpen plays an answer that is right, and that a client is tolerated
// to refuse.
func clientShouldOpen(r Response) []Step {
	return clientPinged(r, Expect(clientIsOpen()).OrLax(Refuse()))
}

// clientShouldRefuse plays an answer that is wrong, and that a client is
// tolerated to take.
func clientShouldRefuse(r Response) []Step {
	return clientPinged(r, Expect(Refuse()).OrLax(clientIsOpen()))
}

// clientPinged plays an answer and a ping, whose pong shows that the connection
// is open.
func clientPinged(r Response, e Expectation) []Step { return steps(r, Send(Ping("open")), e) }

func clientIsOpen() Frame { return Pong("open") }

// clientEchoes plays an answer with which the connection is open, and these
// messages there and back.
func clientEchoes(r Response, messages ...Frame) []Step {
	list := steps(r)
	for _, m := range messages {
		back := m
		back.Deflated = false
		list = append(list, Send(m), Expect(back))
	}
	return append(list, Close(1000))
}

// clientResponses test the plain answer, and what a client may ask for in any
// case.
func clientResponses() []Case {
	return []Case{
		{
			ID:    "client/baseline",
			Title: "an answer with the four parts that it needs opens the connection",
			Refs:  refs("6455-4.1-42", "6455-4.1-51", "6455-4.1-2", "6455-4.1-17"),
			Steps: clientOpens(Respond()),
		},
		{
			ID:    "client/baseline-echo",
			Title: "a message comes back on a connection that has just been opened",
			Refs:  refs("6455-4.1-51", "6455-4.2.2-22"),
			Needs: needs(Echo),
			Steps: clientEchoes(Respond(), Text("Hello")),
		},
		{
			ID:          "client/one-each",
			Title:       "each of sixteen connections is opened by the accept value of its own key",
			Refs:        refs("6455-4.1-46", "6455-4.1-29"),
			Connections: 16,
			Steps:       clientOpens(Respond()),
		},
		{
			ID:    "client/sample-accept",
			Title: "the accept value of the sample in section 1.3 does not open a connection with another key",
			Refs:  refs("6455-4.1-46", "6455-1.3-4", "6455-4.1-29"),
			Note:  "A client that takes it has either not compared the value, or sends the key that the RFC prints.",
			Steps: clientRefuses(Respond(Set(acceptField, handshakeSampleAccept))),
		},
	}
}
