package reference

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAcceptingAnswerToTheOctet(t *testing.T) {
	c := call(t, strictDoor(t, testMux(Options{Subprotocols: []string{"chat"}, Deflate: &DeflateOptions{}})))
	c.send(baseline("Sec-WebSocket-Protocol: soap, chat", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=10"))
	c.expect("HTTP/1.1 101 Switching Protocols\r\n" +
		"Upgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" +
		"Sec-WebSocket-Protocol: chat\r\n" +
		"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=10\r\n\r\n")
	c.leave()
}

func TestAcceptValueIsThatOfTheKeyAsText(t *testing.T) {
	for key, want := range map[string]string{
		sampleKey:                  "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
		"AQIDBAUGBwgJCgsMDQ4PEA==": "C/0nmHhBztSRGR1CwL6Tf4ZjwpY=",
		"AQIDBAUGBwgJCgsMDQ4PEC==": "OfS0wDaT5NoxF2gqm7Zj2YtetzM=",
	} {
		if got := acceptValue(key); got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
	}
}

func TestSelectedSubprotocol(t *testing.T) {
	for offer, want := range map[string][]string{
		"":                      nil,
		"nope":                  nil,
		"nope, chat":            {"chat"},
		"superchat, chat":       {"superchat"},
		"chat, superchat":       {"chat"},
		"CHAT":                  nil,
		",chat,,":               {"chat"},
		"constructor, toString": nil,
	} {
		for _, door := range []func(testing.TB, http.Handler) string{strictDoor, netHTTPDoor} {
			c := call(t, door(t, testMux(Options{Subprotocols: []string{"chat", "superchat"}})))
			if offer == "" {
				c.send(baseline())
			} else {
				c.send(baseline("Sec-WebSocket-Protocol: " + offer))
			}
			got := c.answer("GET").Header["Sec-Websocket-Protocol"]
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("offer %q: %s", offer, diff)
			}
			c.leave()
		}
	}
}

// A refusal that leaves the request readable leaves the connection usable; the
// answers come in the order of the requests.
func TestRequestsAreAnsweredInOrder(t *testing.T) {
	c := call(t, strictDoor(t, testMux(Options{})))
	c.send("GET /page HTTP/1.1\r\nHost: h\r\n\r\n" +
		"POST /page HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody" +
		"GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n" +
		"GET /echo HTTP/1.1\r\nHost: h\r\n\r\n" +
		baseline("Sec-WebSocket-Version: 14") + baseline() + hello)
	for _, want := range []struct {
		status int
		body   string
	}{{200, "page "}, {200, "page body"}, {404, "404 page not found"}, {426, "426 Upgrade Required"}, {426, "426 Upgrade Required"}} {
		resp := c.answer("GET")
		if body := readBody(resp); resp.StatusCode != want.status || !strings.HasPrefix(body, want.body) || resp.Close {
			t.Fatalf("%d %q (close: %v), want %+v", resp.StatusCode, body, resp.Close, want)
		}
	}
	if resp := c.answer("GET"); resp.StatusCode != 101 {
		t.Fatalf("%d", resp.StatusCode)
	}
	c.expect(olleh)
	c.leave()
}

func TestRefusalSaysWhatIsWrongAndWhereItIsWritten(t *testing.T) {
	c := call(t, strictDoor(t, testMux(Options{}))).send(baseline("Connection: keep-alive"))
	resp := c.answer("GET")
	want := "426 Upgrade Required: the Connection field does not have the Upgrade option (RFC 6455, section 4.2.1)\n"
	if got := readBody(resp); got != want || resp.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%q, %v", got, resp.Header)
	}
	if diff := cmp.Diff([]string{"websocket", "Upgrade", "13"},
		[]string{resp.Header.Get("Upgrade"), resp.Header.Get("Connection"), resp.Header.Get("Sec-WebSocket-Version")}); diff != "" {
		t.Error(diff)
	}
}

func TestClientThatExpects100GetsItFirst(t *testing.T) {
	for name, door := range map[string]func(testing.TB, http.Handler) string{"strict": strictDoor, "net/http": netHTTPDoor} {
		c := call(t, door(t, testMux(Options{}))).send(baseline("Expect: 100-continue"))
		c.expect("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n")
		if name == "strict" {
			c = call(t, strictDoor(t, testMux(Options{}))).send("POST /page HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
			c.expect("HTTP/1.1 100 Continue\r\n\r\n")
			if body := readBody(c.send("ab").answer("POST")); body != "page ab" {
				t.Errorf("%q", body)
			}
		}
	}
}

func TestOriginPolicy(t *testing.T) {
	addr := strictDoor(t, testMux(Options{AllowedOrigins: []string{"http://good.test"}}))
	for origin, want := range map[string]int{
		"http://good.test":           101,
		"HTTP://GOOD.TEST":           101,
		"http://good.test ":          101,
		"http://evil.test":           403,
		"http://good.test.evil.test": 403,
		"http://evilgood.test":       403,
		"http://good.test:81":        403,
		"https://good.test":          403,
		"null":                       403,
		"":                           403,
		"http://good.test\r\nOrigin: http://evil.test": 403,
	} {
		if got := call(t, addr).send(baseline("Origin: " + origin)).answer("GET").StatusCode; got != want {
			t.Errorf("%q: %d, want %d", origin, got, want)
		}
	}
	if got := call(t, addr).send(baseline()).answer("GET").StatusCode; got != 101 {
		t.Errorf("no origin: %d", got)
	}
}

func TestHookDecides(t *testing.T) {
	var seen Request
	opts := Options{Handshake: func(r *Request) error {
		seen = *r
		r.ResponseHeader().Set("Set-Cookie", "a=b")
		r.ResponseHeader().Set("Upgrade", "h2c") // not for applications
		switch r.URL.RawQuery {
		case "auth":
			return &Refusal{Status: 401, Header: http.Header{"Www-Authenticate": {`Basic realm="x"`}}, Reason: "who are you"}
		case "moved":
			return &Refusal{Status: 307, Header: http.Header{"Location": {"/new"}}}
		case "error":
			return errors.New("secret")
		case "nonsense":
			return &Refusal{Status: 101}
		case "foreign":
			if err := r.Select("foreign"); err == nil {
				t.Error("a subprotocol that was not offered can be selected")
			}
			return nil
		case "split":
			r.ResponseHeader().Set("X", "a\r\nEvil: b")
		case "deflate":
			r.Deflate = &DeflateOptions{ServerNoContextTakeover: true}
		}
		return r.Select(r.Subprotocols[len(r.Subprotocols)-1])
	}}
	addr := strictDoor(t, testMux(opts))
	for query, want := range map[string]struct {
		status      int
		header      string
		value, body string
	}{
		"":         {101, "Sec-WebSocket-Protocol", "last", ""},
		"x":        {101, "Set-Cookie", "a=b", ""},
		"y":        {101, "Upgrade", "websocket", ""},
		"auth":     {401, "WWW-Authenticate", `Basic realm="x"`, "401 Unauthorized: who are you\n"},
		"moved":    {307, "Location", "/new", "307 Temporary Redirect\n"},
		"error":    {403, "Sec-WebSocket-Protocol", "", "403 Forbidden: the server does not want this connection\n"},
		"nonsense": {500, "Sec-WebSocket-Protocol", "", "500 Internal Server Error\n"},
		"foreign":  {101, "Sec-WebSocket-Protocol", "", ""},
		"split":    {500, "Evil", "", "500 Internal Server Error\n"},
		"deflate":  {101, "Sec-WebSocket-Extensions", "permessage-deflate; server_no_context_takeover", ""},
	} {
		request := baseline("Sec-WebSocket-Protocol: first, last", "Sec-WebSocket-Extensions: x, permessage-deflate")
		resp := call(t, addr).send(strings.Replace(request, "/echo", "/echo?"+query, 1)).answer("GET")
		if resp.StatusCode != want.status || resp.Header.Get(want.header) != want.value {
			t.Errorf("%q: %d, %v", query, resp.StatusCode, resp.Header)
		}
		if resp.StatusCode != 101 && readBody(resp) != want.body {
			t.Errorf("%q: body %q", query, readBody(resp))
		}
	}
	if diff := cmp.Diff([]string{"first", "last"}, seen.Subprotocols); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Extension{{Name: "x"}, {Name: "permessage-deflate"}}, seen.Extensions); diff != "" {
		t.Error(diff)
	}
}

func TestPanicClosesWith1011AndTheServerLivesOn(t *testing.T) {
	mux := testMux(Options{})
	mux.Handle("/panic", &Handler{Serve: func(context.Context, *Conn) { panic("a bug") }})
	mux.HandleFunc("/panic-early", func(http.ResponseWriter, *http.Request) { panic("another bug") })
	mux.HandleFunc("/panic-late", func(w http.ResponseWriter, r *http.Request) {
		w.Write(make([]byte, 2*maxWaiting))
		panic("a third bug")
	})
	addr := strictDoor(t, mux)
	c := call(t, addr).send(strings.Replace(baseline(), "/echo", "/panic", 1))
	c.answer("GET")
	c.expect("\x88\x02\x03\xf3")
	if got := call(t, addr).send(strings.Replace(baseline(), "/echo", "/panic-early", 1)).answer("GET").StatusCode; got != 500 {
		t.Errorf("%d", got)
	}
	c = call(t, addr).send(strings.Replace(baseline(), "/echo", "/panic-late", 1))
	if resp, err := http.ReadResponse(c.r, nil); err != nil {
		t.Error(err)
	} else if _, err := io.ReadAll(resp.Body); err == nil {
		t.Error("an answer that was broken off looks whole")
	}
	call(t, addr).send(baseline()).answer("GET")
}

// pages answer in every way that handlers have.
func pages(t *testing.T) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/large", func(w http.ResponseWriter, r *http.Request) {
		for range 100 {
			fmt.Fprint(w, strings.Repeat("x", 1000))
		}
	})
	mux.HandleFunc("/flushed", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "a")
		http.NewResponseController(w).Flush()
		fmt.Fprint(w, "b")
	})
	mux.HandleFunc("/length", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "3")
		n, err := fmt.Fprint(w, "abc")
		_, tooMuch := fmt.Fprint(w, "d")
		if n != 3 || err != nil || tooMuch == nil {
			t.Errorf("%d, %v, %v", n, err, tooMuch)
		}
	})
	mux.HandleFunc("/short", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "3")
		fmt.Fprint(w, "ab")
	})
	mux.HandleFunc("/none", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	mux.HandleFunc("/hints", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(103); w.WriteHeader(404) })
	return mux
}

func TestAnswersOfPages(t *testing.T) {
	addr := strictDoor(t, pages(t))
	for _, tt := range []struct {
		method, path, proto string
		status              int
		length              int64
		size                int
		close               bool
	}{
		{"GET", "/large", "1.1", 200, -1, 100000, false},
		{"GET", "/large", "1.0", 200, -1, 100000, true},
		{"HEAD", "/large", "1.1", 200, -1, 0, false},
		{"GET", "/flushed", "1.1", 200, -1, 2, false},
		{"GET", "/length", "1.1", 200, 3, 3, false},
		{"HEAD", "/length", "1.1", 200, 3, 0, false},
		{"GET", "/none", "1.1", 204, 0, 0, false},
		{"GET", "/hints", "1.1", 103, 0, 0, false},
		{"GET", "/nothing", "1.0", 404, 19, 19, true},
	} {
		name := tt.method + " " + tt.path + " " + tt.proto
		c := call(t, addr).send(fmt.Sprintf("%s %s HTTP/%s\r\nHost: h\r\n\r\n", tt.method, tt.path, tt.proto))
		resp := c.answer(tt.method)
		if resp.StatusCode != tt.status || resp.ContentLength != tt.length || len(readBody(resp)) != tt.size || resp.Close != tt.close {
			t.Errorf("%s: %d, length %d, %d octets, close %v", name, resp.StatusCode, resp.ContentLength, len(readBody(resp)), resp.Close)
		}
		if tt.close {
			c.expectEnd()
		} else if tt.status != 103 {
			c.send("GET /none HTTP/1.1\r\nHost: h\r\n\r\n").answer("GET")
		}
	}
	c := call(t, addr).send("GET /short HTTP/1.1\r\nHost: h\r\n\r\n")
	if resp, err := http.ReadResponse(c.r, nil); err != nil {
		t.Error(err)
	} else if _, err := io.ReadAll(resp.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("an answer that is too short: %v", err)
	}
}

func TestOtherLibrariesCanTakeOverTheConnection(t *testing.T) {
	addr := strictDoor(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nc, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer nc.Close()
		if _, err := w.Write([]byte("x")); !errors.Is(err, http.ErrHijacked) {
			t.Errorf("Write: %v", err)
		}
		if _, _, err := http.NewResponseController(w).Hijack(); err == nil {
			t.Error("the connection can be taken over twice")
		}
		line, err := rw.ReadString('\n')
		fmt.Fprintf(rw, "%s%v", line, err)
		rw.Flush()
	}))
	c := call(t, addr).send("GET / HTTP/1.1\r\nHost: h\r\n\r\nfirst")
	c.send(" second\n")
	if got := c.expectEnd(); got != "first second\n<nil>" {
		t.Errorf("%q", got)
	}
}

func TestServerThatHasBeenShutDownServesNoMore(t *testing.T) {
	s := &Server{}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Serve(t.Context(), ln); !errors.Is(err, ErrServerClosed) {
		t.Errorf("%v", err)
	}
	if _, err := ln.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the listener is open: %v", err)
	}
}
