package reports

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible makes text safe to print and to keep: line feeds, tabs and what has a
// shape stay; control characters (those that steer a terminal among them), marks
// that turn the direction of writing, and octets that are no UTF-8 become
// escapes such as \x1b and \u202e. Every character of the result is one that XML
// 1.0 can hold.
func Visible(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case printable(r, n):
			b.WriteString(s[i : i+n])
		case n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		i += n
	}
	return b.String()
}

// printable reports whether a character of n octets may be printed. An octet
// that is no UTF-8 decodes as utf8.RuneError of one octet.
func printable(r rune, n int) bool {
	if r == utf8.RuneError {
		return n > 1
	}
	return r == '\n' || r == '\t' || r == '\u00a0' || unicode.IsPrint(r)
}
