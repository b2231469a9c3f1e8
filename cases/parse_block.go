package cases

// block is a sequence of steps: those of the case, or of a repeat.
type block struct {
	steps []Step
	name  string // of the step around them, as Validate names it: "step 3.", in front of a number
	// open is the step that the next line may continue: a *SendStep, a *Request,
	// a *Response, an *openExpectation, or nil.
	open any
	// separator is the flush or then that the last line was, with its line.
	separator     string
	separatorLine int

	times, line, column int // of the repeat, and where it stands
	most                int // how often a repeat in here can be repeated
}

// openExpectation is an Expectation that may go on.
type openExpectation struct {
	Expectation
	// Other lines than "<" that have come: alternatives, within, else. A further
	// "<" does not belong to it then.
	branched, bounded, goesOn bool
}

func (c *caseParser) block() *block { return c.blocks[len(c.blocks)-1] }

// begun reports whether a step has been read.
func (c *caseParser) begun() bool {
	b := c.blocks[0]
	return len(c.blocks) > 1 || len(b.steps) > 0 || b.open != nil
}

// begin leaves the step open for the next lines.
func (c *caseParser) begin(step any, separator string) {
	c.unclear = false
	c.follow(separator)
	c.block().settle()
	c.block().open = step
}

// settle ends the step that is open.
func (b *block) settle() {
	switch s := b.open.(type) {
	case *SendStep:
		b.steps = append(b.steps, *s)
	case *Request:
		b.steps = append(b.steps, *s)
	case *Response:
		b.steps = append(b.steps, *s)
	case *openExpectation:
		b.steps = append(b.steps, s.Expectation)
	}
	b.open = nil
}

// add adds a step of one line.
func (c *caseParser) add(s Step) {
	c.unclear = false
	c.follow("")
	b := c.block()
	b.settle()
	b.steps = append(b.steps, s)
}

// follow checks that the line fits the separator before it: want is the one that
// can stand before such a line.
func (c *caseParser) follow(want string) {
	b := c.block()
	if b.separator != "" && b.separator != want {
		c.p.fault(b.separatorLine, 1, misplaced(b.separator), "")
	}
	b.separator = ""
}

func misplaced(separator string) string {
	if separator == "flush" {
		return "flush stands between two sends of frames"
	}
	return "then stands between two expectations"
}

// separate reads a flush or then.
func (c *caseParser) separate(l *line, name token) {
	c.follow("")
	b := c.block()
	var fits bool
	if name.text == "flush" {
		_, fits = b.open.(*SendStep)
	} else {
		_, fits = b.open.(*openExpectation)
	}
	if !fits && !c.unclear {
		l.fail(name, nil, "%s", misplaced(name.text))
		return
	}
	b.settle()
	b.separator, b.separatorLine = name.text, c.p.at
}

// openExpectation is the expectation that the line belongs to, or nil.
func (c *caseParser) openExpectation(l *line, name token) *openExpectation {
	e, ok := c.block().open.(*openExpectation)
	if !ok {
		if c.unclear {
			l.skip()
		} else {
			l.fail(name, nil, "%s follows the lines of an expectation", name.text)
		}
		return nil
	}
	return e
}

// skip leaves out the rest of the line, which cannot be understood because of a
// fault before it.
func (l *line) skip() {
	l.pos = len(l.text)
	l.advance()
}

func (c *caseParser) repeat(l *line, name token) {
	c.nest(l, name, int(l.number("the number of repetitions", 1, int64(c.block().most))))
}

func (c *caseParser) loop(l *line, name token) { c.nest(l, name, Forever) }

// nest begins the steps of a repeat or loop.
func (c *caseParser) nest(l *line, name token, times int) {
	if len(c.blocks) > MaxNesting {
		l.fail(name, nil, "repeats stand more than %d deep in each other", MaxNesting)
	}
	c.follow("")
	c.block().settle()
	// Also behind a fault, so that the end of the repeat finds its beginning.
	c.blocks = append(c.blocks, &block{times: times, line: c.p.at, column: name.at + 1, most: c.block().most / max(1, times), name: c.stepName(1) + "."})
}

func (c *caseParser) done(l *line, name token) {
	if len(c.blocks) == 1 {
		l.fail(name, nil, "done without a repeat or loop")
		return
	}
	c.follow("")
	b := c.block()
	b.settle()
	c.blocks = c.blocks[:len(c.blocks)-1]
	c.add(RepeatStep{b.times, b.steps})
}

// quick begins the steps that a run with less data plays.
func (c *caseParser) quick(l *line, name token) {
	switch {
	case c.isQuick:
		l.fail(name, nil, "quick stands here already")
	case !c.begun():
		l.fail(name, nil, "quick stands behind the steps that it replaces")
	}
	c.endBlocks()
	c.full, c.isQuick = c.block().steps, true
	c.blocks = []*block{{most: MaxRepeat, name: "quick step "}}
}

// finish ends the case.
func (c *caseParser) finish() {
	c.endBlocks()
	c.c.Steps = c.block().steps
	if c.isQuick {
		c.c.Steps, c.c.Quick = c.full, c.c.Steps
	}
}

// endBlocks ends the steps, and the repeats that have no end.
func (c *caseParser) endBlocks() {
	for ; len(c.blocks) > 1; c.blocks = c.blocks[:len(c.blocks)-1] {
		b := c.block()
		what := "repeat"
		if b.times == Forever {
			what = "loop"
		}
		c.p.fault(b.line, b.column, what+" has no end: done is missing", "")
	}
	c.follow("")
	c.block().settle()
}
