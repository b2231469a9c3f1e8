package runner

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// A theatre is a Stage that serves scripts, and a server beside it that says what was
// read of the connections that it gets.
type theatre struct {
	address  string
	visitors chan Visitor
	stop     context.CancelFunc
	ended    chan error
}

// startStage serves a script for each path.
func startStage(t *testing.T, s *Stage, scripts map[string]string, options ...func(*Scene)) *theatre {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return startStageAt(t, l, s, scripts, options...)
}

func startStageAt(t *testing.T, l net.Listener, s *Stage, scripts map[string]string, options ...func(*Scene)) *theatre {
	t.Helper()
	scenes := map[string]*Scene{}
	for path, text := range scripts {
		c, err := cases.ParseScript(path+".ws", strings.TrimPrefix(path, "/"), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		scenes[path] = &Scene{Case: c, Talks: true, Timeout: time.Minute}
		for _, o := range options {
			o(scenes[path])
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	th := &theatre{address: l.Addr().String(), visitors: make(chan Visitor, 100), stop: stop, ended: make(chan error, 1)}
	s.Scene = func(path string) *Scene { return scenes[path] }
	s.OnVisit = func(v Visitor) { th.visitors <- v }
	go func() {
		th.ended <- s.Serve(ctx, l, func(_ context.Context, nc net.Conn) {
			defer nc.Close()
			head, _ := wire.ReadHead(wire.NewReader(nc), 0)
			fmt.Fprintf(nc, "HTTP/1.1 418 %T\r\n\r\n%s", nc, head.Raw)
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-th.ended; err != nil {
			t.Error(err)
		}
		noGoroutineLeft(t)
	})
	return th
}

// A dialogue is a client's side of a conversation.
type dialogue struct {
	t  *testing.T
	nc net.Conn
	rd *wire.Reader
}

func (th *theatre) open(t *testing.T, path string) *dialogue {
	t.Helper()
	d := &driver{address: th.address}
	nc, rd := d.begin(t, path)
	t.Cleanup(func() { nc.Close() })
	return &dialogue{t, nc, rd}
}

func (k *dialogue) say(op wire.Opcode, payload string) { (&tiny{}).send(k.nc, op, 0, []byte(payload)) }

// hears checks the next frame of the server, in the words of a transcript.
func (k *dialogue) hears(want string) {
	k.t.Helper()
	f, err := k.rd.Next()
	got := fmt.Sprint(err)
	if err == nil {
		got = frameWords(f.Header, f.Payload)
	}
	if got != want {
		k.t.Errorf("%s, want %s", got, want)
	}
}

// closes does the closing handshake, and waits for the end of TCP.
func (k *dialogue) closes(code uint16) {
	k.t.Helper()
	k.say(wire.Close, string([]byte{byte(code >> 8), byte(code)}))
	k.hears(fmt.Sprintf("close %d", code))
	k.hears(io.EOF.Error())
}

func (th *theatre) visit(t *testing.T, verdict cases.Verdict, got string) Visitor {
	t.Helper()
	v := <-th.visitors
	if v.Result.Verdict != verdict || !strings.Contains(v.Result.Got+v.Result.Reason, got) {
		t.Errorf("%v, got %q, because %q\n%s", v.Result.Verdict, v.Result.Got, v.Result.Reason, v.Result.Block(""))
	}
	return v
}

const parrot = `> text "hello"
loop
  < message
  > echo
done
`

func TestAScriptGreetsAndSendsEveryMessageBack(t *testing.T) {
	th := startStage(t, &Stage{}, map[string]string{"/chat": parrot})
	k := th.open(t, "/chat?room=1")
	k.hears(`text "hello"`)
	for _, s := range []string{"a", "", strings.Repeat("long", 1000)} {
		k.say(wire.Text, s)
		k.hears(strings.TrimSuffix("text "+quote([]byte(s), uint64(len(s))), ` ""`))
		k.say(wire.Binary, s)
		k.hears(strings.TrimSuffix("binary "+quote([]byte(s), uint64(len(s))), ` ""`))
	}
	k.say(wire.Ping, "p")
	k.hears(`pong "p"`)
	k.closes(1000)
	v := th.visit(t, cases.Pass, "")
	if v.Path != "/chat" || v.Addr != k.nc.LocalAddr().String() || !v.Result.Close.Clean {
		t.Errorf("%q from %q, %+v", v.Path, v.Addr, v.Result.Close)
	}
}

func TestAScriptIsPlayedToItsEnd(t *testing.T) {
	for _, test := range []struct {
		name, script string
		talk         func(k *dialogue)
		verdict      cases.Verdict
		got          string
	}{
		{"an exact message", "< text \"a\"\n> text \"b\"\nclose 1000\n", func(k *dialogue) {
			k.say(wire.Text, "a")
			k.hears(`text "b"`)
			k.hears("close 1000")
			k.say(wire.Close, "\x03\xe8")
		}, cases.Pass, ""},
		{"another message", "< text \"a\"\nclose 1000\n", func(k *dialogue) {
			k.say(wire.Text, "x")
			k.hears("close 1008 \"expected text \\\"a\\\"\"")
		}, cases.Failed, `text "x"`},
		{"a message of another type", "< text any\n", func(k *dialogue) {
			k.say(wire.Binary, "x")
			k.hears(`close 1008 "expected any text message"`)
		}, cases.Failed, `binary "x"`},
		{"messages that cross the close", "> text \"a\"\nclose 1000\n", func(k *dialogue) {
			k.hears(`text "a"`)
			k.say(wire.Text, "b")
			k.hears("close 1000")
			k.say(wire.Close, "\x03\xe8")
		}, cases.Pass, ""},
		{"an echo in fragments", "< binary any\n> echo fragments=1\n", func(k *dialogue) {
			k.say(wire.Binary, "ab")
			k.hears(`binary "a", FIN 0`)
			k.hears(`continuation "b", FIN 0`)
			k.hears(`continuation`)
			k.hears("close 1000")
		}, cases.Pass, ""},
		{"an echo of what did not come", "< maybe text any; text \"z\"\n| pass text any\n> echo rsv1\n", func(k *dialogue) {
			k.say(wire.Text, "z")
			k.hears(`text "z", RSV1`)
			k.hears("close 1000")
		}, cases.Pass, ""},
		{"nothing to send back", "< maybe text any; close any\n> echo\n", func(k *dialogue) { k.closes(1000) }, cases.Pass, ""},
		{"a repeat and a loop", "repeat 2\n  < text any\n  > text \"r\"\ndone\nloop\n  < text any\n  > text \"l\"\ndone\n", func(k *dialogue) {
			for _, c := range "rrll" {
				k.say(wire.Text, "a")
				k.hears(fmt.Sprintf("text %q", string(c)))
			}
			k.closes(4000)
		}, cases.Pass, ""},
		{"TCP that ends in a loop", "loop\n  < text any\ndone\n", func(k *dialogue) { k.nc.Close() }, cases.Info, "end of TCP"},
		{"a loop that is left in the middle", "loop\n  < text any\n  alive\ndone\n", func(k *dialogue) {
			k.say(wire.Text, "a")
			k.hears(`ping "alive 1"`)
			k.closes(1001)
		}, cases.Pass, ""},
		{"what does not fit into a loop", "loop\n  < text \"a\"\ndone\n", func(k *dialogue) {
			k.say(wire.Text, "b")
			k.hears(`close 1008 "expected text \"a\""`)
		}, cases.Failed, `text "b"`},
		{"a breach in a loop", "loop\n  < text any\ndone\n", func(k *dialogue) {
			k.nc.Write([]byte("\x81\x01a"))
			k.hears(`close 1002 "it sends a frame that is not masked"`)
		}, cases.Failed, "not masked"},
		{"bad octets", "> raw \"\\x83\\x00\"\n< fail 1002\n", func(k *dialogue) {
			k.hears("opcode 3")
			k.say(wire.Close, "\x03\xea")
			k.hears(io.EOF.Error())
			k.nc.Close()
		}, cases.Pass, ""},
		{"a reset", "< text any\nreset\n", func(k *dialogue) {
			k.say(wire.Text, "a")
			if _, err := k.rd.Next(); !isReset(err) {
				t.Error(err)
			}
		}, cases.Pass, ""},
		{"a pause keeps what comes", "pause 1ms\n> text \"now\"\n< text \"early\"\n", func(k *dialogue) {
			k.say(wire.Text, "early")
			k.hears(`text "now"`)
			k.hears("close 1000")
		}, cases.Pass, ""},
		{"a pause ends with the connection", "loop\n  pause 1h\n  > text \"never\"\ndone\n", func(k *dialogue) { k.closes(1000) }, cases.Pass, ""},
		{"a message too large to be sent back", "< message\n> echo\n", func(k *dialogue) {
			go k.say(wire.Text, strings.Repeat("a", anyOctets+1))
			k.hears("close 1009")
			k.say(wire.Close, "\x03\xf1")
		}, cases.Pass, "no more than 1 MiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			th := startStage(t, &Stage{}, map[string]string{"/x": test.script})
			test.talk(th.open(t, "/x"))
			th.visit(t, test.verdict, test.got)
		})
	}
}

// What the opening handshake is answered with is the script's, octet for octet.
func TestAScriptAnswersTheOpeningHandshake(t *testing.T) {
	for name, test := range map[string]struct{ script, want string }{
		"fields":            {"> answer set \"Set-Cookie\" \"a=b\"\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSet-Cookie: a=b\r\n\r\n"},
		"a subprotocol":     {"open subprotocols \"chat\"\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n"},
		"another status":    {"> answer raw \"HTTP/1.1 403 No\\r\\nContent-Length: 0\\r\\n\\r\\n\"\n", "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"},
		"behind a pause":    {"pause 1ms\n> answer raw \"late\"\n", "late"},
		"nothing but a FIN": {"> answer raw \"\"\nshut\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			th := startStage(t, &Stage{}, map[string]string{"/x": test.script})
			nc, err := net.Dial("tcp", th.address)
			if err != nil {
				t.Fatal(err)
			}
			defer nc.Close()
			io.WriteString(nc, "GET /x HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: chat\r\n"+
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
			got, _ := io.ReadAll(nc)
			text, _ := strings.CutSuffix(string(got), "\x88\x02\x03\xe8")
			if d := cmp.Diff(test.want, text); d != "" {
				t.Error(d)
			}
			th.visit(t, cases.Pass, "")
		})
	}
}

// Whoever asks for no script, or not for a WebSocket, gets the other server, which
// sees what was sent as it was sent, on the connection as it came if that can be.
func TestOtherConnectionsAreHandedOver(t *testing.T) {
	th := startStage(t, &Stage{}, map[string]string{"/x": parrot})
	for _, sent := range []string{
		"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n", "GET /y?a HTTP/1.1\r\n\r\n", "GET /x HTTP/1.1\r\nHost: h\r\n\r\n",
		"POST /x HTTP/1.1\r\nUpgrade: websocket\r\n\r\n", "get /x HTTP/1.1\r\n\r\n", "GET x HTTP/1.1\r\n\r\n",
		"GET /" + strings.Repeat("a", 2*sniffed) + " HTTP/1.1\r\nA: b\r\n\r\n",
	} {
		for _, cut := range []int{1, 3, 5, len(sent)} {
			nc, err := net.Dial("tcp", th.address)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(nc, sent[:cut])
			io.WriteString(nc, sent[cut:])
			got, err := io.ReadAll(nc)
			nc.Close()
			line, rest, _ := strings.Cut(string(got), "\r\n\r\n")
			if !strings.HasPrefix(line, "HTTP/1.1 418 ") || rest != sent || err != nil {
				t.Errorf("%.40q: %.80q, %v", sent, got, err)
			}
			if asItWas := strings.HasSuffix(line, "*net.TCPConn"); runtime.GOOS == "linux" && cut == len(sent) && cut < 40 && !asItWas && sent[4:6] != "/x" {
				t.Errorf("%.40q: a %s", sent, line)
			}
		}
	}
}

func TestVisitorsAreToldThatTheServerStops(t *testing.T) {
	th := startStage(t, &Stage{}, map[string]string{"/x": parrot})
	k := th.open(t, "/x")
	k.hears(`text "hello"`)
	th.stop()
	k.hears("close 1001")
	th.visit(t, cases.Pass, "the server was stopped")
}

func TestTooManyVisitorsAreTurnedAway(t *testing.T) {
	th := startStage(t, &Stage{AtOnce: 1}, map[string]string{"/x": parrot})
	k := th.open(t, "/x")
	k.hears(`text "hello"`)
	if status := (&driver{address: th.address}).get(t, "/x", "Upgrade: websocket\r\n"); status != 503 {
		t.Error(status)
	}
	k.closes(1000)
}

func TestManyVisitorsAreServedAtATime(t *testing.T) {
	th := startStage(t, &Stage{}, map[string]string{"/x": parrot})
	var all []*dialogue
	for range 50 {
		all = append(all, th.open(t, "/x"))
	}
	for _, k := range all {
		k.hears(`text "hello"`)
	}
	for i, k := range all {
		k.say(wire.Text, fmt.Sprint(i))
		k.hears(fmt.Sprintf("text \"%d\"", i))
	}
	for _, k := range all {
		k.closes(1000)
		th.visit(t, cases.Pass, "")
	}
}

func TestScriptsArePlayedOverTLS(t *testing.T) {
	a := newAuthority(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	th := startStageAt(t, tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{a.server(t, "h")}}), &Stage{}, map[string]string{"/x": "> text \"a\"\nclose 1000\n"})
	nc, err := tls.Dial("tcp", th.address, &tls.Config{RootCAs: a.pool, ServerName: "h"})
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	io.WriteString(nc, (&tiny{}).request(&url.URL{Scheme: "wss", Host: "h", Path: "/x"}, Call{}))
	rd := wire.NewReader(nc)
	wire.ReadHead(rd, 0)
	k := &dialogue{t, nc, rd}
	k.hears(`text "a"`)
	k.hears("close 1000")
	k.say(wire.Close, "\x03\xe8")
	th.visit(t, cases.Pass, "")
}

// A case of the catalogue is judged as it is elsewhere, and one that the client cannot
// be tested with opens a connection and closes it.
func TestCasesAreStagedToo(t *testing.T) {
	pong := "subject both\nrefs 6455-5.5.2-2\n> ping \"a\"\n< pong \"a\"\nclose 1000\n"
	deflate := "needs deflate\nopen extensions \"permessage-deflate\"\nalive\n"
	th := startStage(t, &Stage{}, map[string]string{"/pong": pong, "/deflate": deflate}, func(s *Scene) { s.Talks = false })
	(&driver{address: th.address}).open("/pong")
	th.visit(t, cases.Pass, "")
	(&driver{address: th.address}).open("/deflate")
	th.visit(t, cases.Skipped, "permessage-deflate")
}

// closesToo answers the server's Close.
func (k *dialogue) closesToo(code uint16) {
	k.say(wire.Close, string([]byte{byte(code >> 8), byte(code)}))
	k.nc.Close()
}
