package reference

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// answering starts a server that reads one request per connection and sends the
// answer that script makes for its key. The connection stays open until the
// client ends it.
func answering(t testing.TB, script func(key string) string) (uri string, requests chan *http.Request) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	requests = make(chan *http.Request, 16)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			nc, err := ln.Accept()
			if err != nil {
				return
			}
			req, err := http.ReadRequest(bufio.NewReader(nc))
			if err == nil {
				requests <- req
				io.WriteString(nc, script(req.Header.Get("Sec-WebSocket-Key")))
				nc.SetReadDeadline(time.Now().Add(5 * time.Second))
				if _, err := io.Copy(io.Discard, nc); errors.Is(err, context.DeadlineExceeded) {
					t.Error("the client has left the connection open")
				}
			}
			nc.Close()
		}
	}()
	t.Cleanup(func() { ln.Close(); <-done })
	return "ws://" + ln.Addr().String(), requests
}

func accepting(key string, fields ...string) string {
	return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
		acceptValue(key) + "\r\n" + strings.Join(append(fields, ""), "\r\n") + "\r\n"
}

func TestRequestOfTheClient(t *testing.T) {
	uri, requests := answering(t, func(key string) string {
		return accepting(key, "Sec-WebSocket-Protocol: b", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9", "X: y")
	})
	c, resp, err := Dial(t.Context(), uri+"/p?q=\u00fc", &DialOptions{
		Header: http.Header{"Cookie": {"a=b"}}, Origin: "http://example.com", Subprotocols: []string{"a", "b"},
		Deflate: []DeflateOptions{{ServerMaxWindowBits: 10}, {ServerNoContextTakeover: true, ClientNoContextTakeover: true, ClientMaxWindowBits: 9}, {ClientMaxWindowBits: -1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	if c.Subprotocol() != "b" || resp.Header.Get("X") != "y" || resp.StatusCode != 101 {
		t.Errorf("subprotocol %q, %+v", c.Subprotocol(), resp)
	}
	if diff := cmp.Diff(&DeflateParams{ServerMaxWindowBits: 9, ClientMaxWindowBits: 15}, c.Deflate()); diff != "" {
		t.Error(diff)
	}
	req := <-requests
	nonce, err := base64.StdEncoding.Strict().DecodeString(req.Header.Get("Sec-WebSocket-Key"))
	if err != nil || len(nonce) != 16 {
		t.Errorf("key %q", req.Header.Get("Sec-WebSocket-Key"))
	}
	req.Header.Del("Sec-WebSocket-Key")
	want := http.Header{
		"Upgrade": {"websocket"}, "Connection": {"Upgrade"}, "Sec-Websocket-Version": {"13"}, "Cookie": {"a=b"},
		"Origin": {"http://example.com"}, "Sec-Websocket-Protocol": {"a, b"},
		"Sec-Websocket-Extensions": {"permessage-deflate; server_max_window_bits=10; client_max_window_bits, " +
			"permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits=9, permessage-deflate"},
	}
	if diff := cmp.Diff(want, req.Header); diff != "" {
		t.Error(diff)
	}
	if req.Method != "GET" || req.RequestURI != "/p?q=%C3%BC" || "ws://"+req.Host != uri || req.Proto != "HTTP/1.1" {
		t.Errorf("%s %s %s %s", req.Method, req.RequestURI, req.Proto, req.Host)
	}
}

// What the client sends passes the strict front door.
func TestRequestOfTheClientIsStrictlyValid(t *testing.T) {
	u, err := parseURL("ws://[::1]:9001/p?q")
	if err != nil {
		t.Fatal(err)
	}
	opts := &DialOptions{Subprotocols: []string{"a", "b"}, Deflate: []DeflateOptions{{}}, Header: http.Header{"X": {"y", ""}}}
	b, err := opts.appendRequest(nil, u, newKey())
	if err != nil {
		t.Fatal(err)
	}
	req, err := parseRequest(rules{}, b)
	if err == nil {
		_, err = examine(rules{}, req)
	}
	if err != nil {
		t.Errorf("%v in %q", err, b)
	}
}

func TestEveryConnectionHasAKeyOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		key := newKey()
		if !validKey(key) || seen[key] {
			t.Fatalf("%q", key)
		}
		seen[key] = true
	}
}

func TestInvalidDialOptionsNeverReachTheWire(t *testing.T) {
	for name, opts := range map[string]*DialOptions{
		"empty subprotocol":      {Subprotocols: []string{""}},
		"subprotocol with space": {Subprotocols: []string{"a b"}},
		"subprotocol list":       {Subprotocols: []string{"a,b"}},
		"subprotocol injection":  {Subprotocols: []string{"a\r\nX-Evil: 1"}},
		"subprotocol beyond":     {Subprotocols: []string{"caf\u00e9"}},
		"subprotocol twice":      {Subprotocols: []string{"chat", "chat"}},
		"own key":                {Header: http.Header{"Sec-WebSocket-Key": {newKey()}}},
		"own host":               {Header: http.Header{"Host": {"h"}}},
		"own upgrade":            {Header: http.Header{"upgrade": {"h2c"}}},
		"own connection":         {Header: http.Header{"Connection": {"close"}}},
		"own length":             {Header: http.Header{"Content-Length": {"5"}}},
		"two origins":            {Header: http.Header{"Origin": {"x"}}, Origin: "y"},
		"field value injection":  {Header: http.Header{"X": {"ok", "a\r\nEvil: 1"}}},
		"field name injection":   {Header: http.Header{"X: y\r\nEvil": {"1"}}},
		"origin injection":       {Origin: "x\r\nEvil: 1"},
		"empty name":             {Header: http.Header{"": {"1"}}},
	} {
		opts.NetDial = func(context.Context, string, string) (net.Conn, error) {
			t.Errorf("%s: the client connects", name)
			return nil, io.EOF
		}
		if _, _, err := Dial(t.Context(), "ws://h/", opts); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := (&DialOptions{Subprotocols: []string{"chat", "CHAT"}}).check(); err != nil {
		t.Error(err)
	}
}

func TestClientTakesCorrectAnswersOnly(t *testing.T) {
	for name, tt := range map[string]struct {
		answer func(key string) string
		breach string
	}{
		"plain":         {func(key string) string { return accepting(key) }, ""},
		"100 first":     {func(key string) string { return strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 10) + accepting(key) }, ""},
		"early hints":   {func(key string) string { return "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + accepting(key) }, ""},
		"100 for ever":  {func(key string) string { return strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 100) }, "6455-10.4-1"},
		"1000 fields":   {func(key string) string { return "HTTP/1.1 101 X\r\n" + strings.Repeat("A: b\r\n", 1000) }, "6455-10.4-1"},
		"endless line":  {func(key string) string { return "HTTP/1.1 101 X\r\nA: " + strings.Repeat("b", 1<<20) }, "6455-10.4-1"},
		"other key":     {func(string) string { return accepting(newKey()) }, "6455-4.1-46"},
		"HTTP/1.0":      {func(key string) string { return strings.Replace(accepting(key), "/1.1", "/1.0", 1) }, "6455-4.1-49"},
		"LF":            {func(key string) string { return strings.ReplaceAll(accepting(key), "\r\n", "\n") }, "9112-2.2-1"},
		"LF in accept":  {func(key string) string { return strings.Replace(accepting(key), "=\r\n", "=\n\r\n", 1) }, "9112-2.2-1"},
		"NUL in accept": {func(key string) string { return strings.Replace(accepting(key), "=\r\n", "=\x00\r\n", 1) }, "6455-4.1-49"},
		"SMTP":          {func(string) string { return "220 mail.example ESMTP\r\n" }, "6455-4.1-49"},
		"page":          {func(string) string { return "<!DOCTYPE html>" }, "6455-4.1-49"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			uri, _ := answering(t, tt.answer)
			c, _, err := Dial(t.Context(), uri, nil)
			if got := requirementOf(err); got != tt.breach {
				t.Errorf("%q, want %q (%v)", got, tt.breach, err)
			}
			if c != nil {
				c.CloseNow()
			}
		})
	}
}

func TestOtherStatusesAreRefusals(t *testing.T) {
	for _, status := range []int{200, 201, 204, 206, 300, 301, 304, 400, 401, 403, 404, 426, 500, 503, 599, 999} {
		uri, _ := answering(t, func(key string) string {
			return strings.Replace(accepting(key, "Location: /x"), "101", fmt.Sprint(status), 1)
		})
		_, resp, err := Dial(t.Context(), uri, nil)
		if refusal, ok := errors.AsType[*Refusal](err); !ok || refusal.Status != status || resp.StatusCode != status {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestRefusalShowsTheServersWords(t *testing.T) {
	for name, tt := range map[string]struct{ answer, body, message string }{
		"length":    {"HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nno\nwayx", "no\nwa", ": no"},
		"chunks":    {"HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n4\r\n way\r\n0\r\n\r\n", "no way", ": no way"},
		"neither":   {"HTTP/1.1 403 Forbidden\r\n\r\nno way", "no way", ": no way"},
		"too short": {"HTTP/1.1 403 Forbidden\r\nContent-Length: 50\r\n\r\nno", "no", ": no"},
		"none":      {"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "", "Forbidden"},
		"controls":  {"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n\x1b[", "\x1b[", `: "\x1b["`},
		"large":     {"HTTP/1.1 403 Forbidden\r\nContent-Length: 90000\r\n\r\n" + long('x', 90000), long('x', maxExcerpt), long('x', 200) + `"`},
	} {
		uri, _ := answering(t, func(string) string { return tt.answer })
		_, resp, err := Dial(t.Context(), uri, nil)
		if resp == nil || string(resp.Body) != tt.body || !strings.HasSuffix(fmt.Sprint(err), tt.message) {
			t.Errorf("%s: %v (%+v)", name, err, resp)
		}
	}
}

func TestRedirections(t *testing.T) {
	target, requests := answering(t, func(key string) string { return accepting(key) })
	other, _ := answering(t, func(string) string {
		return "HTTP/1.1 307 X\r\nLocation: " + strings.Replace(target, "ws", "http", 1) + "/new\r\n\r\n"
	})
	loop, _ := answering(t, func(string) string { return "HTTP/1.1 302 X\r\nLocation: /again\r\n\r\n" })
	mute, _ := answering(t, func(string) string { return "HTTP/1.1 301 X\r\n\r\n" })
	header := http.Header{"Authorization": {"Basic x"}, "Cookie": {"a=b"}, "X": {"y"}}

	if _, _, err := Dial(t.Context(), other, nil); err == nil || len(requests) > 0 {
		t.Errorf("a redirection is followed unasked: %v", err)
	}
	c, _, err := Dial(t.Context(), other, &DialOptions{MaxRedirects: 1, Header: header})
	if err != nil {
		t.Fatal(err)
	}
	c.CloseNow()
	req := <-requests
	if req.RequestURI != "/new" || req.Header.Get("X") != "y" || req.Header.Get("Cookie") != "" || req.Header.Get("Authorization") != "" {
		t.Errorf("%s %v", req.RequestURI, req.Header)
	}
	for _, uri := range []string{loop, mute} {
		if _, _, err := Dial(t.Context(), uri, &DialOptions{MaxRedirects: 5}); err == nil {
			t.Error("no error")
		} else if _, ok := errors.AsType[*Refusal](err); !ok {
			t.Errorf("%v", err)
		}
	}
	if _, err := (&DialOptions{}).redirected("wss://h/", "ws://h/"); err == nil {
		t.Error("a redirection from wss to ws is followed")
	}
	if next, err := (&DialOptions{Header: header}).redirected("ws://h/", "ws://H/x"); err != nil || next.Header.Get("Cookie") == "" {
		t.Errorf("cookies do not go to the same host: %v", err)
	}
}

// The octets behind the answer are frames, however the stream is cut.
func TestFramesBehindTheAnswerAreKept(t *testing.T) {
	for _, at := range []int{0, 1, 60, 100, 128, 129, 130, 135} {
		synctest.Test(t, func(t *testing.T) {
			near, far := net.Pipe()
			sent := make(chan struct{})
			go func() {
				defer close(sent)
				req, err := http.ReadRequest(bufio.NewReader(far))
				if err != nil {
					t.Error(err)
					return
				}
				stream := accepting(req.Header.Get("Sec-WebSocket-Key")) + olleh
				io.WriteString(far, stream[:at])
				<-time.After(time.Second) // of the bubble
				io.WriteString(far, stream[at:])
			}()
			c, _, err := Client(t.Context(), near, "ws://h/", nil)
			if err != nil {
				t.Fatal(err)
			}
			defer c.CloseNow()
			defer far.Close()
			if _, p, err := c.Read(t.Context()); err != nil || string(p) != "Hello" {
				t.Errorf("cut at %d: %q, %v", at, p, err)
			}
			<-sent
		})
	}
}

func TestSilentServerTimesOut(t *testing.T) {
	for _, sent := range []string{"", "HTTP/1.1 101 X\r\nA"} {
		synctest.Test(t, func(t *testing.T) {
			near, far := net.Pipe()
			go func() {
				http.ReadRequest(bufio.NewReader(far))
				io.WriteString(far, sent)
				if b, err := io.ReadAll(far); len(b) > 0 || err != nil {
					t.Errorf("the client sends %q, %v", b, err)
				}
			}()
			start := time.Now()
			_, _, err := Client(t.Context(), near, "ws://h/", &DialOptions{HandshakeTimeout: 3 * time.Second})
			if d := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || d != 3*time.Second {
				t.Errorf("%v after %v", err, d)
			}
		})
	}
}

func TestContextEndsTheHandshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			http.ReadRequest(bufio.NewReader(far))
			cancel()
		}()
		if _, _, err := Client(ctx, near, "ws://h/", nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
}

func TestServerThatLeavesIsAnError(t *testing.T) {
	for _, sent := range []string{"", "HTTP/1.1 101 X\r\n"} {
		near, far := net.Pipe()
		go func() {
			http.ReadRequest(bufio.NewReader(far))
			io.WriteString(far, sent)
			far.Close()
		}()
		if _, _, err := Client(t.Context(), near, "ws://h/", nil); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("after %q: %v", sent, err)
		}
	}
}
