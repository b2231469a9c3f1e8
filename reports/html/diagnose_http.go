package html

import (
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A fault of an opening handshake: where it is, and what a browser's console says.
type fault struct {
	headLine
	words, console string
}

// markedBelow ends what is said where octets are shown.
const markedBelow = " The octets that are to blame are marked below."

// judgeResponse says what a browser makes of the response (RFC 6455, section 4.1),
// which is stricter than the RFC asks only about a subprotocol that is not chosen.
func (t *talk) judgeResponse() []string {
	faults := t.responseFaults()
	if len(faults) == 0 {
		return t.accepted()
	}
	for _, f := range faults {
		t.mark(t.response.entry, f.first, f.last, f.words)
	}
	at := slices.IndexFunc(faults, func(f fault) bool { return f.console != "" })
	switch {
	case at < 0 && t.offersAsBrowsers():
		return []string{"A browser that gets this response does not open the connection: the page sees an error event, and a close event with the code 1006. Chrome's console says \u201cError during WebSocket handshake\u201d, and what it finds in permessage-deflate." + markedBelow}
	case at < 0:
		return []string{"A client that makes this offer does not open the connection on this response, since both sides would compress in different ways. Browsers make other offers, so that no page notices." + markedBelow}
	}
	return []string{fmt.Sprintf("A browser that gets this response does not open the connection: the page sees an error event, and a close event with the code 1006. "+
		"Chrome's console says \u201cError during WebSocket handshake: %s\u201d.", faults[at].console) + markedBelow}
}

func (t *talk) responseFaults() (faults []fault) {
	h := t.response
	if len(h.lines) == 0 || !h.whole {
		return nil
	}
	words := strings.Fields(h.start())
	switch {
	case len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/"):
		return []fault{{h.lines[0], "this is no status line of HTTP", "Invalid status line"}}
	case words[1] != "101":
		if strings.HasPrefix(t.result.Expected, "HTTP 101") || t.result.Case.RequiresOpen() {
			return []fault{{h.lines[0], "only the status 101 opens a connection", "Unexpected response code: " + words[1]}}
		}
		return nil
	case words[0] != "HTTP/1.1":
		faults = append(faults, fault{h.lines[0], "a connection opens over HTTP/1.1 alone", "Invalid status line"})
	}
	faults = append(faults, t.lineFaults()...)
	faults = append(faults, t.upgradeFaults()...)
	faults = append(faults, t.acceptFaults()...)
	return append(faults, t.offerFaults()...)
}

// lineFaults are a header that ends where it was not meant to.
func (t *talk) lineFaults() []fault {
	lines := t.response.lines
	if last := lines[len(lines)-1]; last.bare && !lines[0].bare && t.response.end.last > 0 && !t.response.end.bare {
		last.first = last.last - 1
		return []fault{{last, "a line feed without a carriage return: the line end behind it is read as the empty line that ends the header", "Invalid frame header"}}
	}
	return nil
}

func (t *talk) upgradeFaults() (faults []fault) {
	for _, field := range []struct{ name, want string }{{"Upgrade", "websocket"}, {"Connection", "Upgrade"}} {
		lines := t.response.fields(field.name)
		switch {
		case len(lines) == 0:
			faults = append(faults, fault{t.response.end, "the header ends without a field " + field.name, "'" + field.name + "' header is missing"})
		case !slices.ContainsFunc(t.response.elements(field.name), func(e string) bool { return strings.EqualFold(e, field.want) }):
			faults = append(faults, fault{lines[0], field.name + " must hold " + field.want, "'" + field.name + "' header value must contain '" + field.want + "'"})
		}
	}
	return faults
}

func (t *talk) acceptFaults() []fault {
	if t.request == nil {
		return nil
	}
	lines, keys := t.response.fields("Sec-WebSocket-Accept"), t.request.values("Sec-WebSocket-Key")
	switch {
	case len(lines) == 0:
		return []fault{{t.response.end, "the header ends without a field Sec-WebSocket-Accept", "'Sec-WebSocket-Accept' header is missing"}}
	case len(lines) > 1:
		return []fault{{lines[1], "a second field Sec-WebSocket-Accept", "'Sec-WebSocket-Accept' header must not appear more than once in a response"}}
	case len(keys) == 1:
		sum := sha1.Sum([]byte(keys[0] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) // RFC 6455, section 1.3
		if want := base64.StdEncoding.EncodeToString(sum[:]); lines[0].value != want {
			return []fault{{lines[0], "for the key " + keys[0] + " the value must be " + want, "Incorrect 'Sec-WebSocket-Accept' header value"}}
		}
	}
	return nil
}

// offerFaults are answers to what was not offered.
func (t *talk) offerFaults() (faults []fault) {
	if t.request == nil {
		return nil
	}
	offered, chosen := t.request.elements("Sec-WebSocket-Protocol"), t.response.fields("Sec-WebSocket-Protocol")
	for i, line := range chosen {
		switch {
		case i > 0:
			faults = append(faults, fault{line, "a second field Sec-WebSocket-Protocol", "'Sec-WebSocket-Protocol' header must not appear more than once in a response"})
		case len(offered) == 0:
			faults = append(faults, fault{line, "a subprotocol, where none was offered", "Response must not include 'Sec-WebSocket-Protocol' header if not present in request: " + line.value})
		case !slices.Contains(offered, line.value):
			faults = append(faults, fault{line, "a subprotocol that was not offered", "'Sec-WebSocket-Protocol' header value '" + line.value + "' in response does not match any of sent values"})
		}
	}
	extensions := t.request.elements("Sec-WebSocket-Extensions")
	for _, line := range t.response.fields("Sec-WebSocket-Extensions") {
		name, _, _ := strings.Cut(line.value, ";")
		switch name = strings.Trim(name, " \t"); {
		case !slices.Contains(extensions, name):
			faults = append(faults, fault{line, "an extension that was not offered", "Found an unsupported extension '" + name + "' in 'Sec-WebSocket-Extensions' header"})
		default:
			_, detail, found := strings.Cut(t.result.Got, "does not open the connection: ")
			if detail, _, _ = strings.Cut(detail, ", Sec-WebSocket-"); found && len(faults) == 0 {
				faults = append(faults, fault{line, detail, ""})
			}
		}
	}
	return faults
}

// offersAsBrowsers reports whether the request offers the compression that browsers
// offer.
func (t *talk) offersAsBrowsers() bool {
	if t.request == nil {
		return false
	}
	switch strings.Join(t.request.values("Sec-WebSocket-Extensions"), ", ") {
	case "permessage-deflate", "permessage-deflate; client_max_window_bits", "x-webkit-deflate-frame":
		return true
	}
	return false
}

// judgeRequest says what a server makes of the request of a client (RFC 6455,
// section 4.2.1).
func (t *talk) judgeRequest() []string {
	faults := t.requestFaults()
	if len(faults) == 0 {
		return nil
	}
	for _, f := range faults {
		t.mark(t.request.entry, f.first, f.last, f.words)
	}
	return []string{"A server that reads this request as RFC 6455 says answers with an error, such as HTTP 400, and opens no connection." + markedBelow}
}

// onPurpose marks what is wrong with our own part of the opening handshake.
func (t *talk) onPurpose() {
	h, faults := t.request, t.requestFaults
	if t.client {
		h, faults = t.response, t.responseFaults
	}
	if h == nil {
		return
	}
	for _, f := range faults() {
		t.mark(h.entry, f.first, f.last, "on purpose: "+f.words)
	}
}

// newEnough is HTTP/1.1 or higher (RFC 6455, section 4.2.1).
var newEnough = regexp.MustCompile(`^HTTP/1\.[1-9]$`)

func (t *talk) requestFaults() (faults []fault) {
	h := t.request
	if len(h.lines) == 0 || !h.whole {
		return nil
	}
	if words := strings.Fields(h.start()); len(words) != 3 || words[0] != "GET" || !newEnough.MatchString(words[2]) {
		faults = append(faults, fault{headLine: h.lines[0], words: "the request line must be GET, a target and HTTP/1.1 or higher"})
	}
	for _, field := range []struct {
		name, want string
		right      func(value string) bool
	}{
		{"Host", "a host", func(v string) bool { return v != "" }},
		{"Upgrade", "websocket", func(v string) bool { return strings.Contains(strings.ToLower(v), "websocket") }},
		{"Connection", "Upgrade", func(v string) bool { return strings.Contains(strings.ToLower(v), "upgrade") }},
		{"Sec-WebSocket-Key", "16 octets in base64", func(v string) bool { b, err := base64.StdEncoding.DecodeString(v); return err == nil && len(b) == 16 }},
		{"Sec-WebSocket-Version", "13", func(v string) bool { return v == "13" }},
	} {
		switch lines := h.fields(field.name); {
		case len(lines) == 0:
			faults = append(faults, fault{headLine: h.end, words: "the header ends without a field " + field.name})
		case !slices.ContainsFunc(lines, func(l headLine) bool { return field.right(l.value) }):
			faults = append(faults, fault{headLine: lines[0], words: field.name + " must hold " + field.want})
		case len(lines) > 1 && strings.HasPrefix(field.name, "Sec-") || len(lines) > 1 && field.name == "Host":
			faults = append(faults, fault{headLine: lines[1], words: "a second field " + field.name})
		}
	}
	return faults
}
