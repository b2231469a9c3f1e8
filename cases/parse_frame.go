package cases

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// frame reads a frame to send.
func (l *line) frame() Frame {
	at := l.tok
	opcode, ok := opcodeOf(l.word("the frame"))
	if !ok {
		l.failFrame(at)
	}
	f := Frame{Opcode: opcode}
	switch {
	case opcode == OpClose:
		f.Payload = l.closeBody()
	case l.atPayload():
		f.Payload = l.payload()
	}
	for seen := (attributes{}); l.tok.kind == tokenWord; {
		seen.once(l, l.tok)
		l.attribute(&f)
	}
	return f
}

// opcodeOf is the opcode that a word of the notation names.
func opcodeOf(w string) (Opcode, bool) {
	for _, named := range opcodeWords {
		if named.word == w {
			return named.opcode, true
		}
	}
	number, found := strings.CutPrefix(w, "op")
	n, err := strconv.ParseUint(number, 10, 4)
	o := Opcode(n)
	return o, found && err == nil && (3 <= o && o <= 7 || 11 <= o)
}

func (l *line) failFrame(at token) {
	vocabulary := []string{"request", "answer"}
	for _, named := range opcodeWords {
		vocabulary = append(vocabulary, named.word)
	}
	if number, found := strings.CutPrefix(at.text, "op"); found && number != "" && strings.Trim(number, "0123456789") == "" {
		l.fail(at, nil, "%s is not one of the reserved opcodes, op3 to op7 and op11 to op15", at.text)
	}
	l.fail(at, vocabulary, "unknown frame %q", at.text)
}

// closeBody reads the body of a Close frame: nothing, a status code and a reason,
// or octets.
func (l *line) closeBody() Payload {
	switch {
	case l.atPayload():
		l.fail(l.tok, nil, "a status code comes before the reason; a body as it is comes behind \"close raw\"")
	case l.tok.is(tokenWord, "raw"):
		l.advance()
		if l.atPayload() {
			return l.payload()
		}
	case l.tok.kind == tokenWord && strings.IndexByte("0123456789", l.tok.text[0]) >= 0:
		code := uint16(l.number("the close code", 0, math.MaxUint16))
		var reason Payload
		if l.atPayload() {
			reason = l.payload()
		}
		return CloseFrame(code, reason).Payload
	}
	return nil
}

var attributeWords = [...]string{
	"part", "rsv1", "rsv2", "rsv3", "masked", "unmasked", "key", "len16", "len64",
	"length", "chop", "cut", "first", "fragments", "deflate",
}

// attribute reads one attribute of a frame.
func (l *line) attribute(f *Frame) {
	at := l.tok
	switch name := attributeWords[l.oneOf("attribute", attributeWords[:])]; name {
	case "part":
		f.More = true
	case "rsv1", "rsv2", "rsv3":
		f.RSV |= 4 >> (name[3] - '1')
	case "masked", "unmasked":
		if f.Mask != MaskByRole {
			l.fail(at, nil, "masked and unmasked at once")
		}
		f.Mask = MaskRule(slices.Index(maskWords[:], name))
	case "len16", "len64":
		if f.Form != Minimal {
			l.fail(at, nil, "len16 and len64 at once")
		}
		f.Form = LengthForm(slices.Index(formWords[:], name))
	case "deflate":
		f.Deflated = true
	default:
		l.sign("=")
		l.setting(f, name)
	}
}

// setting reads the value of an attribute that has one.
func (l *line) setting(f *Frame, name string) {
	at := l.tok
	switch name {
	case "key":
		f.Key = l.word("the masking key")
		if problem := keyProblem(Frame{Key: f.Key}); problem != "" {
			l.fail(at, nil, "%s", problem)
		}
	case "length":
		n, err := strconv.ParseUint(l.word("the length"), 10, 64)
		if err != nil || n == 0 {
			l.fail(at, nil, "the length is %q, not a number of 64 bits above 0", at.text)
		}
		f.Length = n
	case "chop":
		f.Chop = int(l.number("the size of the pieces", 1, MaxPayload))
	case "cut":
		f.Cuts = l.numbers("an offset", 1, MaxPayload)
	case "first":
		f.First = int(l.number("the number of octets", 1, MaxPayload))
	case "fragments":
		f.Fragments = int(l.number("the size of the fragments", 1, MaxPayload))
	}
}
