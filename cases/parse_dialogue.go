package cases

import "slices"

// dialogue reads a line that begins with a sign: what is sent or expected.
func (c *caseParser) dialogue(l *line) {
	sign := l.tok
	l.advance()
	switch sign.text {
	case ">":
		c.send(l)
	case "+":
		c.tail(l, sign)
	case "<":
		c.expect(l, sign)
	case "|":
		c.alternative(l)
	case "@":
		c.page(l)
	default:
		l.fail(sign, nil, "unknown line %q", sign.text)
	}
}

// send reads a request, or a frame of a Send.
func (c *caseParser) send(l *line) {
	switch {
	case l.tok.is(tokenWord, "request"):
		l.advance()
		r := l.head()
		c.begin(&r, "")
		return
	case l.tok.is(tokenWord, "answer"):
		l.advance()
		r := Response(l.head())
		c.begin(&r, "")
		return
	}
	f := l.frame()
	if s, ok := c.block().open.(*SendStep); ok {
		s.Frames = append(s.Frames, f)
		return
	}
	c.begin(&SendStep{[]Frame{f}}, "flush")
}

// tail reads a frame that goes out with the request before it.
func (c *caseParser) tail(l *line, sign token) {
	switch r := c.block().open.(type) {
	case *Request:
		r.Tail = append(r.Tail, l.frame())
	case *Response:
		r.Tail = append(r.Tail, l.frame())
	default:
		if c.unclear {
			l.skip()
			return
		}
		l.fail(sign, nil, "a frame behind + goes out with a request or an answer, and there is none before it")
	}
}

// expect reads events of the first alternative of an expectation.
func (c *caseParser) expect(l *line, sign token) {
	events := l.events()
	e, ok := c.block().open.(*openExpectation)
	switch {
	case !ok:
		c.begin(&openExpectation{Expectation: Expect(events...)}, "then")
	case e.branched || e.bounded || e.goesOn:
		l.fail(sign, nil, "the expectation before has ended; put a line \"then\" between the two")
	default:
		first := &e.Alternatives[0]
		first.Events = append(first.Events, events...)
	}
}

// alternative reads a further alternative, or the first one if it does not pass.
func (c *caseParser) alternative(l *line) {
	grades := []string{Pass.String(), Info.String(), Lax.String(), Failed.String()}
	a := Alternative{Grade: [...]Verdict{Pass, Info, Lax, Failed}[l.oneOf("grade", grades)]}
	a.Events = l.events()
	e, ok := c.block().open.(*openExpectation)
	if !ok {
		e = &openExpectation{}
		c.begin(e, "then")
	}
	e.branched = true
	e.Alternatives = append(e.Alternatives, a)
}

// head reads the edits of a request or response and how it is written.
func (l *line) head() Request {
	var r Request
	vocabulary := append(slices.Clone(editWords[:]), "chop", "cut")
	for seen := (attributes{}); l.tok.kind == tokenWord; {
		at := l.tok
		op := l.oneOf("edit", vocabulary)
		if op < len(editWords) {
			r.Edits = append(r.Edits, l.edit(EditOp(op)))
			continue
		}
		seen.once(l, at)
		l.sign("=")
		if at.text == "chop" {
			r.Chop = int(l.number("the size of the pieces", 1, MaxPayload))
		} else {
			r.Cuts = l.numbers("an offset", -MaxPayload, MaxPayload)
		}
	}
	return r
}

func (l *line) edit(op EditOp) Edit {
	e := Edit{Op: op}
	if op.hasName() {
		e.Name = l.quoted("the name of the field")
	}
	if op.hasValue() {
		if !l.atPayload() {
			l.fail(l.tok, nil, `the value of %s is missing; write "" for an empty one`, editWords[op])
		}
		e.Value = l.payload()
	}
	return e
}

// attributes are those of a line that have been read.
type attributes []string

// once notes an attribute, and fails when it stands there a second time.
func (a *attributes) once(l *line, attribute token) {
	if slices.Contains(*a, attribute.text) {
		l.fail(attribute, nil, "%s stands here already", attribute.text)
	}
	*a = append(*a, attribute.text)
}
