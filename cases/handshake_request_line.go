package cases

import "strings"

// handshakeMethods test that nothing but GET opens a connection (RFC 6455,
// section 4.2.1, item 1).
func handshakeMethods() []Case {
	var list []Case
	for _, method := range []string{"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "FOO"} {
		list = append(list, Case{
			ID:    "handshake/method/" + strings.ToLower(method),
			Title: "a request with the method " + method + " opens no connection",
			Refs:  refs("6455-4.2.1-2", "6455-4.2.1-1"),
			Steps: handshakeThen(Baseline(Method(method)), handshakeOrdinary()),
		})
	}
	return append(list, handshakeTable("handshake/method/", refs("6455-4.2.1-2", "6455-4.2.1-1"), handshakeError(),
		handshakeRow{"lower-case", "the method get is not GET", Baseline(Method("get"))},
		handshakeRow{"mixed-case", "the method Get is not GET", Baseline(Method("Get"))},
		handshakeRow{"cut-short", "the method GE is not GET", Baseline(Method("GE"))},
		handshakeRow{"longer", "the method GETX is not GET", Baseline(Method("GETX"))},
	)...)
}

// handshakeRequestLines test whitespace where the request line has none.
func handshakeRequestLines() []Case {
	list := handshakeTable("handshake/request-line/", refs("6455-4.2.1-1", "6455-4.1-18"),
		Expect(Refuse(301, 4, 501, 505)).OrLax(Answer(101)),
		handshakeRow{"two-spaces-behind-method", "two spaces behind the method are refused", Baseline(Method("GET "))},
		handshakeRow{"tab-behind-method", "a tab behind the method is refused", Baseline(Method("GET\t"))},
		handshakeRow{"two-spaces-before-version", "two spaces before the HTTP version are refused", Baseline(Proto(" HTTP/1.1"))},
		handshakeRow{"space-behind-version", "a space behind the HTTP version is refused", Baseline(Proto("HTTP/1.1 "))},
		handshakeRow{"space-before-method", "a space before the method is refused", Baseline(Method(" GET"))},
	)
	for i := range list {
		list[i].Level = Should
		list[i].Note = "RFC 9112 3 lets a server take such whitespace for a space, and asks it by a SHOULD to refuse an invalid request line."
	}
	return append(list,
		Case{
			ID:    "handshake/request-line/empty-line-before",
			Title: "an empty line before the request line is ignored",
			Refs:  refs("9112-2.2-3"),
			Steps: handshakeThen(Baseline(Method("\r\nGET")), handshakeOpened().OrLax(handshakeRefusal())),
		},
		Case{
			ID:    "handshake/request-line/three-empty-lines-before",
			Title: "three empty lines before the request line are ignored or refused",
			Refs:  refs("9112-2.2-3"),
			Note:  "The standard asks for one empty line to be ignored, and leaves more of them to the server.",
			Steps: handshakeThen(Baseline(Method("\r\n\r\n\r\nGET")), handshakeOpened().Or(handshakeRefusal())),
		},
	)
}

// handshakeVersionsOfHTTP test the HTTP version (RFC 6455, section 4.2.1, item 1).
func handshakeVersionsOfHTTP() []Case {
	list := handshakeTable("handshake/http-version/", refs("6455-4.2.1-3", "9110-7.8-6"), handshakeOrdinary(),
		handshakeRow{"1.0", "a request of HTTP/1.0 opens no connection, whatever its fields", Baseline(Proto("HTTP/1.0"))},
		handshakeRow{"0.9", "a request that calls itself HTTP/0.9 opens no connection", Baseline(Proto("HTTP/0.9"))},
	)
	list = append(list, handshakeTable("handshake/http-version/", refs("6455-4.2.1-1", "6455-4.2.1-3"), handshakeError(),
		handshakeRow{"three-numbers", "the HTTP version 1.1.1 is refused", Baseline(Proto("HTTP/1.1.1"))},
		handshakeRow{"no-minor", "an HTTP version without its second number is refused", Baseline(Proto("HTTP/3"))},
		handshakeRow{"no-number", "an HTTP version without numbers is refused", Baseline(Proto("HTTP/x.y"))},
		handshakeRow{"other-protocol", "a request line of another protocol than HTTP is refused", Baseline(Proto("HTTPS/1.1"))},
	)...)
	tolerated := handshakeTable("handshake/http-version/", refs("6455-4.2.1-1", "6455-4.2.1-3"), handshakeTolerated(),
		handshakeRow{"2.0", "HTTP/2.0 in the form of HTTP/1.1 is refused", Baseline(Proto("HTTP/2.0"))},
		handshakeRow{"leading-zero", "an HTTP version with a leading zero is refused", Baseline(Proto("HTTP/01.1"))},
		handshakeRow{"lower-case", "an HTTP version in lower case is refused", Baseline(Proto("http/1.1"))},
	)
	for i := range tolerated {
		tolerated[i].Level = Should
	}
	tolerated[0].Note = "RFC 6455 asks for HTTP/1.1 or higher, so that an open connection breaks no rule of it."
	tolerated[1].Note = "RFC 2616, which RFC 6455 refers to, has such zeros ignored; RFC 9112 no longer knows them."
	tolerated[2].Note = "RFC 2616, which RFC 6455 refers to, compares the name without regard to case; RFC 9112 does not."
	return append(append(list, tolerated...), Case{
		ID:    "handshake/http-version/1.2",
		Title: "a request of HTTP/1.2 is taken as one of HTTP/1.1",
		Refs:  refs("6455-4.2.1-3"),
		Level: Should,
		Note:  "RFC 9110 6.2 asks by a SHOULD to process a higher minor version as the highest one that the server knows.",
		Steps: handshakeThen(Baseline(Proto("HTTP/1.2")), handshakeOpened().OrLax(handshakeRefusal())),
	})
}
