package runner

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

const (
	ms     = time.Millisecond
	budget = 5 * time.Second
)

// answers answers each frame by opcode; a nil one closes TCP.
func answers(by map[wire.Opcode]func(net.Conn, wire.Frame)) func(net.Conn) {
	return opened(func(nc net.Conn, rd *wire.Reader) {
		for {
			f, err := rd.Next()
			if err != nil {
				return
			}
			if answer := by[f.Opcode]; answer != nil {
				answer(nc, f)
			}
		}
	})
}

func TestTimeDecidesWhereNothingElseCan(t *testing.T) {
	pongs := func(nc net.Conn, f wire.Frame) { reply(nc, wire.Pong, string(f.Payload)) }
	closes := func(nc net.Conn, f wire.Frame) { reply(nc, wire.Close, "\x03\xe8"); nc.Close() }
	bad := cases.Send(cases.Text("\xff"))
	for _, test := range []struct {
		name    string
		serve   func(net.Conn)
		steps   []cases.Step
		verdict cases.Verdict
		took    time.Duration
		got     string
	}{
		{
			"a server that carries on is found out by a probe", answers(map[wire.Opcode]func(net.Conn, wire.Frame){wire.Ping: pongs, wire.Close: closes}),
			[]cases.Step{bad, cases.FailsWith(1007)}, cases.Failed, probeAfter + probeGrace,
			"a pong to a ping sent after the frames, then nothing more, and TCP stays open",
		},
		{
			"a server that is silent costs the budget", answers(nil),
			[]cases.Step{bad, cases.FailsWith(1007)}, cases.Failed, budget, "nothing, and TCP stays open",
		},
		{
			"a server that takes its time to fail passes", answers(map[wire.Opcode]func(net.Conn, wire.Frame){
				wire.Text: func(nc net.Conn, f wire.Frame) { elapse(time.Second); reply(nc, wire.Close, "\x03\xef"); nc.Close() },
			}),
			[]cases.Step{bad, cases.FailsWith(1007)}, cases.Pass, time.Second, "",
		},
		{
			"a server that judges elsewhere than it answers pings is lax", answers(map[wire.Opcode]func(net.Conn, wire.Frame){
				wire.Ping: func(nc net.Conn, f wire.Frame) {
					pongs(nc, f)
					elapse(300 * ms)
					reply(nc, wire.Close, "\x03\xef")
					nc.Close()
				},
			}),
			[]cases.Step{bad, cases.FailsWith(1007)}, cases.Lax, probeAfter + 300*ms,
			"a pong to a ping sent after the frames, then close 1007, then end of TCP (FIN)",
		},
		{
			"no probe goes out in the middle of a frame", answers(map[wire.Opcode]func(net.Conn, wire.Frame){wire.Ping: pongs}),
			[]cases.Step{cases.Send(cases.Text("abc").Claiming(100)), cases.FailsWith(1007)}, cases.Failed, budget, "nothing, and TCP stays open",
		},
		{
			"a wait that is bounded ends there", answers(map[wire.Opcode]func(net.Conn, wire.Frame){wire.Close: closes}),
			[]cases.Step{bad, cases.FailsWith(1007).OrLax(cases.Wait()).For(400 * ms), cases.Close(1000)}, cases.Lax, 400 * ms,
			"nothing, and TCP stays open",
		},
		{
			"with Else the case goes on when the time has passed", answers(map[wire.Opcode]func(net.Conn, wire.Frame){wire.Ping: pongs, wire.Close: closes}),
			[]cases.Step{bad, cases.FailsWith(1007).For(400 * ms).ElseLax(), cases.Alive(), cases.Close(1000)}, cases.Lax, 400 * ms,
			"nothing at this point; it goes on",
		},
		{
			"with Else the case goes on when a probe is answered", answers(map[wire.Opcode]func(net.Conn, wire.Frame){wire.Ping: pongs, wire.Close: closes}),
			[]cases.Step{bad, cases.Expect(cases.Fail(1007)).ElseLax(), cases.Alive(), cases.Close(1000)}, cases.Lax, probeAfter,
			"nothing at this point; it goes on",
		},
		{
			"a reaction that comes before Else is judged", answers(map[wire.Opcode]func(net.Conn, wire.Frame){
				wire.Text: func(nc net.Conn, f wire.Frame) { reply(nc, wire.Close, "\x03\xef"); nc.Close() },
			}),
			[]cases.Step{bad, cases.Expect(cases.Fail(1007)).ElseLax(), cases.Alive()}, cases.Pass, 0, "",
		},
		{
			"the pong to a probe may come behind what was waited for", answers(map[wire.Opcode]func(net.Conn, wire.Frame){
				wire.Text: func(nc net.Conn, f wire.Frame) { elapse(300 * ms); reply(nc, wire.Text, "b") },
				wire.Ping: pongs, wire.Close: closes,
			}),
			[]cases.Step{cases.Send(cases.Text("b")), cases.Expect(cases.Text("b")).OrLax(cases.Fail(1008)), cases.Alive(), cases.Close(1000)},
			cases.Pass, 300 * ms, "",
		},
		{
			"a pong that comes late is lax", answers(map[wire.Opcode]func(net.Conn, wire.Frame){
				wire.Text: func(nc net.Conn, f wire.Frame) { reply(nc, wire.Text, "b"); reply(nc, wire.Pong, "a") },
			}),
			[]cases.Step{cases.Send(cases.Ping("a"), cases.Text("b")), cases.Expect(cases.Pong("a"), cases.Text("b"))}, cases.Lax, 0,
			`text "b", then pong "a"`,
		},
		{
			"a Close that is not answered does not change the verdict", answers(nil),
			[]cases.Step{cases.Close(1000)}, cases.Pass, closeWithin, "",
		},
		{
			"a Close after which TCP stays open does not change the verdict", answers(map[wire.Opcode]func(net.Conn, wire.Frame){
				wire.Close: func(nc net.Conn, f wire.Frame) { reply(nc, wire.Close, "") },
			}),
			[]cases.Step{cases.Close(1000)}, cases.Pass, closeWithin, "",
		},
		{
			"behind both Close frames TCP must end soon, not within the whole budget", answers(map[wire.Opcode]func(net.Conn, wire.Frame){
				wire.Text: func(nc net.Conn, f wire.Frame) { reply(nc, wire.Close, "\x03\xef") },
			}),
			[]cases.Step{bad, cases.FailsWith(1007)}, cases.Failed, endWithin, "close 1007, then nothing more, and TCP stays open",
		},
		{
			"an answer an octet at a time takes what it takes", func(nc net.Conn) {
				rd := accept(nc, func(accept string) string {
					for _, c := range []byte(right(accept)) {
						elapse(ms)
						nc.Write([]byte{c})
					}
					return ""
				})
				readAll(rd)
			},
			[]cases.Step{cases.Reset()}, cases.Pass, time.Duration(len(right(sampleAccept))) * ms, "",
		},
		{
			"an answer that never ends costs the budget", func(nc net.Conn) {
				accept(nc, func(string) string { return "HTTP/1.1 101 Switching Protocols\r\n" })
				for {
					elapse(10 * ms)
					if _, err := nc.Write([]byte("X: y\r\n")); err != nil {
						return
					}
				}
			},
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Answer(101))}, cases.Failed, budget, "no HTTP response in time",
		},
		{
			"interim responses without end cost the budget", func(nc net.Conn) {
				accept(nc, func(string) string { return "" })
				for {
					elapse(10 * ms)
					if _, err := nc.Write([]byte("HTTP/1.1 103 Early Hints\r\n\r\n")); err != nil {
						return
					}
				}
			},
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Answer(101))}, cases.Failed, budget, "no HTTP response in time",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, test.serve, script(test.steps...), func(r Result, took time.Duration) {
				if r.Verdict != test.verdict || r.Got != test.got || took != test.took {
					t.Errorf("%v, got %q, after %v; want %v, %q, %v\n%s", r.Verdict, r.Got, took, test.verdict, test.got, test.took, r.Block(""))
				}
			})
		})
	}
}

// A response of which only a part came within the time of one expectation is
// whole for the next.
func TestTheBeginningOfAResponseIsKept(t *testing.T) {
	serve := func(nc net.Conn) {
		rd := accept(nc, func(accept string) string {
			whole := right(accept)
			nc.Write([]byte(whole[:20]))
			elapse(300 * ms)
			return whole[20:]
		})
		readAll(rd)
	}
	c := script(cases.Baseline(), cases.Expect(cases.Answer(101)).For(100*ms).ElseLax(), cases.Expect(cases.Answer(101)))
	inBubble(t, serve, c, func(r Result, took time.Duration) {
		if r.Verdict != cases.Lax || !r.Close.Opened {
			t.Errorf("%v\n%s", r.Verdict, r.Block(""))
		}
	})
}

// A peer that does not read must not hold the player longer than the budget,
// and the player must see what the peer says meanwhile.
func TestAPeerThatDoesNotReadIsBounded(t *testing.T) {
	large := cases.Send(cases.BinaryOf(cases.Fill("x", 1<<20)))
	silent := func(nc net.Conn, rd *wire.Reader) { elapse(time.Minute) }
	for _, test := range []struct {
		name  string
		serve func(net.Conn)
		steps []cases.Step
		got   string
	}{
		{"a large message", opened(silent), []cases.Step{large, cases.Expect(cases.Pong("x"))}, "nothing, and TCP stays open"},
		{"many large messages", opened(silent), []cases.Step{cases.Repeat(100000, large), cases.Expect(cases.Pong("x"))}, "nothing, and TCP stays open"},
		{"a request", func(net.Conn) { elapse(time.Minute) }, []cases.Step{cases.Baseline(), cases.Expect(cases.Answer(101))}, "no HTTP response in time"},
		{"what it says meanwhile counts", opened(func(nc net.Conn, rd *wire.Reader) {
			reply(nc, wire.Close, "\x03\xf1")
			elapse(time.Minute)
		}), []cases.Step{large, cases.FailsWith(1009)}, "close 1009, then nothing more, and TCP stays open"},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, test.serve, script(test.steps...), func(r Result, took time.Duration) {
				if r.Verdict != cases.Failed || r.Got != test.got || took < budget {
					t.Errorf("%v, got %q after %v, want %q", r.Verdict, r.Got, took, test.got)
				}
				if n := strings.Count(r.Block(""), "the peer does not read"); n > 1 {
					t.Errorf("%d notes of the same trouble:\n%s", n, r.Block(""))
				}
				if r.Duration > budget {
					t.Errorf("the verdict took %v of %v", r.Duration, budget)
				}
			})
		})
	}
}
