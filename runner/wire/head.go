package wire

import (
	"strconv"
	"strings"
)

// Field is one field line of a head.
type Field struct {
	Name  string // as written, empty if there is none
	Value string // without the white space around it; folded lines joined with SP
	Raw   []byte // the whole line or lines, line ends included
}

// Head is the head of an HTTP/1.x request or response as it came.
type Head struct {
	Raw       []byte // every octet up to the end of the empty line
	StartLine string // without its line end
	Fields    []Field
	Oddities  []Oddity // in the order of the octets, one of a kind for each line
	Omitted   int      // how many oddities behind the first 100 are left out
}

// Get returns the value of the first field with this name, and "" if there is
// none. Names are compared without regard to the case of ASCII letters.
func (h *Head) Get(name string) string {
	for _, f := range h.Fields {
		if EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Values returns the values of all fields with this name, in order.
func (h *Head) Values(name string) []string {
	var vs []string
	for _, f := range h.Fields {
		if EqualFold(f.Name, name) {
			vs = append(vs, f.Value)
		}
	}
	return vs
}

// Has tells whether there is a field with this name.
func (h *Head) Has(name string) bool {
	for _, f := range h.Fields {
		if EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}

// Odd tells whether the head has an oddity of this kind, and returns the first.
func (h *Head) Odd(kind OddityKind) (Oddity, bool) {
	for _, o := range h.Oddities {
		if o.Kind == kind {
			return o, true
		}
	}
	return Oddity{}, false
}

// StatusLine reads the start line as that of a response. ok is false if it does
// not start with HTTP/ and have a number of three digits behind it; the rest is
// taken as it comes.
func (h *Head) StatusLine() (proto string, status int, reason string, ok bool) {
	proto, rest := cutWord(h.StartLine)
	code, reason := cutWord(rest)
	n, err := strconv.ParseUint(code, 10, 16)
	if !isVersion(proto) || err != nil || len(code) != 3 {
		return "", 0, "", false
	}
	return proto, int(n), reason, true
}

// RequestLine reads the start line as that of a request. ok is false if it does
// not have a method, a target and a version that starts with HTTP/. A target
// with spaces inside is taken as it comes.
func (h *Head) RequestLine() (method, target, proto string, ok bool) {
	method, rest := cutWord(h.StartLine)
	rest = strings.Trim(rest, " \t")
	i := strings.LastIndexAny(rest, " \t")
	if i < 0 || !isVersion(rest[i+1:]) || isVersion(method) {
		return "", "", "", false
	}
	return method, strings.TrimRight(rest[:i], " \t"), rest[i+1:], true
}

// cutWord splits s behind its first word and drops the white space between.
func cutWord(s string) (word, rest string) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimLeft(s[i:], " \t")
}

func isVersion(s string) bool {
	return len(s) >= 5 && EqualFold(s[:5], "HTTP/")
}

// EqualFold compares as strings.EqualFold does, but folds the letters of ASCII
// alone, as RFC 6455, section 2.1 asks: a Kelvin sign is no k.
func EqualFold(a, b string) bool {
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
