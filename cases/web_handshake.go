package cases

// webHandshake is the opening handshake of a page (WHATWG, section 2.2).
func webHandshake() []Case {
	request := func(id, title string, about []string, asked RequestEvent) Case {
		return webCase("handshake/"+id, title, about, opened(Await("close")),
			dialled(), Expect(asked), Respond(), Close(1000)).asked()
	}
	offer := webCase("handshake/offer", "permessage-deflate is offered", refs("whatwg-2.2-9"), opened(Await("close")),
		dialled(), Expect(Requested("").With("Sec-WebSocket-Extensions", "permessage-deflate")).
			Or(Requested("").With("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")).
			OrLax(Requested("").Without("Sec-WebSocket-Extensions")).OrInfo(Requested("")), Respond(), Close(1000)).asked()
	cookie := webCase("handshake/cookie", "cookies of the page go with the opening handshake, and those of the response to the page", refs("whatwg-2.2-2", "whatwg-2.2-1"),
		moves(Assign("cookie", Str("wsspec=biscuit; path=/")), Read("cookie", Str("wsspec=biscuit")), Construct(),
			Await("open"), Read("cookie", Str("wsspec=crumb")), Await("close")),
		dialled(), Expect(Requested("").Equal("Cookie", "wsspec=biscuit")), Respond(Add("Set-Cookie", "wsspec=crumb; path=/")), Close(1000)).asked()
	return []Case{
		request("origin", "the request has the origin of the page", refs("6455-4.1-30", "whatwg-2.2-5"), Requested("").Equal("Origin", "{origin}")),
		request("fields", "the request has Upgrade, Connection and the version 13", refs("whatwg-2.2-5", "whatwg-2.2-7"),
			Requested("").Equal("Upgrade", "websocket").With("Connection", "Upgrade").Equal("Sec-WebSocket-Version", "13")),
		request("key", "the request has a key", refs("whatwg-2.2-6"), Requested("").Has("Sec-WebSocket-Key")),
		request("referer", "the request does not tell which page it is from", refs("whatwg-2.2-3"), Requested("").Without("Referer")),
		request("cache", "the request does not let caches answer", refs("whatwg-2.2-3"),
			Requested("").With("Cache-Control", "no-cache").With("Pragma", "no-cache")),
		offer, cookie,
		webCase("handshake/established", "protocol and extensions are those of the response when the event open comes, and readyState is 1",
			refs("whatwg-4-1", "whatwg-4-2", "whatwg-3.1-34"),
			moves(Construct(Str(caseURL), Strs("soap", "chat")), Await("open"), Read("readyState", Num(1)), Read("protocol", Str("chat")),
				Read("extensions", Str("permessage-deflate; server_no_context_takeover")), Await("close")),
			dialled(), Expect(Requested("").Has("Sec-WebSocket-Extensions")),
			Respond(Set("Sec-WebSocket-Protocol", "chat"), Set("Sec-WebSocket-Extensions", "permessage-deflate; server_no_context_takeover")),
			Close(1000)).asked(),
		webCase("handshake/close-before-it", "close before the connection is open fails it", refs("whatwg-3.1-18"),
			append(moves(Construct(), CallClose(), Read("readyState", Num(2))), fails()...),
			dialled(), Expect(Declined()).Or(Requested(""))).asked(),
		webCase("handshake/close-before-it-with-code", "close with a code before the connection is open fails it", refs("whatwg-3.1-18"),
			append(moves(Construct(), CallClose(Num(3000), Str("x")), Read("readyState", Num(2))), fails()...),
			dialled(), Expect(Declined()).Or(Requested(""))).asked(),
	}
}
