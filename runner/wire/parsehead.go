package wire

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

const maxOddities = 100

// ParseHead reads a head from its octets, as ReadHead does from a stream. It
// never fails: what is missing or odd is in the Oddities. Octets behind the
// empty line are ignored.
func ParseHead(raw []byte) *Head {
	p := headParser{head: &Head{Raw: raw}}
	for rest := raw; len(rest) > 0 && !p.done; {
		n := bytes.IndexByte(rest, '\n') + 1
		if n == 0 {
			n = len(rest)
		}
		p.number++
		p.parseLine(rest[:n])
		p.start += n
		rest = rest[n:]
	}
	if !p.done && len(raw) > 0 {
		p.odd(NoFinalEmptyLine, len(raw), "the stream stops inside the head: no empty line ends it")
	}
	p.head.Raw = raw[:p.start:p.start]
	return p.head
}

type headParser struct {
	head   *Head
	number int // of the current line, from 1
	start  int // its offset
	first  int // of Oddities, index of the first of the current line
	done   bool

	started  bool // the start line has been seen
	anyCRLF  bool // a line that is not empty ended in CRLF
	lastBare bool // the line before ended in LF alone
}

func (p *headParser) odd(kind OddityKind, offset int, format string, args ...any) {
	h := p.head
	if len(h.Oddities) == maxOddities {
		h.Omitted++
		return
	}
	for _, o := range h.Oddities[p.first:] {
		if o.Kind == kind {
			return
		}
	}
	h.Oddities = append(h.Oddities, Oddity{kind, p.number, offset, fmt.Sprintf(format, args...)})
}

func (p *headParser) parseLine(line []byte) {
	p.first = len(p.head.Oddities)
	text := trimEnd(line)
	bare := len(line)-len(text) == 1
	if len(text) > 0 {
		p.octets(text)
	}
	switch {
	case len(text) == 0 && !p.started:
		p.odd(LeadingEmptyLine, p.start, "an empty line before the start line")
	case len(text) == 0:
		p.done = true
		if p.lastBare && p.anyCRLF && !bare {
			p.odd(EarlyEnd, p.start, "the line before ends in a stray LF, so that this CRLF, which was to end it, ends the head")
		}
	case !p.started:
		p.started = true
		p.startLine(string(text))
	default:
		p.fieldLine(line, string(text))
	}
	if bare {
		p.odd(BareLF, p.start+len(text), "the line ends in LF without CR")
	}
	p.lastBare = bare
	p.anyCRLF = p.anyCRLF || len(text) > 0 && len(line)-len(text) == 2
	p.sortLine()
}

// sortLine puts the oddities of the line into the order of their octets.
func (p *headParser) sortLine() {
	slices.SortStableFunc(p.head.Oddities[p.first:], func(a, b Oddity) int { return a.Offset - b.Offset })
}

// octets looks for octets that have no place anywhere in a line.
func (p *headParser) octets(text []byte) {
	for i, c := range text {
		switch {
		case c >= 0x80:
			p.odd(NonASCII, p.start+i, "octet %02x is outside ASCII", c)
		case c >= 0x20 && c != 0x7f || c == '\t':
		case c == '\r':
			p.odd(BareCR, p.start+i, "a CR without LF inside the line")
		case c == 0:
			p.odd(NULOctet, p.start+i, "a NUL octet inside the line")
		default:
			p.odd(ControlOctet, p.start+i, "control octet %02x inside the line", c)
		}
	}
}

// startLine keeps the line and compares it with what its elements would make
// with single spaces between them. The reason of a status line is free text.
func (p *headParser) startLine(text string) {
	p.head.StartLine = text
	var want string
	if proto, status, _, ok := p.head.StatusLine(); ok {
		want = fmt.Sprintf("%s %03d ", proto, status)
		text = text[:min(len(text), len(want))]
	} else if method, target, proto, ok := p.head.RequestLine(); ok {
		word, _ := cutWord(target)
		want = method + " " + word + " " + proto
	} else {
		return
	}
	for i := range max(len(text), len(want)) {
		if i >= len(text) || i >= len(want) || text[i] != want[i] {
			p.odd(StartLineSpacing, p.start+i, "the elements of the start line are not separated by one SP each")
			return
		}
	}
}

func (p *headParser) fieldLine(line []byte, text string) {
	if text[0] == ' ' || text[0] == '\t' {
		p.foldedLine(line, text)
		return
	}
	name, value, ok := strings.Cut(text, ":")
	if !ok {
		p.odd(NoColon, p.start, "the field line has no colon")
		name, value = "", text
	} else {
		name = p.fieldName(name)
	}
	p.head.Fields = append(p.head.Fields, Field{name, trimSpace(value), p.raw(p.start, line)})
}

func (p *headParser) foldedLine(line []byte, text string) {
	fields := p.head.Fields
	if len(fields) == 0 {
		p.odd(SpaceBeforeFirstField, p.start, "the first line behind the start line begins with white space")
		return
	}
	p.odd(ObsFold, p.start, "the line begins with white space and so continues the field above")
	f := &fields[len(fields)-1]
	f.Value = trimSpace(f.Value + " " + trimSpace(text))
	f.Raw = p.raw(p.start-len(f.Raw), line)
}

// raw is the octets from an offset to the end of the current line.
func (p *headParser) raw(from int, line []byte) []byte {
	end := p.start + len(line)
	return p.head.Raw[from:end:end]
}

func (p *headParser) fieldName(name string) string {
	trimmed := strings.TrimRight(name, " \t")
	if len(trimmed) < len(name) {
		p.odd(SpaceBeforeColon, p.start+len(trimmed), "white space between the field name and the colon")
	}
	if trimmed == "" {
		p.odd(EmptyName, p.start, "the field line has no name before the colon")
	}
	for i := range len(trimmed) {
		if c := trimmed[i]; !tokenOctet(c) {
			p.odd(NameOctet, p.start+i, "octet %02x is not allowed in a field name", c)
			break
		}
	}
	return trimmed
}

func trimSpace(s string) string { return strings.Trim(s, " \t") }

// tokenOctet tells whether c may stand in a token (RFC 9110, section 5.6.2).
func tokenOctet(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}
