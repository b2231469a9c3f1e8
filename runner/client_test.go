package runner

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

const clientRequest = "GET /chat HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
	"Sec-WebSocket-Key: " + sampleKey + "\r\nSec-WebSocket-Version: 13\r\n\r\n"

// A handmade is a small WebSocket client for the player to test.
type handmade struct {
	request  string
	careless bool // takes everything for right, and masks nothing
	key      [4]byte
}

var goodClient = handmade{request: clientRequest, key: [4]byte{0x37, 0xfa, 0x21, 0x3d}}

// converse opens a connection and echoes until it ends.
func (c handmade) converse(nc net.Conn) {
	defer nc.Close()
	fmt.Fprint(nc, c.request)
	rd := wire.NewReader(nc)
	if head, err := wire.ReadHead(rd, 0); err != nil || !strings.Contains(head.StartLine, "101") {
		return
	}
	for {
		f, err := rd.Next()
		switch {
		case err != nil:
			return
		case !c.careless && (f.Masked || f.RSV != 0 || f.Opcode > 10 || f.Opcode > 2 && f.Opcode < 8):
			c.send(nc, wire.Close, "\x03\xea")
			return
		case f.Opcode == wire.Ping:
			c.send(nc, wire.Pong, string(f.Payload))
		case f.Opcode == wire.Close:
			c.send(nc, wire.Close, string(f.Payload))
			io.Copy(io.Discard, rd) // until the server ends TCP
			return
		default:
			c.send(nc, f.Opcode, string(f.Payload))
		}
	}
}

func (c handmade) send(nc net.Conn, opcode wire.Opcode, payload string) {
	h := wire.Header{FIN: true, Opcode: opcode, Length: uint64(len(payload)), Masked: !c.careless, Key: c.key}
	nc.Write(wire.AppendFrame(nil, h, []byte(payload)))
}

// playTo plays the server's side of a case to a client.
func playTo(t *testing.T, client func(net.Conn), c cases.Case, o Options) Result {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if nc, err := net.Dial("tcp", l.Addr().String()); err == nil {
			client(nc)
			nc.Close()
		}
	}()
	nc, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	r := PlayClient(t.Context(), nc, c, o)
	<-done
	if _, err := nc.Write([]byte("x")); err == nil {
		t.Error("the connection is left open")
	}
	noGoroutineLeft(t)
	return r
}

func TestClientsAreJudgedByTheSameScripts(t *testing.T) {
	careless := goodClient
	careless.careless = true
	for _, test := range []struct {
		name        string
		client      handmade
		steps       []cases.Step
		verdict     cases.Verdict
		requirement string
	}{
		{"a right client echoes", goodClient, []cases.Step{cases.Send(cases.Text("a")), cases.Expect(cases.Text("a")), cases.Close(1000)}, cases.Pass, ""},
		{"a right client answers pings", goodClient, []cases.Step{cases.Alive(), cases.Close(1000)}, cases.Pass, ""},
		{"a right client refuses a masked frame", goodClient, []cases.Step{cases.Send(cases.Text("a").Masked()), cases.FailsWith(1002)}, cases.Pass, ""},
		{"a right client refuses a reserved opcode", goodClient, []cases.Step{cases.Send(cases.Op(3, "")), cases.FailsWith(1002)}, cases.Pass, ""},
		{"a careless client does not mask", careless, []cases.Step{cases.Alive()}, cases.Failed, "6455-5.1-1"},
		{"a right client lets the server end TCP", goodClient, []cases.Step{cases.Send(cases.CloseFrame(1000)), cases.Expect(cases.Closes(1000), cases.End())}, cases.Pass, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := playTo(t, test.client.converse, script(test.steps...), Options{})
			if r.Verdict != test.verdict || r.Requirement != test.requirement {
				t.Errorf("%v %s, want %v %s\n%s", r.Verdict, r.Requirement, test.verdict, test.requirement, r.Block(""))
			}
		})
	}
}

// The transcript shows a client's frames as they were on the wire, masked, and
// what they mean.
func TestFramesOfAClientAreLoggedMasked(t *testing.T) {
	r := playTo(t, goodClient.converse, script(cases.Send(cases.Text("Hello")), cases.Expect(cases.Text("Hello")), cases.Close(1000)), Options{})
	type row struct {
		Direction Direction
		Raw       string
		Meaning   string
	}
	var got []row
	for _, e := range r.Transcript.Entries {
		if e.Kind == EntryFrame {
			got = append(got, row{e.Direction, string(e.Raw), e.Meaning})
		}
	}
	want := []row{
		{Sent, "\x81\x05Hello", `text "Hello"`},
		{Received, "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", `text "Hello", masked`},
		{Sent, "\x88\x02\x03\xe8", "close 1000"},
		{Received, "\x88\x82\x37\xfa\x21\x3d\x34\x12", "close 1000, masked"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if r.Close != (CloseOutcome{Opened: true, Clean: true, Code: 1000, First: Ours, Dropped: Ours}) {
		t.Errorf("outcome %+v", r.Close)
	}
}

func TestARequestIsReadAsAServerMust(t *testing.T) {
	change := func(old, new string) string { return strings.Replace(clientRequest, old, new, 1) }
	for _, test := range []struct{ name, request, want string }{
		{"right", clientRequest, ""},
		{"absolute target", change("/chat", "http://h/chat"), ""},
		{"case of names and tokens", change("Upgrade: websocket", "UPGRADE: WebSocket"), ""},
		{"connection list", change("Connection: Upgrade", "Connection: keep-alive, upgrade"), ""},
		{"upgrade list", change("websocket", "h2c, websocket"), ""},
		{"not HTTP", "\x16\x03\x01\x00\x05hello", "6455-4.1-18"},
		{"half a request", clientRequest[:30], "6455-4.1-18"},
		{"a response", "HTTP/1.1 200 OK\r\n\r\n", "6455-4.1-18"},
		{"method", change("GET", "POST"), "6455-4.1-19"},
		{"HTTP/1.0", change("HTTP/1.1", "HTTP/1.0"), "6455-4.1-20"},
		{"target", change("/chat", "chat"), "6455-4.1-21"},
		{"no Host", change("Host: h\r\n", ""), "6455-4.1-22"},
		{"two Hosts", change("Host: h\r\n", "Host: h\r\nHost: h\r\n"), "6455-4.1-22"},
		{"no Upgrade", change("Upgrade: websocket\r\n", ""), "6455-4.1-23"},
		{"other Upgrade", change("websocket", "h2c"), "6455-4.1-24"},
		{"no Connection", change("Connection: Upgrade\r\n", ""), "6455-4.1-25"},
		{"other Connection", change("Connection: Upgrade", "Connection: close"), "6455-4.1-26"},
		{"no key", change("Sec-WebSocket-Key", "X"), "6455-4.1-27"},
		{"two keys", change("Host: h\r\n", "Host: h\r\nSec-WebSocket-Key: "+sampleKey+"\r\n"), "6455-11.3.1-1"},
		{"short key", change(sampleKey, "AAAA"), "6455-4.1-28"},
		{"key that is no base64", change(sampleKey, "!!!!!!!!!!!!!!!!!!!!!!=="), "6455-4.1-28"},
		{"key with bits in its padding", change(sampleKey, "dGhlIHNhbXBsZSBub25jZR=="), "6455-4.1-28"},
		{"key with a line of its own", change(sampleKey, sampleKey+"\r\n "), "6455-4.1-18"},
		{"bare LF", change("Host: h\r\n", "Host: h\n"), "6455-4.1-18"},
		{"octets beyond ASCII in a value", change("Host: h\r\n", "Host: h\r\nX: \xc3\xbc\r\n"), ""},
		{"a body", change("Host: h\r\n", "Host: h\r\nContent-Length: 5\r\n"), "6455-4.1-18"},
		{"an empty body", change("Host: h\r\n", "Host: h\r\nContent-Length: 0\r\n"), ""},
		{"a body in chunks", change("Host: h\r\n", "Host: h\r\nTransfer-Encoding: chunked\r\n"), "6455-4.1-18"},
		{"HTTP in lower case", change("HTTP/1.1", "http/1.1"), "6455-4.1-18"},
		{"HTTP/1.2", change("HTTP/1.1", "HTTP/1.2"), ""},
		{"ws in the target", change("/chat", "ws://h/chat"), "6455-4.1-21"},
		{"fragment in the target", change("/chat", "/chat#x"), "6455-4.1-21"},
		{"space in the target", change("/chat", "/ch at"), "6455-4.1-18"},
		{"octet beyond ASCII in the target", change("/chat", "/ch\xfct"), "6455-4.1-21"},
		{"Host with user", change("Host: h", "Host: u@h"), "6455-4.1-22"},
		{"Host with path", change("Host: h", "Host: h/x"), "6455-4.1-22"},
		{"Host that is empty", change("Host: h", "Host:"), "6455-4.1-22"},
		{"Host with an empty port", change("Host: h", "Host: h:"), "6455-4.1-22"},
		{"Host of IPv6", change("Host: h", "Host: [::1]:8080"), ""},
		{"origin", change("Host: h", "Host: h\r\nOrigin: https://example.com:8080"), ""},
		{"origin null", change("Host: h", "Host: h\r\nOrigin: null"), ""},
		{"origin file", change("Host: h", "Host: h\r\nOrigin: file://"), ""},
		{"origin with path", change("Host: h", "Host: h\r\nOrigin: https://example.com/"), "6455-4.1-31"},
		{"two origins", change("Host: h", "Host: h\r\nOrigin: null\r\nOrigin: null"), "6455-4.1-31"},
		{"subprotocols", change("Host: h", "Host: h\r\nSec-WebSocket-Protocol: a,b , C"), ""},
		{"subprotocols in two fields", change("Host: h", "Host: h\r\nSec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b"), ""},
		{"subprotocol without name", change("Host: h", "Host: h\r\nSec-WebSocket-Protocol: a,,b"), "6455-4.1-38"},
		{"empty list of subprotocols", change("Host: h", "Host: h\r\nSec-WebSocket-Protocol: "), "6455-4.1-38"},
		{"subprotocol that is no token", change("Host: h", "Host: h\r\nSec-WebSocket-Protocol: a/b"), "6455-4.1-36"},
		{"subprotocol twice", change("Host: h", "Host: h\r\nSec-WebSocket-Protocol: a, b, a"), "6455-4.1-37"},
		{"offers", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-foo;a=\"b\""), ""},
		{"offer with all parameters", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9; server_max_window_bits=\"8\"; server_no_context_takeover; client_no_context_takeover"), ""},
		{"offer that breaks the grammar", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate;"), "6455-9.1-1"},
		{"offer with a quoted value that is no token", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: x; a=\"b c\""), "6455-9.1-2"},
		{"offer of a parameter that is not defined", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate; x"), "6455-9.1-5"},
		{"offer of a parameter twice", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; client_no_context_takeover"), "7692-7-1"},
		{"offer of no server takeover with a value", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover=1"), "7692-7.1.1.1-1"},
		{"offer of no client takeover with a value", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover=1"), "7692-7.1.1.2-1"},
		{"offer of server bits without a value", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits"), "7692-7.1.2.1-2"},
		{"offer of server bits with a leading zero", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=08"), "7692-7.1.2.1-2"},
		{"offer of client bits out of range", change("Host: h", "Host: h\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=16"), "7692-7.1.2.2-2"},
		{"frames behind it", clientRequest + "\x81\x80\x37\xfa\x21\x3d", "6455-4.1-41"},
		{"no version", change("Sec-WebSocket-Version", "X"), "6455-4.1-33"},
		{"other version", change(": 13", ": 8"), "6455-4.1-34"},
		{"two versions", change("Host: h\r\n", "Host: h\r\nSec-WebSocket-Version: 13\r\n"), "6455-11.3.5-2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := goodClient
			client.request = test.request
			var answer []byte
			r := playTo(t, func(nc net.Conn) {
				if test.want == "" {
					client.converse(nc)
					return
				}
				fmt.Fprint(nc, test.request)
				nc.(*net.TCPConn).CloseWrite()
				answer, _ = io.ReadAll(nc)
			}, script(cases.Alive(), cases.Close(1000)), Options{})
			want := cases.Failed
			if test.want == "" {
				want = cases.Pass
			}
			if r.Verdict != want || r.Requirement != test.want {
				t.Errorf("%v %s, want %v %s\n%s", r.Verdict, r.Requirement, want, test.want, r.Block(""))
			}
			if _, ok := cases.FindRequirement(r.Requirement); test.want != "" && !ok {
				t.Errorf("there is no requirement %s", test.want)
			}
			if len(answer) > 0 && !strings.HasPrefix(string(answer), "HTTP/1.1 400 ") {
				t.Errorf("answered %q", answer)
			}
		})
	}
}

// A client that never asks for a connection has broken no rule.
func TestAClientThatSendsNothingIsTrouble(t *testing.T) {
	r := playTo(t, func(nc net.Conn) {}, script(cases.Alive()), Options{})
	if r.Verdict != cases.Errored || r.Reason != "the client sent no opening handshake: end of TCP (FIN)" {
		t.Errorf("%v, %q", r.Verdict, r.Reason)
	}
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		defer theirs.Close()
		began := time.Now()
		r := PlayClient(t.Context(), ours, script(cases.Alive()), Options{})
		if r.Verdict != cases.Errored || time.Since(began) != budget {
			t.Errorf("%v after %v", r.Verdict, time.Since(began))
		}
	})
}

func TestPlayingToAClientEndsWithTheContext(t *testing.T) {
	for name, client := range map[string]func(net.Conn){
		"before the request": func(nc net.Conn) { io.Copy(io.Discard, nc) },
		"behind it":          func(nc net.Conn) { fmt.Fprint(nc, clientRequest); io.Copy(io.Discard, nc) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 50*ms)
				defer cancel()
				ours, theirs := net.Pipe()
				go client(theirs)
				began := time.Now()
				r := PlayClient(ctx, ours, script(cases.Alive()), Options{})
				if r.Verdict != cases.Errored || time.Since(began) > 50*ms+hangupWithin {
					t.Errorf("%v after %v: %s", r.Verdict, time.Since(began), r.Reason)
				}
			})
		})
	}
}

func TestCasesThatNoClientCanPlayAreSkipped(t *testing.T) {
	server := script(cases.Alive())
	server.Subject = cases.Server
	for name, c := range map[string]cases.Case{
		"a case for servers":       server,
		"a case with a request":    script(cases.Baseline(), cases.Expect(cases.Answer(101))),
		"a case with an extension": script(cases.Open("permessage-deflate"), cases.Alive()),
	} {
		r := playTo(t, func(nc net.Conn) { fmt.Fprint(nc, clientRequest); io.Copy(io.Discard, nc) }, c, Options{})
		if r.Verdict != cases.Skipped || r.Reason == "" {
			t.Errorf("%s: %v, %q", name, r.Verdict, r.Reason)
		}
	}
}
