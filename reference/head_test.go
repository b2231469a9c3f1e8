package reference

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func anyStart([]byte, bool) error { return nil }

func TestHeaderSectionsAreCutOutOfTheStream(t *testing.T) {
	const stream = "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n\r\nGET /2 HTTP/1.1\r\n\r\n\x81\x00"
	for name, src := range map[string]io.Reader{
		"at once":        strings.NewReader(stream),
		"octet by octet": iotest.OneByteReader(strings.NewReader(stream)),
		"with the end":   iotest.DataErrReader(strings.NewReader(stream)),
	} {
		h := &headReader{src: src}
		first, err := h.next(anyStart)
		if err != nil || string(first) != "GET / HTTP/1.1\r\nHost: a\r\n\r\n" {
			t.Errorf("%s: %q, %v", name, first, err)
		}
		second, err := h.next(anyStart)
		if err != nil || string(second) != "GET /2 HTTP/1.1\r\n\r\n" {
			t.Errorf("%s: %q, %v", name, second, err)
		}
		rest, err := io.ReadAll(h)
		if err != nil || string(rest) != "\x81\x00" {
			t.Errorf("%s: %q is left, %v", name, rest, err)
		}
	}
}

func TestHeaderSectionThatEndsEarly(t *testing.T) {
	const whole = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
	for n := range len(whole) {
		want := io.ErrUnexpectedEOF
		if n == 0 {
			want = io.EOF
		}
		if _, err := (&headReader{src: strings.NewReader(whole[:n])}).next(anyStart); !errors.Is(err, want) {
			t.Errorf("after %d octets: %v", n, err)
		}
	}
}

func TestHeaderSectionIsBounded(t *testing.T) {
	for name, tt := range map[string]struct{ stream, breach string }{
		"endless line":   {"GET /" + strings.Repeat("a", 2*maxHead), "6455-10.4-1"},
		"large section":  {"GET / HTTP/1.1\r\nA: " + strings.Repeat("a", maxHead) + "\r\n\r\n", "6455-10.4-1"},
		"many fields":    {"GET / HTTP/1.1\r\n" + strings.Repeat("a: b\r\n", maxFields+1) + "\r\n", "6455-10.4-1"},
		"enough fields":  {"GET / HTTP/1.1\r\n" + strings.Repeat("a: b\r\n", maxFields) + "\r\n", ""},
		"endless blanks": {strings.Repeat("\r\n", maxBlank+1), "9112-2.2-3"},
		"some blanks":    {strings.Repeat("\r\n", maxBlank) + "GET / HTTP/1.1\r\n\r\n", ""},
		"LF":             {"GET / HTTP/1.1\nHost: a\n\n", "9112-2.2-1"},
		"CR":             {"GET / HTTP/1.1\rHost: a\r\r", "9112-2.2-2"},
		"CR CR LF":       {"GET / HTTP/1.1\r\r\nHost: a\r\r\n\r\r\n", "9112-2.2-2"},
		"LF at the end":  {"GET / HTTP/1.1\r\nHost: a\r\n\n", "9112-2.2-1"},
	} {
		_, err := (&headReader{src: strings.NewReader(tt.stream)}).next(anyStart)
		if got := requirementOf(err); got != tt.breach {
			t.Errorf("%s: %q, want %q", name, got, tt.breach)
		}
	}
}

// A peer whose first octets tell that it speaks something else must not be
// waited for.
func TestForeignProtocolsAreRecognisedByTheirFirstOctets(t *testing.T) {
	for _, start := range []string{"\x16\x03\x01\x02\x00", "SSH-2.0-x\r\n", "\x00", "GET\t/", "\xff\xd8", "(GET", "GET /\r\n", "220 smtp ready\r\n"} {
		src := io.MultiReader(strings.NewReader(start), iotest.ErrReader(errors.New("asked for more")))
		if _, err := (&headReader{src: src}).next(rules{}.judgeRequestLine); requirementOf(err) == "no violation: asked for more" {
			t.Errorf("%q as a request: %v", start, err)
		}
	}
	for _, start := range []string{"\x15\x03", "SSH-2.0-x\r\n", "220 smtp ready\r\n", "<html>", "HTTP/2 101", "ICY 101 OK", "h", "HTTP/1.1 101\r\n"} {
		src := io.MultiReader(strings.NewReader(start), iotest.ErrReader(errors.New("asked for more")))
		if _, err := (&headReader{src: src}).next(rules{}.judgeStatusLine); requirementOf(err) != "6455-4.1-49" {
			t.Errorf("%q as an answer: %v", start, err)
		}
	}
}

func TestRulesThatAreNotEnforcedLetTheStreamPass(t *testing.T) {
	off := rules{enforced: func(id string) bool { return !strings.HasPrefix(id, "9112-2.2") }}
	h := &headReader{src: strings.NewReader("\n\r\nGET / HTTP/1.1\nHost: a\r\n\nrest"), rules: off}
	head, err := h.next(anyStart)
	if err != nil || string(head) != "GET / HTTP/1.1\nHost: a\r\n\n" || !bytes.Equal(h.rest(), []byte("rest")) {
		t.Errorf("%q, %v", head, err)
	}
	if req, err := parseRequest(off, head); err != nil || req.Host != "a" {
		t.Errorf("%+v, %v", req, err)
	}
}
