package runner

import (
	"strings"
	"testing"

	"github.com/wsspec/wsspec/runner/seen"
)

func TestDifferencesTellWhatThePageWasNotShown(t *testing.T) {
	response := httpEntry(Sent, []byte("HTTP/1.1 200 OK\r\n\r\n"), "answer")
	frame := func(d Direction, meaning string, octets ...byte) Entry {
		return Entry{Direction: d, Kind: EntryFrame, Raw: octets, Meaning: meaning}
	}
	opened := httpEntry(Sent, []byte("HTTP/1.1 101 Switching Protocols\r\n\r\n"), "answer")
	shown := seen.DevTools{Status: 101}
	failed := []seen.Event{{Type: "open"}, {Type: "error"}, {Type: "close", Code: 1006}}
	clean := []seen.Event{{Type: "open"}, {Type: "message", Text: true}, {Type: "close", Code: 1000, WasClean: true}}
	for name, test := range map[string]struct {
		wire []Entry
		seen *seen.Connection
		want []string
	}{
		"no page":                 {[]Entry{response}, nil, nil},
		"a response that fails":   {[]Entry{response}, &seen.Connection{Events: failed[1:]}, []string{`"HTTP/1.1 200 OK"`}},
		"a frame that fails":      {[]Entry{opened, frame(Sent, "", 0xc1, 0)}, &seen.Connection{Events: failed, DevTools: shown}, []string{"1 frame of messages, of which 1 end a message; the page got 0"}},
		"pings and pongs":         {[]Entry{opened, frame(Sent, "", 0x89, 0), frame(Received, "", 0x8a, 0x80)}, &seen.Connection{DevTools: shown}, []string{"1 ping and 1 pong are on the wire alone"}},
		"why it was closed":       {[]Entry{opened, frame(Received, "close 1002", 0x88, 0x82)}, &seen.Connection{Events: failed, DevTools: shown}, []string{"the browser sent close 1002; the page is told 1006"}},
		"all that there is":       {[]Entry{opened, frame(Sent, "", 0x81, 0), frame(Sent, "close 1000", 0x88, 2)}, &seen.Connection{Events: clean, DevTools: shown}, nil},
		"a browser that we watch": {[]Entry{{Direction: Received, Kind: EntryHTTP, Raw: []byte("HTTP/1.1 404 Not Found\r\n\r\n")}}, &seen.Connection{Events: failed[1:]}, []string{"404"}},
	} {
		r := Result{Transcript: Transcript{Entries: test.wire}, Seen: test.seen}
		got := r.Differences()
		if len(got) != len(test.want) {
			t.Errorf("%s: %q", name, got)
			continue
		}
		for i := range got {
			if !strings.Contains(got[i], test.want[i]) {
				t.Errorf("%s: %q, want %q in it", name, got[i], test.want[i])
			}
		}
	}
}
