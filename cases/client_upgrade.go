package cases

import "slices"

// clientUpgrades test the Upgrade field of the answer (RFC 6455, section 4.1,
// item 2 of the client's checks), which must be websocket and nothing else.
func clientUpgrades() []Case {
	value := func(v string) Response { return Respond(Set("Upgrade", v)) }
	two := func(first, second string) Response { return Respond(Set("Upgrade", first), Add("Upgrade", second)) }
	line := func(line string) Response { return Respond(Drop("Upgrade"), Octets(line)) }
	return slices.Concat(
		clientTable("client/upgrade/", refs("6455-4.1-44", "6455-errata-7"), clientOpens,
			clientRow{"capitals", "WebSocket, as drafts wrote it, is accepted", value("WebSocket")},
			clientRow{"upper-case", "WEBSOCKET in upper case is accepted", value("WEBSOCKET")},
			clientRow{"mixed-case", "wEbSoCkEt in mixed case is accepted", value("wEbSoCkEt")},
			clientRow{"no-space-before", "websocket right behind the colon is accepted", line("Upgrade:websocket\r\n")},
			clientRow{"whitespace-around", "spaces and tabs around websocket are no part of it", line("Upgrade: \t websocket\t \r\n")},
		),
		clientTable("client/upgrade/", refs("6455-4.1-44"), clientRefuses,
			clientRow{"missing", "a response without Upgrade is refused", Respond(Drop("Upgrade"))},
			clientRow{"empty", "an empty Upgrade is refused", value("")},
			clientRow{"h2c", "an upgrade to h2c is refused", value("h2c")},
			clientRow{"longer", "an upgrade to websockets is refused", value("websockets")},
			clientRow{"shorter", "an upgrade to websocke is refused", value("websocke")},
			clientRow{"with-version", "an upgrade to websocket/13 is refused", value("websocket/13")},
			clientRow{"two-words", "an upgrade to web socket is refused", value("web socket")},
			clientRow{"quoted", "an upgrade to websocket in quotes is refused", value(`"websocket"`)},
			clientRow{"list-with-more", "an upgrade to websocket and another protocol is refused", value("websocket, foo")},
			clientRow{"list-with-other-first", "an upgrade to another protocol and websocket is refused", value("foo, websocket")},
			clientRow{"other-behind", "an upgrade to another protocol in a second field is refused", two("websocket", "foo")},
			clientRow{"other-before", "an upgrade to another protocol in a first field is refused", two("foo", "websocket")},
			clientRow{"nul-behind", "a NUL does not end the value of Upgrade", value("websocket\x00x")},
			clientRow{"in-connection", "websocket in Connection is no Upgrade field", Respond(Drop("Upgrade"), Set("Connection", "Upgrade, websocket"))},
		),
		clientTable("client/upgrade/", refs("6455-2.1-2", "6455-4.1-44"), clientRefuses,
			clientRow{"kelvin-sign", "the Kelvin sign is not the letter k of websocket", value("websoc\u212aet")},
			clientRow{"long-s", "the long s is not the letter s of websocket", value("web\u017focket")},
		),
		handshakeNoted("The value of both fields together is not websocket. Each of them is.",
			clientTable("client/upgrade/", refs("6455-4.1-44"), clientShouldRefuse,
				clientRow{"twice", "websocket in two Upgrade fields is refused", Respond(Add("Upgrade", "websocket"))},
			)),
	)
}

// clientConnections test the Connection field of the answer (item 3), a list with
// the token Upgrade in it.
func clientConnections() []Case {
	value := func(v string) Response { return Respond(Set("Connection", v)) }
	two := func(first, second string) Response {
		return Respond(Set("Connection", first), Add("Connection", second))
	}
	return slices.Concat(
		clientTable("client/connection/", refs("6455-4.1-45"), clientOpens,
			clientRow{"lower-case", "upgrade in lower case is accepted", value("upgrade")},
			clientRow{"upper-case", "UPGRADE in upper case is accepted", value("UPGRADE")},
			clientRow{"behind-keep-alive", "Upgrade behind keep-alive is accepted", value("keep-alive, Upgrade")},
			clientRow{"before-keep-alive", "Upgrade before keep-alive is accepted", value("Upgrade, keep-alive")},
			clientRow{"no-space", "Upgrade in a list without spaces is accepted", value("keep-alive,Upgrade,x")},
			clientRow{"whitespace", "Upgrade in a list with spaces and tabs is accepted", value("keep-alive \t,\t Upgrade ")},
			clientRow{"first-field", "Upgrade in the first of two fields is accepted", two("Upgrade", "keep-alive")},
			clientRow{"second-field", "Upgrade in the second of two fields is accepted", two("keep-alive", "Upgrade")},
			clientRow{"twice", "Upgrade in a list twice is accepted", value("Upgrade, Upgrade")},
		),
		handshakeNoted("RFC 9110 5.6.1 has empty elements ignored, and forbids them to the server.",
			clientTable("client/connection/", refs("9110-5.6.1-1", "6455-4.1-45"), clientShouldOpen,
				clientRow{"empty-elements", "Upgrade between empty elements is accepted", value(",Upgrade,, ")},
			)),
		clientTable("client/connection/", refs("6455-4.1-45"), clientRefuses,
			clientRow{"missing", "a response without Connection is refused", Respond(Drop("Connection"))},
			clientRow{"empty", "an empty Connection is refused", value("")},
			clientRow{"close", "the Connection close is refused", value("close")},
			clientRow{"keep-alive", "the Connection keep-alive is refused", value("keep-alive")},
			clientRow{"longer", "the Connection Upgraded is refused", value("Upgraded")},
			clientRow{"shorter", "the Connection Upgrad is refused", value("Upgrad")},
			clientRow{"part-of-token", "the Connection keep-alive-Upgrade is refused", value("keep-alive-Upgrade")},
			clientRow{"two-words", "the Connection keep-alive Upgrade, without a comma, is refused", value("keep-alive Upgrade")},
			clientRow{"websocket", "the Connection websocket is refused", value("websocket")},
			clientRow{"quoted", "the Connection Upgrade in quotes is refused", value(`"Upgrade"`)},
		),
	)
}
