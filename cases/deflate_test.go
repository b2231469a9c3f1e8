package cases

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// deflateInflate decompresses the payload of a message by the standard library,
// which stops at BFINAL and is set going again behind it. What came before an
// error is returned with it.
func deflateInflate(history, payload []byte) ([]byte, error) {
	const end = "\x00\x00\xff\xff" + "\x01\x00\x00\xff\xff"
	in := bytes.NewReader(append(slices.Clip(payload), end...))
	all := slices.Clip(history)
	for in.Len() > 0 {
		out, err := io.ReadAll(flate.NewReaderDict(in, all[max(0, len(all)-32768):]))
		all = append(all, out...)
		if err != nil {
			return all[len(history):], err
		}
	}
	return all[len(history):], nil
}

// deflateSent is a message that a case sends.
type deflateSent struct {
	opcode     Opcode
	compressed bool
	content    []byte
	err        error
}

// deflateTalk plays the player's side of a case, and hands each expectation the
// messages that were sent since the one before.
func deflateTalk(c Case, expect func(e Expectation, sent []deflateSent)) {
	var history, payload []byte
	var open deflateSent
	var sent []deflateSent
	var play func(steps []Step)
	frame := func(f Frame) {
		if f.Opcode.IsControl() {
			return
		}
		if f.Opcode != OpContinuation {
			open, payload = deflateSent{opcode: f.Opcode, compressed: f.Deflated || f.RSV == reserved1}, nil
		}
		payload = f.Payload.Append(payload, framingSeed)
		if f.More {
			return
		}
		open.content = payload
		if open.compressed && !f.Deflated {
			open.content, open.err = deflateInflate(history, payload)
		}
		if open.compressed {
			history = append(history, open.content...)
		}
		sent = append(sent, open)
	}
	play = func(steps []Step) {
		for _, s := range steps {
			switch s := s.(type) {
			case SendStep:
				for _, f := range s.Frames {
					frame(f)
				}
			case Expectation:
				expect(s, sent)
				sent = nil
			case RepeatStep:
				for range min(s.Times, 3) {
					play(s.Steps)
				}
			}
		}
	}
	play(c.Steps)
}

// deflateIncomplete are the cases whose messages do not end as they should, but
// hold all that is expected of them.
func deflateIncomplete(id string) bool {
	return strings.HasPrefix(id, "deflate/empty/no-octet") || id == "deflate/final/no-octet-behind" || id == "deflate/blocks/tail-not-removed"
}

func TestDeflatePayloadsHoldWhatIsExpectedBack(t *testing.T) {
	echoed := 0
	for _, c := range slices.Concat(deflateDataCases(), deflateAgreements()) {
		if strings.HasPrefix(c.ID, "deflate/bomb/") && c.ID != "deflate/bomb/1-mib" {
			continue // large
		}
		deflateTalk(c, func(e Expectation, sent []deflateSent) {
			var back []Frame
			for _, event := range e.Alternatives[0].Events {
				if f, ok := event.(Frame); ok && !f.Opcode.IsControl() {
					back = append(back, f)
				}
			}
			if len(back) == 0 {
				return
			}
			if len(back) != len(sent) {
				t.Errorf("%s: %d messages are sent and %d expected", c.ID, len(sent), len(back))
				return
			}
			for i, f := range back {
				echoed++
				if sent[i].err != nil && !deflateIncomplete(c.ID) {
					t.Errorf("%s: %v", c.ID, sent[i].err)
				}
				if f.Opcode != sent[i].opcode || !f.Payload.Equal(sent[i].content, framingSeed) {
					t.Errorf("%s: %.40q is sent, and expected back is %.40q", c.ID, sent[i].content, f.Payload.Append(nil, framingSeed))
				}
			}
		})
	}
	if echoed < 400 {
		t.Errorf("only %d messages were compared", echoed)
	}
}

func TestDeflateGarbageDoesNotDecompress(t *testing.T) {
	for _, c := range deflateGarbage() {
		deflateTalk(c, func(_ Expectation, sent []deflateSent) {
			if len(sent) != 1 || sent[0].err == nil {
				t.Errorf("%s: sends %d messages, the first of which decompresses to %q", c.ID, len(sent), sent[0].content)
			}
			var corrupt flate.CorruptInputError
			if len(sent) == 1 && !errors.As(sent[0].err, &corrupt) {
				t.Errorf("%s: %v", c.ID, sent[0].err)
			}
		})
	}
}

func TestDeflateTextsThatAreRefusedAreIllFormedAndNothingElse(t *testing.T) {
	for _, c := range deflateTexts() {
		e, _ := c.Steps[2].(Expectation)
		if _, refused := e.Alternatives[0].Events[0].(FailEvent); !refused {
			continue
		}
		deflateTalk(c, func(_ Expectation, sent []deflateSent) {
			if len(sent) == 0 {
				return // early: the message has not ended
			}
			if m := sent[len(sent)-1]; m.err != nil || utf8.Valid(m.content) {
				t.Errorf("%s: %.40q, %v", c.ID, m.content, m.err)
			}
		})
	}
}

func TestDeflateCutOffMessagesAreBeginningsOfGoodOnes(t *testing.T) {
	good := []string{
		deflateHello, deflateAllCodes, "\x00\x05\x00\xfa\xffHello\x00", "\x00\x0a\x00\xf5\xffHelloHello\x00",
	}
	for _, c := range deflateCutOff() {
		var payload string
		for _, f := range c.Steps[1].(SendStep).Frames {
			payload += string(f.Payload.Append(nil, framingSeed))
		}
		if !slices.ContainsFunc(good, func(s string) bool { return len(payload) < len(s) && strings.HasPrefix(s, payload) }) {
			t.Errorf("%s: %q is no beginning", c.ID, payload)
		}
	}
}

func TestDeflateZerosAreAsManyAsTheySay(t *testing.T) {
	for _, rounds := range []int{1, 5, 1000} {
		compressed, plain := deflateZeros(rounds)
		got, err := deflateInflate(nil, compressed.Append(nil, 1))
		if err != nil || !plain.Equal(got, 1) {
			t.Errorf("%d rounds: %d octets instead of %d, %v", rounds, len(got), plain.Len(), err)
		}
	}
}

func TestDeflateWriterWritesWhatDecompresses(t *testing.T) {
	for _, length := range []int{3, 4, 10, 11, 12, 18, 19, 34, 35, 66, 67, 130, 131, 257, 258} {
		for _, distance := range []int{1, 2, 4, 5, 6, 7, 8, 9, 255, 256, 257, 4096, 24576, 24577, 32767, 32768} {
			content := Random(distance, 1).Append(nil, 1)
			for i := range length {
				content = append(content, content[i])
			}
			w := new(deflateWriter).stored(false, string(content[:distance])).fixed(false).match(length, distance).end()
			if got, err := deflateInflate(nil, []byte(w.sync())); err != nil || !bytes.Equal(got, content) {
				t.Errorf("length %d, distance %d: %d octets, %v", length, distance, len(got), err)
			}
		}
	}
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for _, final := range []bool{false, true} {
		w := new(deflateWriter).fixed(final).literals(string(all)).end().flush().stored(final, string(all))
		if got, err := deflateInflate(nil, []byte(w.sync())); err != nil || !bytes.Equal(got, append(slices.Clip(all), all...)) {
			t.Errorf("all literals, final %v: %x, %v", final, got, err)
		}
	}
}

func TestDeflateIDsTitlesAndRefs(t *testing.T) {
	list := append(deflateNegotiationCases(), deflateDataCases()...)
	titles := map[string]string{}
	for _, c := range list {
		if !strings.HasPrefix(c.ID, "deflate/") || strings.Count(c.ID, "/") != 2 {
			t.Errorf("%s: not the form of an id", c.ID)
		}
		if other, ok := titles[c.Title]; ok {
			t.Errorf("%s: has the title of %s: %q", c.ID, other, c.Title)
		}
		titles[c.Title] = c.ID
		r, ok := FindRequirement(c.Refs[0])
		if !ok || r.Role == ForServer && c.Subject != Server || r.Role == ForClient && c.Subject != Client {
			t.Errorf("%s: %s does not bind who is tested", c.ID, c.Refs[0])
		}
		if want, got := framingAwaitsEcho(c) && c.Weight == Light, slices.Contains(c.Needs, Echo); want && !got {
			t.Errorf("%s: awaits a message and does not need echo", c.ID)
		}
		for i, f := range c.Needs {
			if slices.Contains(c.Needs[:i], f) {
				t.Errorf("%s: needs %s twice", c.ID, f)
			}
		}
	}
	t.Log(len(list), "cases")
}

// A parameter of one side means something else when the other side is tested.
func TestDeflateParametersAreForOneSide(t *testing.T) {
	for _, c := range deflateDataCases() {
		open, ok := c.Steps[0].(OpenStep)
		if ok && open.Extensions != deflateOffer && c.Subject == Both {
			t.Errorf("%s: %s for both sides", c.ID, open.Extensions)
		}
		if slices.Contains(c.Needs, Deflate) != ok {
			t.Errorf("%s: needs %v and opens %v", c.ID, c.Needs, ok)
		}
	}
}

func TestDeflateAgreementsAreAllCombinations(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range deflateAgreements() {
		seen[handshakeEdited(c.Steps[0].(Request), extensionField)] = true
	}
	if len(seen) != 2*2*4*5 {
		t.Errorf("%d combinations", len(seen))
	}
	for _, c := range deflateOffers() {
		if offer := handshakeEdited(c.Steps[0].(Request), extensionField); !strings.HasPrefix(offer, "permessage-deflate") || strings.Count(offer, ";") > 1 {
			t.Errorf("%s: %s", c.ID, offer)
		}
	}
	for bits := 8; bits <= 15; bits++ {
		for _, side := range []string{"server", "client"} {
			id := fmt.Sprintf("deflate/offer/%s-bits-%d", side, bits)
			if !slices.ContainsFunc(deflateOffers(), func(c Case) bool { return c.ID == id }) {
				t.Errorf("no %s", id)
			}
		}
	}
}

func TestDeflateBadOffersAreNeverAcceptedAndKeepTheGrammar(t *testing.T) {
	grammar := extensionGrammar()
	malformed := []string{
		"server-bits-two-values", "client-bits-no-value", "server-no-takeover-no-value",
		"server-bits-empty", "server-bits-space", "client-bits-empty", "server-no-takeover-empty", "client-no-takeover-empty", // no tokens in quotes
	}
	for _, c := range deflateNegotiationCases() {
		name, bad := strings.CutPrefix(c.ID, "deflate/bad-offer/")
		value := handshakeEdited(c.Steps[0].(Request), extensionField)
		if grammar.MatchString(value) == slices.Contains(malformed, name) {
			t.Errorf("%s: %.60q breaks the grammar, or keeps it", c.ID, value)
		}
		if !bad || name == "capitals" {
			continue
		}
		for _, a := range handshakeExpectations(c)[0].Alternatives {
			answer, ok := a.Events[0].(AnswerEvent)
			if ok && a.Grade < Failed && !slices.ContainsFunc(answer.Checks, func(f FieldCheck) bool { return f.Op == Absent }) {
				t.Errorf("%s lets the offer be accepted", c.ID)
			}
		}
	}
}
