package runner

import (
	"io"
	"net"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// failedWith are the cases of a list that a server fails which answers so, with the
// requirements.
func failedWith(t *testing.T, answer func(accept string) string, list ...cases.Case) []string {
	t.Helper()
	target, _ := listen(t, requests(func(nc net.Conn, rd *wire.Reader, head *wire.Head) {
		io.WriteString(nc, answer(acceptValue(head.Get("Sec-WebSocket-Key"))))
		echoFrames(nc, rd)
	}))
	report, err := Run(t.Context(), target, list, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var failed []string
	for _, r := range report.Results {
		if r.Verdict == cases.Failed {
			failed = append(failed, r.Case.ID+" "+r.Requirement)
		}
	}
	return failed
}

func about(id string, refs ...string) cases.Case {
	return cases.Case{ID: id, Title: id, Subject: cases.Server, Refs: refs,
		Steps: []cases.Step{cases.Baseline(), cases.Expect(cases.Answer(101)), cases.Alive(), cases.Close(1000)}}
}

// Every opening handshake has the same fault: the cases about it fail, or if there
// is none, the first that opens a connection does, so that no run skips everything.
func TestABrokenHandshakeFailsACaseAndNotAll(t *testing.T) {
	twice := func(accept string) string {
		return strings.Replace(right(accept), "\r\n\r\n", "\r\nSec-WebSocket-Accept: "+accept+"\r\n\r\n", 1)
	}
	one, two, three := about("one", "6455-4.2.2-1"), about("two", "6455-4.2.1-13"), about("three", "6455-4.2.2-1", "6455-11.3.3-1")
	for _, test := range []struct {
		name string
		list []cases.Case
		want string
	}{
		{"a case is about it", []cases.Case{one, two, three}, "three 6455-11.3.3-1"},
		{"no case is", []cases.Case{one, two}, "one 6455-11.3.3-1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := strings.Join(failedWith(t, twice, test.list...), ", "); got != test.want {
				t.Errorf("failed: %s; want %s", got, test.want)
			}
		})
	}
}

// What breaks the grammar of HTTP alone opens connections, and fails the cases that
// are about grammar.
func TestGrammarIsForTheCasesAboutIt(t *testing.T) {
	change := func(old, new string) func(string) string {
		return func(accept string) string { return strings.Replace(right(accept), old, new, 1) }
	}
	grammar, plain := about("grammar", "9110-2.2-1", "9112-4-1", "9112-2.2-5", "9112-5.2-3"), about("plain", "6455-4.2.2-1")
	for _, test := range []struct {
		name   string
		answer func(string) string
		want   string
	}{
		{"right", right, ""},
		{"no reason phrase but the space before it", change(" Switching Protocols", " "), ""},
		{"an octet beyond ASCII in a value", change("\r\n\r\n", "\r\nServer: caf\xe9\r\n\r\n"), ""},
		{"neither reason phrase nor space", change(" Switching Protocols", ""), "grammar 9112-4-1"},
		{"a line that ends in LF", change("Upgrade: websocket\r\n", "Upgrade: websocket\n"), "grammar 9110-2.2-1"},
		{"a space before a colon", change("\r\n\r\n", "\r\nServer : x\r\n\r\n"), "grammar 9110-2.2-1"},
		{"a NUL in a value", change("\r\n\r\n", "\r\nServer: a\x00b\r\n\r\n"), "grammar 9110-2.2-1"},
		{"a CR in a value", change("\r\n\r\n", "\r\nServer: a\rb\r\n\r\n"), "grammar 9112-2.2-5"},
		{"a folded line", change("\r\n\r\n", "\r\nServer: a\r\n b\r\n\r\n"), "grammar 9112-5.2-3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := strings.Join(failedWith(t, test.answer, grammar, plain), ", "); got != test.want {
				t.Errorf("failed: %s; want %s", got, test.want)
			}
		})
	}
}
