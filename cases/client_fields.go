package cases

import "slices"

// clientRenamed is the baseline with its fields under these names.
func clientRenamed(upgrade, connection, accept string) Response {
	return Respond(
		Drop("Upgrade"), Drop("Connection"), Drop(acceptField),
		Add(upgrade, "websocket"), Add(connection, "Upgrade"), Add(accept, "{accept}"),
	)
}

// clientFields test the names and the order of the answer's fields.
func clientFields() []Case {
	moved := func(name, value string) Response { return Respond(handshakeMoved(name, value)...) }
	return slices.Concat(
		clientTable("client/names/", refs("6455-4.1-50"), clientOpens,
			clientRow{"lower-case", "field names in lower case are accepted", clientRenamed("upgrade", "connection", "sec-websocket-accept")},
			clientRow{"upper-case", "field names in upper case are accepted", clientRenamed("UPGRADE", "CONNECTION", "SEC-WEBSOCKET-ACCEPT")},
			clientRow{"mixed-case", "field names in mixed case are accepted", clientRenamed("uPgRaDe", "cOnNeCtIoN", "sEc-wEbSoCkEt-AcCePt")},
			clientRow{"canonical-of-go", "Sec-Websocket-Accept is accepted", clientRenamed("Upgrade", "Connection", "Sec-Websocket-Accept")},
		),
		clientTable("client/order/", refs("6455-1.3-1", "6455-4.1-42"), clientOpens,
			clientRow{"upgrade-last", "Upgrade as the last field is accepted", moved("Upgrade", "websocket")},
			clientRow{"connection-last", "Connection as the last field is accepted", moved("Connection", "Upgrade")},
			clientRow{"unknown-first", "fields that say nothing before all others are accepted",
				Respond(Drop("Upgrade"), Drop("Connection"), Drop(acceptField), Add("Server", "wsspec"), Add("X-Unknown", "1"),
					Add(acceptField, "{accept}"), Add("Connection", "Upgrade"), Add("Upgrade", "websocket"))},
		),
	)
}

// clientFieldsMore are answers with further fields, which mean nothing to the
// opening handshake.
func clientFieldsMore() []Case {
	return clientTable("client/field/", refs("6455-4.1-42", "6455-4.1-52"), clientOpens,
		clientRow{"unknown", "an unknown field is ignored", Respond(Add("X-Unknown", "1"))},
		clientRow{"unknown-of-websocket", "an unknown field whose name begins like those of WebSocket is ignored", Respond(Add("Sec-WebSocket-Unknown", "1"))},
		clientRow{"unknown-twice", "an unknown field that is there twice is ignored", Respond(Add("X-Unknown", "1"), Add("X-Unknown", "2"))},
		clientRow{"empty-value", "an unknown field with an empty value is ignored", Respond(Add("X-Unknown", ""))},
		clientRow{"token-characters", "an unknown field whose name has every character of a token is ignored", Respond(Octets(subprotocolTokenCharacters + ": 1\r\n"))},
		clientRow{"not-ascii", "an unknown field with octets beyond ASCII is ignored", Respond(Add("X-Unknown", "\xe9 \u00e9 \u2713"))},
		clientRow{"looks-like-accept", "a value that looks like a field is no field", Respond(Add("X-Unknown", "Sec-WebSocket-Accept: AAAA"))},
		clientRow{"of-drafts", "the fields of drafts are ignored",
			Respond(Add("WebSocket-Origin", "null"), Add("Sec-WebSocket-Location", "ws://example.com/"), Add("Sec-WebSocket-Nonce", "AAAA"))},
		clientRow{"version", "a list of versions in the answer is ignored", Respond(Add("Sec-WebSocket-Version", "13, 8"))},
		clientRow{"key", "a key in the answer is ignored", Respond(Add("Sec-WebSocket-Key", "{key}"))},
		clientRow{"of-servers", "the further fields of a server are ignored",
			Respond(Add("Date", "Sat, 01 Jan 2000 00:00:00 GMT"), Add("Server", "nginx/1.2.3 (x; y)"), Add("Via", "1.1 proxy"), Add("Vary", "Origin"))},
		clientRow{"cookies", "cookies in the answer are no obstacle",
			Respond(Add("Set-Cookie", "a=1; Path=/; HttpOnly"), Add("Set-Cookie", "b=\"2\"; Max-Age=0"))},
		clientRow{"security", "the fields by which servers guard their pages are ignored",
			Respond(Add("Strict-Transport-Security", "max-age=1"), Add("Content-Security-Policy", "default-src 'none'"), Add("X-Frame-Options", "DENY"))},
		clientRow{"cors", "the fields by which servers share with other origins are ignored", Respond(Add("Access-Control-Allow-Origin", "*"))},
		clientRow{"connection-names-accept", "a Connection field that names another field does not remove it",
			Respond(Set("Connection", "Upgrade, Sec-WebSocket-Accept"))},
	)
}

// clientFolds test fields folded over two lines. A client reads them with a space
// in place of the fold (RFC 9112, section 5.2), and the server must not send them.
func clientFolds() []Case {
	folded := func(name, line string) Response { return Respond(Drop(name), Octets(line)) }
	const note = "RFC 9112 5.2 has a user agent unfold such a field, and forbids it to the server; so a refusal is tolerated."
	return handshakeNoted(note, clientTable("client/fold/", refs("9112-5.2-2", "6455-4.1-49"), clientShouldOpen,
		clientRow{"upgrade", "an Upgrade field folded before its value is unfolded", folded("Upgrade", "Upgrade:\r\n websocket\r\n")},
		clientRow{"connection", "a Connection field folded inside its list is unfolded", folded("Connection", "Connection: keep-alive,\r\n Upgrade\r\n")},
		clientRow{"accept", "an accept value folded with a tab is unfolded", folded(acceptField, "Sec-WebSocket-Accept:\r\n\t{accept}\r\n")},
		clientRow{"unknown-field", "an unknown field folded over three lines is unfolded", Respond(Octets("X-Unknown: a\r\n b\r\n\tc\r\n"))},
		clientRow{"field-in-fold", "a field in the fold of another is no field", Respond(Octets("X-Unknown: a\r\n Upgrade: h2c\r\n"))},
	))
}

// clientSizes are answers with more fields, or longer ones, than any server needs:
// every client may have its own limit.
func clientSizes() []Case {
	list := clientTable("client/size/", refs("6455-10.4-1", "6455-4.1-42"), clientMayOpen,
		clientRow{"field-of-64-kib", "an answer with a field of 64 KiB is accepted or refused", Respond(AddOf("X-Unknown", Fill("x", 64<<10)))},
		clientRow{"name-of-64-kib", "an answer with a field name of 64 KiB is accepted or refused",
			Respond(OctetsOf(Join(Fill("x", 64<<10), Lit(": 1\r\n"))))},
		clientRow{"1000-fields", "an answer with a thousand fields is accepted or refused", Respond(OctetsOf(Fill("X-Unknown: 1\r\n", 14*1000)))},
		clientRow{"1000-folds", "a field folded over a thousand lines is accepted or refused",
			Respond(OctetsOf(Join(Lit("X-Unknown: 1\r\n"), Fill(" 1\r\n", 4*1000))))},
	)
	modest := clientTable("client/size/", refs("6455-4.1-42", "6455-10.4-1"), clientShouldOpen,
		clientRow{"field-of-2-kib", "an answer with a field of 2 KiB, such as a cookie, is accepted", Respond(AddOf("Set-Cookie", Join(Lit("a="), Fill("x", 2<<10))))},
		clientRow{"30-fields", "an answer with thirty more fields is accepted", Respond(OctetsOf(Fill("X-Unknown: 1\r\n", 14*30)))},
	)
	heavy := clientTable("client/size/", refs("6455-10.4-1", "6455-4.1-42"), clientMayOpen,
		clientRow{"field-of-1-mib", "an answer with a field of 1 MiB is accepted or refused", Respond(AddOf("X-Unknown", Fill("x", 1<<20)))},
		clientRow{"50000-fields", "an answer with fifty thousand fields is accepted or refused", Respond(OctetsOf(Fill("X-Unknown: 1\r\n", 14*50_000)))},
	)
	for i := range heavy {
		heavy[i].Weight = Heavy
	}
	return slices.Concat(list, modest, heavy)
}
