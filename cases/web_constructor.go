package cases

import "slices"

// webConstructor is what the constructor makes of its URL (WHATWG, section 3.1).
func webConstructor() []Case {
	list := []Case{}
	for _, u := range []struct{ id, url, ref, what string }{
		{"space-in-host", "ws://foo bar/", "whatwg-3.1-4", "has a space in its host"},
		{"no-host", "ws://", "whatwg-3.1-4", "has no host"},
		{"half-an-address", "http://[", "whatwg-3.1-4", "has half an IPv6 address"},
		{"port-out-of-range", "ws://127.0.0.1:65536/", "whatwg-3.1-4", "has a port above 65535"},
		{"mailto", "mailto:x@example.org", "whatwg-3.1-7", "is one of mail"},
		{"ftp", "ftp://127.0.0.1/", "whatwg-3.1-7", "is one of FTP"},
		{"about", "about:blank", "whatwg-3.1-7", "is about:blank"},
		{"javascript", "javascript:1", "whatwg-3.1-7", "is a script"},
		{"file", "file:///etc/hosts", "whatwg-3.1-7", "is one of a file"},
		{"data", "data:,x", "whatwg-3.1-7", "is one of data"},
		{"empty-fragment", caseURL + "#", "whatwg-3.1-8", "has an empty fragment"},
		{"fragment", caseURL + "#f", "whatwg-3.1-8", "has a fragment"},
	} {
		list = append(list, webCase("url/"+u.id, "the constructor throws SyntaxError for a URL that "+u.what, refs(u.ref), throwing(Str(u.url))))
	}
	older := "Browsers before 2024 throw SyntaxError, as the standard had it then."
	for _, u := range []struct{ id, url, want, ref, title string }{
		{"http", "http://{page}/x", "ws://{page}/x", "whatwg-3.1-6", "an http URL becomes one of ws"},
		{"https", "https://{page}/x", "wss://{page}/x", "whatwg-3.1-6", "an https URL becomes one of wss"},
		{"path", "/x/y", "ws://{page}/x/y", "whatwg-3.1-5", "a path is resolved against the URL of the page"},
		{"query", "?q", "ws://{page}/?q", "whatwg-3.1-5", "a query is resolved against the URL of the page"},
		{"host", "//{page}/z", "ws://{page}/z", "whatwg-3.1-5", "a URL without a scheme is resolved against that of the page"},
	} {
		c := webCase("url/"+u.id, u.title, refs(u.ref, "whatwg-3.1-12"),
			moves(Construct(Str(u.url)).OrLax(PageOutcome{Throws: "SyntaxError"}), Read("url", Str(u.want))))
		c.Note = older
		list = append(list, c)
	}
	return slices.Concat(list, webTargets())
}

// webTargets are URLs and what a page asks for then (WHATWG, section 2.1).
func webTargets() []Case {
	var list []Case
	for _, u := range []struct{ id, url, shown, target, title string }{
		{"no-path", "ws://{host}", "ws://{host}/", "/", "a URL without a path asks for /"},
		{"upper-case", "WS://{host}/A", "ws://{host}/A", "/A", "a scheme in upper case is one in lower case, and the path stays as it is"},
		{"empty-segment", "ws://{host}/a//b", "ws://{host}/a//b", "/a//b", "an empty segment of the path stays"},
		{"dots", "ws://{host}/a/../b/./c", "ws://{host}/b/c", "/b/c", "segments of dots are resolved"},
		{"query-without-path", "ws://{host}?q", "ws://{host}/?q", "/?q", "a query without a path follows /"},
		{"space", "ws://{host}/a b", "ws://{host}/a%20b", "/a%20b", "a space in the path is escaped"},
		{"not-ascii", "ws://{host}/\u00e9", "ws://{host}/%C3%A9", "/%C3%A9", "what is not ASCII in the path is escaped as UTF-8"},
		{"user", "ws://me:secret@{host}/", "ws://me:secret@{host}/", "/", "a user in the URL is no part of the request-target"},
	} {
		list = append(list, webCase("target/"+u.id, u.title, refs("whatwg-2.1-1", "whatwg-3.1-12"),
			moves(Construct(Str(u.url)), Read("url", Str(u.shown)), Await("open"), Await("close")),
			dialled(), Expect(Requested(u.target)), Respond(), Close(1000)).asked())
	}
	c := webCase("target/empty-query", "a ? without a query opens a connection", refs("whatwg-2.1-1"),
		moves(Construct(Str("ws://{host}/a?")), Await("open"), Await("close")),
		dialled(), Expect(Requested("/a")).OrInfo(Requested("/a?")), Respond(), Close(1000)).asked()
	c.Note = "Section 2.1 leaves out an empty query; the request by fetch, which follows it, keeps the ?."
	return append(list, c)
}
