package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A ParseError is one fault in a file of cases.
type ParseError struct {
	File string
	// Line and Column begin at 1; Column counts characters.
	Line, Column int
	Msg          string
	// Suggestion is the known word that was probably meant, or empty.
	Suggestion string
}

func (e *ParseError) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
	if e.Suggestion != "" {
		s += fmt.Sprintf(" (did you mean %q?)", e.Suggestion)
	}
	return s
}

// ParseErrors are all faults in a file of cases, in the order of its lines.
type ParseErrors []*ParseError

// Error has a line for each fault.
func (e ParseErrors) Error() string {
	lines := make([]string, len(e))
	for i, fault := range e {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives errors.As access to each fault.
func (e ParseErrors) Unwrap() []error {
	errs := make([]error, len(e))
	for i, fault := range e {
		errs[i] = fault
	}
	return errs
}

// maxFaults is after how many faults a file is given up.
const maxFaults = 100

// Parse reads cases in the notation. The name of the file is for messages. The
// error is a ParseErrors with every fault that the file has; a file larger than
// MaxSource is not looked at. Whether the cases make sense is for Validate.
func Parse(name string, src []byte) ([]Case, error) {
	return (&parser{file: name, lines: map[string]int{}}).parse(src)
}

func (p *parser) parse(src []byte) ([]Case, error) {
	if len(src) > MaxSource {
		msg := fmt.Sprintf("the file has %d octets, more than the %d that are read", len(src), MaxSource)
		return nil, ParseErrors{{File: p.file, Line: 1, Column: 1, Msg: msg}}
	}
	text := strings.TrimPrefix(string(src), "\ufeff")
	for l := range strings.SplitSeq(text, "\n") {
		p.at++
		p.line(newLine(strings.TrimSuffix(l, "\r")))
		if len(p.faults) >= maxFaults {
			p.fault(p.at, 1, "too many errors", "")
			break
		}
	}
	p.finish()
	if len(p.faults) > 0 {
		slices.SortStableFunc(p.faults, func(a, b *ParseError) int { return cmp.Compare(a.Line, b.Line) })
		return nil, p.faults
	}
	return p.cases, nil
}

// parser reads a file line by line. A line with a fault is left out, so that the
// others can be looked at.
type parser struct {
	file   string
	at     int            // number of the line
	lines  map[string]int // where each case began, by id
	faults ParseErrors
	cases  []Case
	c      *caseParser      // nil before the first case
	own    *ownCases        // set for the cases that somebody wrote for a run, which are validated as well
	places map[string]Place // of the cases in other files that were read with this one
	script string           // set for a file that is one script: its id
	last   *caseParser      // the one that was finished last
}

func (p *parser) fault(line, column int, msg, suggestion string) {
	p.faults = append(p.faults, &ParseError{p.file, line, column, msg, suggestion})
}

func (p *parser) line(l *line) {
	if l.atEnd() && l.fault == nil {
		return
	}
	switch {
	case l.tok.is(tokenWord, "case"):
		p.begin(l)
	case p.c == nil && p.script != "":
		p.untitled(l)
	case p.c == nil && l.fault == nil:
		l.fail(l.tok, nil, "a file begins with a line such as \"case family/name\"")
		p.c = newCaseParser(p) // so that this is said once
	case p.c != nil:
		p.c.line(l)
	}
	if l.fault != nil {
		p.fault(p.at, l.fault.Column, l.fault.Msg, l.fault.Suggestion)
	}
}

// untitled begins a script without a line "case".
func (p *parser) untitled(l *line) {
	p.c = newCaseParser(p)
	p.c.c.ID = p.script
	p.c.places[""] = []place{{p.at, 1}}
	p.c.line(l)
}

// begin reads the line that begins a case.
func (p *parser) begin(l *line) {
	if p.script != "" && (p.c != nil || p.last != nil) {
		l.fail(l.tok, nil, "a file has one script, and its line \"case\" is the first if there is one")
		return
	}
	p.finish()
	p.c = newCaseParser(p)
	l.advance()
	at := l.tok
	id := l.word("the id of the case")
	if l.fault == nil && !isID(id) {
		l.fail(at, nil, "id %q is not lower-case letters, digits, dots and hyphens, with slashes between its parts", id)
	}
	if other, taken := p.lines[id]; taken && l.fault == nil {
		l.fail(at, nil, "case %s stands on line %d already", id, other)
	}
	if other, taken := p.places[id]; taken {
		l.fail(at, nil, "case %s stands in %s already", id, other)
	}
	l.end()
	p.c.c.ID = id
	p.c.places[""] = []place{{p.at, at.column(l)}}
	p.lines[id] = p.at
}

// finish takes over the case that has been read.
func (p *parser) finish() {
	if p.c == nil {
		return
	}
	p.c.finish()
	p.validate()
	p.cases = append(p.cases, p.c.c)
	p.last, p.c = p.c, nil
}
