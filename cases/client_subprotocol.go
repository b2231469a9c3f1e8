package cases

import "slices"

// clientSubprotocols test which subprotocol a client takes (RFC 6455, section
// 4.1, item 6): one that it offered, to the octet, or none.
func clientSubprotocols() []Case {
	value := func(v string) Response { return Respond(Set(subprotocolField, v)) }
	two := func(first, second string) Response {
		return Respond(Set(subprotocolField, first), Add(subprotocolField, second))
	}
	unknown := slices.Concat(
		clientTable("client/subprotocol/", refs("6455-4.1-48"), clientRefuses,
			clientRow{"unknown", "a subprotocol that was not offered is refused", value("unknown.wsspec")},
			clientRow{"constructor", "the subprotocol constructor is not found among the properties of an object", value("constructor")},
			clientRow{"proto", "the subprotocol __proto__ is not found among the properties of an object", value("__proto__")},
			clientRow{"unknown-list", "a list of subprotocols that were not offered is refused", value("unknown.wsspec, other.wsspec")},
			clientRow{"unknown-twice", "two fields with subprotocols that were not offered are refused", two("unknown.wsspec", "other.wsspec")},
		),
		handshakeNoted("Section 4.2.2 forbids the empty value to the server; a client may not have told it from no field, which is only lax.",
			clientTable("client/subprotocol/", refs("6455-4.2.2-13", "6455-4.1-48", "6455-4.1-49"), clientShouldRefuse,
				clientRow{"empty", "an empty subprotocol is refused", value("")},
			)),
	)
	offered := slices.Concat(
		clientTable("client/subprotocol/", refs("6455-4.1-51", "6455-4.1-48"), clientOpens,
			clientRow{"first", "the first of two subprotocols that were offered is taken", value("{chat}")},
			clientRow{"second", "the second of two subprotocols that were offered is taken", value("{superchat}")},
			clientRow{"whitespace", "whitespace around a subprotocol is no part of it", Respond(Octets("Sec-WebSocket-Protocol: \t {chat} \t\r\n"))},
			clientRow{"no-space-before", "a subprotocol right behind the colon is taken", Respond(Octets("Sec-WebSocket-Protocol:{superchat}\r\n"))},
		),
		handshakeNoted("RFC 6455 has the connection open without a subprotocol. A client may have reasons not to use it then, and pages fail it.",
			clientTable("client/subprotocol/", refs("6455-4.1-51", "whatwg-2.2-11"), clientMayOpen,
				clientRow{"none", "no subprotocol in answer to an offer is accepted or refused", Respond()},
			)),
		clientTable("client/subprotocol/", refs("6455-4.1-48", "7936-2-1"), clientRefuses,
			clientRow{"other-case", "a subprotocol in another case than it was offered is refused", value("{CHAT}")},
			clientRow{"longer", "a name that begins with an offered subprotocol is refused", value("{chat}x")},
			clientRow{"suffix", "a name that ends in an offered subprotocol is refused", value("x{chat}")},
			clientRow{"list", "a list of both subprotocols that were offered is refused", value("{chat}, {superchat}")},
			clientRow{"list-no-space", "a list of both subprotocols without a space is refused", value("{chat},{superchat}")},
			clientRow{"list-with-unknown", "a list of an offered subprotocol and another is refused", value("{chat}, unknown.wsspec")},
			clientRow{"parameter", "an offered subprotocol with a parameter is refused", value("{chat};v=1")},
			clientRow{"quoted", "an offered subprotocol in quotes is refused", value(`"{chat}"`)},
			clientRow{"nul-behind", "a NUL does not end a subprotocol", value("{chat}\x00x")},
		),
		clientTable("client/subprotocol/", refs("6455-11.3.4-2", "6455-4.1-49"), clientRefuses,
			clientRow{"two-fields", "two fields with one offered subprotocol each are refused", two("{chat}", "{superchat}")},
			clientRow{"unknown-behind", "a second field with a subprotocol that was not offered is refused", two("{chat}", "unknown.wsspec")},
			clientRow{"unknown-before", "a first field with a subprotocol that was not offered is refused", two("unknown.wsspec", "{chat}")},
		),
		handshakeNoted("Only the server is told to send the field once; a client that looks at each of the two sees nothing wrong.",
			asShould(clientTable("client/subprotocol/", refs("6455-11.3.4-2", "6455-4.1-49"), clientShouldRefuse,
				clientRow{"twice", "an offered subprotocol in two fields is refused", two("{chat}", "{chat}")},
			))),
	)
	return append(unknown, clientNeeding(offered, Subprotocol)...)
}
