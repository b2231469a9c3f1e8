package reference

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const sampleKey = "dGhlIHNhbXBsZSBub25jZQ=="

// baseline is a valid opening handshake; edit adds, replaces and, with an empty
// value "-", removes fields of it.
func baseline(edits ...string) string {
	fields := []string{
		"Host: example.com", "Upgrade: websocket", "Connection: Upgrade",
		"Sec-WebSocket-Key: " + sampleKey, "Sec-WebSocket-Version: 13",
	}
	for _, edit := range edits {
		add := strings.HasPrefix(edit, "+")
		edit = strings.TrimPrefix(edit, "+")
		name, value, _ := strings.Cut(edit, ":")
		kept := fields[:0:0]
		for _, f := range fields {
			if add || !strings.HasPrefix(f, name+":") {
				kept = append(kept, f)
			}
		}
		if value != "-" {
			kept = append(kept, edit)
		}
		fields = kept
	}
	return "GET /echo HTTP/1.1\r\n" + strings.Join(fields, "\r\n") + "\r\n\r\n"
}

// hello is the masked text frame "Hello" of RFC 6455, section 5.7, and olleh
// the answer of an echo server.
const (
	hello = "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"
	olleh = "\x81\x05Hello"
)

// testMux has an echo resource and a page.
func testMux(opts Options) *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("/echo", &Handler{Options: opts})
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "page %s", b)
	})
	return mux
}

// strictDoor and netHTTPDoor start a server on loopback and return its address.
func strictDoor(t testing.TB, handler http.Handler) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	serveUntilEnd(t, &Server{Handler: handler}, ln)
	return ln.Addr().String()
}

func serveUntilEnd(t testing.TB, s *Server, ln net.Listener) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
}

func netHTTPDoor(t testing.TB, handler http.Handler) string {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

// A caller is a raw client.
type caller struct {
	net.Conn
	r *bufio.Reader
	t testing.TB
}

func call(t testing.TB, addr string) *caller {
	t.Helper()
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nc.Close() })
	nc.SetDeadline(time.Now().Add(10 * time.Second))
	return &caller{nc, bufio.NewReader(nc), t}
}

func (c *caller) send(s string) *caller {
	io.WriteString(c, s) // a server that has heard enough may have closed
	return c
}

// answer reads one answer; method is that of the request.
func (c *caller) answer(method string) *http.Response {
	c.t.Helper()
	resp, err := http.ReadResponse(c.r, &http.Request{Method: method})
	if err != nil {
		c.t.Fatalf("no answer: %v", err)
	}
	if resp.StatusCode != 101 {
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			c.t.Fatalf("body of %s: %v", resp.Status, err)
		}
		resp.Body = io.NopCloser(bytes.NewReader(b))
	}
	return resp
}

// expect reads exactly what is wanted.
func (c *caller) expect(want string) {
	c.t.Helper()
	b := make([]byte, len(want))
	if n, err := io.ReadFull(c.r, b); err != nil || string(b) != want {
		c.t.Fatalf("got %q, %v; want %q", b[:n], err, want)
	}
}

// expectEnd reads to the end of the stream and returns what came before.
func (c *caller) expectEnd() string {
	c.t.Helper()
	b, err := io.ReadAll(c.r)
	if err != nil {
		c.t.Errorf("the connection did not end in order: %v", err)
	}
	return string(b)
}

// leave closes the WebSocket connection as a client does.
func (c *caller) leave() {
	c.t.Helper()
	c.send("\x88\x82\x00\x00\x00\x00\x03\xe8")
	c.expect("\x88\x02\x03\xe8")
	if rest := c.expectEnd(); rest != "" {
		c.t.Errorf("%q behind the Close frame", rest)
	}
}
