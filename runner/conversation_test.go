package runner

import (
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// requests answers each request by the function of its number, and stops behind
// the last; what was not HTTP it takes for the end.
func requests(answers ...func(nc net.Conn, rd *wire.Reader, head *wire.Head)) func(net.Conn) {
	return func(nc net.Conn) {
		rd := wire.NewReader(nc)
		for _, answer := range answers {
			head, err := wire.ReadHead(rd, 0)
			if err != nil {
				return
			}
			answer(nc, rd, head)
		}
		readAll(rd)
	}
}

// says sends octets whatever was asked.
func says(octets string) func(net.Conn, *wire.Reader, *wire.Head) {
	return func(nc net.Conn, _ *wire.Reader, _ *wire.Head) { io.WriteString(nc, octets) }
}

// opens opens the connection and echoes.
func opens(nc net.Conn, rd *wire.Reader, head *wire.Head) {
	io.WriteString(nc, right(acceptValue(head.Get("Sec-WebSocket-Key"))))
	echoFrames(nc, rd)
}

func hangsUp(nc net.Conn, _ *wire.Reader, _ *wire.Head) { nc.Close() }

const refusal = "HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"

func TestConversationsBeforeTheConnectionIsOpen(t *testing.T) {
	twice := []cases.Step{cases.Baseline(), cases.Expect(cases.Refuse(4)), cases.Baseline(), cases.Expect(cases.Answer(101)), cases.Alive(), cases.Close(1000)}
	once := []cases.Step{cases.Baseline(), cases.Expect(cases.Answer(101)), cases.Alive(), cases.Close(1000)}
	for _, test := range []struct {
		name    string
		serve   func(net.Conn)
		steps   []cases.Step
		verdict cases.Verdict
		opened  bool
		got     string
	}{
		{"a second request on the connection", requests(says(refusal), opens), twice, cases.Pass, true, ""},
		{"a second request behind a chunked body",
			requests(says("HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"), opens), twice, cases.Pass, true, ""},
		{"no second request where the server closes", requests(says("HTTP/1.1 400 Bad Request\r\nConnection: keep-alive, Close\r\nContent-Length: 2\r\n\r\nno"), opens),
			twice, cases.Pass, false, ""},
		{"no second request where the body has no end", requests(says("HTTP/1.1 400 Bad Request\r\n\r\nno"), opens), twice, cases.Pass, false, ""},
		{"no second request over HTTP/1.0", requests(says("HTTP/1.0 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"), opens), twice, cases.Pass, false, ""},
		{"the server may be gone all the same", requests(says(refusal), hangsUp),
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Refuse(4)), cases.Baseline(), cases.Expect(cases.Answer(101)).Or(cases.End()), cases.Alive()}, cases.Pass, false, ""},
		{"requests in a loop", requests(says(refusal), says(refusal), says(refusal), opens),
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Refuse(4)), cases.Repeat(2, cases.Baseline(), cases.Expect(cases.Refuse(4))),
				cases.Baseline(), cases.Expect(cases.Answer(101)), cases.Close(1000)}, cases.Pass, true, ""},
		{"a loop ends where the connection does", requests(says(refusal), hangsUp),
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Refuse(4)), cases.Repeat(3, cases.Baseline(), cases.Expect(cases.Refuse(4)))}, cases.Lax, false, "end of TCP (FIN)"},
		{"a refusal ends the case", requests(says(refusal)), []cases.Step{cases.Baseline(), cases.Expect(cases.Refuse(4)), cases.Alive()}, cases.Pass, false, ""},
		{"the end of TCP behind a refusal", requests(says(refusal), hangsUp), []cases.Step{cases.Baseline(), cases.Expect(cases.Answer(400), cases.End())},
			cases.Failed, false, "HTTP 400, then nothing more, and TCP stays open"},
		{"the end of TCP behind a refusal, as it should be", requests(func(nc net.Conn, rd *wire.Reader, head *wire.Head) { says(refusal)(nc, rd, head); nc.Close() }),
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Answer(400), cases.End())}, cases.Pass, false, ""},
		{"interim responses", requests(func(nc net.Conn, rd *wire.Reader, head *wire.Head) {
			io.WriteString(nc, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
			opens(nc, rd, head)
		}), once, cases.Pass, true, ""},
		{"an answer of another protocol", requests(says("\x15\x03\x01\x00\x02\x02\x46")), once, cases.Failed, false,
			"not HTTP: the first octets are 15 03 01 00 02 02 46, a TLS alert, after 7 octets"},
		{"an accept value of another key", requests(says(right(acceptValue("other")))), once, cases.Failed, false, ""},
		{"anything, behind a wrong 101", requests(func(nc net.Conn, rd *wire.Reader, head *wire.Head) { says(right("wrong"))(nc, rd, head); nc.Close() }),
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Refuse(4)).OrInfo(cases.Anything())}, cases.Info, false, ""},
		{"a wrong 101, where any is wrong", requests(says(right("wrong"))),
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Refuse(4)).OrFail(cases.Answer(101)).OrInfo(cases.Anything())}, cases.Failed, false, ""},
		{"100 before the answer, where that is minded", requests(says("HTTP/1.1 100 Continue\r\n\r\n")),
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Answer(100)).OrFail(cases.Answer(101)), cases.Alive()}, cases.Pass, false, ""},
		{"no 100 before the answer, where that is minded", requests(opens),
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Answer(100)).OrFail(cases.Answer(101)), cases.Alive()}, cases.Failed, true, ""},
		{"half a response, and anything", requests(func(nc net.Conn, rd *wire.Reader, head *wire.Head) { says("HTTP/1.1 101 Sw")(nc, rd, head); nc.Close() }),
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Anything())}, cases.Pass, false, ""},
		{"frames behind the request", requests(opens),
			[]cases.Step{cases.Baseline().Followed(cases.Text("early")), cases.Expect(cases.Answer(101)), cases.Expect(cases.Text("early")), cases.Close(1000)}, cases.Pass, true, ""},
		{"frames behind a request in pieces", requests(opens),
			[]cases.Step{cases.Baseline().Chopped(3).Followed(cases.Text("early").Chopped(1)), cases.Expect(cases.Answer(101)), cases.Expect(cases.Text("early")), cases.Close(1000)},
			cases.Pass, true, ""},
		{"frames behind the response", requests(func(nc net.Conn, rd *wire.Reader, head *wire.Head) {
			io.WriteString(nc, right(acceptValue(head.Get("Sec-WebSocket-Key")))+"\x81\x02hi")
			echoFrames(nc, rd)
		}), []cases.Step{cases.Baseline(), cases.Expect(cases.Answer(101)), cases.Expect(cases.Text("hi")), cases.Close(1000)}, cases.Pass, true, ""},
		{"a field that holds a placeholder", requests(func(nc net.Conn, rd *wire.Reader, head *wire.Head) {
			io.WriteString(nc, strings.Replace(right(acceptValue(head.Get("Sec-WebSocket-Key"))), "\r\n\r\n", "\r\nSec-WebSocket-Protocol: chat\r\n\r\n", 1))
			echoFrames(nc, rd)
		}), []cases.Step{cases.Baseline(cases.Set("Sec-WebSocket-Protocol", "{chat}")), cases.Expect(cases.Answer(101).Equal("Sec-WebSocket-Protocol", "{chat}")), cases.Close(1000)},
			cases.Pass, true, ""},
		{"the key of the request as it was sent", requests(opens),
			[]cases.Step{cases.Baseline(cases.Set("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")), cases.Expect(cases.Answer(101)), cases.Alive(), cases.Close(1000)}, cases.Pass, true, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, test.serve, script(test.steps...), func(r Result, _ time.Duration) {
				if r.Verdict != test.verdict || r.Close.Opened != test.opened || test.got != "" && r.Got != test.got {
					t.Errorf("%v, opened %v, got %q; want %v, %v, %q\n%s", r.Verdict, r.Close.Opened, r.Got, test.verdict, test.opened, test.got, r.Block(""))
				}
			})
		})
	}
}

// sends sends octets behind the opening handshake, and the rest of the
// conversation is an echo.
func sends(octets string) func(net.Conn) {
	return opened(func(nc net.Conn, rd *wire.Reader) {
		if _, err := rd.Next(); err == nil {
			io.WriteString(nc, octets)
			echoFrames(nc, rd)
		}
	})
}

func TestConversationsOnAnOpenConnection(t *testing.T) {
	hello := []cases.Step{cases.Send(cases.Text("Hello")), cases.Expect(cases.Text("Hello")), cases.Alive(), cases.Close(1000)}
	for _, test := range []struct {
		name        string
		serve       func(net.Conn)
		steps       []cases.Step
		verdict     cases.Verdict
		requirement string
		got         string
	}{
		{"an echo", sends("\x81\x05Hello"), hello, cases.Pass, "", ""},
		{"an echo in fragments, with pings between", sends("\x01\x02He\x89\x01p\x00\x02ll\x89\x00\x80\x01o"), hello, cases.Pass, "", ""},
		{"an echo of another type", sends("\x82\x05Hello"), hello, cases.Failed, "6455-5.5.2-3", `binary "Hello"`},
		{"an echo cut short", sends("\x81\x04Hell"), hello, cases.Failed, "6455-5.5.2-3", `text "Hell"`},
		{"two echoes", sends("\x81\x05Hello\x81\x05Hello"), hello, cases.Failed, "6455-5.5.2-3", `text "Hello"`},
		{"a pong nobody asked for", sends("\x8a\x01x\x81\x05Hello"), hello, cases.Failed, "6455-5.5.2-3", `pong "x"`},
		{"a breach before the echo", sends("\x83\x00\x81\x05Hello"), hello, cases.Failed, "6455-5.2-6", "it sends the reserved opcode 3"},
		{"a masked echo", sends("\x81\x85\x00\x00\x00\x00Hello"), hello, cases.Failed, "6455-5.1-4", "it masks a frame, though it is the server"},
		{"Close instead of an echo", sends("\x88\x02\x03\xe9"), hello, cases.Failed, "6455-5.5.2-3", "close 1001"},
		{"frames in a loop", opened(func(nc net.Conn, rd *wire.Reader) { echoFrames(nc, rd) }),
			[]cases.Step{cases.Repeat(3, cases.Repeat(2, cases.Send(cases.Text("a")), cases.Expect(cases.Text("a"))), cases.Alive()), cases.Close(1000)}, cases.Pass, "", ""},
		{"a loop ends with its first failure", opened(func(nc net.Conn, rd *wire.Reader) { echoFrames(nc, rd) }),
			[]cases.Step{cases.Repeat(1000000, cases.Send(cases.Text("a")), cases.Expect(cases.Text("b")))}, cases.Failed, "6455-5.5.2-3", `text "a"`},
		{"what an expectation left over spoils a polite end", sends("\x81\x01a\x81\x01c\x88\x00"),
			[]cases.Step{cases.Send(cases.Text("x")), cases.Expect(cases.Text("a"), cases.Text("b")).OrLax(cases.Text("a")), cases.Close(1000)},
			cases.Failed, "6455-5.5.2-3", `text "c"`},
		{"a wait that has ended does not end the next one", sends("\x81\x01a"), []cases.Step{
			cases.Send(cases.Text("x")), cases.Expect(cases.Text("a"), cases.Text("b")).OrLax(cases.Text("a")).For(100 * ms), cases.Alive(), cases.Close(1000),
		}, cases.Lax, "6455-5.5.2-3", `text "a"`},
		{"a pong before the Close that ends the case", sends("\x8a\x00\x88\x02\x03\xe8"), []cases.Step{cases.Close(1000)}, cases.Failed, "6455-5.5.2-3", "pong"},
		{"an error code in answer to Close", sends("\x88\x02\x03\xea"), []cases.Step{cases.Close(1000)}, cases.Failed, "6455-5.5.2-3", "close 1002"},
		{"another legal code in answer to Close", sends("\x88\x00"), []cases.Step{cases.Close(1000)}, cases.Pass, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, test.serve, script(test.steps...), func(r Result, _ time.Duration) {
				if r.Verdict != test.verdict || r.Requirement != test.requirement || r.Got != test.got {
					t.Errorf("%v %s, got %q; want %v %s, %q\n%s", r.Verdict, r.Requirement, r.Got, test.verdict, test.requirement, test.got, r.Block(""))
				}
			})
		})
	}
}

// What a SHOULD asks for is lax when it does not come.
func TestTheLevelGradesAFailure(t *testing.T) {
	for level, want := range map[cases.Level]cases.Verdict{
		cases.Must: cases.Failed, cases.MustNot: cases.Failed, cases.Should: cases.Lax, cases.ShouldNot: cases.Lax,
	} {
		c := script(cases.Send(cases.Text("a")), cases.Expect(cases.Text("b")))
		c.Level = level
		inBubble(t, sends("\x81\x01a"), c, func(r Result, _ time.Duration) {
			if r.Verdict != want {
				t.Errorf("%v: %v, want %v", level, r.Verdict, want)
			}
		})
	}
}

// A server that does not echo may send what it likes; a breach of the wire rules
// is one all the same.
func TestMessagesOfAServerThatDoesNotEchoAreIgnored(t *testing.T) {
	const pushed = "\x81\x05hello\x82\x01x\x89\x00"
	serve := func(octets string) func(net.Conn) {
		return opened(func(nc net.Conn, rd *wire.Reader) {
			io.WriteString(nc, octets)
			for {
				f, err := rd.Next()
				if err != nil {
					return
				}
				io.WriteString(nc, octets)
				switch f.Opcode {
				case wire.Ping:
					reply(nc, wire.Pong, string(f.Payload))
				case wire.Close:
					reply(nc, wire.Close, string(f.Payload))
					return
				}
			}
		})
	}
	for octets, want := range map[string]cases.Verdict{pushed: cases.Pass, pushed + "\x83\x00": cases.Failed} {
		synctest.Test(t, func(t *testing.T) {
			target := &piped{serve: serve(octets)}
			set, c := usual.settings(), script(cases.Alive(), cases.Alive(), cases.Close(1000))
			set.messages = false
			if r, _ := playServer(t.Context(), target, set, &c); r.Verdict != want {
				t.Errorf("%v, want %v\n%s", r.Verdict, want, r.Block(""))
			}
			target.serving.Wait()
		})
	}
}

// The player answers pings and Close as a good peer does, and not where that
// would break the script.
func TestTheManners(t *testing.T) {
	for _, test := range []struct {
		name  string
		steps []cases.Step
		says  string   // by the server, behind the first frame of the player
		want  []string // frames of the player behind that
	}{
		{"a ping is answered", []cases.Step{cases.Send(cases.Text("a")), cases.Expect(cases.Text("b"))}, "\x89\x03abc\x81\x01b", []string{`pong "abc"`, `close "\x03\xe8"`}},
		{"Close is answered with its code", []cases.Step{cases.Send(cases.Text("a")), cases.Expect(cases.Closes(3000), cases.End())}, "\x88\x05\x0b\xb8bye", []string{`close "\v\xb8"`}},
		{"an empty Close is answered with one", []cases.Step{cases.Send(cases.Text("a")), cases.Expect(cases.Closes(cases.NoCode), cases.End())}, "\x88\x00", []string{"close"}},
		{"a code that may not be sent is not repeated", []cases.Step{cases.Send(cases.Text("a")), cases.FailsWith(1002)}, "\x88\x02\x03\xe7", []string{"close"}},
		{"Close is not sent twice", []cases.Step{cases.Send(cases.CloseFrame(1000)), cases.Expect(cases.Closes(1000), cases.End())}, "\x88\x02\x03\xe8", nil},
		{"a ping behind our Close is not answered", []cases.Step{cases.Send(cases.CloseFrame(1000)), cases.Expect(cases.Closes(1000), cases.End())}, "\x89\x00\x88\x02\x03\xe8", nil},
		{"nothing is said inside an unfinished frame", []cases.Step{cases.Send(cases.Ping(""), cases.Text("abc").Claiming(50)), cases.FailsWith(1002)}, "\x89\x00\x88\x02\x03\xea", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			serve := opened(func(nc net.Conn, rd *wire.Reader) {
				rd.Next()
				io.WriteString(nc, test.says)
				for {
					f, err := rd.Next()
					if err != nil {
						return
					}
					got = append(got, strings.TrimSuffix(fmt.Sprintf("%v %q", f.Opcode, f.Payload), ` ""`))
					if f.Opcode == wire.Close {
						return
					}
				}
			})
			inBubble(t, serve, script(test.steps...), func(r Result, _ time.Duration) {
				if d := cmp.Diff(test.want, got); d != "" {
					t.Errorf("%s\n%s", d, r.Block(""))
				}
			})
		})
	}
}

// The octets of a script are the same whatever the peer does in between.
func TestNoOctetOfTheScriptDependsOnThePeer(t *testing.T) {
	sent := func(serve func(net.Conn)) (frames []string) {
		c := script(cases.Send(cases.Text("a")), cases.Expect(cases.Maybe(cases.Text("a"))), cases.Alive(), cases.Send(cases.Text("b"), cases.Ping("c")), cases.Expect(cases.Pong("c")))
		inBubble(t, serve, c, func(r Result, _ time.Duration) {
			for _, e := range r.Transcript.Entries {
				if e.Direction == Sent && e.Kind == EntryFrame && !strings.HasPrefix(e.Meaning, "pong") && !strings.HasPrefix(e.Meaning, "close") {
					frames = append(frames, string(e.Raw))
				}
			}
		})
		return frames
	}
	pings := func(n int) func(net.Conn) {
		return opened(func(nc net.Conn, rd *wire.Reader) {
			for {
				f, err := rd.Next()
				if err != nil {
					return
				}
				if f.Opcode == wire.Ping {
					for range n {
						reply(nc, wire.Ping, "x")
					}
					reply(nc, wire.Pong, string(f.Payload))
				}
			}
		})
	}
	quiet, lively := sent(pings(0)), sent(pings(3))
	if len(quiet) != 4 || !slices.Equal(quiet, lively) {
		t.Errorf("sent %q to a quiet peer and %q to a lively one", quiet, lively)
	}
}

// Cases that nobody has validated may be wrong; the player must stand them.
func TestCasesThatMakeNoSenseDoNotHarm(t *testing.T) {
	wrong := requests(says(right("wrong")), says(refusal))
	for name, steps := range map[string][]cases.Step{
		"no steps":                      nil,
		"an expectation of nothing":     {cases.Expectation{}},
		"an alternative without events": {cases.Baseline(), cases.Expect().OrFail(cases.Answer(101))},
		"no alternative with events":    {cases.Baseline(), cases.Expect(cases.Answer(101)).OrLax()},
		"frames behind a wrong 101":     {cases.Baseline(), cases.Expect(cases.Anything()), cases.Alive(), cases.Close(1000)},
		"open twice":                    {cases.Open(""), cases.Open("")},
		"close twice":                   {cases.Close(1000), cases.Close(1000)},
		"shut twice":                    {cases.Shut(), cases.Shut(), cases.Alive()},
		"a loop of nothing":             {cases.Repeat(1000000)},
		"a loop of -1":                  {cases.Repeat(-1, cases.Alive())},
		"sends nothing":                 {cases.Send()},
		"compressed without extension":  {cases.Send(cases.Text("a").Deflate())},
	} {
		for _, serve := range []func(net.Conn){opened(func(nc net.Conn, rd *wire.Reader) { echoFrames(nc, rd) }), wrong} {
			c := script(steps...)
			c.Refs = nil
			inBubble(t, serve, c, func(r Result, took time.Duration) {
				if took > 2*budget {
					t.Errorf("%s took %v", name, took)
				}
				r.Block("")
			})
		}
	}
}
