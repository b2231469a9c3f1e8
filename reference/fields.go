package reference

import (
	"bytes"
	"net/http"
	"net/textproto"
	"strings"
)

// fieldParser reads the field lines of a header section (RFC 9112, section 5).
// The requirements differ between the sides, hence malformed.
type fieldParser struct {
	rules     rules
	malformed string // requirement that a line outside the grammar breaks
	unfold    bool   // an obs-fold becomes a space instead of an error
}

// parse reads field lines, each with its line end, up to the empty line.
func (p fieldParser) parse(lines []byte) (http.Header, error) {
	header := make(http.Header, 8)
	last := ""
	for len(lines) > 0 {
		var line string
		line, lines = cutLine(lines)
		if line == "" {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if err := p.fold(header, last, line); err != nil {
				return nil, err
			}
			continue
		}
		name, value, err := p.field(line)
		if err != nil {
			return nil, err
		}
		if name == "" { // only with the rule not enforced
			continue
		}
		last = textproto.CanonicalMIMEHeaderKey(name)
		header[last] = append(header[last], value)
	}
	return header, nil
}

// cutLine cuts off the first line and drops its line end.
func cutLine(b []byte) (line string, rest []byte) {
	before, rest, _ := bytes.Cut(b, []byte("\n"))
	return strings.TrimSuffix(string(before), "\r"), rest
}

// field splits a field line into name and value.
func (p fieldParser) field(line string) (name, value string, err error) {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return "", "", p.rules.breach(p.malformed, "a field line has no colon: %.64q", line)
	}
	if trimmed := strings.TrimRight(name, " \t"); trimmed != name {
		if err := p.rules.breach("9112-5.1-1", "whitespace stands between the field name %.64q and the colon", trimmed); err != nil {
			return "", "", err
		}
		name = trimmed
	}
	if !isToken(name) {
		if err := p.rules.breach(p.malformed, "the field name %.64q is not a token", name); err != nil {
			return "", "", err
		}
	}
	value = trimOWS(value)
	if !isFieldValue(value) {
		err = p.rules.breach(p.malformed, "the value of %.64s has a control character", name)
	}
	return name, value, err
}

// fold deals with a line that starts with whitespace: the continuation of the
// field before it (obs-fold, RFC 9112, section 5.2), or of nothing.
func (p fieldParser) fold(header http.Header, last, line string) error {
	if last == "" {
		return p.rules.breach("9112-2.2-4", "the first line behind the start line begins with whitespace")
	}
	if !p.unfold {
		if err := p.rules.breach("9112-5.2-1", "the value of %.64s is folded over two lines", last); err != nil {
			return err
		}
	}
	values := header[last]
	more := trimOWS(line)
	if !isFieldValue(more) {
		if err := p.rules.breach(p.malformed, "the value of %.64s has a control character", last); err != nil {
			return err
		}
	}
	values[len(values)-1] = trimOWS(values[len(values)-1] + " " + more)
	return nil
}
