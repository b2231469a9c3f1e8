package browser

import "strings"

// explanations are what the words of Chrome mean that it says no more about, by a part
// of them.
var explanations = []struct{ part, meaning string }{
	{"Invalid frame header", "Chrome says \"Invalid frame header\" of octets behind the opening handshake that are no frame, " +
		"of a length that is not in its shortest form, of a control frame that is fragmented or too long, of RSV1 where it must not be, " +
		"and of compressed data that cannot be decompressed."},
	{"header value is not 'WebSocket'", "The field Upgrade of the response must have the value websocket (RFC 6455 4.2.2)."},
	{"'Upgrade' header is missing", "The response must have the field Upgrade with the value websocket (RFC 6455 4.2.2). A proxy in front of the server may have taken it out."},
	{"'Connection' header", "The response must have the field Connection with the value Upgrade (RFC 6455 4.2.2). A proxy in front of the server may have taken it out."},
	{"Incorrect 'Sec-WebSocket-Accept'", "Sec-WebSocket-Accept must be the base64 form of the SHA-1 of the key in the request and 258EAFA5-E914-47DA-95CA-C5AB0DC85B11 (RFC 6455 4.2.2)."},
	{"Unexpected response code: 200", "The server answers the request as an ordinary one: it does not know that path for WebSocket, or a proxy in front of it does not pass on Upgrade."},
	{"Unexpected response code: 3", "Pages do not follow redirects of an opening handshake: the URL must be the one that it leads to."},
	{"Unexpected response code: 403", "The server refuses the request, often because of its Origin, which is that of the page."},
	{"Sent non-empty 'Sec-WebSocket-Protocol' header but no response", "A page that offers subprotocols fails a connection for which the server takes none of them (WebSockets Standard, section 2.2)."},
	{"must not include 'Sec-WebSocket-Protocol'", "The server answers with a subprotocol that the page has not offered (RFC 6455 4.1)."},
	{"A server must not mask", "The server masks its frames, which is for clients alone (RFC 6455 5.1)."},
	{"reserved bits are on", "The server sets a bit that belongs to an extension which the response has not agreed to (RFC 6455 5.2): often permessage-deflate."},
	{"Could not decode a text frame", "The server sends a text that is not UTF-8 (RFC 6455 8.1): binary data goes into a binary message."},
	{"ERR_CERT", "The browser does not trust the certificate of the server; no page can change that. --insecure has it take any here."},
	{"ERR_SSL", "There is no TLS with the server that the browser accepts: is it a ws URL?"},
	{"ERR_INVALID_HTTP_RESPONSE", "What the server answers is no HTTP: is it a wss URL?"},
	{"establish a connection to the server", "Firefox says so of every connection that does not open, and never why."},
	{"was interrupted while the page was loading", "Firefox says so of every connection that fails once it is open, and never why."},
	{"Connection closed before receiving", "The server ended the connection without a response to the opening handshake."},
}

// Explain says in plain words what the errors mean that developer tools show.
func Explain(d *DevTools) (meanings []string) {
	text := strings.Join(append(d.Errors, d.Console...), "\n")
	for _, e := range explanations {
		if strings.Contains(text, e.part) {
			meanings = append(meanings, e.meaning)
		}
	}
	return meanings
}

// Shown says in plain words why developer tools do not show the frame that failed the
// connection, if one did.
func Shown(d *DevTools) []string {
	if len(d.Errors) == 0 || d.Status == 0 {
		return nil
	}
	return []string{"Developer tools show the response that opened the connection, and whole messages behind it: " +
		"no control frame ever, and no frame that the browser finds a fault in. What failed the connection is on the wire alone."}
}
