package reference

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestStatusCodesThatMayBeSent(t *testing.T) {
	for code := range 65536 {
		c := StatusCode(code)
		legal := code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006 || code >= 3000 && code <= 4999
		if requirement, why := c.illegal(); (requirement == "") != legal || (why == "") != legal {
			t.Errorf("%d: %q %q", code, requirement, why)
		}
		if _, err := closeBody(c, "", true); (err == nil) != legal {
			t.Errorf("close body with %d: %v", code, err)
		}
	}
}

func TestCloseBodyRefusesWhatMayNotBeSent(t *testing.T) {
	for name, err := range map[string]error{
		"1010 by a server": second(closeBody(StatusMandatoryExtension, "", false)),
		"long reason":      second(closeBody(1000, strings.Repeat("x", 124), true)),
		"reason not UTF-8": second(closeBody(1000, "\xff", true)),
	} {
		if err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if b, err := closeBody(1000, strings.Repeat("x", 123), false); err != nil || len(b) != 125 {
		t.Errorf("reason of 123 octets: %d, %v", len(b), err)
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestViolationTellsThePeerWhichSectionToRead(t *testing.T) {
	v := &Violation{"6455-5.1-2", StatusProtocolError, "frame is not masked"}
	if got, want := v.reason(), "RFC 6455 5.1: frame is not masked"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := v.Error(), "frame is not masked (6455-5.1-2)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	v.Detail = strings.Repeat("ö", 100)
	if r := v.reason(); len(r) > maxReason || len(r) < maxReason-1 || !utf8.ValidString(r) {
		t.Errorf("got %d octets %q", len(r), r)
	}
	v.Detail = "seen \xff"
	if r := v.reason(); !utf8.ValidString(r) {
		t.Errorf("got %q", r)
	}
}

func TestCloseStatusOfAnError(t *testing.T) {
	for want, err := range map[StatusCode]error{
		0:    nil,
		1001: fmt.Errorf("read: %w", &CloseError{Code: 1001}),
		1005: &CloseError{Code: 1005},
		1006: io.ErrUnexpectedEOF,
	} {
		if got := CloseStatus(err); got != want {
			t.Errorf("%v: got %d, want %d", err, got, want)
		}
	}
	if got := CloseStatus(&Violation{}); got != 1006 {
		t.Errorf("violation: got %d", got)
	}
	var ce *CloseError
	if err := error(&CloseError{4000, "so"}); !errors.As(err, &ce) || err.Error() != `closed by the peer with 4000 "so"` {
		t.Errorf("got %v", err)
	}
}
