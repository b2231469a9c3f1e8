package runner

import (
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

func TestAReportIsConformantWithoutFailuresAndTrouble(t *testing.T) {
	for _, test := range []struct {
		verdicts      []cases.Verdict
		lenient, hard bool
	}{
		{nil, true, true},
		{[]cases.Verdict{cases.Pass, cases.Info, cases.Skipped}, true, true},
		{[]cases.Verdict{cases.Pass, cases.Lax}, true, false},
		{[]cases.Verdict{cases.Pass, cases.Failed}, false, false},
		{[]cases.Verdict{cases.Errored, cases.Pass}, false, false},
	} {
		var r Report
		for _, v := range test.verdicts {
			r.Results = append(r.Results, Result{Verdict: v})
		}
		if a, b := r.Conformant(false), r.Conformant(true); a != test.lenient || b != test.hard {
			t.Errorf("%v: conformant %v, strictly %v; want %v, %v", test.verdicts, a, b, test.lenient, test.hard)
		}
	}
}

func TestSidesHaveNames(t *testing.T) {
	for side, want := range map[Side]string{Nobody: "nobody", Ours: "wsspec", Peer: "peer", 99: "peer"} {
		if got := side.String(); got != want {
			t.Errorf("side %d is %q", side, got)
		}
	}
}

func TestHeaderFieldsAreHeldToWhatIsAsked(t *testing.T) {
	const answer = "HTTP/1.1 400 Bad Request\r\nSec-WebSocket-Version: 8, 13\r\nX: One\r\nY: a\r\nY: b\r\n"
	for _, test := range []struct {
		event cases.AnswerEvent
		want  bool
	}{
		{cases.Answer(400), true},
		{cases.Answer(4), true},
		{cases.Answer(401, 5), false},
		{cases.Answer(400).With("Sec-WebSocket-Version", "13"), true},
		{cases.Answer(400).With("sec-websocket-version", "7"), false},
		{cases.Answer(400).With("x", "one"), true},
		{cases.Answer(400).With("Y", "b"), true},
		{cases.Answer(400).Equal("X", "One"), true},
		{cases.Answer(400).Equal("X", "one"), false},
		{cases.Answer(400).Equal("Y", "a"), false},
		{cases.Answer(400).Without("Z"), true},
		{cases.Answer(400).Without("X"), false},
		{cases.Answer(400).Without("Z").With("Y", "c"), false},
	} {
		a := judgeAnswer(wire.ParseHead([]byte(answer+"\r\n")), wire.ParseHead([]byte(sampleRequest+"\r\n")))
		if got := a.meets(test.event); got != test.want {
			t.Errorf("%+v: %v", test.event, got)
		}
	}
}
