package cases

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

type tokenKind byte

const (
	tokenEnd tokenKind = iota
	tokenWord
	tokenString
	tokenSign // one of signs
)

const (
	signs  = `()<>|+*=,;@`
	spaces = " \t"
)

// A token of a line.
type token struct {
	kind tokenKind
	text string // the word or sign, or the string without its quotes and escapes
	at   int    // offset in the line
}

// column is where the token stands in its line, in characters from 1.
func (t token) column(l *line) int { return utf8.RuneCountInString(l.text[:t.at]) + 1 }

func (t token) is(kind tokenKind, text string) bool { return t.kind == kind && t.text == text }

// line reads the tokens of one line. The first fault stays, and ends the line, so
// that what follows needs no check of its own.
type line struct {
	text  string
	pos   int   // offset behind tok
	tok   token // the token to look at
	fault *ParseError
}

// newLine begins a line; a comment counts as empty.
func newLine(text string) *line {
	l := &line{text: text}
	if i := invalidUTF8(text); i >= 0 {
		l.fail(token{at: i}, nil, "octet \\x%02x is not UTF-8; write it as an escape", text[i])
		return l
	}
	if strings.HasPrefix(strings.TrimLeft(text, spaces), "#") {
		l.text = ""
	}
	l.advance()
	return l
}

// invalidUTF8 is the offset of the first octet that is not UTF-8, or -1.
func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if _, size := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

// fail notes a fault at the token, with the word of the vocabulary that is
// nearest to it.
func (l *line) fail(at token, vocabulary []string, format string, args ...any) {
	if l.fault == nil {
		l.fault = &ParseError{
			Column:     at.column(l),
			Msg:        fmt.Sprintf(format, args...),
			Suggestion: nearest(at.text, vocabulary),
		}
	}
	l.pos = len(l.text)
	l.tok = token{at: len(l.text)}
}

func (l *line) atEnd() bool { return l.tok.kind == tokenEnd }

// advance moves to the next token.
func (l *line) advance() {
	for l.pos < len(l.text) && strings.IndexByte(spaces, l.text[l.pos]) >= 0 {
		l.pos++
	}
	l.tok = token{at: l.pos}
	if l.pos == len(l.text) {
		return
	}
	switch b := l.text[l.pos]; {
	case b == '"':
		l.string()
	case b == '#':
		l.fail(l.tok, nil, "a comment has a line of its own")
	case strings.IndexByte(signs, b) >= 0:
		l.tok.kind, l.tok.text = tokenSign, l.text[l.pos:l.pos+1]
		l.pos++
	default:
		for l.pos < len(l.text) && strings.IndexByte(signs+spaces+`"`, l.text[l.pos]) < 0 {
			l.pos++
		}
		l.tok.kind, l.tok.text = tokenWord, l.text[l.tok.at:l.pos]
	}
}

// string reads a quoted string with the escapes of Go.
func (l *line) string() {
	rest := l.text[l.pos+1:]
	end := strings.IndexAny(rest, `"\`)
	if end >= 0 && rest[end] == '"' { // without escapes
		l.tok.kind, l.tok.text = tokenString, rest[:end]
		l.pos += end + 2
		return
	}
	var value []byte
	for rest != "" && rest[0] != '"' {
		r, multibyte, tail, err := strconv.UnquoteChar(rest, '"')
		if err != nil {
			l.fail(token{at: len(l.text) - len(rest)}, nil, "the escape %.8q is not one of Go's", rest)
			return
		}
		if multibyte {
			value = utf8.AppendRune(value, r)
		} else {
			value = append(value, byte(r))
		}
		rest = tail
	}
	if rest == "" {
		l.fail(l.tok, nil, "the string has no closing quote")
		return
	}
	l.tok.kind, l.tok.text = tokenString, string(value)
	l.pos = len(l.text) - len(rest) + 1
}

// word takes the word that must stand here; what names it for messages.
func (l *line) word(what string) string {
	if l.tok.kind != tokenWord {
		l.fail(l.tok, nil, "%s is missing", what)
		return ""
	}
	w := l.tok.text
	l.advance()
	return w
}

// words takes all words up to the end of the line, of which there must be one.
func (l *line) words(what string) []string {
	words := []string{l.word(what)}
	for l.tok.kind == tokenWord {
		words = append(words, l.word(what))
	}
	l.end()
	return words
}

// oneOf takes a word of the vocabulary and is its index there.
func (l *line) oneOf(what string, vocabulary []string) int {
	at := l.tok
	w := l.word("the " + what)
	for i, known := range vocabulary {
		if known == w && w != "" {
			return i
		}
	}
	l.fail(at, vocabulary, "unknown %s %q", what, w)
	return 0
}

// quoted takes the string that must stand here.
func (l *line) quoted(what string) string {
	if l.tok.kind != tokenString {
		l.fail(l.tok, nil, "%s is missing, in quotes", what)
		return ""
	}
	s := l.tok.text
	l.advance()
	return s
}

// number takes a decimal number within the bounds.
func (l *line) number(what string, least, most int64) int64 {
	at := l.tok
	w := l.word(what)
	n, err := strconv.ParseInt(w, 10, 64)
	if err != nil || n < least || n > most {
		l.fail(at, nil, "%s is %q, not a number within %d and %d", what, w, least, most)
		return least
	}
	return n
}

// numbers takes numbers with commas between them.
func (l *line) numbers(what string, least, most int64) []int {
	list := []int{int(l.number(what, least, most))}
	for l.accept(",") {
		list = append(list, int(l.number(what, least, most)))
	}
	return list
}

// accept takes the sign if it stands here.
func (l *line) accept(sign string) bool {
	if !l.tok.is(tokenSign, sign) {
		return false
	}
	l.advance()
	return true
}

// sign takes the sign that must stand here.
func (l *line) sign(sign string) {
	if !l.accept(sign) {
		l.fail(l.tok, nil, "%q is missing", sign)
	}
}

// end makes sure that nothing more stands in the line.
func (l *line) end() {
	if l.atEnd() {
		return
	}
	l.fail(l.tok, nil, "unexpected %s", l.text[l.tok.at:l.pos])
}
