package cases

import (
	"math"
	"slices"
	"time"
)

// caseParser reads the lines of one case.
type caseParser struct {
	p      *parser
	c      Case
	fields []string // those that have been read
	// blocks are the steps of the case, and of the repeats around this line.
	blocks  []*block
	full    []Step // those before the line "quick"
	isQuick bool   // that line has come
	// unclear is set behind a line with a fault, until it is plain again what the
	// lines continue.
	unclear bool
	// places are where the lines of the case stand, by what Validate calls them.
	places map[string][]place
	faults int // of the file before the case
}

func newCaseParser(p *parser) *caseParser {
	c := &caseParser{
		p: p, blocks: []*block{{most: MaxRepeat, name: "step "}}, places: map[string][]place{}, faults: len(p.faults),
	}
	if p.script != "" {
		c.c.Subject = Client
	}
	return c
}

var fieldWords = [...]string{
	"title", "refs", "level", "subject", "needs", "weight", "timeout", "connections", "alias", "note",
}

var stepWords = [...]string{
	"open", "dial", "flush", "then", "within", "else", "alive", "close", "shut", "reset", "repeat", "loop", "pause", "done", "quick",
}

// line reads one line of the case, which is not empty.
func (c *caseParser) line(l *line) {
	defer func() { c.unclear = c.unclear || l.fault != nil }()
	if l.fault != nil {
		return
	}
	first := l.tok
	defer func() { c.note(first) }()
	switch {
	case first.kind == tokenSign:
		c.dialogue(l)
	case first.kind == tokenWord && slices.Contains(fieldWords[:], first.text):
		l.advance()
		c.field(l, first)
	case first.kind == tokenWord && slices.Contains(stepWords[:], first.text):
		l.advance()
		c.step(l, first)
	default:
		vocabulary := slices.Concat(stepWords[:], fieldWords[:], []string{"case"})
		l.fail(first, vocabulary, "unknown line %q", first.text)
	}
	l.end()
}

func (c *caseParser) field(l *line, name token) {
	switch {
	case c.begun() || c.isQuick:
		l.fail(name, nil, "%s stands before the first step", name.text)
	case slices.Contains(c.fields, name.text):
		l.fail(name, nil, "%s stands here already", name.text)
	}
	c.fields = append(c.fields, name.text)
	if l.fault != nil {
		return
	}
	switch name.text {
	case "title":
		c.c.Title = l.quoted("the title")
	case "refs":
		c.refs(l)
	case "level":
		c.c.Level = Level(l.oneOf("level", levelVocabulary()))
	case "subject":
		c.c.Subject = Subject(l.oneOf("subject", subjectWords[:]))
	case "needs":
		c.needs(l)
	case "weight":
		c.c.Weight = Weight(l.oneOf("weight", weightWords[:]))
	case "timeout":
		c.c.Timeout = l.duration("the timeout")
	case "connections":
		c.c.Connections = int(l.number("the number of connections", 0, MaxConnections))
	case "alias":
		c.c.Alias = l.words("an alias")
	case "note":
		c.c.Note = l.quoted("the note")
	}
}

func (c *caseParser) needs(l *line) {
	for more := true; more; more = !l.atEnd() {
		c.c.Needs = append(c.c.Needs, Feature(featureWords[l.oneOf("feature", featureWords[:])]))
	}
}

// levelVocabulary is the levels as words of the notation, by their values.
func levelVocabulary() []string {
	words := make([]string, len(levelWords))
	for l := range words {
		words[l] = wordOfLevel(Level(l))
	}
	return words
}

// duration takes a duration such as 60s or 1500ms.
func (l *line) duration(what string) time.Duration {
	at := l.tok
	w := l.word(what)
	d, err := time.ParseDuration(w)
	if err != nil || d < 0 {
		l.fail(at, nil, "%s is %q, not a duration such as 60s or 1500ms", what, w)
	}
	return d
}

// step reads a step that begins with a word, and the lines that belong to an
// expectation or stand between steps.
func (c *caseParser) step(l *line, name token) {
	switch name.text {
	case "flush", "then":
		c.separate(l, name)
	case "within", "else":
		c.bound(l, name)
	case "open":
		c.add(l.open())
	case "dial":
		c.add(l.dial())
	case "alive":
		c.add(Alive())
	case "close":
		c.add(Close(uint16(l.number("the close code", 0, math.MaxUint16))))
	case "shut":
		c.add(Shut())
	case "reset":
		c.add(Reset())
	case "pause":
		c.add(Pause(l.duration("the pause")))
	case "loop":
		c.loop(l, name)
	case "repeat":
		c.repeat(l, name)
	case "done":
		c.done(l, name)
	case "quick":
		c.quick(l, name)
	}
}

// bound reads what an expectation says about the wait.
func (c *caseParser) bound(l *line, name token) {
	e := c.openExpectation(l, name)
	if e == nil {
		return
	}
	twice := &e.bounded
	if name.text == "within" {
		e.Within = l.duration("the bound")
	} else {
		twice = &e.goesOn
		e.Else = [...]Verdict{Lax, Info}[l.oneOf("grade", []string{"lax", "info"})]
	}
	if *twice {
		l.fail(name, nil, "%s stands here already", name.text)
	}
	*twice = true
}

func (l *line) dial() DialStep {
	s := DialStep{URL: l.quoted("the URL")}
	for seen := (attributes{}); l.tok.kind == tokenWord; {
		seen.once(l, l.tok)
		into := &s.Protocols
		if l.oneOf("offer", []string{"subprotocols", "extensions"}) == 1 {
			into = &s.Offer
		}
		*into = l.quoted("the offer")
	}
	return s
}

func (l *line) open() OpenStep {
	var s OpenStep
	words := []string{"extensions", "subprotocols"}
	for seen := (attributes{}); l.tok.kind == tokenWord; {
		seen.once(l, l.tok)
		i := l.oneOf("offer", words)
		value := l.quoted("the offer")
		if i == 0 {
			s.Extensions = value
		} else {
			s.Subprotocols = value
		}
	}
	return s
}
