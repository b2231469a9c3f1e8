package cases

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// previewWidth is about how many characters of a payload a description shows.
const previewWidth = 40

// DescribeFrame says in words what a frame is, with everything in which it
// departs from the usual: `text "frag", not final, RSV1 set`. A long payload is
// cut, with its length.
func DescribeFrame(f Frame) string {
	parts := []string{describeMessage(f)}
	note := func(applies bool, format string, args ...any) {
		if applies {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	note(f.More, "not final")
	for i := range 3 {
		note(f.RSV&(4>>i) != 0, "RSV%d set", i+1)
	}
	note(f.Mask == Masked, "masked")
	note(f.Mask == Unmasked, "not masked")
	note(f.Key != "", "key %s", f.Key)
	note(f.Form == Length16, "length in 16 bits")
	note(f.Form == Length64, "length in 64 bits")
	note(f.Length != 0, "claiming %s", octets(f.Length))
	note(f.Chop != 0, "in pieces of %s", octets(uint64(f.Chop)))
	note(len(f.Cuts) > 0, "cut at %s", appendNumbers(nil, f.Cuts))
	note(f.First != 0, "only its first %s", octets(uint64(f.First)))
	note(f.Fragments != 0, "in fragments of %s", octets(uint64(f.Fragments)))
	note(f.Deflated, "compressed")
	return strings.Join(parts, ", ")
}

func octets(n uint64) string {
	if n == 1 {
		return "1 octet"
	}
	return strconv.FormatUint(n, 10) + " octets"
}

// describeMessage says what the frame carries.
func describeMessage(f Frame) string {
	name := string(appendOpcode(nil, f.Opcode))
	switch {
	case f.Opcode == OpClose:
		return describeCloseFrame(f.Payload)
	case f.Opcode == OpEcho:
		return "the same message back"
	case f.Opcode == OpRaw:
		name = "octets"
	case f.Opcode == OpContinuation:
		name = "continuation"
	case f.Opcode != OpText && !isDefined(f.Opcode):
		name = fmt.Sprintf("reserved opcode %d", f.Opcode)
	}
	if len(f.Payload) == 0 {
		return name + " without payload"
	}
	return name + " " + preview(f.Payload)
}

func isDefined(o Opcode) bool { return o <= OpBinary || OpClose <= o && o <= OpPong }

func describeCloseFrame(body Payload) string {
	code, reason, ok := splitCloseBody(body)
	switch {
	case len(body) == 0:
		return "close without a code"
	case !ok:
		return "close with the body " + preview(body)
	case len(reason) == 0:
		return fmt.Sprintf("close %d", code)
	}
	return fmt.Sprintf("close %d %s", code, preview(reason))
}

// preview is the payload in quotes, or its beginning with its length. Nothing
// large is built for it, and random octets are not shown.
func preview(p Payload) string {
	if len(p) == 1 && p[0].Stream != 0 {
		return strconv.Itoa(p[0].Size) + " random octets"
	}
	if len(p) == 1 && p[0].Corpus != "" {
		return octets(uint64(p.Len())) + " of the corpus " + p[0].Corpus
	}
	var begin []byte
	for _, c := range p {
		if c.Stream != 0 || len(begin) > previewWidth*utf8.UTFMax {
			break
		}
		if c.Corpus == "" || !isTextCorpus(c.Corpus) {
			c.Size = min(c.Size, previewWidth*utf8.UTFMax)
		}
		begin = c.append(begin, 0)
	}
	shown := cutQuoted(string(begin))
	if shown == len(begin) && shown == p.Len() {
		return strconv.Quote(string(begin))
	}
	length := " (" + octets(uint64(p.Len())) + ")"
	if shown == 0 {
		return "random octets" + length
	}
	return strconv.Quote(string(begin[:shown])) + "..." + length
}

// cutQuoted is how many octets of s, in whole characters, are shown within the
// width of a preview.
func cutQuoted(s string) int {
	width := 0
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		width += utf8.RuneCountInString(strconv.Quote(s[i:i+size])) - 2
		if width > previewWidth {
			return i
		}
		i += size
	}
	return len(s)
}
