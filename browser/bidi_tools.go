package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/network"
)

// bidiEvents are those that tell of WebSocket connections: the opening handshake as an
// ordinary request, and the lines of the console. There are none for frames or messages.
var bidiEvents = []string{"log.entryAdded", "network.beforeRequestSent", "network.responseStarted", "network.fetchError"}

// A bidiEvent is what all of them hold that is of interest.
type bidiEvent struct {
	Context string // of the page
	Request struct {
		Request string // the id
		URL     string
		Headers []bidiField
	}
	Response struct {
		Status     int
		StatusText string
		Headers    []bidiField
	}
	ErrorText string                   // network.fetchError
	Text      string                   // log.entryAdded
	Source    struct{ Context string } // log.entryAdded
}

type bidiField struct {
	Name  string
	Value struct{ Value string }
}

// readBidi reads an event. There is none where the parameters are of another kind.
func readBidi(parameters json.RawMessage) (e bidiEvent, ok bool) {
	ok = json.Unmarshal(parameters, &e) == nil
	if e.Context == "" {
		e.Context = e.Source.Context
	}
	return e, ok
}

// hear takes an event of WebDriver BiDi. It must not block.
func (t *tools) hear(method string, e *bidiEvent) {
	t.mu.Lock()
	defer t.mu.Unlock()
	id := network.RequestID(e.Request.Request)
	switch method {
	case "log.entryAdded":
		for _, s := range t.shown {
			if strings.Contains(e.Text, s.url) {
				s.Console = keep(s.Console, e.Text)
			}
		}
	case "network.beforeRequestSent":
		if !e.opens() {
			return
		}
		t.started++
		t.shown[id] = &shown{url: socketURL(e.Request.URL), order: t.started, DevTools: DevTools{Request: fieldLines(e.Request.Headers), Frameless: true}}
	case "network.responseStarted":
		s := t.of(id)
		s.Request = fieldLines(e.Request.Headers) // with those of the last moment
		s.Status = e.Response.Status
		s.Response = fmt.Sprintf("%d %s\n%s", s.Status, cut(e.Response.StatusText), fieldLines(e.Response.Headers))
	case "network.fetchError":
		s := t.of(id)
		s.Errors = keep(s.Errors, e.ErrorText)
	}
}

// opens reports whether a request is an opening handshake, and none for the page.
func (e *bidiEvent) opens() bool {
	return slices.ContainsFunc(e.Request.Headers, func(f bidiField) bool { return f.Name == "Sec-WebSocket-Key" })
}

// socketURL is the URL that the page knows of a request: WebDriver BiDi tells the one
// with the scheme of HTTP.
func socketURL(url string) string {
	if rest, ok := strings.CutPrefix(url, "http"); ok {
		return "ws" + rest
	}
	return url
}

// fieldLines are header fields as text, in their order.
func fieldLines(list []bidiField) string {
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintf(&b, "%s: %s\n", f.Name, f.Value.Value)
	}
	return cut(b.String())
}
