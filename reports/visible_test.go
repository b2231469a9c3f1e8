package reports

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"":                   "",
		"plain, \"quoted\"":  "plain, \"quoted\"",
		"two\n\tlines":       "two\n\tlines",
		"é 😀 ws\u00a0spec":   "é 😀 ws\u00a0spec",
		"\x1b[31m":           `\x1b[31m`,
		"\x00\x7f\r":         `\x00\x7f\x0d`,
		"\u0085\u009b":       `\u0085\u009b`,
		"\u202e\u2066\u200b": `\u202e\u2066\u200b`,
		"\u2028\ufeff\ufffe": `\u2028\ufeff\ufffe`,
		"\U000e0001":         `\U000e0001`,
		"\xff\xc3":           `\xff\xc3`,
		"\xed\xa0\x80":       `\xed\xa0\x80`,
		"\ufffd":             "\ufffd",
	} {
		if got := Visible(in); got != want {
			t.Errorf("Visible(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzVisible(f *testing.F) {
	f.Add(nasty)
	f.Fuzz(func(t *testing.T, s string) {
		v := Visible(s)
		if !utf8.ValidString(v) || Visible(v) != v {
			t.Errorf("Visible(%q) = %q", s, v)
		}
		if strings.ContainsFunc(v, func(r rune) bool {
			return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0xfffe || r == 0xffff
		}) {
			t.Errorf("Visible(%q) = %q", s, v)
		}
	})
}

func TestSectionsStandInTheOrderOfTheirNumbers(t *testing.T) {
	order := []string{"RFC 6455 4.2", "RFC 6455 4.2.1", "RFC 6455 5.9", "RFC 6455 5.10", "RFC 6455 10.2", "RFC 7692 7", "RFC 9110 7.8", "WHATWG 3.1", "own cases"}
	for i := range order {
		for j := range order {
			if got := compareNumbers(order[i], order[j]); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%q and %q compare as %d", order[i], order[j], got)
			}
		}
	}
}
