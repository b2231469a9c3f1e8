package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/wsspec/wsspec/reference"
)

// A hosted server plays the scripts of a folder.
type hosted struct {
	address string
	log     chan string
}

// Write takes a line of the log.
func (h *hosted) Write(line []byte) (int, error) {
	h.log <- string(line)
	return len(line), nil
}

func startHosted(t *testing.T, dir string) *hosted {
	t.Helper()
	p, err := (&scriptFlags{dir: dir, timeout: time.Minute}).load()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &hosted{address: l.Addr().String(), log: make(chan string, 100)}
	p.log, p.others = slog.New(slog.NewTextHandler(h, nil)), echoHandler(strict())
	ctx, stop := context.WithCancel(t.Context())
	server := &reference.Server{Handler: p}
	var serving sync.WaitGroup
	stage := p.stage(1)
	stage.Options.Timeout = time.Minute // the machine may be busy
	serving.Go(func() { stage.Serve(ctx, l, server.ServeConn) })
	t.Cleanup(func() { stop(); serving.Wait() })
	return h
}

// A guest is the reference as the client of a script.
type guest struct {
	t    *testing.T
	c    *reference.Conn
	resp *reference.Response
}

func (h *hosted) open(t *testing.T, path string, o *reference.DialOptions) (*guest, error) {
	c, resp, err := reference.Dial(t.Context(), "ws://"+h.address+path, o)
	if c != nil {
		t.Cleanup(func() { c.CloseNow() })
	}
	return &guest{t, c, resp}, err
}

func (g *guest) say(text string) {
	g.t.Helper()
	if err := g.c.Write(g.t.Context(), reference.Text, []byte(text)); err != nil {
		g.t.Error(err)
	}
}

// hears checks the next message, or the error that comes instead of one.
func (g *guest) hears(want string) {
	g.t.Helper()
	_, p, err := g.c.Read(g.t.Context())
	if got := string(p); err != nil {
		if !strings.Contains(err.Error(), want) {
			g.t.Errorf("%v, want %q", err, want)
		}
	} else if got != want {
		g.t.Errorf("%q, want %q", got, want)
	}
}

func (g *guest) closes() {
	g.t.Helper()
	if err := g.c.Close(reference.StatusNormalClosure, ""); err != nil {
		g.t.Error(err)
	}
}

// Each script of the examples is played to the reference.
func TestTheExamplesOfScripts(t *testing.T) {
	h := startHosted(t, "testdata/handlers")
	examples := map[string]struct {
		options *reference.DialOptions
		talk    func(g *guest, err error)
		verdict string
	}{
		"/": {nil, func(g *guest, err error) { g.hears("this is the root"); g.hears("1000") }, "pass"},
		"/example/chat": {nil, func(g *guest, err error) {
			g.hears("hello")
			g.say("a")
			g.hears("a")
			g.closes()
		}, "pass"},
		"/example/login": {&reference.DialOptions{Subprotocols: []string{"other", "chat"}}, func(g *guest, err error) {
			g.hears("password?")
			g.say("secret")
			for range 3 {
				g.hears("ask")
				g.say("?")
				g.hears("42")
			}
			g.hears("1000")
			if got := g.c.Subprotocol(); got != "chat" {
				t.Error(got)
			}
		}, "pass"},
		"/example/ticker": {nil, func(g *guest, err error) { g.hears("tick"); g.hears("tick"); g.closes() }, "pass"},
		"/example/compressed": {&reference.DialOptions{Deflate: []reference.DeflateOptions{{}}}, func(g *guest, err error) {
			for _, text := range []string{"a", strings.Repeat("compressed ", 1000), "", "a"} {
				g.say(text)
				g.hears(text)
			}
			g.closes()
		}, "pass"},
		"/broken/octets": {nil, func(g *guest, err error) { g.hears("opcode") }, "pass"},
		"/broken/drop":   {nil, func(g *guest, err error) { g.say("a"); g.hears("reset") }, "pass"},
		"/broken/silent": {nil, func(g *guest, err error) { g.say("a"); g.hears("a"); g.hears("EOF") }, "pass"},
		"/handshake/cookie": {&reference.DialOptions{Subprotocols: []string{"superchat"}}, func(g *guest, err error) {
			if got := g.resp.Header.Get("Set-Cookie"); got != "session=1; HttpOnly" || g.c.Subprotocol() != "superchat" {
				t.Errorf("%q, %q", got, g.c.Subprotocol())
			}
			g.say("a")
			g.hears("a")
			g.hears("1000")
		}, "pass"},
		"/handshake/forbidden": {nil, func(g *guest, err error) {
			refusal, ok := errors.AsType[*reference.Refusal](err)
			if !ok || refusal.Status != http.StatusForbidden {
				t.Error(err)
			}
		}, "pass"},
		"/handshake/late": {nil, func(g *guest, err error) { g.hears("there you are"); g.hears("1000") }, "pass"},
	}
	err := filepath.WalkDir("testdata/handlers", func(name string, d os.DirEntry, err error) error {
		path := strings.TrimSuffix(strings.TrimSuffix(filepath.ToSlash(name)[len("testdata/handlers"):], ".ws"), "index")
		if _, ok := examples[path]; !ok && filepath.Ext(name) == ".ws" {
			t.Errorf("nothing plays %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	for path, e := range examples {
		g, err := h.open(t, path, e.options)
		if err != nil && g.c == nil && path != "/handshake/forbidden" {
			t.Errorf("%s: %v", path, err)
			continue
		}
		e.talk(g, err)
		if line := <-h.log; !strings.Contains(line, "msg=visit path="+path+" ") || !strings.Contains(line, " verdict="+e.verdict) {
			t.Errorf("%s: %s", path, line)
		}
	}
}

// fetch opens an address with HTTP alone.
func (h *hosted) fetch(t *testing.T, method, path string) (status int, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+h.address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func TestAServerTellsWhatItPlays(t *testing.T) {
	h := startHosted(t, "testdata/handlers")
	for _, test := range []struct {
		method, path string
		status       int
		want         string
	}{
		{"GET", "/", 200, "  /example/chat /chat   greets, and sends every message back\n"},
		{"GET", "/chat", 200, "loop\n  < message\n  > echo\ndone\n\nThere has been no visitor yet.\n"},
		{"HEAD", "/chat", 200, ""},
		{"POST", "/chat", 405, "this can be read"},
		{"GET", "/case/", 200, "/case/close/code-1000  "},
		{"GET", "/case/fragment/ping-between", 200, "# RFC 6455 5.4 MUST (6455-5.4-9)"},
		{"GET", "/case/autobahn:5.6", 200, "case fragment/ping-between\n"},
		{"GET", "/case/fragment/ping-betwen", 404, "did you mean fragment/ping-between"},
		{"GET", "/case/fragment/*", 404, "is not one case"},
		{"GET", "/case/handshake/key/list", 404, "it tests servers"},
		{"GET", "/case/web/url/space-in-host", 404, "it tests web pages"},
		{"GET", "/elsewhere", 426, "Upgrade"},
		{"GET", "/fault/none", 426, "Upgrade"},
	} {
		status, text := h.fetch(t, test.method, test.path)
		if status != test.status || !strings.Contains(text, test.want) {
			t.Errorf("%s %s: %d\n%.2000s", test.method, test.path, status, text)
		}
	}
}

// A case of the catalogue is played to who opens it, and what came of it is told.
func TestAServerPlaysCases(t *testing.T) {
	h := startHosted(t, "testdata/handlers")
	for _, test := range []struct {
		path, verdict string
		faults        []string
	}{
		{"/case/fragment/ping-between", "pass", nil},
		{"/case/autobahn:5.6", "pass", nil},
		{"/case/fragment/ping-between", "fail", []string{"pong-empty"}},
	} {
		g, err := h.open(t, test.path, &reference.DialOptions{Faults: test.faults})
		if err != nil {
			t.Error(err)
			continue
		}
		reference.Echo(t.Context(), g.c)
		if line := <-h.log; !strings.Contains(line, "path="+test.path) || !strings.Contains(line, "verdict="+test.verdict) {
			t.Errorf("%s: %s", test.path, line)
		}
		_, text := h.fetch(t, "GET", test.path)
		if want := fmt.Sprintf("\n%s  fragment/ping-between ", strings.ToUpper(test.verdict)); !strings.Contains(text, "The last visitor was 127.0.0.1:") || !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if _, err := h.open(t, "/case/none", nil); err == nil || !strings.Contains(err.Error(), "404") {
		t.Error(err)
	}
	g, err := h.open(t, "/elsewhere", nil)
	if err != nil {
		t.Fatal(err)
	}
	g.say("a")
	g.hears("a")
	g.closes()
}

// A script is not played on a connection that has had another request, and the others
// are told what is wrong with that.
func TestAScriptNeedsAConnectionOfItsOwn(t *testing.T) {
	h := startHosted(t, "testdata/handlers")
	nc, err := net.Dial("tcp", h.address)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	io.WriteString(nc, "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
	text, err := io.ReadAll(nc)
	if err != nil || !strings.Contains(string(text), "HTTP/1.1 400 Bad Request\r\n") || !strings.HasSuffix(string(text), "has had another request\n") {
		t.Errorf("%v\n%s", err, text)
	}
}

// visit is a client in a script: it hears what it is told to, and says something first
// where that has two parts.
func visit(ts *testscript.TestScript, neg bool, args []string) {
	ctx := context.Background()
	c, _, err := reference.Dial(ctx, args[0], nil)
	if neg {
		if err == nil || !strings.Contains(err.Error(), args[1]) {
			ts.Fatalf("%v, want %q", err, args[1])
		}
		return
	}
	ts.Check(err)
	defer c.CloseNow()
	for _, step := range args[1:] {
		said, heard, both := strings.Cut(step, ">")
		if both {
			ts.Check(c.Write(ctx, reference.Text, []byte(said)))
		} else {
			heard = said
		}
		_, p, err := c.Read(ctx)
		ts.Check(err)
		if string(p) != heard {
			ts.Fatalf("%q, want %q", p, heard)
		}
	}
	c.Close(reference.StatusNormalClosure, "")
}

// served checks what wsspec serve has said on its standard error.
func served(ts *testscript.TestScript, neg bool, args []string) {
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	if said := stateOf(ts).served.String(); pattern.MatchString(said) == neg {
		ts.Fatalf("%s:\n%s", args[0], said)
	}
}

// The reference is right in whatever case it visits. All of them take a while.
func TestTheReferenceVisitsCases(t *testing.T) {
	const every = 13
	h := startHosted(t, "testdata/handlers")
	ids := slices.Sorted(maps.Keys(offeredCases()))
	var visiting sync.WaitGroup
	next := make(chan string)
	for range 16 {
		visiting.Go(func() {
			for id := range next {
				o := &reference.DialOptions{Subprotocols: []string{"chat", "superchat"}, Deflate: []reference.DeflateOptions{{}}}
				g, err := h.open(t, casePath+id, o)
				if err == nil {
					reference.Echo(t.Context(), g.c)
					g.c.CloseNow()
				}
			}
		})
	}
	go func() {
		for i := 0; i < len(ids); i += every {
			next <- ids[i]
		}
		close(next)
	}()
	for i := 0; i < len(ids); i += every {
		line := <-h.log
		if !strings.Contains(line, " verdict=pass") {
			t.Error(line)
		}
	}
	visiting.Wait()
}
