package cases

import "slices"

// handshakeFields test the order and the names of header fields, and fields
// that the server need not know (RFC 6455, sections 1.3 and 4.2.1, item 10).
func handshakeFields() []Case {
	return slices.Concat(handshakeFieldOrder(), handshakeFieldNames(), handshakeFieldsMore())
}

// handshakeMoved is the edits that move a field of the baseline to the end.
func handshakeMoved(name, value string) []Edit { return []Edit{Drop(name), Add(name, value)} }

func handshakeFieldOrder() []Case {
	return handshakeTable("handshake/order/", refs("6455-1.3-1"), handshakeOpened(),
		handshakeRow{"reversed", "the fields in reversed order are accepted", Baseline(Reversed())},
		handshakeRow{"host-last", "Host as the last field is accepted", Baseline(handshakeMoved("Host", "{host}")...)},
		handshakeRow{"upgrade-last", "Upgrade as the last field is accepted", Baseline(handshakeMoved("Upgrade", "websocket")...)},
		handshakeRow{"connection-last", "Connection as the last field is accepted", Baseline(handshakeMoved("Connection", "Upgrade")...)},
		handshakeRow{"key-last", "the key as the last field is accepted", Baseline(handshakeMoved("Sec-WebSocket-Key", "{key}")...)},
	)
}

// handshakeRenamed is the baseline with its fields under these names.
func handshakeRenamed(host, upgrade, connection, key, version string) Request {
	return Baseline(
		Drop("Host"), Drop("Upgrade"), Drop("Connection"), Drop("Sec-WebSocket-Key"), Drop("Sec-WebSocket-Version"),
		Add(host, "{host}"), Add(upgrade, "websocket"), Add(connection, "Upgrade"), Add(key, "{key}"), Add(version, "13"),
	)
}

func handshakeFieldNames() []Case {
	return handshakeTable("handshake/names/", refs("6455-4.1-50", "6455-2.1-2"), handshakeOpened(),
		handshakeRow{"lower-case", "field names in lower case are accepted",
			handshakeRenamed("host", "upgrade", "connection", "sec-websocket-key", "sec-websocket-version")},
		handshakeRow{"upper-case", "field names in upper case are accepted",
			handshakeRenamed("HOST", "UPGRADE", "CONNECTION", "SEC-WEBSOCKET-KEY", "SEC-WEBSOCKET-VERSION")},
		handshakeRow{"mixed-case", "field names in mixed case are accepted",
			handshakeRenamed("hOsT", "uPgRaDe", "cOnNeCtIoN", "sEc-wEbSoCkEt-kEy", "SeC-WeBsOcKeT-vErSiOn")},
		handshakeRow{"canonical-of-go", "Sec-Websocket-Key and Sec-Websocket-Version are accepted",
			handshakeRenamed("Host", "Upgrade", "Connection", "Sec-Websocket-Key", "Sec-Websocket-Version")},
	)
}

// handshakeFieldsMore are requests with further fields.
func handshakeFieldsMore() []Case {
	list := handshakeTable("handshake/field/", refs("6455-4.2.1-13", "6455-4.1-40"), handshakeOpened(),
		handshakeRow{"unknown", "an unknown field is ignored", Baseline(Add("X-Unknown", "1"))},
		handshakeRow{"unknown-of-websocket", "an unknown field whose name begins like those of WebSocket is ignored",
			Baseline(Add("Sec-WebSocket-Unknown", "1"))},
		handshakeRow{"of-drafts", "the fields of drafts are ignored",
			Baseline(Add("Sec-WebSocket-Origin", "http://example.com"), Add("Sec-WebSocket-Draft", "2"), Add("Sec-WebSocket-Key1", "4 @1  46546xW%0l 1 5"))},
		handshakeRow{"of-responses", "an accept value in the request is ignored", Baseline(Add("Sec-WebSocket-Accept", handshakeSampleAccept))},
		handshakeRow{"empty-value", "an unknown field with an empty value is ignored", Baseline(Add("X-Unknown", ""))},
		handshakeRow{"cookies", "cookies that the server does not know are ignored", Baseline(Add("Cookie", "wsspec=1; other=\"a b\""))},
		handshakeRow{"of-browsers", "the further fields of a browser are ignored",
			Baseline(Add("Pragma", "no-cache"), Add("Cache-Control", "no-cache"), Add("Accept-Encoding", "gzip, deflate, br"), Add("Accept-Language", "en"))},
		handshakeRow{"user-agent-of-1-kib", "a User-Agent field of 1 KiB is ignored", Baseline(AddOf("X-User-Agent", Fill("Mozilla/5.0 ", 1<<10)))},
	)
	return append(list, Case{
		ID:    "handshake/field/obs-text",
		Title: "an unknown field with octets beyond ASCII is ignored",
		Refs:  refs("6455-4.2.1-13"),
		Level: Should,
		Note:  "RFC 9110 5.5 has recipients treat such octets as opaque; new fields should do without them.",
		Steps: handshakeThen(Baseline(Add("X-Unknown", "caf\xe9")), handshakeOpened().OrLax(handshakeRefusal())),
	})
}

// handshakeSizes are requests that are large. A server accepts them or says so;
// one that stops reading may reset TCP, and its response then never arrives.
func handshakeSizes() []Case {
	lines := func(n int) Request {
		const line = "X-Filler: 0123456789\r\n"
		return Baseline(OctetsOf(Fill(line, n*len(line))))
	}
	list := handshakeTable("handshake/size/", refs("6455-10.4-1", "6455-4.2.1-1"), handshakeOpened().Or(End()).Or(handshakeRefusal()),
		handshakeRow{"100-fields", "a request with 100 further fields is answered", lines(100)},
		handshakeRow{"1000-fields", "a request with 1000 further fields is answered", lines(1000)},
		handshakeRow{"10000-fields", "a request with 10000 further fields is answered", lines(10000)},
		handshakeRow{"field-of-8-kib", "a request with a field of 8 KiB is answered", Baseline(AddOf("X-Filler", Fill("x", 8<<10)))},
		handshakeRow{"field-of-64-kib", "a request with a field of 64 KiB is answered", Baseline(AddOf("X-Filler", Fill("x", 64<<10)))},
		handshakeRow{"field-of-1-mib", "a request with a field of 1 MiB is answered", Baseline(AddOf("X-Filler", Fill("x", 1<<20)))},
		handshakeRow{"name-of-64-kib", "a request with a field name of 64 KiB is answered",
			Baseline(OctetsOf(Join(Fill("X-Filler-", 64<<10), Lit(": x\r\n"))))},
		handshakeRow{"target-of-64-kib", "a request with a target of 64 KiB is answered",
			Baseline(Edit{Op: SetTarget, Value: Join(Lit("{target}"), Lit("?"), Fill("x", 64<<10))})},
	)
	for i := range list {
		list[i].Level = Should // the rule speaks of frames and messages, not of requests
		if list[i].ID == "handshake/size/field-of-1-mib" {
			list[i].Weight = Heavy
		}
	}
	return list
}
