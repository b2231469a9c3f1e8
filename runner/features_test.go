package runner

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// A featured server echoes, and agrees to what its fields say.
type featured struct {
	deflate      string   // answer to an offer of permessage-deflate
	smallest     int      // and instead: the smallest server_max_window_bits that it agrees to
	plain        bool     // it does not compress what it sends
	subprotocols []string // that it supports
	greeting     string   // octets behind the opening handshake
	accept       string   // in place of the right accept value
	mute         bool     // it does not echo
	deaf         bool     // it does not even answer pings
	limit        uint64   // octets of a message; 0 for none
	late         bool     // it looks at the limit when it has the message
	code         uint16   // of the Close frame when the limit is exceeded
}

func (s featured) serve(nc net.Conn) {
	rd := wire.NewReader(nc)
	head, err := wire.ReadHead(rd, 0)
	if err != nil {
		return
	}
	accept := s.accept
	if accept == "" {
		accept = acceptValue(head.Get("Sec-WebSocket-Key"))
	}
	answer := strings.TrimSuffix(right(accept), "\r\n")
	deflate := s.agreed(head)
	if deflate != "" {
		answer += "Sec-WebSocket-Extensions: " + deflate + "\r\n"
	}
	for _, name := range s.subprotocols {
		if holdsToken(head, "Sec-WebSocket-Protocol", name) {
			answer += "Sec-WebSocket-Protocol: " + name + "\r\n"
			break
		}
	}
	io.WriteString(nc, answer+"\r\n"+s.greeting)
	s.frames(nc, rd, deflate != "")
}

// agreed is the answer to the offer of an extension.
func (s featured) agreed(head *wire.Head) string {
	offers, _ := parseExtensions(head.Values("Sec-WebSocket-Extensions"))
	if len(offers) == 0 || s.smallest == 0 {
		return strings.Repeat(s.deflate, min(len(offers), 1))
	}
	answer := "permessage-deflate"
	for _, p := range offers[0].params {
		switch {
		case p.name == "server_max_window_bits" && bits(p.value, 15) < s.smallest:
			return ""
		case p.name == "client_max_window_bits":
			answer += "; client_max_window_bits=12"
		case p.hasValue:
			answer += "; " + p.name + "=" + p.value
		default:
			answer += "; " + p.name
		}
	}
	return answer
}

// frames answers frames, compressed in both directions where that was agreed.
func (s featured) frames(nc net.Conn, rd *wire.Reader, deflate bool) {
	in, out := &wire.Inflater{}, &wire.Compressor{}
	for {
		h, _, err := rd.NextHeader()
		if err != nil || s.limit > 0 && !s.late && h.Length > s.limit {
			s.refuse(nc, err)
			return
		}
		payload := make([]byte, 0, min(h.Length, 1<<20))
		for uint64(len(payload)) < h.Length {
			b := make([]byte, min(h.Length-uint64(len(payload)), 32<<10))
			n, err := rd.ReadPayload(b)
			if payload = append(payload, b[:n]...); err != nil {
				return
			}
		}
		if s.limit > 0 && h.Length > s.limit {
			s.refuse(nc, nil)
			return
		}
		reply := wire.Header{FIN: true, Opcode: h.Opcode}
		switch {
		case h.Opcode == wire.Ping:
			reply.Opcode = wire.Pong
		case h.Opcode == wire.Pong:
			continue
		case h.RSV == 4:
			payload, _, err = in.Inflate(nil, payload, 0)
			if err != nil {
				return
			}
		}
		if reply.Opcode == wire.Text && deflate && h.RSV == 4 && !s.plain {
			payload, reply.RSV = out.Compress(nil, payload), 4
		}
		if s.deaf || s.mute && (h.Opcode == wire.Text || h.Opcode == wire.Binary) {
			continue
		}
		reply.Length = uint64(len(payload))
		if _, err := nc.Write(wire.AppendFrame(nil, reply, payload)); err != nil || h.Opcode == wire.Close {
			return
		}
	}
}

// refuse closes the connection over a message that is too large.
func (s featured) refuse(nc net.Conn, err error) {
	if err == nil && s.code != 0 {
		reply(nc, wire.Close, string([]byte{byte(s.code >> 8), byte(s.code)}))
	}
}

func TestCasesWhoseNeedsAreNotMetAreSkipped(t *testing.T) {
	list := named("echo", "deflate", "subprotocol", "unknown", "nothing")
	list[0].Needs = []cases.Feature{cases.Echo}
	list[1].Needs = []cases.Feature{cases.Deflate}
	list[2].Needs = []cases.Feature{cases.Subprotocol}
	list[3].Needs = []cases.Feature{"telepathy"}
	got := func(server featured) (reasons []string) {
		synctest.Test(t, func(t *testing.T) {
			target := &piped{serve: server.serve}
			r, err := Run(t.Context(), target, list, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range r.Results {
				reasons = append(reasons, fmt.Sprintf("%v: %s", v.Verdict, v.Reason))
			}
			target.serving.Wait()
		})
		return reasons
	}
	want := []string{
		"skip: the server does not echo", "skip: the server declines permessage-deflate",
		"skip: the server does not support the subprotocols chat and superchat", `skip: the run knows no feature "telepathy"`, "fail: ",
	}
	if d := cmp.Diff(want, got(featured{mute: true, deaf: true})); d != "" {
		t.Error(d)
	}
	want = []string{"pass: ", "pass: ", "pass: ", want[3], "pass: "}
	if d := cmp.Diff(want, got(featured{deflate: "permessage-deflate", subprotocols: []string{"chat", "superchat"}})); d != "" {
		t.Error(d)
	}
}

func TestCompressedConversations(t *testing.T) {
	const offer = "permessage-deflate; client_max_window_bits"
	text := strings.Repeat("Hello ", 100)
	hello := []cases.Step{
		cases.Open(offer), cases.Send(cases.Text(text).Deflate()), cases.Expect(cases.Text(text)),
		cases.Send(cases.Text(text).Deflate(), cases.Text("plain")), cases.Expect(cases.Text(text), cases.Text("plain")), cases.Close(1000),
	}
	for _, test := range []struct {
		name, answer string
		verdict      cases.Verdict
		says         string // in the block
	}{
		{"agreed", "permessage-deflate", cases.Pass, "RSV1"},
		{"agreed, with windows", "permessage-deflate; server_max_window_bits=15; client_max_window_bits=9", cases.Pass, "RSV1"},
		{"agreed to no takeover by us", "permessage-deflate; client_no_context_takeover", cases.Pass, "RSV1"},
		{"agreed to no takeover, and takes over", "permessage-deflate; server_no_context_takeover", cases.Failed, "agreed to no context takeover"},
		{"declined", "", cases.Skipped, "the server declined"},
		{"another extension", "x-webkit-deflate-frame", cases.Failed, "which was not offered"},
		{"a parameter with a wrong value", "permessage-deflate; client_max_window_bits=16", cases.Failed, "16"},
		{"twice", "permessage-deflate, permessage-deflate", cases.Failed, "2 times"},
		{"an unknown parameter", "permessage-deflate; x", cases.Failed, "does not define"},
		{"a parameter twice", "permessage-deflate; server_no_context_takeover; server_no_context_takeover", cases.Failed, "more than once"},
		{"a parameter with a value it has not", "permessage-deflate; server_no_context_takeover=1", cases.Failed, "with a value"},
		{"bits that are no number", "permessage-deflate; server_max_window_bits=x", cases.Failed, "number from 8 to 15"},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, featured{deflate: test.answer}.serve, script(hello...), func(r Result, _ time.Duration) {
				if r.Verdict != test.verdict || !strings.Contains(r.Block(""), test.says) {
					t.Errorf("%v, want %v and %q\n%s", r.Verdict, test.verdict, test.says, r.Block(""))
				}
			})
		})
	}
}

// A fault that all responses of a server have is not told once for each case.
func TestOneBrokenHandshakeIsBlamedOnce(t *testing.T) {
	list := sample() // of which two begin with an opening handshake of their own
	list[3].Refs = []string{"6455-4.2.2-16"}
	about := list[3]
	about.ID, about.Refs = "t/about", []string{"6455-4.2.2-20"}
	synctest.Test(t, func(t *testing.T) {
		target := &piped{serve: featured{accept: "wrong"}.serve}
		r, err := Run(t.Context(), target, append(list, about), Options{})
		if err != nil {
			t.Fatal(err)
		}
		v := verdicts(r)
		if v["t/open"] != cases.Skipped || v["t/accepted"] != cases.Skipped || v["t/about"] != cases.Failed {
			t.Errorf("%v", v)
		}
		for _, result := range r.Results {
			if result.Case.ID == "t/about" && (result.Requirement != "6455-4.2.2-20" || result.Explanation != nil) {
				t.Errorf("%s, %q", result.Requirement, result.Explanation)
			}
		}
		target.serving.Wait()
	})
}

// A server that could open a connection and cannot any more is in trouble, which
// is not skipped over.
func TestAHandshakeThatFailsLaterIsTrouble(t *testing.T) {
	var n atomic.Int32
	synctest.Test(t, func(t *testing.T) {
		target := &piped{serve: func(nc net.Conn) {
			if n.Add(1) < 17 {
				featured{}.serve(nc)
			} else {
				requests(says("HTTP/1.1 503 Service Unavailable\r\n\r\n"))(nc)
			}
		}}
		r, err := Run(t.Context(), target, named("a", "b", "c", "d"), Options{Parallel: 1})
		if err != nil {
			t.Fatal(err)
		}
		last := r.Results[3]
		if last.Verdict != cases.Errored || last.Reason != "the opening handshake failed, and had succeeded before: HTTP 503" || r.Results[0].Verdict != cases.Pass {
			t.Errorf("%v, %v: %s", r.Results[0].Verdict, last.Verdict, last.Reason)
		}
		target.serving.Wait()
	})
}

func TestTheWorstOfSeveralConnectionsCounts(t *testing.T) {
	const connections = 20
	var n atomic.Int32
	serve := func(nc net.Conn) {
		i := n.Add(1)
		if i%5 == 0 {
			requests(says("HTTP/1.1 503 Service Unavailable\r\n\r\n"))(nc)
			return
		}
		featured{}.serve(nc)
	}
	c := script(cases.Baseline(), cases.Expect(cases.Answer(101)).OrInfo(cases.Answer(503)), cases.Alive(), cases.Close(1000))
	c.Connections = connections
	inBubble(t, serve, c, func(r Result, _ time.Duration) {
		if r.Verdict != cases.Info || r.Got != "HTTP 503" || n.Load() != connections {
			t.Errorf("%v, got %q on %d connections", r.Verdict, r.Got, n.Load())
		}
	})
	keys := map[string]bool{}
	for i := range connections {
		set := usual.settings()
		p := newPlayer(t.Context(), set, &c, i)
		p.target = &piped{}
		keys[p.builder().key] = true
	}
	if len(keys) != connections {
		t.Errorf("%d keys for %d connections", len(keys), connections)
	}
}

// limited is a target that takes so many connections and no more.
type limited struct {
	piped
	left *atomic.Int32
}

func (l *limited) Dial(ctx context.Context) (net.Conn, error) {
	if l.left.Add(-1) < 0 {
		return nil, syscall.ECONNREFUSED
	}
	return l.piped.Dial(ctx)
}

// A server that takes only so many connections is not dead.
func TestOneConnectionOfManyMayBeRefused(t *testing.T) {
	var n atomic.Int32
	target := &limited{piped: piped{serve: featured{}.serve}, left: &n}
	n.Store(3)
	synctest.Test(t, func(t *testing.T) {
		c := script(cases.Alive(), cases.Close(1000))
		c.Connections = 5
		if r, err := playServer(t.Context(), target, usual.settings(), &c); err != nil || r.Verdict != cases.Errored {
			t.Errorf("%v, error %v", r.Verdict, err)
		}
		if r, err := playServer(t.Context(), target, usual.settings(), &c); err == nil || r.Verdict != cases.Errored {
			t.Errorf("with none left, %v, error %v", r.Verdict, err)
		}
		target.serving.Wait()
	})
}
