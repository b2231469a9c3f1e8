package browser

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
)

const (
	framesKept = 64   // messages of a connection that are kept
	textsKept  = 8    // errors and console lines of a connection
	textKept   = 8192 // octets of each
)

// tools keep what developer tools show of the connections of a page that are under
// way.
type tools struct {
	mu      sync.Mutex
	shown   map[network.RequestID]*shown
	started int
}

// shown is what they show of one connection.
type shown struct {
	DevTools
	url   string
	order int
}

func newTools() *tools { return &tools{shown: map[network.RequestID]*shown{}} }

// take hands over what is known of the oldest connection to the URL, and forgets it.
func (t *tools) take(url string) DevTools {
	t.mu.Lock()
	defer t.mu.Unlock()
	var oldest network.RequestID
	for id, s := range t.shown {
		if s.url == url && (oldest == "" || s.order < t.shown[oldest].order) {
			oldest = id
		}
	}
	if oldest == "" {
		return DevTools{}
	}
	s := t.shown[oldest]
	delete(t.shown, oldest)
	return s.DevTools
}

// see takes an event of the browser's. It must not block.
func (t *tools) see(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e := event.(type) {
	case *network.EventWebSocketCreated:
		t.started++
		t.shown[e.RequestID] = &shown{url: e.URL, order: t.started}
	case *network.EventWebSocketWillSendHandshakeRequest:
		t.of(e.RequestID).Request = fields(e.Request.Headers)
	case *network.EventWebSocketHandshakeResponseReceived:
		t.of(e.RequestID).answered(e.Response)
	case *network.EventWebSocketFrameSent:
		t.of(e.RequestID).frame(true, e.Response)
	case *network.EventWebSocketFrameReceived:
		t.of(e.RequestID).frame(false, e.Response)
	case *network.EventWebSocketFrameError:
		s := t.of(e.RequestID)
		s.Errors = keep(s.Errors, e.ErrorMessage)
	case *network.EventWebSocketClosed:
		t.of(e.RequestID).Closed = true
	case *log.EventEntryAdded:
		t.logged(e.Entry)
	}
}

// of is what is shown of a connection; one that nobody asks for any more is made up.
func (t *tools) of(id network.RequestID) *shown {
	if s := t.shown[id]; s != nil {
		return s
	}
	return &shown{}
}

// logged gives a line of the console to the connections that it names.
func (t *tools) logged(e *log.Entry) {
	for _, s := range t.shown {
		if strings.Contains(e.Text, "'"+s.url+"'") {
			s.Console = keep(s.Console, e.Text)
		}
	}
}

func (s *shown) answered(r *network.WebSocketResponse) {
	s.Status = int(r.Status)
	s.Response = cut(r.HeadersText)
	if s.Response == "" {
		s.Response = fmt.Sprintf("%d %s\n%s", r.Status, cut(r.StatusText), fields(r.Headers))
	}
	if r.RequestHeadersText != "" {
		s.Request = cut(r.RequestHeadersText)
	}
}

func (s *shown) frame(sent bool, f *network.WebSocketFrame) {
	if len(s.Frames) >= framesKept {
		s.Omitted++
		return
	}
	s.Frames = append(s.Frames, Message{Sent: sent, Opcode: int(f.Opcode), Size: len(f.PayloadData)})
}

// fields are header fields as text, in the order of their names.
func fields(h network.Headers) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(h)) {
		fmt.Fprintf(&b, "%s: %s\n", name, h[name])
	}
	return cut(b.String())
}

func keep(list []string, text string) []string {
	if len(list) >= textsKept {
		return list
	}
	return append(list, cut(text))
}

func cut(s string) string { return strings.ToValidUTF8(s[:min(len(s), textKept)], "\ufffd") }
