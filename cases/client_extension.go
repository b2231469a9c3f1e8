package cases

import "slices"

// clientExtensionNote is why the cases of answers with permessage-deflate in them
// do not ask whether the client has offered it.
const clientExtensionNote = "Such an answer is to be refused whether or not the client has offered permessage-deflate."

// clientAgrees is a response with this value of Sec-WebSocket-Extensions.
func clientAgrees(value string) Response { return Respond(Set(extensionField, value)) }

// clientExtensions test answers that agree to an extension which the client has
// not offered (RFC 6455, section 4.1, item 5).
func clientExtensions() []Case {
	two := func(first, second string) Response {
		return Respond(Set(extensionField, first), Add(extensionField, second))
	}
	return slices.Concat(
		clientTable("client/extension/", refs("6455-4.1-47", "7692-5-15"), clientRefuses,
			clientRow{"unknown", "an extension that was not offered is refused", clientAgrees("x-unknown")},
			clientRow{"unknown-with-parameters", "an extension with parameters that was not offered is refused", clientAgrees(`x-unknown; a=1; b; c="d"`)},
			clientRow{"bzip2", "permessage-bzip2, which was not offered, is refused", clientAgrees("permessage-bzip2")},
			clientRow{"longer", "permessage-deflates is not the name of permessage-deflate", clientAgrees("permessage-deflates")},
			clientRow{"shorter", "permessage is not the name of permessage-deflate", clientAgrees("permessage")},
			clientRow{"constructor", "the extension constructor is not found among the properties of an object", clientAgrees("constructor")},
			clientRow{"proto", "the extension __proto__ is not found among the properties of an object", clientAgrees("__proto__")},
		),
		handshakeNoted(clientExtensionNote, clientTable("client/extension/", refs("6455-4.1-47", "7692-5-15"), clientRefuses,
			clientRow{"unknown-behind-known", "an unknown extension behind permessage-deflate is refused", clientAgrees("permessage-deflate, x-unknown")},
			clientRow{"unknown-before-known", "an unknown extension before permessage-deflate is refused", clientAgrees("x-unknown, permessage-deflate")},
			clientRow{"unknown-in-second-field", "an unknown extension in a second field is refused", two("permessage-deflate", "x-unknown")},
			clientRow{"bzip2-behind-deflate", "permessage-bzip2 behind permessage-deflate is refused", clientAgrees("permessage-deflate, permessage-bzip2")},
		)),
		clientNeeding(clientTable("client/extension/", refs("7692-5-10", "7692-5-15"), clientDeflateRefuses,
			clientRow{"twice", "permessage-deflate twice in a list is refused", clientAgrees("permessage-deflate, permessage-deflate")},
			clientRow{"twice-in-two-fields", "permessage-deflate in two fields is refused", two("permessage-deflate", "permessage-deflate")},
			clientRow{"twice-with-parameters", "permessage-deflate twice with different parameters is refused",
				clientAgrees("permessage-deflate; server_no_context_takeover, permessage-deflate")},
		), Deflate),
		[]Case{{
			ID:    "client/extension/name-in-upper-case",
			Title: "PERMESSAGE-DEFLATE is not the name of permessage-deflate",
			Refs:  refs("7692-9.1-1", "6455-4.1-47"),
			Note:  "The standard does not say whether the names of extensions are compared with regard to case.",
			Steps: clientPinged(clientAgrees("PERMESSAGE-DEFLATE"), Expect(Refuse()).OrInfo(clientIsOpen())),
		}},
	)
}

// clientExtensionsMalformed are values outside the grammar: whoever receives one
// fails the connection (RFC 6455, section 9.1).
func clientExtensionsMalformed() []Case {
	empty := handshakeNoted("RFC 9110 5.6.1 has recipients ignore empty elements of lists, and here nothing else is left: a client that opens the connection may "+
		"not have told such a field from none, which is only lax.",
		clientTable("client/extension/malformed/", refs("6455-9.1-1", "6455-4.3-4"), clientShouldRefuse,
			clientRow{"empty", "an empty value is refused", clientAgrees("")},
			clientRow{"spaces", "a value of spaces alone is refused", clientAgrees("   ")},
			clientRow{"comma", "a comma alone is refused", clientAgrees(",")},
		))
	return append(asShould(empty), handshakeNoted(clientExtensionNote, clientTable("client/extension/malformed/", refs("6455-9.1-1", "6455-4.3-4"), clientRefuses,
		clientRow{"semicolon", "a semicolon alone is refused", clientAgrees(";")},
		clientRow{"semicolon-behind", "a semicolon behind the name is refused", clientAgrees("permessage-deflate;")},
		clientRow{"semicolon-and-space-behind", "a semicolon and a space behind the name are refused", clientAgrees("permessage-deflate; ")},
		clientRow{"two-semicolons", "two semicolons in a row are refused", clientAgrees("permessage-deflate;;server_no_context_takeover")},
		clientRow{"no-name", "a parameter without an extension is refused", clientAgrees("; server_no_context_takeover")},
		clientRow{"no-parameter-name", "a parameter without a name is refused", clientAgrees("permessage-deflate; =1")},
		clientRow{"no-parameter-value", "a parameter without a value behind its equals sign is refused", clientAgrees("permessage-deflate; server_max_window_bits=")},
		clientRow{"no-semicolon", "a parameter without a semicolon before it is refused", clientAgrees("permessage-deflate server_max_window_bits=10")},
		clientRow{"comma-for-semicolon", "a parameter behind a comma is an extension of its own, and refused",
			clientAgrees("permessage-deflate, server_no_context_takeover")},
		clientRow{"two-words", "an extension name of two words is refused", clientAgrees("permessage deflate")},
		clientRow{"two-equals-signs", "two equals signs in a row are refused", clientAgrees("permessage-deflate; server_max_window_bits==10")},
		clientRow{"name-with-value", "an extension name with a value is refused", clientAgrees("permessage-deflate=1")},
		clientRow{"quoted-name", "an extension name in quotes is refused", clientAgrees(`"permessage-deflate"`)},
		clientRow{"quote-open", "a quoted value without its end is refused", clientAgrees(`permessage-deflate; server_max_window_bits="10`)},
		clientRow{"quote-escape-open", "a quoted value that ends in a backslash is refused", clientAgrees(`permessage-deflate; server_max_window_bits="10\`)},
		clientRow{"quote-behind", "characters behind a quoted value are refused", clientAgrees(`permessage-deflate; server_max_window_bits="10"x`)},
		clientRow{"hidden-in-quotes", "an extension inside a quoted value is none", clientAgrees(`x-unknown; y=",permessage-deflate,"`)},
		clientRow{"not-ascii", "an extension name with octets beyond ASCII is refused", clientAgrees("permessage-d\u00e9flate")},
		clientRow{"nul", "an extension name with a NUL in it is refused", clientAgrees("permessage-deflate\x00x")},
	))...)
}
