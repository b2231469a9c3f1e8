package cases

import (
	"slices"
	"time"
)

// clientBodies are answers with 101 that announce a body. There is none: what
// follows the header are frames (RFC 9112, section 6.3, item 1).
func clientBodies() []Case {
	const note = "RFC 9112 6.3 has such fields ignored in a 101 response, and RFC 9110 8.6 forbids them to the server, so that a refusal is as good."
	either := clientTable("client/body/", refs("6455-4.1-49", "6455-4.2.2-16"), clientMayOpen,
		clientRow{"length-0", "a Content-Length of 0 is ignored or refused", Respond(Add("Content-Length", "0"))},
		clientRow{"chunked", "a Transfer-Encoding is ignored or refused", Respond(Add("Transfer-Encoding", "chunked"))},
		clientRow{"length-malformed", "a Content-Length that is no number is ignored or refused", Respond(Add("Content-Length", "-1"))},
		clientRow{"type", "a Content-Type of a body that is not there is ignored or refused", Respond(Add("Content-Type", "text/plain"))},
	)
	swallowed := []Case{{
		ID:    "client/body/length-of-frame",
		Title: "a frame is not taken for the body that a Content-Length announces",
		Refs:  refs("6455-4.1-49", "6455-6.2-1"),
		Needs: needs(Echo),
		Steps: steps(
			Respond(Add("Content-Length", "7")).Followed(Text("Hello"), Text("again")),
			Expect(Text("Hello"), Text("again")).Or(Refuse()),
		),
	}, {
		ID:    "client/body/chunk-as-frame",
		Title: "a chunk is not taken for the body that a Transfer-Encoding announces",
		Refs:  refs("6455-4.1-49", "6455-6.2-1"),
		Steps: steps(
			Respond(Add("Transfer-Encoding", "chunked")).Followed(Raw("0\r\n\r\n"), Ping("all of it")),
			Expect(Refuse()).Or(Fail(1002)),
		),
	}}
	swallowed[1].Note = "The chunk, read as a frame, is a continuation without a beginning with two reserved bits. "
	for i := range swallowed {
		swallowed[i].Note += note
	}
	return slices.Concat(handshakeNoted(note, either), swallowed)
}

// clientForeigners are answers of servers that speak no HTTP, or none of this
// millennium. The opening handshake is there to fail with them (RFC 6455,
// section 1.6).
func clientForeigners() []Case {
	refs := refs("6455-1.6-1", "6455-4.1-49", "6455-7.2.1-2")
	waiting := clientTable("client/foreign/", refs, clientRefuses,
		clientRow{"smtp", "the greeting of a mail server is refused", RawResponse("220 mail.example.com ESMTP\r\n\r\n")},
		clientRow{"ftp", "the greeting of a file server is refused", RawResponse("220-Welcome\r\n220 ready\r\n\r\n")},
		clientRow{"redis", "the error of a Redis server is refused", RawResponse("-ERR unknown command 'GET'\r\n\r\n")},
		clientRow{"http-0.9", "a page without a header is refused", RawResponse("<html><body>Hello</body></html>\r\n\r\n")},
		clientRow{"request", "a request that comes as an answer is refused",
			RawResponse("GET / HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n")},
		clientRow{"fields-alone", "the fields of an answer without its status line are refused",
			RawResponse("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n")},
		clientRow{"hixie-76", "the answer of the draft hixie-76 is refused",
			RawResponse("HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n" +
				"Sec-WebSocket-Origin: null\r\nSec-WebSocket-Location: ws://example.com/\r\n\r\n8jKS'y:G*Co,Wxa-")},
	)
	ended := clientTable("client/foreign/", refs, clientLeaves,
		clientRow{"nothing", "the end of TCP instead of an answer is refused", RawResponse("")},
		clientRow{"ssh", "the greeting of an SSH server is refused", RawResponse("SSH-2.0-OpenSSH_9.6\r\n")},
		clientRow{"tls-alert", "the alert of a TLS server is refused", RawResponse("\x15\x03\x01\x00\x02\x02\x28")},
		clientRow{"http-2", "the settings of a server of HTTP/2 are refused", RawResponse("\x00\x00\x00\x04\x00\x00\x00\x00\x00")},
		clientRow{"frame", "a frame instead of an answer is refused", RawResponse("\x81\x05Hello")},
		clientRow{"empty-lines", "empty lines instead of an answer are refused", RawResponse("\r\n\r\n\r\n")},
		clientRow{"random", "64 KiB of random octets are refused", Respond(Edit{Op: SetAll, Value: Random(64<<10, 1)})},
		clientRow{"cut-in-status-line", "an answer that ends in its status line is refused", RawResponse("HTTP/1.1 101 Swit")},
		clientRow{"cut-in-field", "an answer that ends in a field is refused", RawResponse("HTTP/1.1 101 Switching Protocols\r\nUpgrade: webso")},
		clientRow{"cut-before-empty-line", "an answer that ends before the empty line is refused",
			RawResponse("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n")},
		clientRow{"interim-alone", "an interim response and nothing behind it is refused", RawResponse("HTTP/1.1 100 Continue\r\n\r\n")},
	)
	reset := clientTable("client/foreign/", refs, func(r Response) []Step { return steps(r, Reset()) },
		clientRow{"reset", "a connection that is reset instead of an answer does no harm", RawResponse("")},
		clientRow{"reset-in-status-line", "a connection that is reset in the status line does no harm", RawResponse("HTTP/1.1 101 Swit")},
		clientRow{"reset-behind-answer", "a connection that is reset behind the answer does no harm", Respond()},
	)
	for i := range reset {
		reset[i].Note = "Nothing can be seen of it on the connection; a client that dies of it plays no further case."
	}
	return slices.Concat(waiting, ended, reset)
}

// clientLeaves plays an answer with which TCP ends, whether it is complete or not.
func clientLeaves(r Response) []Step { return steps(r, Shut(), Expect(End()).OrLax(Closes(), End())) }

// clientSilences are answers that never come to an end, though the connection
// stays.
func clientSilences() []Case {
	var list []Case
	for _, r := range []struct{ name, title, begin string }{
		{"first-octet", "a client does not wait for ever behind the first octet of the answer", "H"},
		{"half-an-answer", "a client does not wait for ever for the second half of an answer", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"},
	} {
		list = append(list, Case{
			ID: "client/silence/" + r.name, Title: r.title,
			Refs:    refs("6455-4.1-41", "6455-7.1.7-1"),
			Level:   Should, // the standards set no time
			Needs:   needs(Patience),
			Timeout: 130 * time.Second,
			Note:    "A client that still waits after two minutes leaves it to its user to give up.",
			Steps:   steps(RawResponse(r.begin), Expect(End()).OrLax(Closes(), End()).For(2*time.Minute)),
		})
	}
	return list
}
