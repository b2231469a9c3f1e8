package cases

// deflateRefusalNote tells what else than declining is tolerated.
const deflateRefusalNote = "The server has to decline such an offer (RFC 7692, section 7) and may open the connection without it. To refuse the opening " +
	"handshake is tolerated: then a client whose next offer is right does not get through."

// deflateDeclined expects the offer to be declined.
func deflateDeclined() Expectation {
	return extensionDeclined().OrLax(handshakeRefusal())
}

// A deflateBad is an offer that a server must decline.
type deflateBad struct{ name, title, parameters string }

// deflateBadOffers makes cases of offers with these parameters.
func deflateBadOffers(requirements []string, offers ...deflateBad) []Case {
	var list []Case
	for _, o := range offers {
		list = append(list, Case{
			ID: "deflate/bad-offer/" + o.name, Title: "an offer " + o.title + " is declined", Refs: requirements, Note: deflateRefusalNote,
			Steps: handshakeThen(extensionOffer("permessage-deflate; "+o.parameters), deflateDeclined()),
		})
	}
	return list
}

// deflateBadServerBits are values that server_max_window_bits cannot have.
func deflateBadServerBits() []Case {
	offer := func(name, title, value string) deflateBad {
		return deflateBad{"server-bits-" + name, "of server_max_window_bits " + title, "server_max_window_bits" + value}
	}
	return deflateBadOffers(refs("7692-7-2", "7692-7.1.2.1-2"),
		offer("none", "without a value", ""),
		offer("0", "of 0", "=0"), offer("1", "of 1", "=1"), offer("7", "of 7", "=7"),
		offer("16", "of 16", "=16"), offer("20", "of 20", "=20"), offer("99", "of 99", "=99"),
		offer("256", "of 256, which is 0 in eight bits", "=256"), offer("265", "of 265, which is 9 in eight bits", "=265"),
		offer("beyond-32-bits", "of 4294967306, which is 10 in 32 bits", "=4294967306"),
		offer("beyond-64-bits", "of 18446744073709551626, which is 10 in 64 bits", "=18446744073709551626"),
		offer("minus-10", "of -10", "=-10"), offer("plus-10", "of +10", "=+10"),
		offer("leading-zero", "of 010, with a leading zero", "=010"), offer("08", "of 08, with a leading zero", "=08"),
		offer("quoted-08", `of "08", with a leading zero in quotes`, `="08"`), offer("quoted-16", `of "16" in quotes`, `="16"`),
		offer("fraction", "of 10.0", "=10.0"), offer("exponent", "of 1e1", "=1e1"), offer("hexadecimal", "of 0xa", "=0xa"),
		offer("underscore", "of 1_0", "=1_0"), offer("word", "of ten", "=ten"), offer("letter-behind", "of 10a", "=10a"),
	)
}

// deflateBadClientBits are values that client_max_window_bits cannot have.
func deflateBadClientBits() []Case {
	offer := func(name, title, value string) deflateBad {
		return deflateBad{"client-bits-" + name, "of client_max_window_bits " + title, "client_max_window_bits=" + value}
	}
	return deflateBadOffers(refs("7692-7-2", "7692-7.1.2.2-2"),
		offer("0", "of 0", "0"), offer("7", "of 7", "7"), offer("16", "of 16", "16"), offer("99", "of 99", "99"),
		offer("256", "of 256, which is 0 in eight bits", "256"), offer("265", "of 265, which is 9 in eight bits", "265"),
		offer("beyond-64-bits", "of 18446744073709551626, which is 10 in 64 bits", "18446744073709551626"),
		offer("08", "of 08, with a leading zero", "08"), offer("leading-zero", "of 015, with a leading zero", "015"),
		offer("quoted-08", `of "08", with a leading zero in quotes`, `"08"`),
		offer("minus-9", "of -9", "-9"), offer("plus-9", "of +9", "+9"), offer("word", "of abc", "abc"), offer("true", "of true", "true"),
	)
}

// deflateBadFlags are values of parameters that have none.
func deflateBadFlags() []Case {
	return append(
		deflateBadOffers(refs("7692-7-2", "7692-7.1.1.1-1"),
			deflateBad{"server-no-takeover-1", "of server_no_context_takeover with the value 1", "server_no_context_takeover=1"},
			deflateBad{"server-no-takeover-true", "of server_no_context_takeover with the value true", "server_no_context_takeover=true"},
			deflateBad{"server-no-takeover-quoted", "of server_no_context_takeover with a value in quotes", `server_no_context_takeover="1"`},
		),
		deflateBadOffers(refs("7692-7-2", "7692-7.1.1.2-1"),
			deflateBad{"client-no-takeover-1", "of client_no_context_takeover with the value 1", "client_no_context_takeover=1"},
			deflateBad{"client-no-takeover-true", "of client_no_context_takeover with the value true", "client_no_context_takeover=true"},
			deflateBad{"client-no-takeover-0", "of client_no_context_takeover with the value 0", "client_no_context_takeover=0"},
		)...)
}

// deflateBadRepeats have a parameter more than once.
func deflateBadRepeats() []Case {
	twice := func(name, title, first, second string) deflateBad {
		return deflateBad{"twice-" + name, "that has " + title, first + "; " + second}
	}
	const sn, cn, s, c = "server_no_context_takeover", "client_no_context_takeover", "server_max_window_bits", "client_max_window_bits"
	return deflateBadOffers(refs("7692-7-2"),
		twice("server-no-takeover", sn+" twice", sn, sn),
		twice("client-no-takeover", cn+" twice", cn, cn),
		twice("server-bits", s+" twice", s+"=10", s+"=10"),
		twice("server-bits-other-value", s+" twice, with different values", s+"=10", s+"=15"),
		twice("server-bits-quoted", s+" twice, once in quotes", s+"=10", s+`="10"`),
		twice("client-bits", c+" twice, without values", c, c),
		twice("client-bits-10", c+" twice, with the same value", c+"=10", c+"=10"),
		twice("client-bits-other-value", c+" twice, with different values", c+"=10", c+"=15"),
		twice("client-bits-then-value", c+" without a value and then with one", c, c+"=10"),
		twice("client-bits-value-then-none", c+" with a value and then without one", c+"=10", c),
		twice("with-another-between", cn+" before and behind another parameter", cn, c+"; "+cn),
		twice("in-upper-case", c+" and once more in upper case, which is it or unknown", c, "CLIENT_MAX_WINDOW_BITS"),
	)
}

// deflateBadNames are parameters that are not defined.
func deflateBadNames() []Case {
	list := deflateBadOffers(refs("7692-7-2", "6455-9.1-5"),
		deflateBad{"unknown-without-value", "with an unknown parameter without a value", "foo"},
		deflateBad{"unknown-behind-known", "with an unknown parameter behind a known one", "client_max_window_bits; foo=1"},
		deflateBad{"unknown-before-known", "with an unknown parameter before a known one", "foo; server_no_context_takeover"},
		deflateBad{"private", "with a private parameter of some servers", "max_inflate_ratio=5"},
		deflateBad{"hyphens", "with server-max-window-bits in hyphens", "server-max-window-bits=10"},
		deflateBad{"of-another-extension", "with a parameter of x-webkit-deflate-frame", "no_context_takeover"},
		deflateBad{"prefix-of-a-name", "with the beginning of a parameter's name", "server_no_context"},
		deflateBad{"name-and-more", "with a parameter's name and a letter behind it", "server_no_context_takeovers"},
	)
	return append(list, Case{
		ID:    "deflate/bad-offer/capitals",
		Title: "Server_No_Context_Takeover is not the name of server_no_context_takeover",
		Refs:  refs("7692-7-2", "7692-7-1"),
		Note:  "The standard does not say whether the names of parameters are compared with regard to case. " + deflateRefusalNote,
		Steps: handshakeThen(extensionOffer("permessage-deflate; Server_No_Context_Takeover"), deflateDeclined().OrInfo(Answer(101).Has(extensionField))),
	})
}

// deflateBadGrammar are values that RFC 6455 does not allow, whatever the
// extension.
func deflateBadGrammar() []Case {
	const malformed = "RFC 6455, section 9.1, has whoever receives such a value fail the connection. A server that opens it without an extension may not " +
		"have read the field, which is only lax; to accept any part of it fails."
	const quoted = "What stands in quotes must be a token (RFC 6455, section 9.1), and is no number. " +
		"The standards have the server refuse the request for the one, and decline the offer for the other."
	row := func(name, title, parameters string) handshakeRow {
		return handshakeRow{name, title + " is not accepted", extensionOffer("permessage-deflate; " + parameters)}
	}
	return append(
		handshakeNoted(malformed, handshakeTable("deflate/bad-offer/", refs("6455-9.1-1", "7692-7-2"),
			Expect(handshakeRefusal()).OrLax(Answer(101).Without(extensionField)),
			row("server-bits-two-values", "server_max_window_bits with two values", "server_max_window_bits=10=10"),
			row("client-bits-no-value", "client_max_window_bits with an equals sign and no value", "client_max_window_bits="),
			row("server-no-takeover-no-value", "server_no_context_takeover with an equals sign and no value", "server_no_context_takeover="),
		)),
		handshakeNoted(quoted, handshakeTable("deflate/bad-offer/", refs("7692-7-2", "6455-4.3-1"),
			extensionDeclined().Or(handshakeRefusal()),
			row("server-bits-empty", "server_max_window_bits with an empty value in quotes", `server_max_window_bits=""`),
			row("server-bits-space", "server_max_window_bits with a space in its value", `server_max_window_bits="10 "`),
			row("client-bits-empty", "client_max_window_bits with an empty value in quotes", `client_max_window_bits=""`),
			row("server-no-takeover-empty", "server_no_context_takeover with an empty value in quotes", `server_no_context_takeover=""`),
			row("client-no-takeover-empty", "client_no_context_takeover with an empty value in quotes", `client_no_context_takeover=""`),
		))...)
}
