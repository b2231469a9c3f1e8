package cases

import (
	"errors"
	"strconv"
	"strings"
)

// A place in a file; both numbers begin at 1.
type place struct{ line, column int }

// stepName is what Validate calls the step that the line belongs to, or with
// ahead the one so many behind those that are finished.
func (c *caseParser) stepName(ahead int) string {
	b := c.block()
	n := len(b.steps) + ahead
	if ahead == 0 && b.open != nil {
		n++
	}
	if n == 0 {
		return strings.TrimSuffix(b.name, ".") // the line that begins a repeat
	}
	return b.name + strconv.Itoa(n)
}

// note keeps where a line stands.
func (c *caseParser) note(first token) {
	name := first.text
	if name == "@" {
		c.places[pagePlace(len(c.c.Page))] = []place{{c.p.at, first.at + 1}}
		return
	}
	if c.begun() || c.isQuick {
		name = c.stepName(0)
	}
	c.places[name] = append(c.places[name], place{c.p.at, first.at + 1})
}

// pagePlace is what Validate calls the step of the page with the number, from 1.
func pagePlace(n int) string { return "step " + strconv.Itoa(n) + " of the page" }

// find is the place of what a message of Validate is about.
func (c *caseParser) find(e *invalid) place {
	lines := c.places[e.where]
	if len(lines) == 0 {
		return c.places[""][0]
	}
	rest, _ := strings.CutPrefix(e.msg, e.where+": frame ")
	number, _, _ := strings.Cut(rest, ":")
	number, _, _ = strings.Cut(number, " ")
	if n, err := strconv.Atoi(number); err == nil && n > 1 && n <= len(lines) {
		return lines[n-1] // each frame has a line
	}
	return lines[0]
}

// ownCases is what is known to the cases that somebody writes for a run.
type ownCases struct {
	levels       map[string]Level
	requirements []string
}

func newOwnCases() *ownCases {
	own := &ownCases{levels: levelsByID()}
	for _, r := range Requirements() {
		own.requirements = append(own.requirements, r.ID)
	}
	return own
}

// refs reads requirements, and looks them up where the case is to be played.
func (c *caseParser) refs(l *line) {
	if c.p.own == nil {
		c.c.Refs = l.words("a requirement")
		return
	}
	for more := true; more; more = l.tok.kind == tokenWord {
		at := l.tok
		ref := l.word("a requirement")
		if _, known := c.p.own.levels[ref]; !known && l.fault == nil {
			l.fail(at, c.p.own.requirements, "unknown requirement %q", ref)
		}
		c.c.Refs = append(c.c.Refs, ref)
	}
}

// validate adds what is wrong with the case that has been read. Where lines of it
// have faults, its steps are not all there and prove nothing.
func (p *parser) validate() {
	c := p.c
	if p.own == nil || c.places[""] == nil { // the latter for lines before the first case
		return
	}
	v := &validator{c: &c.c, own: true, scripted: p.script != ""}
	if len(p.faults) > c.faults {
		v.title()
	} else {
		v.validate(p.own.levels)
	}
	for _, err := range v.errs {
		var e *invalid
		if errors.As(err, &e) {
			at := c.find(e)
			p.fault(at.line, at.column, strings.TrimPrefix(e.msg, e.where+": "), "")
		}
	}
}
