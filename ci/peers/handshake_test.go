package peers_test

import (
	"bytes"
	"compress/flate"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/ci/peers"
	"github.com/wsspec/wsspec/ci/peers/internal/raw"
)

func TestSubprotocolIsAgreedWhenOneIsCommon(t *testing.T) {
	tests := []struct{ offer, want string }{
		{"", ""},
		{"chat", "chat"},
		{"superchat", "superchat"},
		{"other, superchat", "superchat"},
		{"other", ""},
	}
	eachPeer(t, func(t *testing.T, _ string, dial func(http.Header) *raw.Conn) {
		for _, test := range tests {
			header := http.Header{}
			if test.offer != "" {
				header.Set("Sec-WebSocket-Protocol", test.offer)
			}
			conn := dial(header)
			if got := conn.Header.Get("Sec-WebSocket-Protocol"); got != test.want {
				t.Errorf("offer %q: got %q, want %q", test.offer, got, test.want)
			}
			send(t, conn, text("Hello"))
			expect(t, conn, text("Hello"))
		}
	})
}

func TestAnyOriginIsAccepted(t *testing.T) {
	eachPeer(t, func(t *testing.T, _ string, dial func(http.Header) *raw.Conn) {
		for _, origin := range []string{"https://example.org", "null", "%"} {
			conn := dial(http.Header{"Origin": {origin}})
			send(t, conn, text("Hello"))
			expect(t, conn, text("Hello"))
		}
	})
}

func TestDeflateIsAgreedAndEchoed(t *testing.T) {
	// What each library answers to the plain offer.
	agreed := map[string]string{
		"gorilla": "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
		"coder":   "permessage-deflate",
		"gobwas":  "permessage-deflate;server_no_context_takeover;client_no_context_takeover",
		"gws":     "permessage-deflate",
		"xnet":    "",
	}
	eachPeer(t, func(t *testing.T, name string, dial func(http.Header) *raw.Conn) {
		conn := dial(http.Header{"Sec-Websocket-Extensions": {"permessage-deflate"}})
		got := conn.Header.Get("Sec-Websocket-Extensions")
		if got != agreed[name] {
			t.Errorf("got %q, want %q", got, agreed[name])
		}
		if got == "" {
			return
		}
		inflate := newInflater(!strings.Contains(got, "server_no_context_takeover"))
		for _, message := range []string{"Hello", strings.Repeat("Hello, world. ", 500), "", "Hello"} {
			start := raw.Frame{RSV: 4, Opcode: raw.Text, Payload: deflated(t, message)}
			end := raw.Frame{Fin: true, Opcode: raw.Continuation}
			send(t, conn, start, end)
			f, err := conn.Message()
			if err != nil {
				t.Fatal(err)
			}
			if echo := inflate(t, f); echo != message {
				t.Fatalf("got %.40q, want %.40q", echo, message)
			}
		}
	})
}

func TestInvalidCompressedTextFailsTheConnection(t *testing.T) {
	eachPeer(t, func(t *testing.T, name string, dial func(http.Header) *raw.Conn) {
		if name == "xnet" {
			t.Skip("golang.org/x/net/websocket has no permessage-deflate")
		}
		conn := dial(http.Header{"Sec-Websocket-Extensions": {"permessage-deflate"}})
		send(t, conn, raw.Frame{Fin: true, RSV: 4, Opcode: raw.Text, Payload: deflated(t, "caf\xc3")})
		if name == "coder" { // waits for our Close frame
			if err := conn.SendClose(1007); err != nil {
				t.Fatal(err)
			}
		}
		expectClose(t, conn, 1007)
	})
}

func TestServersHaveVersions(t *testing.T) {
	for _, peer := range peers.Servers() {
		if !strings.HasPrefix(peer.Version, "v") {
			t.Errorf("%s: version %q of %s", peer.Name, peer.Version, peer.Module)
		}
		found, err := peers.Find(peer.Name)
		if err != nil || found.Module != peer.Module {
			t.Errorf("Find(%q) = %+v, %v", peer.Name, found, err)
		}
	}
	if _, err := peers.Find("no such"); err == nil || !strings.Contains(err.Error(), "gorilla, coder") {
		t.Errorf("Find of an unknown name: %v", err)
	}
}

// deflated compresses a message by itself, which context takeover permits
// (RFC 7692, section 7.2.1).
func deflated(t *testing.T, message string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, message); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte{0, 0, 0xff, 0xff})
}

// newInflater returns a function that reads the messages of one connection,
// compressed or not; takeover tells whether one may refer to those before it.
func newInflater(takeover bool) func(*testing.T, raw.Frame) string {
	var window []byte
	return func(t *testing.T, f raw.Frame) string {
		t.Helper()
		if f.RSV == 0 {
			return string(f.Payload)
		}
		tail := "\x00\x00\xff\xff\x01\x00\x00\xff\xff"
		r := flate.NewReaderDict(io.MultiReader(bytes.NewReader(f.Payload), strings.NewReader(tail)), window)
		message, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if takeover {
			window = append(window, message...)
			window = window[max(0, len(window)-1<<15):]
		}
		return string(message)
	}
}
