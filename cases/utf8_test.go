package cases

import (
	"bufio"
	"encoding/hex"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestUTF8ReplacesEveryAutobahnCaseOfGroup6Once(t *testing.T) {
	testAutobahnIDs(t, utf8Cases(), "6", []autobahnGroup{
		{1, 3}, {2, 4}, {3, 2}, {4, 4}, {5, 5}, {6, 11}, {7, 4}, {8, 2}, {9, 4}, {10, 3}, {11, 5}, {12, 8},
		{13, 5}, {14, 10}, {15, 1}, {16, 3}, {17, 5}, {18, 5}, {19, 5}, {20, 7}, {21, 8}, {22, 34}, {23, 7},
	})
}

// textsSent are the text messages that the player sends, without those that it
// leaves open.
func textsSent(steps []Step) []string {
	var texts []string
	var open []byte
	isText, incomplete := false, 0
	for _, s := range steps {
		send, _ := s.(SendStep)
		for _, f := range send.Frames {
			octets := f.Payload.Append(nil, 0)
			switch {
			case f.Opcode == OpRaw: // the rest of the frame before
				incomplete -= len(octets)
			case f.Opcode.IsControl():
				continue
			case f.Opcode != OpContinuation:
				open, isText = nil, f.Opcode == OpText
			}
			if f.Length != 0 {
				incomplete = int(f.Length) - len(octets)
			}
			open = append(open, octets...)
			if isText && !f.More && incomplete == 0 {
				texts = append(texts, string(open))
			}
		}
	}
	return texts
}

func TestUTF8CasesAgreeWithTheStandardLibrary(t *testing.T) {
	for _, c := range utf8Cases() {
		valid := true
		for _, text := range textsSent(c.Steps) {
			valid = valid && utf8.ValidString(text)
		}
		if refused := failsAtLast(c); valid == refused {
			t.Errorf("%s: all texts are valid: %t, the connection is to fail: %t", c.ID, valid, refused)
		}
	}
}

// failsAtLast reports whether the case ends with the peer failing the connection.
func failsAtLast(c Case) bool {
	e, ok := c.Steps[len(c.Steps)-1].(Expectation)
	if !ok {
		return false
	}
	events := e.Alternatives[0].Events
	_, fails := events[len(events)-1].(FailEvent)
	return fails
}

func TestUTF8CasesExpectTheTextsBackThatTheySent(t *testing.T) {
	for _, c := range utf8Cases() {
		sent := textsSent(c.Steps)
		for _, s := range c.Steps {
			e, _ := s.(Expectation)
			for _, a := range e.Alternatives {
				for _, event := range a.Events {
					f, ok := event.(Frame)
					if !ok || f.Opcode != OpText {
						continue
					}
					if len(sent) == 0 || !f.Payload.Equal([]byte(sent[0]), 0) {
						t.Fatalf("%s: expects %q, having sent %q", c.ID, f.Payload.Append(nil, 0), sent)
					}
					sent = sent[1:]
				}
			}
		}
	}
}

// The file holds the octets of Autobahn's single-frame cases, written down from
// its documentation, so that the loops that build ours cannot go astray.
func TestUTF8OctetsOfAutobahnAreThose(t *testing.T) {
	byAlias := map[string]Case{}
	for _, c := range utf8Cases() {
		for _, alias := range c.Alias {
			byAlias[strings.TrimPrefix(alias, "autobahn:")] = c
		}
	}
	file, err := os.Open("testdata/autobahn-utf8.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := 0
	for scanner := bufio.NewScanner(file); scanner.Scan(); lines++ {
		fields := strings.Fields(scanner.Text())
		octets, err := hex.DecodeString(fields[2])
		if err != nil {
			t.Fatal(err)
		}
		c := byAlias[fields[0]]
		if sent := strings.Join(textsSent(c.Steps), "|"); sent != string(octets) {
			t.Errorf("%s (%s): sends % x, not % x", fields[0], c.ID, sent, octets)
		}
		if refused := fields[1] == "invalid"; failsAtLast(c) != refused {
			t.Errorf("%s (%s): refused: %t, not %t", fields[0], c.ID, !refused, refused)
		}
	}
	if lines != 143 {
		t.Errorf("%d lines, not 143", lines)
	}
}

func TestUTF8GrammarRowsHoldEveryScalarValue(t *testing.T) {
	count := 128
	for _, r := range utf8Rows() {
		n := (int(r.last-r.first) + 1) * (int(r.high-r.low) + 1)
		for range r.length - 2 {
			n *= 64
		}
		count += n
	}
	if want := 0x110000 - 0x800; count != want {
		t.Errorf("the rows hold %d characters, not %d", count, want)
	}
}
