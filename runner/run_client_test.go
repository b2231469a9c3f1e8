package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
)

var (
	needEcho    = []cases.Feature{cases.Echo}
	needDial    = []cases.Feature{cases.Dialing}
	needDeflate = []cases.Feature{cases.Deflate, cases.Echo}
)

// clientSample are cases of every kind that a client can be tested with.
func clientSample() []cases.Case {
	hello := cases.Text("Hello")
	return []cases.Case{
		forClient("t/open", nil, cases.Respond(), cases.Alive(), cases.Close(1000)),
		forClient("t/implicit", needEcho, cases.Send(hello), cases.Expect(hello), cases.Close(1000)),
		forClient("t/chopped", needEcho, cases.Respond(cases.Add("X-Unknown", "{key}")).Chopped(7), cases.Send(hello), cases.Expect(hello), cases.Close(1000)),
		forClient("t/tail", needEcho, cases.Respond().Followed(hello), cases.Expect(hello), cases.Close(1000)),
		forClient("t/interim", nil, cases.Respond(cases.Status("100 Continue")), cases.Respond(), cases.Alive(), cases.Close(1000)),
		forClient("t/accept", nil, cases.Respond(cases.Set("Sec-WebSocket-Accept", "{key}")), cases.Expect(cases.Refuse())),
		forClient("t/not-found", nil, cases.Respond(cases.Status("404 Not Found"), cases.Add("Content-Length", "0")), cases.Expect(cases.Refuse())),
		forClient("t/foreign", nil, cases.RawResponse("220 mail.example ESMTP\r\n"), cases.Shut(), cases.Expect(cases.Refuse())),
		forClient("t/nothing", nil, cases.RawResponse(""), cases.Shut(), cases.Expect(cases.Refuse())),
		forClient("t/deflate", needDeflate, cases.Open("permessage-deflate; client_no_context_takeover"),
			cases.Send(hello.Deflate(), hello.Deflate()), cases.Expect(hello, hello), cases.Close(1000)),
		forClient("t/deflate-answered", needDeflate, cases.Respond(cases.Set("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=9")),
			cases.Send(hello.Deflate()), cases.Expect(hello), cases.Close(1000)),
		forClient("t/subprotocol", []cases.Feature{cases.Subprotocol}, cases.Respond(cases.Set("Sec-WebSocket-Protocol", "{superchat}")), cases.Alive(), cases.Close(1000)),
		forClient("t/subprotocol-unasked", nil, cases.Respond(cases.Set("Sec-WebSocket-Protocol", "unknown")), cases.Expect(cases.Refuse())),
		forClient("t/dial", needDial, cases.Dial("ws://{host}/a?b"), cases.Expect(cases.Requested("/a?b").Equal("Host", "{host}").Has("sec-websocket-key").Without("Origin")),
			cases.Respond(), cases.Alive(), cases.Close(1000)),
		forClient("t/dial-subprotocols", needDial, cases.Dial("").Subprotocols("b, a"), cases.Expect(cases.Requested("").Equal("Sec-WebSocket-Protocol", "b, a"))),
		forClient("t/dial-extensions", needDial, cases.Dial("").Extensions("permessage-deflate;server_max_window_bits=10"),
			cases.Expect(cases.Requested("").Equal("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=10"))),
		forClient("t/declined", needDial, cases.Dial("ftp://{host}/"), cases.Expect(cases.Declined())),
		forClient("t/fragment", needDial, cases.Dial("ws://{host}/a#b"), cases.Expect(cases.Declined()).OrLax(cases.Requested("/a"))),
		forClient("t/many", nil, cases.Alive(), cases.Close(1000)),
	}
}

func outcomes(r *Report) (list []string) {
	for i := range r.Results {
		v := &r.Results[i]
		s := v.Case.ID + " " + v.Verdict.String()
		if v.Verdict > cases.Info {
			s += ": " + v.Requirement + v.Reason
		}
		list = append(list, s)
	}
	return list
}

// unlike are the outcomes other than a pass.
func unlike(r *Report) (list []string) {
	for _, s := range outcomes(r) {
		if !strings.HasSuffix(s, " pass") {
			list = append(list, s)
		}
	}
	return list
}

func TestARightClientPassesEveryCase(t *testing.T) {
	list := clientSample()
	list[len(list)-1].Connections = 7
	for _, o := range []Options{{}, {Parallel: 1}} {
		r := mustRunClient(t, &tiny{}, list, o)
		if got := unlike(r); len(got) > 0 || r.Trouble != "" || r.Target != "a tiny client" {
			t.Errorf("%q, trouble %q, target %s", got, r.Trouble, r.Target)
		}
	}
}

func TestTheRunLearnsWhatTheClientCanDo(t *testing.T) {
	both := []string{"chat", "superchat"}
	for _, test := range []struct {
		name   string
		client tiny
		o      Options
		want   Features
	}{
		{"everything, when it is asked to", tiny{}, Options{}, Features{Echo: true, Dial: true, Deflate: learnOffer, Subprotocols: both}},
		{"everything by itself", tiny{offers: "permessage-deflate", fields: "Sec-WebSocket-Protocol: chat, superchat\r\n", stubborn: true}, Options{},
			Features{Echo: true, Dial: true, Deflate: "permessage-deflate", Subprotocols: both}},
		{"nothing but echo", tiny{stubborn: true}, Options{}, Features{Echo: true, Dial: true}},
		{"no echo", tiny{mute: true, stubborn: true}, Options{}, Features{Dial: true}},
		{"no echo, as the user says", tiny{stubborn: true}, Options{NoEcho: true}, Features{Dial: true}},
		{"one path", tiny{stubborn: true, edit: func(s string) string { return "GET /always" + s[strings.Index(s, " HTTP"):] }}, Options{}, Features{Echo: true, Dial: true}},
		{"other subprotocols", tiny{stubborn: true, fields: "Sec-WebSocket-Protocol: mqtt\r\n"}, Options{Chat: "mqtt"}, Features{Echo: true, Dial: true, Subprotocols: []string{"mqtt"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.want.Client, test.want.Handshake, test.want.Pings = true, true, Yes
			r := mustRunClient(t, &test.client, nil, test.o)
			if d := cmp.Diff(test.want, r.Features); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCasesWhoseNeedsAClientDoesNotMeetAreSkipped(t *testing.T) {
	list := append(clientSample(), forClient("t/telepathy", []cases.Feature{"telepathy"}, cases.Alive()), forClient("t/window", []cases.Feature{cases.WindowBits}, cases.Alive()))
	noPath := func(s string) string { return "GET /always" + s[strings.Index(s, " HTTP"):] }
	got := unlike(mustRunClient(t, &tiny{stubborn: true, mute: true, edit: noPath}, list, Options{}))
	want := []string{
		"t/implicit skip: the client does not echo", "t/chopped skip: the client does not echo", "t/tail skip: the client does not echo",
		"t/deflate skip: the client does not offer permessage-deflate", "t/deflate-answered skip: the client does not offer permessage-deflate",
		"t/subprotocol skip: the client does not offer the subprotocols chat and superchat",
		"t/dial fail: 6455-4.1-42", "t/dial-subprotocols skip: the client cannot be told which subprotocols to offer",
		`t/dial-extensions skip: the client was told to offer "permessage-deflate;server_max_window_bit"... (44 octets), and offers ""`,
		`t/telepathy skip: the run knows no feature "telepathy"`, "t/window skip: the client does not offer permessage-deflate with client_max_window_bits",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	got = unlike(mustRunClient(t, &tiny{stubborn: true}, list[14:16], Options{}))
	want = []string{
		"t/dial-subprotocols skip: the client cannot be told which subprotocols to offer",
		`t/dial-extensions skip: the client was told to offer "permessage-deflate;server_max_window_bit"... (44 octets), and offers ""`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Whatever is wrong with a client is found by the case that is about it.
func TestWrongClientsFailTheirCases(t *testing.T) {
	accept := forClient("t/accept", nil, cases.Respond(cases.Drop("Sec-WebSocket-Accept")), cases.Expect(cases.Refuse()))
	plain := forClient("t/plain", nil, cases.Respond(cases.Status("200 OK")), cases.Expect(cases.Refuse()))
	early := forClient("t/early", needDial, cases.Dial(""), cases.Expect(cases.Requested("")), cases.Expect(cases.Wait()).For(20*ms), cases.Respond(), cases.Alive())
	path := forClient("t/path", needDial, cases.Dial("ws://{host}/a?b"), cases.Expect(cases.Requested("/a?b")))
	declined := forClient("t/declined", needDial, cases.Dial("ws://{host}/a%20b"), cases.Expect(cases.Declined()))
	closing := "\x88\x82\x37\xfa\x21\x3d\x34\x10" // close 1002
	for _, test := range []struct {
		name    string
		client  tiny
		c       cases.Case
		verdict cases.Verdict
		got     string
	}{
		{"ends TCP", tiny{}, accept, cases.Pass, ""},
		{"sends Close first", tiny{farewell: closing}, accept, cases.Lax, "close 1002, then end of TCP"},
		{"sends a message", tiny{farewell: "\x81\x80\x37\xfa\x21\x3d"}, accept, cases.Failed, `text ""`},
		{"takes it", tiny{gullible: true}, accept, cases.Failed, "a pong to a ping sent after the frames"},
		{"stays silently", tiny{lingers: true}, accept, cases.Failed, "nothing, and TCP stays open"},
		{"leaves a page to the server to end", tiny{lingers: true}, plain, cases.Pass, ""},
		{"takes a page for an answer", tiny{gullible: true}, plain, cases.Failed, "a pong to a ping sent after the frames"},
		{"asks again on the same connection", tiny{farewell: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", lingers: true}, plain, cases.Pass, ""},
		{"sends frames before the answer", tiny{edit: func(s string) string { return s + "\x81\x80\x37\xfa\x21\x3d" }}, early, cases.Failed,
			`it sends "\x81\x807\xfa!=" before its opening handshake is answered`},
		{"asks for another path", tiny{edit: func(s string) string { return strings.Replace(s, "/a?b", "/a", 1) }}, path, cases.Failed,
			`an opening handshake for "/a", Host: "HOST"`},
		{"asks for the whole URL", tiny{edit: func(s string) string {
			_, host, _ := strings.Cut(s, "Host: ")
			host, _, _ = strings.Cut(host, "\r\n")
			return strings.Replace(s, "GET /a?b", "GET http://"+host+"/a?b", 1)
		}}, path, cases.Lax, `an opening handshake for "http://HOST/a?b", Host: "HOST"`},
		{"opens what it should not", tiny{}, declined, cases.Failed, `an opening handshake for "/a%20b", Host: "HOST"`},
		{"speaks TLS", tiny{edit: func(s string) string {
			if strings.Contains(s, "/a%20b") {
				return "\x16\x03\x01\x00\x05hello"
			}
			return s
		}}, declined, cases.Pass, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.c.Timeout = time.Second
			r := mustRunClient(t, &test.client, []cases.Case{test.c}, Options{}).Results[0]
			got := hostless(r.Got)
			if r.Verdict != test.verdict || !strings.HasPrefix(got, test.got) || test.got == "" && got != "" {
				t.Errorf("%v, got %q; want %v, %q\n%s", r.Verdict, got, test.verdict, test.got, r.Block(""))
			}
		})
	}
}

// hostless has no addresses, which differ from run to run.
func hostless(s string) string {
	for {
		i := strings.Index(s, "127.0.0.1:")
		if i < 0 {
			return s
		}
		n := i + len("127.0.0.1:")
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		s = s[:i] + "HOST" + s[n:]
	}
}

func TestAClientThatMakesNoConnectionIsUnreachable(t *testing.T) {
	for name, connect := range map[string]func(context.Context, Call) error{
		"gives up": func(context.Context, Call) error { return errors.New("no way\nat all") },
		"returns":  func(context.Context, Call) error { return nil },
	} {
		_, err := RunClient(t.Context(), &tiny{connector: connect}, clientSample(), Options{})
		if !errors.Is(err, ErrUnreachable) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		noGoroutineLeft(t)
	}
}

// Trouble with the client costs one case, and the run goes on.
func TestTroubleWithTheClientCostsOneCase(t *testing.T) {
	plain := func(id string) cases.Case { return forClient(id, nil, cases.Alive(), cases.Close(1000)) }
	hang := func(ctx context.Context, c Call) error { <-ctx.Done(); return ctx.Err() }
	for _, test := range []struct {
		name    string
		connect func(context.Context, Call) error
		reason  string
	}{
		{"it never connects", hang, "the client sent no opening handshake: no connection in time"},
		{"it connects and asks for nothing", func(ctx context.Context, c Call) error {
			nc := mustDial(t, c)
			defer nc.Close()
			return hang(ctx, c)
		}, "the client sent no opening handshake: no complete opening handshake in time"},
		{"it connects and leaves", func(ctx context.Context, c Call) error { return mustDial(t, c).Close() },
			"the client sent no opening handshake: end of TCP (FIN)"},
		{"it panics", func(context.Context, Call) error { panic("ouch") }, "the client sent no opening handshake: no connection: the client panics: ouch"},
		{"it panics when the connection has ended", func(ctx context.Context, c Call) error { (&tiny{}).Connect(ctx, c); panic("ouch") }, "the client panics: ouch"},
		{"it has no means", func(context.Context, Call) error { return fmt.Errorf("%w: not today", ErrUnable) }, "the client has no means to make the call: not today"},
	} {
		t.Run(test.name, func(t *testing.T) {
			good := &tiny{}
			client := &tiny{connector: func(ctx context.Context, c Call) error {
				if strings.Contains(c.URL, "/t/bad") {
					return test.connect(ctx, c)
				}
				return good.Connect(ctx, c)
			}}
			r := mustRunClient(t, client, []cases.Case{plain("t/bad"), plain("t/good")}, Options{Timeout: 200 * ms, Parallel: 1})
			if got := r.Results[0].Reason; got != test.reason {
				t.Errorf("%v, because %q", r.Results[0].Verdict, got)
			}
			if r.Results[1].Verdict != cases.Pass || r.Trouble != "" {
				t.Errorf("the next case: %v, trouble %q", r.Results[1].Verdict, r.Trouble)
			}
		})
	}
}

func mustDial(t *testing.T, c Call) net.Conn {
	u, err := url.Parse(c.URL)
	if err != nil {
		t.Error(err)
	}
	nc, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Error(err)
	}
	return nc
}

// A client that dies is found out, and no case is blamed for it.
func TestAClientThatStopsConnectingEndsTheRun(t *testing.T) {
	var left atomic.Int32
	left.Store(6) // what the run learns takes five
	good := &tiny{}
	client := &tiny{connector: func(ctx context.Context, c Call) error {
		if left.Add(-1) < 0 {
			return errors.New("out of order")
		}
		return good.Connect(ctx, c)
	}}
	r := mustRunClient(t, client, clientSample(), Options{Parallel: 1})
	if !strings.Contains(r.Trouble, "out of order") || r.Results[0].Verdict != cases.Pass || r.Results[5].Verdict != cases.Errored {
		t.Errorf("trouble %q, %q", r.Trouble, outcomes(r))
	}
}

func TestARunOfAClientCanBeStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	good := &tiny{}
	client := &tiny{connector: func(ctx context.Context, c Call) error {
		if strings.Contains(c.URL, "/t/") {
			cancel()
			if u, err := url.Parse(c.URL); err == nil {
				if nc, err := net.Dial("tcp", u.Host); err == nil {
					io.Copy(io.Discard, nc)
					nc.Close()
				}
			}
			return nil
		}
		return good.Connect(ctx, c)
	}}
	r, err := RunClient(ctx, client, clientSample(), Options{Timeout: -1})
	if err != nil || r.Trouble != "the run was stopped before its end" {
		t.Errorf("error %v, trouble %q", err, r.Trouble)
	}
	noGoroutineLeft(t)
}
