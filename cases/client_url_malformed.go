package cases

import "slices"

// clientURLsMalformed test URLs that are none of RFC 6455, section 3: the client
// opens nothing (section 4.1, item 1).
func clientURLsMalformed() []Case {
	refused := Expect(Declined())
	lax := Expect(Declined()).OrLax(Requested(""))
	return slices.Concat(
		clientDials("client/url/", refs("6455-4.1-4", "6455-3-1", "6455-4.1-3"),
			clientURL{"ftp", "a URL of another scheme is refused", "ftp://{host}/p", refused},
			clientURL{"longer-scheme", "a URL of the scheme wsx is refused", "wsx://{host}/p", refused},
			clientURL{"port-0", "a URL with the port 0 is refused", "ws://{hostname}:0/p", refused},
			clientURL{"port-beyond-16-bits", "a URL with a port that is right in its lower 16 bits is refused", "ws://{hostname}:{port+65536}/p", refused},
			clientURL{"port-negative", "a URL with a negative port is refused", "ws://{hostname}:-{port}/p", refused},
			clientURL{"port-word", "a URL with a word for its port is refused", "ws://{hostname}:abc/p", refused},
			clientURL{"port-and-word", "a URL with a word behind its port is refused", "ws://{host}x/p", refused},
			clientURL{"two-ports", "a URL with two ports is refused", "ws://{host}:{port}/p", refused},
			clientURL{"no-host", "a URL without a host is refused", "ws://:{port}/p", refused},
			clientURL{"space-in-host", "a URL with a space in its host is refused", "ws://{hostname} x:{port}/p", refused},
			clientURL{"bracket-open", "a URL with a bracket that does not close is refused", "ws://[{hostname}:{port}/p", refused},
			clientURL{"line-end-in-host", "a URL does not bring a field into the request by a line end in its host",
				"ws://{host}\r\nX-Injected: 1\r\n/p", Expect(Declined()).OrLax(Requested("").Without("X-Injected"))},
		),
		handshakeNoted("The WHATWG URL Standard reads such URLs, or has pages open them, so that a connection is tolerated.",
			asShould(clientDials("client/url/", refs("6455-4.1-4", "6455-3-1", "6455-4.1-3"),
				clientURL{"http", "a URL of the scheme http is refused", "http://{host}/p", lax},
				clientURL{"one-slash", "a URL with one slash before its host is refused", "ws:/{host}/p", lax},
				clientURL{"no-slash", "a URL without slashes before its host is refused", "ws:{host}/p", lax},
				clientURL{"three-slashes", "a URL with three slashes before its host is refused", "ws:///{host}/p", lax},
				clientURL{"backslashes", "a URL with backslashes before its host is refused", `ws:\\{host}/p`, lax},
				clientURL{"no-scheme", "a URL without a scheme is refused", "//{host}/p", lax},
				clientURL{"host-alone", "a host without a scheme is refused", "{host}/p", lax},
				clientURL{"path-alone", "a path without a host is refused", "/p", lax},
				clientURL{"space-before", "a URL with a space before it is refused", " ws://{host}/p", lax},
				clientURL{"line-end-behind", "a URL with a line end behind it is refused", "ws://{host}/p\r\n", lax},
			))),
	)
}

// clientCharacters test characters that a path or a query must not have as they
// are (RFC 3986, sections 3.3 and 3.4): the client encodes them or refuses them.
func clientCharacters() []Case {
	var list []Case
	for _, r := range []struct {
		name, what, char string
		targets          []string // right ones
	}{
		{"space", "a space", " ", []string{"/a%20b", "/a+b"}},
		{"quote", "a quotation mark", `"`, []string{"/a%22b"}},
		{"less-than", "a less-than sign", "<", []string{"/a%3Cb"}},
		{"greater-than", "a greater-than sign", ">", []string{"/a%3Eb"}},
		{"backslash", "a backslash", `\`, []string{"/a%5Cb", "/a/b"}},
		{"tab", "a tab", "\t", []string{"/a%09b", "/ab"}},
		{"nul", "a NUL", "\x00", []string{"/a%00b"}},
		{"del", "a DEL", "\x7f", []string{"/a%7Fb"}},
		{"lf", "an LF", "\n", []string{"/a%0Ab", "/ab"}},
		{"cr", "a CR", "\r", []string{"/a%0Db", "/ab"}},
	} {
		e := Expect(Declined())
		for _, target := range r.targets {
			e = e.Or(Requested(target))
		}
		list = append(list, Case{
			ID: "client/path/" + r.name, Title: r.what + " in the path is encoded or refused",
			Refs: refs("6455-4.1-18", "6455-4.1-3"), Needs: needs(Dialing),
			Steps: steps(Dial("ws://{host}/a"+r.char+"b"), e),
		})
	}
	return slices.Concat(list, clientInjections())
}

// clientInjections are URLs that would put more into the request than a target.
func clientInjections() []Case {
	clean := Requested("").Without("X-Injected")
	return slices.Concat(
		clientDials("client/path/", refs("6455-4.1-18", "6455-4.1-3"),
			clientURL{"injected-field", "a line end in the path does not bring a field into the request",
				"ws://{host}/a HTTP/1.1\r\nX-Injected: 1\r\nX-Rest: ", Expect(Declined()).Or(clean)},
			clientURL{"injected-field-in-query", "a line end in the query does not bring a field into the request",
				"ws://{host}/a?b HTTP/1.1\r\nX-Injected: 1\r\nX-Rest: ", Expect(Declined()).Or(clean)},
			clientURL{"injected-request", "a path does not bring a request of its own",
				"ws://{host}/a HTTP/1.1\r\nHost: {host}\r\n\r\nGET /b", Expect(Declined()).Or(clean)},
		),
		handshakeNoted("The WHATWG URL Standard keeps a percent sign that encodes nothing; RFC 3986 2.4 has it encoded.",
			asShould(clientDials("client/path/", refs("6455-4.1-18", "6455-4.1-3"),
				clientURL{"percent", "a percent sign that encodes nothing is encoded or refused", "ws://{host}/100%",
					Expect(Declined()).Or(Requested("/100%25")).OrLax(Requested("/100%"))},
				clientURL{"percent-word", "a percent sign before other digits than hexadecimal ones is encoded or refused", "ws://{host}/a%zzb",
					Expect(Declined()).Or(Requested("/a%25zzb")).OrLax(Requested("/a%zzb"))},
			))),
	)
}

// clientNames test characters beyond ASCII (RFC 6455, section 11.1.1).
func clientNames() []Case {
	return handshakeNoted("A client whose users give it a URI, and no IRI, may refuse such a URL.",
		clientDials("client/path/", refs("6455-11.1.1-2", "6455-4.1-18"),
			clientURL{"not-ascii", "characters beyond ASCII in path and query are encoded in UTF-8", "ws://{host}/\u00fc?q=\u20ac",
				Expect(Requested("/%C3%BC?q=%E2%82%AC")).Or(Requested("/%c3%bc?q=%e2%82%ac")).OrLax(Declined())},
			clientURL{"beyond-16-bits", "a character beyond 16 bits is encoded in four octets of UTF-8", "ws://{host}/\U0001f600",
				Expect(Requested("/%F0%9F%98%80")).Or(Requested("/%f0%9f%98%80")).OrLax(Declined())},
		))
}
