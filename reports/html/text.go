package html

import (
	"encoding/json"
	"strconv"

	"github.com/wsspec/wsspec/reports"
)

// visible is reports.Visible, which most text does not need.
func visible(s string) string {
	if plain(s) {
		return s
	}
	return reports.Visible(s)
}

// plain reports whether text is printable ASCII.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// appendText appends text as a JSON string that may stand in a script: without <,
// > and &, and without the line ends that only JavaScript knows.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(s) // a string always has a form
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// appendTexts appends a JSON array of texts.
func appendTexts(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, visible(s))
	}
	return append(b, ']')
}

// appendNumbers appends a JSON array of numbers.
func appendNumbers[T int | int32 | byte](b []byte, list []T) []byte {
	b = append(b, '[')
	for i, n := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return append(b, ']')
}

// appendOctets appends octets as a JSON string with a character for each, so that
// those of HTTP stay readable.
func appendOctets(b, octets []byte) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	for _, c := range octets {
		switch {
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\n':
			b = append(b, `\n`...)
		case c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&':
			b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
