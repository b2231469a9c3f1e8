package runner

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// unsafe reports whether a terminal should not see the character.
func unsafe(r rune) bool {
	return r != '\n' && (!unicode.IsPrint(r) || r == unicode.ReplacementChar)
}

// Nothing that a peer sends reaches a terminal as it is.
func TestWhatAPeerSendsIsSafeToPrint(t *testing.T) {
	const evil = "\x1b[31m\x07\u202e\xff\x9b"
	answer := func(head string) func(net.Conn) {
		return requests(func(nc net.Conn, rd *wire.Reader, request *wire.Head) {
			io.WriteString(nc, strings.Replace(head, "ACCEPT", acceptValue(request.Get("Sec-WebSocket-Key")), 1))
			echoFrames(nc, rd)
		})
	}
	plain := right("ACCEPT")
	handshake := []cases.Step{cases.Baseline(), cases.Expect(cases.Answer(404))}
	for name, test := range map[string]struct {
		serve func(net.Conn)
		steps []cases.Step
	}{
		"first octets":  {answer(evil + "\r\n\r\n"), handshake},
		"version":       {answer(strings.Replace(plain, "HTTP/1.1", "HTTP/"+evil, 1)), handshake},
		"reason":        {answer(strings.Replace(plain, "Switching", evil, 1)), handshake},
		"upgrade":       {answer(strings.Replace(plain, "websocket", evil, 1)), handshake},
		"connection":    {answer(strings.Replace(plain, ": Upgrade", ": "+evil, 1)), handshake},
		"accept":        {answer(right(evil)), handshake},
		"subprotocol":   {answer(strings.Replace(plain, "\r\n\r\n", "\r\nSec-WebSocket-Protocol: "+evil+"\r\n\r\n", 1)), handshake},
		"extension":     {answer(strings.Replace(plain, "\r\n\r\n", "\r\nSec-WebSocket-Extensions: "+evil+"\r\n\r\n", 1)), handshake},
		"field name":    {answer(strings.Replace(plain, "\r\n\r\n", "\r\n"+evil+": x\r\n\r\n", 1)), handshake},
		"a line feed":   {answer(strings.Replace(plain, "\r\n\r\n", "\r\n"+evil+"\n\r\n", 1)), handshake},
		"behind 400":    {answer("HTTP/1.1 400 " + evil + "\r\n\r\n" + evil), handshake},
		"half a head":   {answer("HTTP/1.1 400 " + evil), handshake},
		"text":          {sends("\x81" + string(rune(len(evil))) + evil), []cases.Step{cases.Alive()}},
		"pong":          {sends("\x8a" + string(rune(len(evil))) + evil), []cases.Step{cases.Alive()}},
		"close":         {sends("\x88" + string(rune(len(evil)+2)) + "\x03\xea" + evil), []cases.Step{cases.Alive()}},
		"half a header": {sends("\x1b"), []cases.Step{cases.Alive()}},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, test.serve, script(test.steps...), func(r Result, _ time.Duration) {
				block := r.Block("wsspec test")
				if i := strings.IndexFunc(block, unsafe); i >= 0 {
					t.Errorf("octet %d of the block, % x:\n%s", i, block[i:][:min(4, len(block)-i)], block)
				}
				for _, e := range r.Transcript.Entries {
					if strings.ContainsFunc(e.Meaning, unsafe) {
						t.Errorf("meaning %q", e.Meaning)
					}
				}
				if r.Verdict != cases.Failed {
					t.Errorf("%v\n%s", r.Verdict, block)
				}
			})
		})
	}
}

func TestALongConversationIsCutInItsBlock(t *testing.T) {
	r := Result{Case: script()}
	rec := newRecorder()
	for range 1000 {
		rec.note("remark")
	}
	r.Transcript = rec.transcript()
	block := r.Block("")
	if n := strings.Count(block, "remark"); n != blockLines || !strings.Contains(block, "960 entries left out") {
		t.Errorf("%d entries:\n%s", n, block)
	}
}
