package cases

import (
	"slices"
	"strings"
)

// A clientURL is a URL that the client is given, and what it makes of it.
type clientURL struct {
	name, title, url string
	expected         Expectation
}

// clientDials makes a case of each URL.
func clientDials(prefix string, requirements []string, rows ...clientURL) []Case {
	var list []Case
	for _, r := range rows {
		list = append(list, Case{
			ID: prefix + r.name, Title: r.title, Refs: requirements, Needs: needs(Dialing),
			Steps: steps(Dial(r.url), r.expected),
		})
	}
	return list
}

// clientTargets test the request-target: path and query as the URL has them (RFC
// 6455, section 3).
func clientTargets() []Case {
	at := func(name, title, rest string) clientURL {
		return clientURL{name, title, "ws://{host}" + rest, Expect(Requested(rest))}
	}
	long := "/" + strings.Repeat("0123456789abcdef", 256)
	return slices.Concat(
		clientDials("client/target/", refs("6455-3-4", "6455-4.1-21"),
			clientURL{"none", "a URL without a path asks for /", "ws://{host}", Expect(Requested("/"))},
			at("root", "a URL with the path / asks for it", "/"),
			clientURL{"query-alone", "a URL with a query and no path asks for / with the query", "ws://{host}?x=1", Expect(Requested("/?x=1"))},
			at("query-of-root", "a query without a value is kept", "/?x"),
			at("path-and-query", "path and query are kept", "/a/b?c=d&e=f"),
			at("final-slash", "a slash at the end of the path is kept", "/a/b/"),
			at("semicolon", "a semicolon in the path is kept", "/a;b=c"),
			at("sub-delimiters", "all delimiters that a path may have are kept", "/a!$&'()*+,;=:@b"),
			at("query-delimiters", "all delimiters that a query may have are kept", "/?a=/?!$&()*+,;:@"),
			at("two-question-marks", "a second question mark belongs to the query", "/a?b?c"),
			at("two-slashes", "empty parts of the path are kept", "//x//y"),
			at("plus", "a plus sign is kept, and no space", "/a+b?c+d"),
			at("percent-slash", "a slash that is percent-encoded is kept so", "/a%2Fb"),
			at("percent-percent", "a percent sign that is percent-encoded is kept so", "/100%25?50%25"),
			at("percent-line-end", "a line end that is percent-encoded is kept so", "/a%0D%0Ab?c%0D%0Ad"),
			at("percent-nul", "a NUL that is percent-encoded is kept so", "/a%00b"),
			at("of-4-kib", "a path of 4 KiB is sent whole", long),
		),
		clientDials("client/target/", refs("6455-3-4", "8307-1-1"),
			at("well-known", "a path of a well-known URI is kept", "/.well-known/wsspec?y=z"),
		),
		clientDials("client/target/", refs("6455-3-6", "6455-3-4"),
			at("percent-number-sign", "a number sign that is percent-encoded is kept so", "/a%23b?c%23d"),
		),
		handshakeNoted("RFC 6455 3 adds the question mark to the resource name when the query is not empty.",
			clientDials("client/target/", refs("6455-3-4"),
				clientURL{"empty-query", "a question mark without a query is dropped", "ws://{host}/?", Expect(Requested("/")).OrLax(Requested("/?"))},
			)),
		handshakeNoted("RFC 3986 2.2 has a delimiter and its percent-encoding mean different things; the URL Standard has browsers encode this one in the queries of ws and wss URLs, which is lax.",
			clientDials("client/target/", refs("6455-3-4", "6455-4.1-21"),
				clientURL{"query-apostrophe", "an apostrophe in the query is kept", "ws://{host}/?a='b'",
					Expect(Requested("/?a='b'")).OrLax(Requested("/?a=%27b%27"))},
			)),
		handshakeNoted("RFC 3986 6.2.2 has the two forms mean the same, so that either may be sent.",
			clientDials("client/target/", refs("6455-3-4"),
				clientURL{"percent-tilde", "a tilde that is percent-encoded is kept so, or decoded", "ws://{host}/%7Ea",
					Expect(Requested("/%7Ea")).Or(Requested("/~a"))},
				clientURL{"percent-lower-case", "lower case in a percent-encoding is kept, or put into upper case", "ws://{host}/%c3%bc",
					Expect(Requested("/%c3%bc")).Or(Requested("/%C3%BC"))},
				clientURL{"dots", "dots in the path are kept, or resolved", "ws://{host}/a/../b/./c",
					Expect(Requested("/b/c")).Or(Requested("/a/../b/./c"))},
			)),
		handshakeNoted("RFC 6455 3 has no fragments; a client that drops one has at least not sent it.",
			clientDials("client/fragment/", refs("6455-3-5"),
				clientURL{"of-path", "a URL with a fragment is refused", "ws://{host}/p#f", Expect(Declined()).OrLax(Requested("/p"))},
				clientURL{"of-query", "a URL with a fragment behind its query is refused", "ws://{host}/p?q#f", Expect(Declined()).OrLax(Requested("/p?q"))},
				clientURL{"empty", "a URL with an empty fragment is refused", "ws://{host}/p#", Expect(Declined()).OrLax(Requested("/p"))},
				clientURL{"of-host", "a URL with a fragment right behind its host is refused", "ws://{host}#f", Expect(Declined()).OrLax(Requested("/"))},
			)),
	)
}

// clientURLs test scheme and authority of URLs that are right.
func clientURLs() []Case {
	host := func(h string) RequestEvent { return Requested("/p").Equal("Host", h) }
	return slices.Concat(
		clientDials("client/url/", refs("6455-3-3", "6455-3-1"),
			clientURL{"upper-case-scheme", "the scheme WS is ws", "WS://{host}/p", Expect(Requested("/p"))},
			clientURL{"mixed-case-scheme", "the scheme wS is ws", "wS://{host}/p", Expect(Requested("/p"))},
		),
		clientDials("client/url/", refs("6455-4.1-22", "6455-3-1"),
			clientURL{"host", "the Host field has the host and the port of the URL", "ws://{host}/p", Expect(host("{host}"))},
		),
		handshakeNoted("Section 3 has no user information in a URL. A client may refuse it, drop it, or make credentials of it.",
			clientDials("client/url/", refs("6455-4.1-22", "6455-3-1"),
				clientURL{"user", "user information is no part of the Host field", "ws://user:secret@{host}/p",
					Expect(host("{host}").Without("Authorization")).OrInfo(host("{host}")).Or(Declined())},
			)),
		handshakeNoted("A port is any number of digits (RFC 3986 3.2.3).",
			clientDials("client/url/", refs("6455-3-1", "6455-4.1-22"),
				clientURL{"port-with-zero", "a port with a leading zero is the same port", "ws://{hostname}:0{port}/p",
					Expect(host("{host}")).Or(host("{hostname}:0{port}")).OrLax(Declined())},
			)),
		handshakeNoted("A client that is not on the machine of the server cannot find it there, which is not judged.",
			clientDials("client/url/", refs("6455-4.1-22"),
				clientURL{"upper-case-host", "the host LOCALHOST is localhost", "ws://LOCALHOST:{port}/p",
					Expect(host("localhost:{port}")).Or(host("LOCALHOST:{port}")).OrInfo(Declined())},
			)),
	)
}
