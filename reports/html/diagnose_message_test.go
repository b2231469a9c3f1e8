package html

import (
	"slices"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// conversation is a result whose frames are not masked, in a connection that
// compresses.
func conversation(expected, got string, frames ...runner.Entry) *runner.Result {
	offered := strings.Replace(answered, "\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n", 1)
	return &runner.Result{Verdict: cases.Failed, Expected: expected, Got: got, Transcript: runner.Transcript{
		Entries: append([]runner.Entry{http(runner.Sent, asked), http(runner.Received, offered)}, frames...),
	}}
}

func plainFrame(d runner.Direction, first byte, payload string) runner.Entry {
	raw := append([]byte{first, byte(len(payload))}, payload...)
	return runner.Entry{Direction: d, Kind: runner.EntryFrame, Raw: raw, HeaderLen: 2, Size: len(raw)}
}

func TestWhereAnEchoDiffersIsTold(t *testing.T) {
	sent, received := runner.Sent, runner.Received
	const first = "\xf3\x48\xcd\xc9\xc9\x07\x00" // Hello, in a block with BFINAL (RFC 7692, section 7.2.3.4)
	for _, test := range []struct {
		name          string
		expected, got string
		frames        []runner.Entry
		words         []string
		entry         int
		marked        string
	}{
		{
			"an octet", `text "hello"`, `text "help!"`,
			[]runner.Entry{plainFrame(sent, 0x81, "a"), plainFrame(received, 0x81, "a"), plainFrame(sent, 0x81, "hello"), plainFrame(received, 0x81, "help!")},
			[]string{"Message 2 should come back as it was sent, with 5 octets", "differs from octet 3 on, where 6c was sent and 70 comes back"}, 5, "p | here it differs from what was sent",
		},
		{
			"a fragment alone", `text "hello"`, `text "hel"`,
			[]runner.Entry{plainFrame(sent, 0x01, "hel"), plainFrame(sent, 0x80, "lo"), plainFrame(received, 0x81, "hel")},
			[]string{"5 octets in 2 frames", "the first 3 alone"}, 3, "l | on purpose: a client must mask",
		},
		{
			"more", `text "hello"`, `text "hello!"`,
			[]runner.Entry{plainFrame(sent, 0x81, "hello"), plainFrame(received, 0x81, "hello!")},
			[]string{"with 1 more behind them"}, 0, "",
		},
		{
			"behind BFINAL", `text "HelloHello"`, `text "Hello"`,
			[]runner.Entry{plainFrame(sent, 0xc1, first+first+"\x00"), plainFrame(received, 0x81, "Hello")},
			[]string{"with 10 octets", "the first 5 alone", "before octet 7 of its compressed payload", "BFINAL", "7.2.3.4"}, 2, first[len(first)-1:] + " | a block with BFINAL ends in this octet, and the message goes on",
		},
		{
			"no answer", `text "Hello"`, `end of TCP (FIN)`,
			[]runner.Entry{plainFrame(sent, 0xc1, first+"\x00"), plainFrame(received, 0x81, "Hello"), plainFrame(sent, 0xc1, first+"\x00")},
			[]string{"message 2, which is compressed message 2, of 5 octets", "before octet 7"}, 4, first[len(first)-1:] + " | a block with BFINAL ends in this octet",
		},
	} {
		r := conversation(test.expected, test.got, test.frames...)
		advice, _ := diagnose(r)
		for _, words := range test.words {
			if !strings.Contains(strings.Join(advice, "\n"), words) {
				t.Errorf("%s: no %q in %q", test.name, words, advice)
			}
		}
		if test.marked == "" || strings.Contains(test.marked, "must mask") {
			continue
		}
		if got := marked(r, test.entry); !slices.Contains(got, test.marked) {
			t.Errorf("%s: %q, want %q", test.name, got, test.marked)
		}
	}
}

// What comes back as it was sent, or is not known whole, is not said to differ.
func TestAnEchoThatIsRightIsNotTold(t *testing.T) {
	long := plainFrame(runner.Received, 0x81, "hel")
	long.Raw[1] = 100 // of which three octets are shown
	for _, frames := range [][]runner.Entry{
		{plainFrame(runner.Sent, 0x81, "hello"), plainFrame(runner.Received, 0x81, "hello")},
		{plainFrame(runner.Sent, 0x81, "hello"), long},
		{plainFrame(runner.Received, 0x81, "hello")},
	} {
		if advice, _ := diagnose(conversation(`text "x"`, `text "y"`, frames...)); len(advice) > 0 {
			t.Errorf("%q", advice)
		}
	}
}

func TestWhereOurMessageDoesNotDecompressIsMarked(t *testing.T) {
	r := conversation("close 1007, then end of TCP", "end of TCP (FIN)", plainFrame(runner.Sent, 0xc1, "\xf2\x48\xcd\xc9\xc9\x07\x07"))
	if got := marked(r, 2); len(got) == 0 || !strings.Contains(got[len(got)-1], "on purpose: decompression stops at octet 6 of the compressed payload") {
		t.Errorf("%q", got)
	}
}

// What a case changes in a request is marked where nothing else is.
func TestWhatTheCaseIsAboutIsMarked(t *testing.T) {
	request := strings.Replace(asked, "Connection: Upgrade", "Connection: xUpgrade", 1)
	r := &runner.Result{
		Verdict: cases.Failed, Expected: "HTTP 4xx instead of 101", Got: "HTTP 101",
		Case:       cases.Case{Steps: []cases.Step{cases.Baseline(cases.Set("Connection", "xUpgrade"), cases.Octets("Sec-WebSocket-Version: 13\r\n"))}},
		Transcript: runner.Transcript{Entries: []runner.Entry{http(runner.Sent, request), http(runner.Received, answered)}},
	}
	want := []string{"Connection: xUpgrade\r\n | on purpose: what the case is about", "Sec-WebSocket-Version: 13\r\n | on purpose: what the case is about"}
	if got := marked(r, 0); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if advice, _ := diagnose(r); len(advice) != 1 || !strings.Contains(advice[0], "No browser sends such a request") {
		t.Errorf("%q", advice)
	}
}

func FuzzDiagnoseMessages(f *testing.F) {
	f.Add([]byte("\xf2\x48\xcd\xc9\xc9\x07\x00"), []byte("Hello"), byte(0xc1), byte(0x81))
	f.Fuzz(func(t *testing.T, one, other []byte, first, second byte) {
		one, other = one[:min(len(one), 125)], other[:min(len(other), 125)]
		r := conversation(`text "a"`, `text "b"`, plainFrame(runner.Sent, first, string(one)), plainFrame(runner.Sent, second, string(other)), plainFrame(runner.Received, second, string(other)))
		_, marks := diagnose(r)
		for i, list := range marks {
			for _, m := range list {
				if m.first < 0 || m.first >= m.last || m.last > len(r.Transcript.Entries[i].Raw) {
					t.Errorf("a mark of %d to %d", m.first, m.last)
				}
			}
		}
	})
}
