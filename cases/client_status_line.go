package cases

import "slices"

// clientStatusLines test the status line of the answer: HTTP-version, the code
// 101, and a reason phrase (RFC 6455, section 4.2.2; RFC 9112, section 4).
func clientStatusLines() []Case {
	// the first line as a whole: the version takes what stands before the code
	line := func(version, status string) Response { return Respond(Proto(version), Status(status)) }
	const switching = "101 Switching Protocols"
	lax := clientTable("client/status-line/", refs("6455-4.1-49"), clientShouldRefuse,
		clientRow{"http-1.0", "a 101 response of HTTP/1.0, which has no such status, is refused", line("HTTP/1.0", switching)},
		clientRow{"http-2.0", "a response of HTTP/2.0 in the form of HTTP/1.1 is refused", line("HTTP/2.0", switching)},
		clientRow{"leading-zero", "an HTTP version with a leading zero is refused", line("HTTP/01.1", switching)},
		clientRow{"lower-case", "an HTTP version in lower case is refused", line("http/1.1", switching)},
	)
	lax[0].Note = "RFC 2616 10.1 forbids the server to send it; RFC 6455 does not name the version of the response."
	lax[1].Note = "RFC 6455 asks for HTTP/1.1 or higher, and says it of the request alone."
	lax[2].Note = "RFC 2616, which RFC 6455 refers to, has such zeros ignored; RFC 9112 no longer knows them."
	lax[3].Note = "RFC 2616, which RFC 6455 refers to, compares the name without regard to case; RFC 9112 does not."
	return slices.Concat(
		lax,
		clientTable("client/status-line/", refs("6455-4.1-49", "6455-4.2.2-17"), clientRefuses,
			clientRow{"no-minor", "an HTTP version without its second number is refused", line("HTTP/1", switching)},
			clientRow{"other-protocol", "a status line of ICY is refused", line("ICY", "101 OK")},
			clientRow{"prefix", "a status line of HTTPS/1.1 is refused", line("HTTPS/1.1", switching)},
			clientRow{"four-digits", "the status code 1010 is not 101", line("HTTP/1.1", "1010 Switching Protocols")},
			clientRow{"zero-before", "the status code 0101 is not 101", line("HTTP/1.1", "0101 Switching Protocols")},
			clientRow{"letter-behind", "the status code 101X is not 101", line("HTTP/1.1", "101X Switching Protocols")},
			clientRow{"minus", "the status code -101 is not 101", line("HTTP/1.1", "-101 Switching Protocols")},
			clientRow{"hexadecimal", "the status code 0x65 is not 101", line("HTTP/1.1", "0x65 Switching Protocols")},
			clientRow{"no-code", "a status line without a code is refused", line("HTTP/1.1", "Switching Protocols")},
			clientRow{"reason-101", "a reason phrase that begins with 101 is no status code", line("HTTP/1.1", "200 101 Switching Protocols")},
		),
		handshakeNoted("RFC 9112 4 lets a client take any run of whitespace for the spaces of the status line.",
			clientTable("client/status-line/", refs("6455-4.1-49"), clientMayOpen,
				clientRow{"two-spaces", "two spaces before the status code are one, or refused", line("HTTP/1.1 ", switching)},
				clientRow{"tab", "a tab before the reason phrase is a space, or refused", line("HTTP/1.1", "101\tSwitching Protocols")},
				clientRow{"no-reason", "a status line that ends behind the code is accepted or refused", line("HTTP/1.1", "101")},
			)),
		clientReasons(),
		[]Case{{
			ID:    "client/status-line/http-1.2",
			Title: "a response of HTTP/1.2 is taken as one of HTTP/1.1",
			Refs:  refs("6455-4.1-42"),
			Level: Should,
			Note:  "RFC 9110 2.5 asks by a SHOULD to process a higher minor version as the highest one that the client knows.",
			Steps: clientShouldOpen(line("HTTP/1.2", switching)),
		}},
	)
}

// clientReasons test reason phrases, which say nothing to a client.
func clientReasons() []Case {
	reason := func(p Payload) Response { return Respond(Edit{Op: SetStatus, Value: Join(Lit("101 "), p)}) }
	return slices.Concat(
		clientTable("client/reason/", refs("6455-4.1-42", "6455-4.2.2-17"), clientOpens,
			clientRow{"empty", "an empty reason phrase is accepted", reason(nil)},
			clientRow{"of-drafts", "the reason phrase of drafts is accepted", reason(Lit("Web Socket Protocol Handshake"))},
			clientRow{"other-code", "a reason phrase that speaks of another status is accepted", reason(Lit("404 Not Found"))},
			clientRow{"not-ascii", "a reason phrase in UTF-8 is accepted", reason(Lit("Prot\u00f6kolle \u2713"))},
			clientRow{"latin-1", "a reason phrase that is not UTF-8 is accepted", reason(Lit("Prot\xf6kolle"))},
		),
		clientTable("client/reason/", refs("6455-4.1-42", "6455-10.4-1"), clientShouldOpen,
			clientRow{"of-256-octets", "a reason phrase of 256 octets is accepted", reason(Fill("Switching ", 256))},
		),
		clientTable("client/reason/", refs("6455-10.4-1", "6455-4.1-42"), clientMayOpen,
			clientRow{"of-8-kib", "a reason phrase of 8 KiB is accepted or refused", reason(Fill("Switching ", 8<<10))},
			clientRow{"of-64-kib", "a reason phrase of 64 KiB is accepted or refused", reason(Fill("Switching ", 64<<10))},
		),
		handshakeNoted("RFC 9110 5.5 has NUL refused or read as a space; the reason phrase means nothing either way.",
			clientTable("client/reason/", refs("9112-2.2-2", "6455-4.1-49"), clientMayOpen,
				clientRow{"nul", "a reason phrase with a NUL is accepted or refused", reason(Lit("Switching\x00Protocols"))},
			)),
	)
}
