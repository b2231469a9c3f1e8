package browser

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/runner/seen"
)

func TestFindChromeTakesTheFirstOnThePath(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	if _, err := FindChrome(); !errors.Is(err, ErrNoChrome) || !strings.Contains(err.Error(), "apt-get install chromium") {
		t.Errorf("with nothing there: %v", err)
	}
	for _, name := range []string{"google-chrome", "chromium"} { // the second is the likelier
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, nil, 0o755); err != nil {
			t.Fatal(err)
		}
		if got, err := FindChrome(); got != file || err != nil {
			t.Errorf("with %s: %q, %v", name, got, err)
		}
	}
	if _, err := program(filepath.Join(folder, "none"), FindChrome); err == nil || errors.Is(err, ErrNoChrome) {
		t.Errorf("a program that is not there: %v", err)
	}
}

func TestProductIsNamedWithItsVersion(t *testing.T) {
	for product, want := range map[string]string{
		"HeadlessChrome/140.0.7339.80": "Chrome 140.0.7339.80",
		"Chrome/140.0.7339.80":         "Chrome 140.0.7339.80",
		"Chromium":                     "Chromium",
	} {
		if got := nameOf(product); got != want {
			t.Errorf("%s: %q", product, got)
		}
	}
}

func TestDriverServesItsPage(t *testing.T) {
	d, err := serveDriver()
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	for path, want := range map[string]string{"": "<script src=\"driver.js\">", "driver.js": "const wsspec ="} {
		r, err := http.Get(d.url + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || r.StatusCode != 200 || !strings.Contains(string(body), want) {
			t.Errorf("/%s: %s, %v, %d octets", path, r.Status, err, len(body))
		}
	}
	if r, err := http.Get(d.url + "other"); err != nil || r.StatusCode != 404 {
		t.Errorf("another path: %v, %v", r, err)
	}
}

// show has developer tools show a connection.
func show(tools *tools, id, url string) {
	tools.see(&network.EventWebSocketCreated{RequestID: network.RequestID(id), URL: url})
}

func TestToolsAreKeptByConnection(t *testing.T) {
	tools := newTools()
	show(tools, "1", "ws://a/")
	show(tools, "2", "ws://a/")
	show(tools, "3", "ws://b/")
	tools.see(&network.EventWebSocketWillSendHandshakeRequest{RequestID: "1", Request: &network.WebSocketRequest{Headers: network.Headers{"B": "2", "A": "1"}}})
	tools.see(&network.EventWebSocketHandshakeResponseReceived{RequestID: "1", Response: &network.WebSocketResponse{Status: 101, StatusText: "ok", Headers: network.Headers{"C": "3"}}})
	tools.see(&network.EventWebSocketFrameSent{RequestID: "2", Response: &network.WebSocketFrame{Opcode: 1, PayloadData: []byte("abc")}})
	tools.see(&network.EventWebSocketFrameReceived{RequestID: "2", Response: &network.WebSocketFrame{Opcode: 2}})
	tools.see(&network.EventWebSocketFrameError{RequestID: "3", ErrorMessage: "bad\xff"})
	tools.see(&log.EventEntryAdded{Entry: &log.Entry{Text: "WebSocket connection to 'ws://b/' failed: bad"}})
	tools.see(&network.EventWebSocketClosed{RequestID: "3"})
	tools.see(&network.EventWebSocketClosed{RequestID: "of before"})
	got := []DevTools{tools.take("ws://a/"), tools.take("ws://a/"), tools.take("ws://a/"), tools.take("ws://b/")}
	want := []DevTools{
		{Request: "A: 1\nB: 2\n", Status: 101, Response: "101 ok\nC: 3\n"},
		{Frames: []Message{{Sent: true, Opcode: 1, Size: 3}, {Opcode: 2}}},
		{},
		{Errors: []string{"bad\ufffd"}, Console: []string{"WebSocket connection to 'ws://b/' failed: bad"}, Closed: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(tools.shown) > 0 {
		t.Errorf("%d connections are kept that are over", len(tools.shown))
	}
}

func TestToolsKeepABoundedAmount(t *testing.T) {
	tools := newTools()
	show(tools, "1", "ws://a/")
	for range 1000 {
		tools.see(&network.EventWebSocketFrameReceived{RequestID: "1", Response: &network.WebSocketFrame{Opcode: 1}})
		tools.see(&network.EventWebSocketFrameError{RequestID: "1", ErrorMessage: strings.Repeat("x", 1<<16)})
	}
	d := tools.take("ws://a/")
	if len(d.Frames) != framesKept || d.Omitted != 1000-framesKept || len(d.Errors) != textsKept || len(d.Errors[0]) != textKept {
		t.Errorf("kept %d frames and %d errors", len(d.Frames), len(d.Errors))
	}
}

func TestAccountTellsWhatWasSeen(t *testing.T) {
	refused := Seen{Exceptions: []Exception{{Doing: "new WebSocket", Name: "SyntaxError", Message: "no fragment"}}}
	failed := Seen{
		URL:    "ws://a/",
		Events: []Event{{Type: "open"}, {Type: "message", Text: true, Size: 5}, {Type: "message", Size: 6}, {Type: "error"}, {Type: "close", Code: 1006}},
		DevTools: DevTools{
			Status: 101, Frames: []Message{{Opcode: 1}, {Sent: true, Opcode: 1}}, Errors: []string{"Invalid frame header"},
			Console: []string{"WebSocket connection to 'ws://a/' failed: Invalid frame header"}, Closed: true,
		},
		BufferedAmount: 7,
	}
	closed := Seen{URL: "ws://a/", Events: []Event{{Type: "open"}, {Type: "close", Code: 1000, Reason: "bye\x1b", WasClean: true}}}
	tests := []struct {
		seen  Seen
		error string
		lines []seen.Line
	}{
		{refused, "new WebSocket throws SyntaxError: no fragment", []seen.Line{{By: "page", Text: "new WebSocket throws SyntaxError: no fragment"}}},
		{failed, "the page saw: open, text of 5, binary of 6, error, close 1006, not clean", []seen.Line{
			{By: "page", Text: "open, text of 5, binary of 6, error, close 1006, not clean"},
			{By: "page", Text: "bufferedAmount 7 at the end"},
			{By: "tools", Text: `a response of status 101, messages (1 received, 1 sent), the error "Invalid frame header", the end`},
			{By: "console", Text: "WebSocket connection to 'ws://a/' failed: Invalid frame header"},
		}},
		{closed, `the page saw: open, close 1000 "bye\x1b", clean`, []seen.Line{
			{By: "page", Text: `open, close 1000 "bye\x1b", clean`},
			{By: "tools", Text: "no response to the opening handshake"},
		}},
	}
	for _, test := range tests {
		a := &Account{test.seen}
		if a.Error() != test.error {
			t.Errorf("error %q", a.Error())
		}
		if diff := cmp.Diff(test.lines, a.Saw().Lines()); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
	}
}

func TestWordsOfChromeAreExplained(t *testing.T) {
	for text, want := range map[string]string{
		"Error during WebSocket handshake: 'Upgrade' header is missing":                                  "field Upgrade",
		"Error during WebSocket handshake: Unexpected response code: 302":                                "redirect",
		"Error in connection establishment: net::ERR_CERT_AUTHORITY_INVALID":                             "certificate",
		"A server must not mask any frames that it sends to the client.":                                 "RFC 6455 5.1",
		"One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0":                  "permessage-deflate",
		"Error during WebSocket handshake: 'Sec-WebSocket-Accept' header is missing, which nobody knows": "",
	} {
		got := strings.Join(Explain(&DevTools{Errors: []string{text}}), " ")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q", text, got)
		}
	}
	if Shown(&DevTools{}) != nil || Shown(&DevTools{Errors: []string{"x"}}) != nil || Shown(&DevTools{Errors: []string{"x"}, Status: 101}) == nil {
		t.Error("what developer tools do not show is told of a connection that opened and failed alone")
	}
}
