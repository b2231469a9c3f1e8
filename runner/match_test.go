package runner

import (
	"testing"

	"github.com/wsspec/wsspec/cases"
)

func text(s string) observation {
	return observation{kind: gotMessage, opcode: cases.OpText, payload: []byte(s), size: len(s)}
}
func pong(s string) observation {
	return observation{kind: gotPong, payload: []byte(s), size: len(s)}
}
func closed(code uint16) observation { return observation{kind: gotClose, code: code} }
func status(n int) observation {
	return observation{kind: gotAnswer, answer: &answer{status: n}}
}

var (
	tcpEnd   = observation{kind: gotEnd}
	timeUp   = observation{kind: gotDeadline}
	answered = observation{kind: gotProbe}
)

func TestDecide(t *testing.T) {
	both := cases.Expect(cases.Pong("mid"), cases.Text("fragment"))
	pongs := cases.Expect(cases.Pong("1"), cases.Pong("2"), cases.Pong("3"))
	tolerant := cases.FailsWith(1002).OrLax(cases.Closes(1000, 2999), cases.End())
	for _, test := range []struct {
		name  string
		e     cases.Expectation
		seen  []observation
		state state
		grade cases.Verdict
	}{
		{"nothing has come yet", cases.Expect(cases.Text("a")), nil, pending, cases.Pass},
		{"the expected message", cases.Expect(cases.Text("a")), []observation{text("a")}, met, cases.Pass},
		{"another message", cases.Expect(cases.Text("a")), []observation{text("b")}, lost, cases.Errored},
		{"another type", cases.Expect(cases.Binary("a")), []observation{text("a")}, lost, cases.Errored},
		{"the end instead of a message", cases.Expect(cases.Text("a")), []observation{tcpEnd}, lost, cases.Errored},
		{"time is up", cases.Expect(cases.Text("a")), []observation{timeUp}, lost, cases.Errored},

		{"pong before the message", both, []observation{pong("mid"), text("fragment")}, met, cases.Pass},
		{"pong late", both, []observation{text("fragment"), pong("mid")}, met, cases.Lax},
		{"a pong may overtake a message", cases.Expect(cases.Text("a"), cases.Pong("p")), []observation{pong("p"), text("a")}, met, cases.Pass},
		{"a pong nobody asked for", cases.Expect(cases.Text("a")), []observation{pong("x")}, lost, cases.Errored},
		{"every ping answered", pongs, []observation{pong("1"), pong("2"), pong("3")}, met, cases.Pass},
		{"only the last ping answered", pongs, []observation{pong("3")}, met, cases.Pass},
		{"the last ping is not answered", pongs, []observation{pong("1"), pong("2"), timeUp}, lost, cases.Errored},
		{"pongs out of order", pongs, []observation{pong("2"), pong("1")}, lost, cases.Errored},
		{"a close while a pong is owed", cases.Expect(cases.Pong("p"), cases.Closes(1000)), []observation{closed(1000)}, lost, cases.Errored},

		{"fails as it should", cases.FailsWith(1002), []observation{closed(1002), tcpEnd}, met, cases.Pass},
		{"fails, TCP still open", cases.FailsWith(1002), []observation{closed(1002)}, pending, cases.Pass},
		{"fails, TCP stays open", cases.FailsWith(1002), []observation{closed(1002), timeUp}, lost, cases.Errored},
		{"fails without a close frame", cases.FailsWith(1002), []observation{tcpEnd}, met, cases.Lax},
		{"fails with another error code", cases.FailsWith(1007), []observation{closed(1002), tcpEnd}, met, cases.Lax},
		{"closes as if nothing were wrong", cases.FailsWith(1002), []observation{closed(1000)}, lost, cases.Errored},
		{"closes without a code", cases.FailsWith(1002), []observation{closed(cases.NoCode)}, lost, cases.Errored},
		{"closes with a code that must not be sent", cases.FailsWith(1002), []observation{closed(1006)}, lost, cases.Errored},
		{"echoes what it should refuse", cases.FailsWith(1002), []observation{text("bad")}, lost, cases.Errored},
		{"answers a probe, then fails", cases.FailsWith(1002), []observation{answered, closed(1002), tcpEnd}, met, cases.Lax},
		{"answers a probe and carries on", cases.FailsWith(1002), []observation{answered, timeUp}, lost, cases.Errored},
		{"an echo that may come first", cases.Expect(cases.Maybe(cases.Text("a")), cases.Fail(1002)), []observation{text("a"), closed(1002), tcpEnd}, met, cases.Pass},
		{"and need not", cases.Expect(cases.Maybe(cases.Text("a")), cases.Fail(1002)), []observation{closed(1002), tcpEnd}, met, cases.Pass},

		{"may come first, answers a probe, then fails", cases.Expect(cases.Maybe(cases.Text("a")), cases.Fail(1002)), []observation{answered, closed(1002), tcpEnd}, met, cases.Lax},
		{"a pong behind the Close, to a ping that was under way", cases.FailsWith(1002), []observation{closed(1002), answered, tcpEnd}, met, cases.Pass},

		{"the tolerated course", tolerant, []observation{closed(2999), tcpEnd}, met, cases.Lax},
		{"the right course of two", tolerant, []observation{closed(1002), tcpEnd}, met, cases.Pass},
		{"neither course", tolerant, []observation{closed(1001)}, lost, cases.Errored},
		{"waits for the better of two", cases.Expect(cases.Closes(1000), cases.End()).OrLax(cases.Closes(1000)), []observation{closed(1000)}, pending, cases.Pass},
		{"takes the worse when time is up", cases.Expect(cases.Closes(1000), cases.End()).OrLax(cases.Closes(1000)), []observation{closed(1000), timeUp}, met, cases.Lax},
		{"a known wrong reaction decides", cases.FailsWith(1009).OrFail(cases.Text("x")), []observation{text("x")}, met, cases.Failed},
		{"a wrong reaction that a broad right one includes", cases.Expect(cases.Refuse(4)).OrFail(cases.Answer(426)), []observation{status(426)}, met, cases.Failed},
		{"a wrong reaction does not wait for a better one", cases.Expect(cases.Text("x"), cases.Text("y")).OrFail(cases.Text("x")), []observation{text("x")}, met, cases.Failed},
		{"waiting is allowed", cases.FailsWith(1009).OrLax(cases.Wait()), []observation{timeUp}, met, cases.Lax},
		{"waiting, so far", cases.FailsWith(1009).OrLax(cases.Wait()), nil, pending, cases.Pass},
		{"anything at all", cases.Expect(cases.Answer(101)).OrInfo(cases.Anything()), []observation{status(404)}, met, cases.Info},

		{"refused as it should", cases.Expect(cases.Refuse(4)), []observation{status(400)}, met, cases.Pass},
		{"refused with another status", cases.Expect(cases.Refuse(4)), []observation{status(500)}, met, cases.Lax},
		{"refused by the end of TCP", cases.Expect(cases.Refuse(4)), []observation{tcpEnd}, met, cases.Lax},
		{"accepted instead of refused", cases.Expect(cases.Refuse(4)), []observation{status(101)}, lost, cases.Errored},
		{"silent instead of refused", cases.Expect(cases.Refuse(4)), []observation{timeUp}, lost, cases.Errored},
		{"something that is not HTTP", cases.Expect(cases.Refuse(4)), []observation{status(0)}, lost, cases.Errored},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := decide(test.e, test.seen, 1)
			if got.state != test.state || test.state == met && got.grade != test.grade {
				t.Errorf("decide = state %d, grade %v (%s); want state %d, grade %v", got.state, got.grade, got.why, test.state, test.grade)
			}
		})
	}
}

func TestDecideTakesOnlyWhatItNeeds(t *testing.T) {
	seen := []observation{text("a"), text("b")}
	if got := decide(cases.Expect(cases.Text("a")), seen, 1); got.state != met || got.used != 1 {
		t.Errorf("decide = %+v, want met with one observation used", got)
	}
}

func TestAnOpenConnectionNeedsARightAnswer(t *testing.T) {
	wrong := observation{kind: gotAnswer, answer: &answer{status: 101, faults: []breach{{"6455-4.2.2-20", "wrong"}}}}
	if got := decide(cases.Expect(cases.Answer(101)), []observation{wrong}, 1); got.state != lost {
		t.Errorf("decide = %+v, want lost", got)
	}
}
