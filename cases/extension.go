package cases

import "time"

const extensionField = "Sec-WebSocket-Extensions"

// extensionUnregistered is why a server may refuse an extension that it does
// not know.
const extensionUnregistered = "An extension that is not registered is a fault of the client (section 9.1), so that a refusal is tolerated."

// extensionCases test how a server reads Sec-WebSocket-Extensions (RFC 6455,
// section 9.1). To decline is always legal, so that a server without extensions
// passes; that an answer agrees to what was offered is part of every open
// connection.
func extensionCases() []Case {
	return handshakeForServers(
		extensionsUnknown(), extensionForms(), extensionsMalformed(), extensionValues(), extensionsLarge(), extensionBits(), extensionMore(),
	)
}

// extensionOffer is a request with this offer.
func extensionOffer(value string) Request { return Baseline(Set(extensionField, value)) }

// extensionDeclined expects an open connection without extensions.
func extensionDeclined() Expectation { return Expect(Answer(101).Without(extensionField)) }

// extensionsUnknown are offers that a server does not know.
func extensionsUnknown() []Case {
	list := handshakeTable("extension/", refs("6455-4.2.2-15", "6455-9-3"), extensionDeclined(),
		handshakeRow{"none-offered", "a response to a request without extensions has none", Baseline(Drop(extensionField))},
	)
	list = append(list, handshakeTable("extension/", refs("6455-4.2.2-14", "6455-9-2", "6455-9.1-9"), extensionDeclined(),
		handshakeRow{"registered", "a registered extension that the server does not know is declined", extensionOffer("bbf-usp-protocol")},
	)...)
	unknown := handshakeNoted(extensionUnregistered,
		handshakeTable("extension/", refs("6455-4.2.2-14", "6455-9-2", "6455-9.1-4"), extensionDeclined().OrLax(handshakeRefusal()),
			handshakeRow{"unknown", "an unknown extension is declined", extensionOffer("x-unknown")},
			handshakeRow{"unknown-with-parameters", "an unknown extension with parameters is declined", extensionOffer(`x-unknown; a=1; b; c="d"`)},
			handshakeRow{"constructor", "the extension constructor is not found among the properties of an object", extensionOffer("constructor")},
			handshakeRow{"proto", "the extension __proto__ is not found among the properties of an object", extensionOffer("__proto__")},
			handshakeRow{"has-own-property", "the extension hasOwnProperty is not found among the properties of an object",
				extensionOffer("hasOwnProperty")},
		))
	parameters := handshakeTable("extension/parameter/", refs("7692-7-2", "6455-9.1-5"), deflateDeclined(),
		handshakeRow{"unknown", "an offer of permessage-deflate with an unknown parameter is declined",
			extensionOffer("permessage-deflate; x-unknown=1")},
		handshakeRow{"constructor", "an offer of permessage-deflate with the parameter constructor is declined",
			extensionOffer("permessage-deflate; constructor")},
		handshakeRow{"proto", "an offer of permessage-deflate with the parameter __proto__ is declined",
			extensionOffer("permessage-deflate; __proto__=1")},
		handshakeRow{"has-own-property", "an offer of permessage-deflate with the parameter hasOwnProperty is declined",
			extensionOffer("permessage-deflate; hasOwnProperty")},
	)
	list = append(append(list, unknown...), handshakeNoted(deflateRefusalNote, parameters)...)
	return append(list, Case{
		ID:    "extension/name-in-upper-case",
		Title: "PERMESSAGE-DEFLATE is not the name of permessage-deflate",
		Refs:  refs("7692-9.1-1"),
		Note:  "The standard does not say whether the names of extensions are compared with regard to case.",
		Steps: handshakeThen(extensionOffer("PERMESSAGE-DEFLATE"), extensionDeclined().OrInfo(Answer(101))),
	})
}

// extensionForms are lists and fields in legal forms.
func extensionForms() []Case {
	// the unknown extension may not be answered, whatever else is
	known := extensionDeclined().OrFail(Answer(101).With(extensionField, "x-unknown")).Or(Answer(101)).OrLax(handshakeRefusal())
	return append(
		handshakeNoted(extensionUnregistered, handshakeTable("extension/", refs("6455-4.2.2-14", "6455-9.1-9", "6455-9.1-3", "6455-11.3.2-1"), known,
			handshakeRow{"unknown-and-known", "an unknown extension before permessage-deflate is passed over",
				extensionOffer("x-unknown, permessage-deflate")},
			handshakeRow{"known-and-unknown", "an unknown extension behind permessage-deflate is passed over",
				extensionOffer("permessage-deflate, x-unknown")},
			handshakeRow{"two-fields", "extensions in two fields are read as one list",
				Baseline(Set(extensionField, "x-unknown"), Add(extensionField, "permessage-deflate"))},
		)),
		Case{
			ID:    "extension/empty-elements",
			Title: "empty elements of the list are passed over",
			Refs:  refs("9110-5.6.1-1", "6455-4.3-4"),
			Note:  "RFC 2616, whose lists RFC 6455 uses, allows empty elements; RFC 9110 5.6.1.2 has recipients ignore them. " + extensionUnregistered,
			Steps: handshakeThen(extensionOffer(", x-unknown,,permessage-deflate ,"), known),
		},
		Case{
			ID:    "extension/whitespace",
			Title: "spaces and tabs around the separators of an offer are passed over",
			Refs:  refs("6455-4.3-2", "6455-4.3-4"),
			Note: "RFC 6455 takes its grammar from RFC 2616, in which whitespace is implied between tokens; RFC 9110 has none around " +
				"the equals sign, so that a refusal is tolerated.",
			Steps: handshakeThen(extensionOffer(" permessage-deflate ;\tclient_max_window_bits = 10 , x-unknown ; y = \"z\" "), known),
		},
		Case{
			ID:    "extension/webkit-and-standard",
			Title: "two extensions that claim the same reserved bit are not both accepted",
			Refs:  refs("7692-5-9", "6455-9.1-4"),
			Note:  extensionUnregistered,
			Steps: handshakeThen(extensionOffer("x-webkit-deflate-frame, permessage-deflate"),
				extensionDeclined().
					OrFail(Answer(101).With(extensionField, "x-webkit-deflate-frame").With(extensionField, "permessage-deflate")).
					Or(Answer(101)).OrLax(handshakeRefusal())),
		},
		Case{
			ID:    "extension/webkit",
			Title: "the extension x-webkit-deflate-frame of early browsers is declined",
			Refs:  refs("6455-9.1-4"),
			Note:  "It was never registered, and section 9.1 has nobody use a name that is not.",
			Steps: handshakeThen(extensionOffer("x-webkit-deflate-frame"), extensionDeclined().Or(handshakeRefusal())),
		},
	)
}

// extensionsMalformed are values outside the grammar.
func extensionsMalformed() []Case {
	const note = "Section 9.1 has whoever receives such a value fail the connection. A server that opens it without an extension may not " +
		"have read the field, which is only lax; to accept any part of it fails."
	e := Expect(handshakeRefusal()).OrLax(Answer(101).Without(extensionField))
	return handshakeNoted(note, handshakeTable("extension/malformed/", refs("6455-9.1-1", "6455-4.2.1-12", "6455-4.3-4"), e,
		handshakeRow{"empty", "an empty value is refused", extensionOffer("")},
		handshakeRow{"spaces", "a value of spaces alone is refused", extensionOffer("   ")},
		handshakeRow{"comma", "a comma alone is refused", extensionOffer(",")},
		handshakeRow{"semicolon", "a semicolon alone is refused", extensionOffer(";")},
		handshakeRow{"semicolon-behind", "a semicolon behind the name is refused", extensionOffer("permessage-deflate;")},
		handshakeRow{"semicolon-and-space-behind", "a semicolon and a space behind the name are refused", extensionOffer("permessage-deflate; ")},
		handshakeRow{"no-name", "a parameter without an extension is refused", extensionOffer("; client_max_window_bits")},
		handshakeRow{"no-parameter-name", "a parameter without a name is refused", extensionOffer("permessage-deflate; =1")},
		handshakeRow{"no-parameter-value", "a parameter without a value behind its equals sign is refused",
			extensionOffer("permessage-deflate; server_max_window_bits=")},
		handshakeRow{"no-semicolon", "a parameter without a semicolon before it is refused",
			extensionOffer("permessage-deflate server_max_window_bits=10")},
		handshakeRow{"two-words", "an extension name of two words is refused", extensionOffer("permessage deflate")},
		handshakeRow{"two-semicolons", "two semicolons in a row are refused", extensionOffer("permessage-deflate;;client_max_window_bits")},
		handshakeRow{"two-equals-signs", "two equals signs in a row are refused", extensionOffer("permessage-deflate; client_max_window_bits==10")},
		handshakeRow{"name-with-value", "an extension name with a value is refused", extensionOffer("permessage-deflate=1")},
		handshakeRow{"slash", "an extension name with a slash is refused", extensionOffer("permessage/deflate")},
		handshakeRow{"quoted-name", "an extension name in quotes is refused", extensionOffer(`"permessage-deflate"`)},
		handshakeRow{"hidden-offer", "an offer inside a quoted value is none", extensionOffer(`x; y=",permessage-deflate; client_max_window_bits,"`)},
		handshakeRow{"quoted-space", "a quoted value with a space in it is refused", extensionOffer(`x; a="b c"`)},
		handshakeRow{"quoted-empty", "an empty quoted value is refused", extensionOffer(`x; a=""`)},
		handshakeRow{"quoted-quote", "a quoted value with a quote in it is refused", extensionOffer(`x; a="b\"c"`)},
		handshakeRow{"quote-open", "a quoted value without its end is refused", extensionOffer(`x; a="open`)},
		handshakeRow{"quote-escape-open", "a quoted value that ends in a backslash is refused", extensionOffer(`x; a="\`)},
		handshakeRow{"quote-behind", "characters behind a quoted value are refused",
			extensionOffer(`permessage-deflate; client_max_window_bits="10"x`)},
	))
}

// extensionValues are parameters with values in quotes, which mean the same as
// without them.
func extensionValues() []Case {
	return handshakeNoted("A server may decline the offer. One that accepts it answers as if the quotes were not there.",
		handshakeTable("extension/quoted/", refs("6455-4.3-1", "6455-9.1-2", "7692-5.2-1"), handshakeOpened(),
			handshakeRow{"value", `the value "10" in quotes is the value 10`, extensionOffer(`permessage-deflate; server_max_window_bits="10"`)},
			handshakeRow{"escaped-value", `the value "\10" with an escape is the value 10`,
				extensionOffer(`permessage-deflate; server_max_window_bits="\10"`)},
			handshakeRow{"client-value", `the value "15" in quotes is the value 15`,
				extensionOffer(`permessage-deflate; client_max_window_bits="15"`)},
		))
}

// extensionsLarge are offers that take a careless parser far longer than their
// size: the answer has to come within two seconds.
func extensionsLarge() []Case {
	offer := func(value Payload) Request { return Baseline(SetOf(extensionField, value)) }
	list := handshakeTable("extension/large/", refs("6455-10.4-1", "6455-10.1-1"), extensionDeclined().Or(End()).Or(handshakeRefusal()),
		handshakeRow{"escapes", "a quoted value of 20000 escapes without its end is answered at once", offer(Join(Lit(`x; b="`), Fill(`\c`, 40000)))},
		handshakeRow{"10000-elements", "a list of 10000 extensions is answered at once", offer(Fill("a,", 19999))},
		handshakeRow{"10000-parameters", "an extension with 10000 parameters is answered at once", offer(Join(Lit("x"), Fill(";a", 20000)))},
	)
	for i := range list {
		list[i].Level = Should // no standard sets a time
		list[i].Timeout = 2 * time.Second
	}
	list[0].Note = "A pattern with nested repetition tries every way to split the escapes (CVE-2020-7662)."
	return list
}

// extensionBits test that an offer alone gives the reserved bits no meaning.
func extensionBits() []Case {
	return []Case{{
		ID:    "extension/declined-bit",
		Title: "a frame with RSV1 is refused when the extension that was offered was declined",
		Refs:  refs("6455-5.2-4", "6455-9.1-6", "7692-5-14"),
		Steps: steps(
			extensionOffer("x-unknown"),
			extensionDeclined().OrLax(handshakeRefusal()),
			Send(Text("Hello").WithRSV(4)),
			FailsWith(1002),
		),
	}}
}
