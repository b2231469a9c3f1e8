package runner

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// fin ends TCP with FIN, also when the other side has sent what nobody reads.
func fin(nc net.Conn) {
	nc.(*net.TCPConn).CloseWrite()
	io.Copy(io.Discard, nc)
}

// rst ends TCP with RST.
func rst(nc net.Conn) {
	nc.(*net.TCPConn).SetLinger(0)
	nc.Close()
}

// mustPlay plays a case against a target and sees to it that nothing is left.
func mustPlay(t *testing.T, target Target, steps ...cases.Step) Result {
	t.Helper()
	return mustPlayCase(t, target, script(steps...))
}

// mustPlayMuch plays steps that take their time on a busy machine.
func mustPlayMuch(t *testing.T, target Target, steps ...cases.Step) Result {
	t.Helper()
	c := script(steps...)
	c.Timeout = time.Minute
	return mustPlayCase(t, target, c)
}

func mustPlayCase(t *testing.T, target Target, c cases.Case) Result {
	t.Helper()
	r, err := playServer(t.Context(), target, usual.settings(), &c)
	if err != nil {
		t.Fatal(err)
	}
	noGoroutineLeft(t)
	return r
}

// lastReceived is the last entry that tells of the peer.
func lastReceived(r Result) (last Entry) {
	for _, e := range r.Transcript.Entries {
		if e.Direction == Received {
			last = e
		}
	}
	return last
}

func TestTCPMayEndAtAnyOctet(t *testing.T) {
	const echo, closing = "\x81\x05Hello", "\x88\x02\x03\xe8"
	answer := len(right(sampleAccept))
	steps := []cases.Step{
		cases.Baseline(), cases.Expect(cases.Answer(101)),
		cases.Send(cases.Text("Hello")), cases.Expect(cases.Text("Hello")),
		cases.Expect(cases.Closes(1000), cases.End()),
	}
	for how, end := range map[string]func(net.Conn){"FIN": fin, "RST": rst} {
		for n := range answer + len(echo) + len(closing) + 1 {
			target, _ := listen(t, func(nc net.Conn) {
				accept(nc, func(accept string) string { return (right(accept) + echo + closing)[:n] })
				end(nc)
			})
			began := time.Now()
			r := mustPlay(t, target, steps...)
			if d := time.Since(began); d > budget/2 {
				t.Errorf("%s behind %d octets costs %v", how, n, d)
			}
			if whole := n == answer+len(echo)+len(closing); how == "FIN" && (r.Verdict == cases.Pass) != whole {
				t.Errorf("%s behind %d octets: %v\n%s", how, n, r.Verdict, r.Block(""))
			}
			last := lastReceived(r)
			if last.Kind != EntryEnd || !strings.Contains(last.Meaning, how) || r.Close.Reset != (how == "RST") || r.Close.Dropped != Peer {
				t.Errorf("%s behind %d octets: the transcript ends with %q, outcome %+v", how, n, last.Meaning, r.Close)
			}
		}
	}
}

// told are the entries of a transcript, with their direction.
func told(r Result) (lines []string) {
	for _, e := range r.Transcript.Entries {
		lines = append(lines, fmt.Sprintf("%c %s", e.Direction, e.Meaning))
	}
	return lines
}

func TestTheTranscriptTellsHowTCPEnds(t *testing.T) {
	const get, switching = "> opening handshake", "< HTTP/1.1 101 Switching Protocols"
	serve := func(then func(net.Conn, *wire.Reader)) func(net.Conn) {
		return func(nc net.Conn) { then(nc, accept(nc, right)) }
	}
	ends := func(end func(net.Conn)) func(net.Conn) {
		return serve(func(nc net.Conn, rd *wire.Reader) { rd.Next(); end(nc) })
	}
	send := cases.Send(cases.Text("a"))
	for _, test := range []struct {
		name  string
		serve func(net.Conn)
		steps []cases.Step
		want  []string
	}{
		{"the peer, with FIN", ends(fin), []cases.Step{send, cases.Expect(cases.End())},
			[]string{get, switching, `> text "a", masked`, "< end of TCP (FIN)"}},
		{"the peer, with RST", ends(rst), []cases.Step{send, cases.Expect(cases.End())},
			[]string{get, switching, `> text "a", masked`, "< end of TCP (RST)"}},
		{"the peer, in a frame header", ends(func(nc net.Conn) { nc.Write([]byte("\x81")); fin(nc) }), []cases.Step{send, cases.Expect(cases.End())},
			[]string{get, switching, `> text "a", masked`, "< the beginning of a frame header", "< end of TCP (FIN) inside a frame"}},
		{"the peer, in a payload", ends(func(nc net.Conn) { nc.Write([]byte("\x81\x05He")); fin(nc) }), []cases.Step{send, cases.Expect(cases.End())},
			[]string{get, switching, `> text "a", masked`, `< text "He"... (5 octets), 3 octets short`, "< end of TCP (FIN) inside a frame"}},
		{"the player, with RST", serve(func(nc net.Conn, rd *wire.Reader) { readAll(rd) }), []cases.Step{send, cases.Reset()},
			[]string{get, switching, `> text "a", masked`, "> RST"}},
		{"the player, with FIN", serve(func(nc net.Conn, rd *wire.Reader) { readAll(rd) }), []cases.Step{send, cases.Shut(), cases.Expect(cases.End())},
			[]string{get, switching, `> text "a", masked`, "> FIN", "< end of TCP (FIN)"}},
		{"the player, at the end of a case", serve(func(nc net.Conn, rd *wire.Reader) {
			rd.Next()
			reply(nc, wire.Pong, "alive 1")
			io.Copy(io.Discard, nc)
		}), []cases.Step{cases.Alive()},
			[]string{get, switching, `> ping "alive 1", masked`, `< pong "alive 1"`, "> close 1000, masked", "> end of TCP"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			target, _ := listen(t, test.serve)
			r := mustPlay(t, target, test.steps...)
			if d := cmp.Diff(test.want, told(r)); d != "" || r.Verdict != cases.Pass {
				t.Errorf("%v\n%s\n%s", r.Verdict, d, r.Block(""))
			}
		})
	}
}

// Behind FIN or RST of our own nothing is sent, and nothing is said about it.
func TestNothingIsSentBehindOurEnd(t *testing.T) {
	target, _ := listen(t, func(nc net.Conn) {
		rd := accept(nc, right)
		readAll(rd)
		reply(nc, wire.Ping, "ping")
		reply(nc, wire.Close, "\x03\xe8")
	})
	r := mustPlay(t, target, cases.Shut(), cases.Expect(cases.Closes(1000), cases.End()))
	want := []string{
		"> opening handshake", "< HTTP/1.1 101 Switching Protocols", "> FIN",
		`< ping "ping"`, "< close 1000", "< end of TCP (FIN)",
	}
	if d := cmp.Diff(want, told(r)); d != "" || r.Verdict != cases.Pass {
		t.Errorf("%v\n%s", r.Verdict, d)
	}
	r = mustPlay(t, target, cases.Reset())
	if d := cmp.Diff(append(want[:2:2], "> RST"), told(r)); d != "" {
		t.Error(d)
	}
}

// What is written to a peer that has gone is one note, not one for each frame.
func TestWritingToAPeerThatHasGoneIsNotedOnce(t *testing.T) {
	target, _ := listen(t, func(nc net.Conn) { accept(nc, right); rst(nc) })
	r := mustPlay(t, target, cases.Repeat(1000, cases.Send(cases.BinaryOf(cases.Fill("x", 1000)))), cases.FailsWith(1002))
	if n := strings.Count(strings.Join(told(r), "\n"), "write: "); n > 1 || r.Verdict != cases.Lax {
		t.Errorf("%v, %d notes:\n%s", r.Verdict, n, r.Block(""))
	}
}
