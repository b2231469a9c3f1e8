package reference

import (
	"slices"
	"strings"
)

// The grammar that the header fields of the opening handshake share: tokens,
// quoted strings, optional whitespace and comma lists (RFC 6455, section 4.3;
// RFC 9110, section 5.6). Every function takes one pass over its input, because
// the input is hostile: a WebSocket server is one request away from anybody.

// isTokenChar reports whether a token may contain c (tchar, RFC 9110, section
// 5.6.2). RFC 6455 leans on RFC 2616, whose token has the same characters.
func isTokenChar(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// isToken reports whether s is a token, which is never empty.
func isToken(s string) bool {
	return s != "" && tokenLen(s) == len(s)
}

// tokenLen returns how many octets at the start of s belong to a token.
func tokenLen(s string) int {
	for i := range len(s) {
		if !isTokenChar(s[i]) {
			return i
		}
	}
	return len(s)
}

// isFieldValue reports whether s can be sent as a field value: no control
// character but HTAB (RFC 9110, section 5.5). CR, LF and NUL among them would
// let whoever chose the value write header fields of their own.
func isFieldValue(s string) bool {
	for i := range len(s) {
		if isControl(s[i]) {
			return false
		}
	}
	return true
}

// isControl reports whether c is a control character that no field value holds.
func isControl(c byte) bool {
	return c < ' ' && c != '\t' || c == 0x7f
}

// trimOWS cuts spaces and tabs off both ends, and nothing else that Unicode
// counts as space.
func trimOWS(s string) string {
	return strings.Trim(s, " \t")
}

// skipOWS cuts spaces and tabs off the start.
func skipOWS(s string) string {
	return strings.TrimLeft(s, " \t")
}

// equalFold compares without regard to the case of A to Z, and of these alone:
// strings.EqualFold would take U+212A for a K (RFC 6455, section 2.1).
func equalFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// parseTokens reads a comma list of tokens (1#token) that may be spread over
// several field lines. Empty elements are skipped, as RFC 9110, section 5.6.1
// asks of recipients. ok is false when an element is not a token, or when no
// element is left.
func parseTokens(lines []string) (tokens []string, ok bool) {
	for _, line := range lines {
		for element := range strings.SplitSeq(line, ",") {
			element = trimOWS(element)
			if element == "" {
				continue
			}
			if !isToken(element) {
				return nil, false
			}
			tokens = append(tokens, element)
		}
	}
	return tokens, len(tokens) > 0
}

// appendTokens writes a comma list of tokens, the counterpart of parseTokens.
func appendTokens(dst []byte, tokens []string) []byte {
	for i, token := range tokens {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(dst, token...)
	}
	return dst
}

// hasToken reports whether a comma list names a token, without regard to case.
// Elements that are no tokens are passed over, so that one odd connection
// option does not hide the others.
func hasToken(lines []string, token string) bool {
	return slices.ContainsFunc(lines, func(line string) bool {
		for element := range strings.SplitSeq(line, ",") {
			if equalFold(trimOWS(element), token) {
				return true
			}
		}
		return false
	})
}

// parseQuoted reads a quoted string at the start of s and returns its value,
// with the quoted pairs undone, and what follows it. ok is false when the string
// does not end or holds an octet that it must not.
func parseQuoted(s string) (value, rest string, ok bool) {
	if s == "" || s[0] != '"' {
		return "", s, false
	}
	var unescaped []byte
	start := 1
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return string(append(unescaped, s[start:i]...)), s[i+1:], true
		case c == '\\':
			if i+1 == len(s) || isControl(s[i+1]) {
				return "", s, false
			}
			unescaped = append(unescaped, s[start:i]...)
			start = i + 1
			i++
		case isControl(c):
			return "", s, false
		}
	}
	return "", s, false
}

// appendQuoted writes value as a quoted string, the counterpart of parseQuoted.
// The value must be one that isFieldValue accepts.
func appendQuoted(dst []byte, value string) []byte {
	dst = append(dst, '"')
	for i := range len(value) {
		if c := value[i]; c == '"' || c == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, value[i])
	}
	return append(dst, '"')
}
