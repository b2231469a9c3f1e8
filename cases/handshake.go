package cases

import "slices"

// handshakeCases test the opening handshake of a server (RFC 6455, section 4.2).
// The first of them is the one by which a run knows whether the handshake works
// at all.
func handshakeCases() []Case {
	return handshakeForServers(
		handshakeResponses(),
		handshakeMethods(), handshakeRequestLines(), handshakeVersionsOfHTTP(), handshakeTargets(),
		handshakeHosts(), handshakeUpgrades(), handshakeConnections(),
		handshakeKeys(), handshakeKeysRefused(), handshakeVersions(), handshakeVersionsRefused(),
		handshakeFields(), handshakeSizes(), handshakeFolds(), handshakeColons(), handshakeLineEnds(), handshakeOctets(),
		handshakeBodies(), handshakeOrigins(), handshakeResources(),
		handshakeSegments(), handshakeEarly(), handshakeRetries(), handshakeEnds(),
		handshakeHTTP(), handshakeNumbers(), handshakePieces(),
	)
}

// handshakeForServers joins the groups; whoever sends a request tests a server.
func handshakeForServers(groups ...[]Case) []Case {
	all := slices.Concat(groups...)
	for i := range all {
		all[i].Subject = Server
	}
	return all
}

// A handshakeRow is a request and the rule that it tries.
type handshakeRow struct {
	name, title string
	request     Request
}

// handshakeTable makes a case of each row: its id begins with the prefix, and
// all rows prove the same requirements by the same expectation.
func handshakeTable(prefix string, requirements []string, e Expectation, rows ...handshakeRow) []Case {
	var list []Case
	for _, r := range rows {
		list = append(list, Case{
			ID: prefix + r.name, Title: r.title, Refs: requirements, Steps: handshakeThen(r.request, e),
		})
	}
	return list
}

// asShould marks cases in which the standards oblige nobody to what passes, so that
// nothing that may happen fails.
func asShould(list []Case) []Case {
	for i := range list {
		list[i].Level = Should
	}
	return list
}

// handshakeNoted gives all cases of a list the same note.
func handshakeNoted(note string, list []Case) []Case {
	for i := range list {
		list[i].Note = note
	}
	return list
}

// handshakeThen plays a request, and a connection that it may open to its end.
// Alive asks for no echo, and shows that nothing follows the response.
func handshakeThen(r Request, e Expectation) []Step {
	return steps(r, e, Alive(), Close(1000))
}

// handshakeOpened expects the connection to be opened.
func handshakeOpened() Expectation { return Expect(Answer(101)) }

// handshakeError expects an error (RFC 6455, section 4.2.1): the section leaves
// the status to the server, so that every 4xx is appropriate, and so are the
// two of 5xx that speak of the request.
func handshakeError() Expectation { return Expect(handshakeRefusal()) }

func handshakeRefusal() RefuseEvent { return Refuse(4, 501, 505) }

// handshakeOrdinary expects a request that asks for no WebSocket to be answered
// like any other: by an error, a redirection, or a page.
func handshakeOrdinary() Expectation { return Expect(handshakeOrdinaryAnswer()) }

func handshakeOrdinaryAnswer() RefuseEvent {
	return Refuse(200, 204, 301, 302, 303, 307, 308, 4, 501, 505)
}

// handshakeAny expects an answer: the standard leaves open whether it opens the
// connection.
func handshakeAny() Expectation {
	return handshakeOpened().Or(handshakeOrdinaryAnswer())
}

// handshakeTolerated expects an error, and tolerates an open connection.
func handshakeTolerated() Expectation { return handshakeError().OrLax(Answer(101)) }
