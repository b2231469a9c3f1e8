package peers_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/ci/peers"
	"github.com/wsspec/wsspec/ci/peers/internal/raw"
)

// patience bounds one test against one server; it is never waited for.
const patience = 30 * time.Second

// eachPeer runs a test against a fresh server on every library.
func eachPeer(t *testing.T, test func(t *testing.T, name string, dial func(http.Header) *raw.Conn)) {
	for _, peer := range peers.Servers() {
		t.Run(peer.Name, func(t *testing.T) {
			server := httptest.NewServer(peer.New())
			defer server.Close()
			test(t, peer.Name, func(header http.Header) *raw.Conn {
				return dial(t, server.URL, header)
			})
		})
	}
}

func dial(t *testing.T, url string, header http.Header) *raw.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, err := raw.Dial(ctx, url, header)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return conn
}

func send(t *testing.T, conn *raw.Conn, frames ...raw.Frame) {
	t.Helper()
	if err := conn.Send(frames...); err != nil {
		t.Fatal(err)
	}
}

// expect reads messages and control frames and compares them.
func expect(t *testing.T, conn *raw.Conn, want ...raw.Frame) {
	t.Helper()
	for _, want := range want {
		got, err := conn.Message()
		if err != nil {
			t.Fatalf("waiting for opcode %d: %v", want.Opcode, err)
		}
		if !bytes.Equal(want.Payload, got.Payload) { // cmp takes seconds for a mebibyte
			t.Fatalf("got %d octets %.40q, want %d octets %.40q",
				len(got.Payload), got.Payload, len(want.Payload), want.Payload)
		}
		want.Payload, got.Payload = nil, nil
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("unexpected frame (-want +got):\n%s", diff)
		}
	}
}

// expectClose reads a Close frame with the code, whatever the reason, and the
// end of TCP, FIN or RST.
func expectClose(t *testing.T, conn *raw.Conn, code uint16) {
	t.Helper()
	f, err := conn.Next()
	if err != nil {
		t.Fatalf("waiting for a Close frame: %v", err)
	}
	if f.Opcode != raw.Close || len(f.Payload) < 2 {
		t.Fatalf("got %+v, not a Close frame with a status code", f)
	}
	if got := binary.BigEndian.Uint16(f.Payload); got != code {
		t.Errorf("got status code %d, want %d", got, code)
	}
	expectEnd(t, conn)
}

func expectEnd(t *testing.T, conn *raw.Conn) {
	t.Helper()
	f, err := conn.Next()
	if err == nil {
		t.Fatalf("got %+v after the Close frame", f)
	}
	if timeout := interface{ Timeout() bool }(nil); errors.As(err, &timeout) && timeout.Timeout() {
		t.Fatal("the server keeps the connection open")
	}
}

func text(s string) raw.Frame { return raw.Frame{Fin: true, Opcode: raw.Text, Payload: []byte(s)} }
func blob(b []byte) raw.Frame { return raw.Frame{Fin: true, Opcode: raw.Binary, Payload: b} }
func ping(s string) raw.Frame { return raw.Frame{Fin: true, Opcode: raw.Ping, Payload: []byte(s)} }
func pong(s string) raw.Frame { return raw.Frame{Fin: true, Opcode: raw.Pong, Payload: []byte(s)} }

func TestMessageIsEchoedWithItsType(t *testing.T) {
	eachPeer(t, func(t *testing.T, _ string, dial func(http.Header) *raw.Conn) {
		conn := dial(nil)
		for _, n := range []int{0, 1, 125, 126, 127, 128, 4095, 4096, 65535, 65536} {
			messages := []raw.Frame{text(strings.Repeat("*", n)), blob(bytes.Repeat([]byte{0xfe}, n))}
			send(t, conn, messages...)
			expect(t, conn, messages...)
		}
	})
}

func TestBigMessageIsEchoed(t *testing.T) {
	sizes := []int{1 << 20, 33 << 20} // one library's own limit is 32 MiB
	if testing.Short() {
		sizes = sizes[:1]
	}
	eachPeer(t, func(t *testing.T, _ string, dial func(http.Header) *raw.Conn) {
		conn := dial(nil)
		for _, n := range sizes {
			message := blob(bytes.Repeat([]byte("0123456789abcdef"), n/16))
			send(t, conn, message)
			expect(t, conn, message)
		}
	})
}

func TestPingWithinFragmentedMessageIsAnsweredFirst(t *testing.T) {
	eachPeer(t, func(t *testing.T, name string, dial func(http.Header) *raw.Conn) {
		conn := dial(nil)
		start, end := text("frag"), text("ment")
		start.Fin, end.Opcode = false, raw.Continuation
		send(t, conn, start, ping("mid"), end, ping(""))
		if name == "xnet" { // echoes frames
			expect(t, conn, text("frag"), pong("mid"), text("ment"))
		} else {
			expect(t, conn, pong("mid"), text("fragment"))
		}
		expect(t, conn, raw.Frame{Fin: true, Opcode: raw.Pong, Payload: []byte{}})
	})
}

func TestCloseIsAnsweredAndTheConnectionEnds(t *testing.T) {
	eachPeer(t, func(t *testing.T, name string, dial func(http.Header) *raw.Conn) {
		for _, code := range []uint16{1000, 3000, 4999} {
			conn := dial(nil)
			send(t, conn, text("Hello"))
			if err := conn.SendClose(code); err != nil {
				t.Fatal(err)
			}
			expect(t, conn, text("Hello"))
			if name == "xnet" { // has one status code
				code = 1000
			}
			expectClose(t, conn, code)
		}
	})
}

func TestInvalidTextFailsTheConnection(t *testing.T) {
	eachPeer(t, func(t *testing.T, name string, dial func(http.Header) *raw.Conn) {
		conn := dial(nil)
		send(t, conn, text("caf\xc3"))
		if name == "xnet" { // cannot know where a message ends
			expect(t, conn, text("caf\xc3"))
			return
		}
		if name == "coder" { // waits for our Close frame
			if err := conn.SendClose(1007); err != nil {
				t.Fatal(err)
			}
		}
		expectClose(t, conn, 1007)
	})
}

func TestUnmaskedFrameEndsTheConnection(t *testing.T) {
	eachPeer(t, func(t *testing.T, _ string, dial func(http.Header) *raw.Conn) {
		conn := dial(nil)
		if _, err := conn.Write([]byte{0x81, 0x01, 'a'}); err != nil {
			t.Fatal(err)
		}
		if err := conn.Conn.(interface{ CloseWrite() error }).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(conn.Reader)
		if timeout := interface{ Timeout() bool }(nil); errors.As(err, &timeout) && timeout.Timeout() {
			t.Fatal("the server keeps the connection open")
		}
		if bytes.Contains(rest, []byte{0x81, 0x01, 'a'}) {
			t.Errorf("an unmasked frame was echoed: % x", rest)
		}
	})
}
