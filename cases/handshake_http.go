package cases

import "slices"

// handshakeHTTP test what a server makes of the rest of HTTP in a right
// handshake: fields that ask for something else, that are meant for others, or
// that only look like those of the handshake.
func handshakeHTTP() []Case {
	return slices.Concat(handshakeConditions(), handshakeForOthers(), handshakeLookalikes(), handshakeListed(), handshakeMoreLines())
}

// handshakeConditions are fields that make a condition or a choice of content.
func handshakeConditions() []Case {
	list := handshakeTable("handshake/field/", refs("6455-4.2.1-13", "6455-4.2.2-1"), handshakeOpened().OrLax(handshakeOrdinaryAnswer()).OrLax(Answer(206, 304)),
		handshakeRow{"if-none-match", "If-None-Match: * is no reason to refuse a connection", Baseline(Add("If-None-Match", "*"))},
		handshakeRow{"if-match", "If-Match is no reason to refuse a connection", Baseline(Add("If-Match", `"wsspec"`))},
		handshakeRow{"if-modified-since", "If-Modified-Since is no reason to refuse a connection",
			Baseline(Add("If-Modified-Since", "Fri, 31 Dec 2100 23:59:59 GMT"))},
		handshakeRow{"range", "Range is no reason to refuse a connection", Baseline(Add("Range", "bytes=0-0"))},
	)
	for i := range list {
		list[i].Level = Should
		list[i].Note = "RFC 9110 13.2.1 has conditions ignored where the answer without them is neither 2xx nor 412, and 14.2 has Range stand for 200 alone. " +
			"RFC 6455 says nothing of these fields, so that a refusal is only lax."
	}
	accept := handshakeTable("handshake/field/", refs("6455-4.2.1-13"), handshakeOpened().OrLax(handshakeOrdinaryAnswer()),
		handshakeRow{"accept-json", "Accept: application/json is no reason to refuse a connection", Baseline(Add("Accept", "application/json"))},
		handshakeRow{"accept-nothing", "Accept-Encoding that allows nothing is no reason to refuse a connection",
			Baseline(Add("Accept-Encoding", "identity;q=0, *;q=0"))},
		handshakeRow{"content-type", "Content-Type without a body is no reason to refuse a connection", Baseline(Add("Content-Type", "application/json"))},
		handshakeRow{"prefer", "Prefer and Priority are ignored", Baseline(Add("Prefer", "return=minimal"), Add("Priority", "u=0"))},
	)
	for i := range accept {
		accept[i].Level = Should
		accept[i].Note = "A 101 has no content that could be chosen; no rule forbids a server to refuse all the same."
	}
	return append(list, accept...)
}

// handshakeForOthers are fields that browsers, proxies and clients add.
func handshakeForOthers() []Case {
	list := handshakeTable("handshake/field/", refs("6455-4.2.1-13", "6455-4.1-40"), handshakeOpened().OrLax(handshakeRefusal()),
		handshakeRow{"authorization", "credentials that nobody asked for are ignored", Baseline(Add("Authorization", "Basic d3NzcGVjOndzc3BlYw=="))},
		handshakeRow{"of-proxies", "the fields of proxies are ignored",
			Baseline(Add("Via", "1.1 proxy.example"), Add("X-Forwarded-For", "192.0.2.1"), Add("X-Forwarded-Proto", "https"), Add("Forwarded", "for=192.0.2.1;proto=https"))},
		handshakeRow{"of-fetch", "the fields that tell a browser's request from others are ignored",
			Baseline(Add("Sec-Fetch-Dest", "empty"), Add("Sec-Fetch-Mode", "websocket"), Add("Sec-Fetch-Site", "same-origin"))},
		handshakeRow{"te", "TE: trailers is ignored", Baseline(Add("TE", "trailers"))},
		handshakeRow{"max-forwards", "Max-Forwards is ignored", Baseline(Add("Max-Forwards", "0"))},
		handshakeRow{"keep-alive", "Keep-Alive is ignored", Baseline(Add("Keep-Alive", "timeout=5, max=100"))},
		handshakeRow{"http2-settings", "the field of an upgrade to HTTP/2 is ignored when none is asked for",
			Baseline(Add("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA"))},
		handshakeRow{"hundred-cookies", "a hundred cookies in as many fields are ignored", Baseline(OctetsOf(Fill("Cookie: wsspec=1\r\n", 100*18)))},
		handshakeRow{"cookie-of-4-kib", "a cookie of 4 KiB is ignored", Baseline(AddOf("Cookie", Join(Lit("wsspec="), Fill("x", 4<<10))))},
	)
	for i := range list {
		list[i].Level = Should
	}
	return handshakeNoted("Servers may have reasons of their own to refuse such a request, so that a refusal is lax.", list)
}

// handshakeLookalikes are fields whose names are not those of the handshake:
// what they hold is not there.
func handshakeLookalikes() []Case {
	const note = "A gateway interface that turns field names into variables writes hyphens as underscores, and cannot tell the two apart any more."
	named := func(drop, name, value string) Request { return Baseline(Drop(drop), Add(name, value)) }
	return handshakeNoted(note, append(handshakeTable("handshake/names/", refs("6455-4.2.1-1", "6455-4.2.1-8", "6455-4.2.1-9"), handshakeError(),
		handshakeRow{"underscores-in-key", "Sec_WebSocket_Key is not the key", named("Sec-WebSocket-Key", "Sec_WebSocket_Key", "{key}")},
		handshakeRow{"underscores-in-version", "Sec_WebSocket_Version is not the version", named("Sec-WebSocket-Version", "Sec_WebSocket_Version", "13")},
		handshakeRow{"longer-key", "Sec-WebSocket-Key1 is not the key", named("Sec-WebSocket-Key", "Sec-WebSocket-Key1", "{key}")},
		handshakeRow{"shorter-key", "WebSocket-Key is not the key", named("Sec-WebSocket-Key", "WebSocket-Key", "{key}")},
		handshakeRow{"longer-version", "Sec-WebSocket-Versions is not the version", named("Sec-WebSocket-Version", "Sec-WebSocket-Versions", "13")},
	), handshakeTable("handshake/names/", refs("6455-4.2.1-6", "6455-4.2.1-7"), handshakeOrdinary(),
		handshakeRow{"prefixed-upgrade", "X-Upgrade is not Upgrade", named("Upgrade", "X-Upgrade", "websocket")},
		handshakeRow{"proxy-connection", "Proxy-Connection is not Connection", named("Connection", "Proxy-Connection", "Upgrade")},
	)...))
}

// handshakeListed are further forms of the lists in Upgrade and Connection.
func handshakeListed() []Case {
	upgrade := func(value string) Request { return Baseline(Set("Upgrade", value)) }
	connection := func(value string) Request { return Baseline(Set("Connection", value)) }
	const note = "RFC 6455 4.1 lets the value include other keywords; RFC 9110 7.8 lets a server ignore an Upgrade field."
	lists := handshakeNoted(note, handshakeTable("handshake/upgrade/", refs("6455-4.2.1-6", "9110-5.3-1"), handshakeOpened().OrLax(handshakeOrdinaryAnswer()),
		handshakeRow{"middle-of-list", "websocket is found between two other protocols", upgrade("h2c, websocket, foo/1")},
		handshakeRow{"no-space-in-list", "websocket is found in a list without spaces", upgrade("foo/1,websocket")},
		handshakeRow{"whitespace-in-list", "websocket is found in a list with spaces and tabs around the comma", upgrade("foo/1 ,\twebsocket")},
		handshakeRow{"empty-elements", "websocket is found between empty elements of a list", upgrade(", ,websocket,")},
		handshakeRow{"twice", "websocket twice in a list is websocket", upgrade("websocket, websocket")},
		handshakeRow{"twice-in-two-fields", "websocket in each of two Upgrade fields is websocket", Baseline(Add("Upgrade", "websocket"))},
		handshakeRow{"first-field", "websocket is found in the first of two Upgrade fields", Baseline(Add("Upgrade", "foo/1"))},
	))
	refused := handshakeTable("handshake/upgrade/", refs("6455-4.2.1-6", "9110-7.8-2"), handshakeOrdinary(),
		handshakeRow{"list-of-others", "a list without websocket in it opens no connection", upgrade("h2c, foo/1")},
		handshakeRow{"longer-word-in-list", "websockets in a list is not websocket", upgrade("foo/1, websockets")},
		handshakeRow{"other-version", "Upgrade: foo/websocket is not websocket", upgrade("foo/websocket")},
		handshakeRow{"parameter", "Upgrade: foo;websocket is not websocket", upgrade("foo;websocket")},
		handshakeRow{"no-comma", "Upgrade: foo websocket is no list with websocket in it", upgrade("foo websocket")},
	)
	accepted := handshakeTable("handshake/connection/", refs("6455-4.2.1-7", "9110-5.3-1"), handshakeOpened(),
		handshakeRow{"middle-of-list", "Upgrade is found between two other options", connection("keep-alive, Upgrade, HTTP2-Settings")},
		handshakeRow{"twice", "Upgrade twice in a list is Upgrade", connection("Upgrade, Upgrade")},
		handshakeRow{"twice-in-two-fields", "Upgrade in each of two Connection fields is Upgrade", Baseline(Add("Connection", "Upgrade"))},
		handshakeRow{"first-field", "Upgrade is found in the first of two Connection fields", Baseline(Add("Connection", "keep-alive"))},
		handshakeRow{"third-field", "Upgrade is found in the third of three Connection fields",
			Baseline(Set("Connection", "keep-alive"), Add("Connection", "TE"), Add("Connection", "Upgrade"))},
		handshakeRow{"mixed-case-in-list", "Upgrade is found in a list whatever its case", connection("Keep-Alive, uPgRaDe")},
	)
	none := handshakeTable("handshake/connection/", refs("6455-4.2.1-7"), handshakeOrdinary(),
		handshakeRow{"longer-word-in-list", "Connection: keep-alive, Upgraded is not Upgrade", connection("keep-alive, Upgraded")},
		handshakeRow{"quoted", "Upgrade in quotes is not Upgrade", connection(`"Upgrade"`)},
		handshakeRow{"websocket", "Connection: websocket is not Upgrade", connection("websocket")},
		handshakeRow{"equals-sign", "Connection: x=Upgrade is not Upgrade", connection("x=Upgrade")},
		handshakeRow{"semicolon-in-list", "Connection: keep-alive; Upgrade is no list with Upgrade in it", connection("keep-alive; Upgrade")},
	)
	return slices.Concat(lists, refused, accepted, none)
}

// handshakeMoreLines are further ends of lines and of the header.
func handshakeMoreLines() []Case {
	const fields = "GET {target} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}"
	free := handshakeOpened().Or(handshakeRefusal()).Or(Wait()).For(handshakeHalfSecond)
	const waits = "A server that does not take this for the end of the header still waits for it, which half a second shows."
	return []Case{
		{
			ID: "handshake/line-end/last-lf", Title: "an empty line that ends in LF alone ends the header, or the request is refused, or it goes on",
			Refs: refs("9112-2.2-1"), Note: waits, Steps: steps(RawRequest(fields+"\r\n\n"), free),
		}, {
			ID: "handshake/line-end/two-lf", Title: "two LF end the header, or the request is refused, or it goes on",
			Refs: refs("9112-2.2-1"), Note: waits, Steps: steps(RawRequest(fields+"\n\n"), free),
		}, {
			ID: "handshake/line-end/lf-cr", Title: "LF CR is no end of a line",
			Refs: refs("9112-2.2-2", "6455-4.2.1-1"), Level: Should, Note: waits + " A CR that is read as a space begins a line that is folded.",
			Steps: steps(Baseline(LineEnd("\n\r")), handshakeTolerated().Or(Wait()).For(handshakeHalfSecond)),
		}, {
			ID: "handshake/line-end/two-empty-lines", Title: "a CR LF behind the header is read as frames, or ignored with a connection that goes on",
			Refs: refs("6455-6.2-1", "6455-5.2-5"),
			Note: "CR LF reads as a fragment of a reserved opcode with ten octets. A server that drops it as HTTP would between requests is tolerated.",
			Steps: steps(Baseline().Followed(Raw("\r\n")), handshakeOpened().Or(handshakeRefusal()),
				Send(Ping("behind")), FailsWith(1002).OrLax(Pong("behind"))),
		}, {
			ID: "handshake/http-version/simple-request", Title: "a request line without an HTTP version opens no connection",
			Refs: refs("6455-4.2.1-3", "6455-4.2.1-1"), Note: "A server that answers as HTTP/0.9 would, without a header, is not judged.",
			Steps: steps(RawRequest("GET {target}\r\n\r\n"), handshakeOrdinary().Or(End()).Or(Wait()).OrFail(Answer(101)).OrInfo(Anything()).For(handshakeHalfSecond)),
		},
	}
}
