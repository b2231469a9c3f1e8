package cases

import (
	"fmt"
	"slices"
	"time"
)

// clientStatuses test answers with other statuses than 101, whose fields are
// those of an open connection: there is no WebSocket (RFC 6455, section 1.3).
func clientStatuses() []Case {
	var rows []clientRow
	for _, status := range []string{
		"200 OK", "201 Created", "202 Accepted", "204 No Content", "206 Partial Content", "300 Multiple Choices", "304 Not Modified",
		"400 Bad Request", "403 Forbidden", "404 Not Found", "500 Internal Server Error", "503 Service Unavailable", "599 Whatever",
		"000 Nothing", "600 Whatever", "999 Whatever",
	} {
		rows = append(rows, clientRow{
			status[:3], "the status " + status[:3] + " opens no connection, whatever its fields", Respond(Status(status), Add("Content-Length", "0")),
		})
	}
	list := clientTable("client/status/", refs("6455-1.3-3", "6455-4.1-43"), clientRefuses, rows...)
	return append(list, clientTable("client/status/", refs("6455-1.3-3", "6455-4.1-43"), clientRefuses,
		clientRow{"page", "a page is no answer to an opening handshake",
			clientPlain("200 OK", Add("Content-Type", "text/html"), Set("Content-Length", "13")).Followed(Raw("<p>Hello</p>\n"))},
		clientRow{"chunked-page", "a page in chunks is no answer to an opening handshake",
			clientPlain("200 OK", Drop("Content-Length"), Add("Transfer-Encoding", "chunked")).Followed(Raw("5\r\nHello\r\n0\r\n\r\n"))},
		clientRow{"page-of-frames", "a page that looks like a frame is not read as one",
			clientPlain("200 OK", Set("Content-Length", "7")).Followed(Text("Hello"))},
		clientRow{"page-with-status-line", "a response in the body of another is not read as one",
			clientPlain("200 OK", Set("Content-Length", "129"), clientHidden())},
	)...)
}

// clientHidden is a right response of 129 octets in the body of another: what
// Octets puts behind the fields, and the empty line that always comes there.
func clientHidden() Edit {
	return Octets("\r\nHTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n")
}

// clientPlain is a response of ordinary HTTP, without the fields of an opening
// handshake, behind which the connection ends.
func clientPlain(status string, edits ...Edit) Response {
	return Respond(append([]Edit{
		Status(status), Drop("Upgrade"), Drop(acceptField), Set("Connection", "close"), Add("Content-Length", "0"),
	}, edits...)...)
}

// clientInterims test responses that are not final: the client goes on waiting
// (RFC 9110, section 15.2).
func clientInterims() []Case {
	interim := func(status string, edits ...Edit) Response {
		return Respond(append([]Edit{Status(status), Drop("Upgrade"), Drop("Connection"), Drop(acceptField)}, edits...)...)
	}
	var list []Case
	for _, r := range []struct {
		name, title string
		first       []Response
	}{
		{"100", "100 Continue before the answer is passed over", []Response{interim("100 Continue")}},
		{"100-twice", "100 Continue twice before the answer is passed over", []Response{interim("100 Continue"), interim("100 Continue")}},
		{"102", "102 Processing before the answer is passed over", []Response{interim("102 Processing")}},
		{"103", "103 Early Hints before the answer are passed over", []Response{interim("103 Early Hints", Add("Link", "</a.css>; rel=preload"))}},
		{"199", "an unknown interim status before the answer is passed over", []Response{interim("199 Whatever")}},
	} {
		c := Case{
			ID: "client/interim/" + r.name, Title: r.title, Refs: refs("6455-4.1-43"),
			Note: "HTTP has a client read interim responses also where it expects none (RFC 2616 10.1, RFC 9110 15.2).",
		}
		for _, response := range r.first {
			c.Steps = append(c.Steps, response)
		}
		c.Steps = append(c.Steps, clientOpens(Respond())...)
		list = append(list, c)
	}
	hundred := Respond(Edit{Op: SetAll, Value: Fill("HTTP/1.1 100 Continue\r\n\r\n", 100*25)})
	return append(list, Case{
		ID:    "client/interim/100-with-fields",
		Title: "100 Continue with the fields of an open connection opens none",
		Refs:  refs("6455-1.3-3", "6455-4.1-43"),
		Note:  "A client may wait for the final response, which half a second shows, or refuse the octets that come instead.",
		Steps: clientWaits(Respond(Status("100 Continue"))),
	}, Case{
		ID:    "client/interim/many",
		Title: "a hundred responses 100 Continue before the answer are passed over or refused",
		Refs:  refs("6455-10.4-1", "6455-4.1-43"),
		Steps: append(steps(hundred), clientMayOpen(Respond())...),
	})
}

// clientHalfSecond bounds the wait for a client that may take the header for
// unfinished, and so has no reason to react.
const clientHalfSecond = 500 * time.Millisecond

// clientWaits plays an answer that does not end the header, so that no frame can
// follow it: the client waits for more, or refuses what there is.
func clientWaits(r Response) []Step {
	return clientPinged(r, Expect(End()).Or(Wait()).OrLax(Closes(), End()).For(clientHalfSecond))
}

// clientElsewhere test answers that send the client elsewhere, ask it who it is,
// or tell it other versions. It may follow them on another connection; this one
// does not open (RFC 6455, section 4.1).
func clientElsewhere() []Case {
	var rows []clientRow
	for _, status := range []string{"301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"} {
		rows = append(rows, clientRow{status[:3], fmt.Sprintf("a redirection with the status %s opens no connection", status[:3]),
			clientPlain(status, Add("Location", "/elsewhere"))})
	}
	return slices.Concat(
		clientTable("client/redirect/", refs("6455-4.1-43", "6455-1.3-3"), clientRefuses, append(rows,
			clientRow{"without-location", "a redirection that does not say where to opens no connection", clientPlain("302 Found")},
			clientRow{"malformed-location", "a redirection to what is no URI opens no connection", clientPlain("302 Found", Add("Location", "ws://[::/:a"))},
			clientRow{"other-scheme", "a redirection to another scheme opens no connection", clientPlain("302 Found", Add("Location", "file:///etc/passwd"))},
			clientRow{"with-fields", "a redirection with the fields of an open connection opens none",
				Respond(Status("302 Found"), Add("Location", "/elsewhere"), Add("Content-Length", "0"))},
		)...),
		clientTable("client/challenge/", refs("6455-4.1-43", "6455-1.3-3"), clientRefuses,
			clientRow{"basic", "a challenge of 401 opens no connection", clientPlain("401 Unauthorized", Add("WWW-Authenticate", `Basic realm="wsspec"`))},
			clientRow{"digest", "a challenge of 401 by digest opens no connection",
				clientPlain("401 Unauthorized", Add("WWW-Authenticate", `Digest realm="wsspec", nonce="bm9uY2U=", qop="auth", algorithm=SHA-256`))},
			clientRow{"without-scheme", "a status 401 without a challenge opens no connection", clientPlain("401 Unauthorized")},
			clientRow{"proxy", "a challenge of 407 from what is no proxy opens no connection",
				clientPlain("407 Proxy Authentication Required", Add("Proxy-Authenticate", `Basic realm="wsspec"`))},
		),
		clientTable("client/version/", refs("6455-4.4-3", "6455-4.1-43", "6455-11.3.5-1"), clientRefuses,
			clientRow{"13-and-8", "a response that speaks of the versions 13 and 8 opens no connection",
				clientPlain("426 Upgrade Required", Add("Sec-WebSocket-Version", "13, 8"))},
			clientRow{"two-fields", "a response with two fields of versions opens no connection",
				clientPlain("400 Bad Request", Add("Sec-WebSocket-Version", "13"), Add("Sec-WebSocket-Version", "8, 7"))},
			clientRow{"unknown", "a response that speaks of the version 99 alone opens no connection",
				clientPlain("400 Bad Request", Add("Sec-WebSocket-Version", "99"))},
			clientRow{"malformed", "a response with a version that is no number opens no connection",
				clientPlain("426 Upgrade Required", Add("Sec-WebSocket-Version", "hybi-13"))},
		),
	)
}
