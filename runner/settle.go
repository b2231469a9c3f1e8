package runner

import (
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// settle takes what an expectation has come to.
func (p *player) settle(e cases.Expectation, s standing) {
	expected := ""
	if s.state == lost || s.grade > cases.Pass { // else nobody is told
		expected = expectedWords(e)
	}
	if s.state == lost || s.grade == cases.Failed {
		switch {
		case expectsOpen(e):
			p.loseAnswer(expected)
		case expectsRequest(e) && p.asked != nil:
			p.loseRequest(expected)
		default:
			p.lose(expected, p.seen)
		}
		return
	}
	used := p.seen[:s.used]
	p.hear(used)
	if p.judge(s.grade, mainRef(p.script)) {
		p.result.Expected, p.result.Got, p.result.Reason = expected, gotWords(used, p.framing), s.why
	}
	p.over = p.ended || slices.ContainsFunc(used, func(o observation) bool { return o.kind == gotFlood })
	p.leave(p.seen[s.used:])
}

// expectedWords says what the expectation is.
func expectedWords(e cases.Expectation) string {
	expected, tolerated := cases.Describe(e)
	if tolerated != "" {
		expected += " (lax: " + tolerated + ")"
	}
	return expected
}

// loseAnswer ends a case in which a 101 would do. One with a fault that all of
// the server have, and which the case is not about, is not told once more.
func (p *player) loseAnswer(expected string) {
	if p.answer != nil && p.brokenAnyway(p.answer.faults) {
		p.skip("the opening handshake is broken: %s", p.answer.words())
		return
	}
	p.lose(expected, p.seen)
	p.blameAnswer()
}

// brokenAnyway reports whether the first of the faults is one that all opening
// handshakes of the peer have, and which the case is not about, nor the one that
// tells of it. One fault then does not look like hundreds.
func (p *player) brokenAnyway(faults []breach) bool {
	return len(faults) > 0 && faults[0].requirement == p.set.broken && !p.isAbout(p.set.broken) && p.script.ID != p.set.tells
}

// loseRequest ends a case in which another request of the client was expected,
// unless that was told what to ask for and did not: then it has another reason.
func (p *player) loseRequest(expected string) {
	faults := p.asked.faults
	switch {
	case p.brokenAnyway(faults):
		p.skip("the opening handshake is broken: %s", faults[0].detail)
	case len(faults) > 0:
		p.lose(expected, p.seen)
		p.result.Requirement = faults[0].requirement
	case p.obeyed():
		p.lose(expected, p.seen)
	}
}

// expectsOpen reports whether a 101 would do.
func expectsOpen(e cases.Expectation) bool {
	return slices.ContainsFunc(e.Alternatives, func(a cases.Alternative) bool {
		if len(a.Events) == 0 {
			return false
		}
		answer, ok := a.Events[0].(cases.AnswerEvent)
		return ok && slices.Contains(answer.Status, 101) && a.Grade < cases.Failed
	})
}

// blameAnswer puts the verdict on the rule that a response broke, rather than
// on the one the case is about, when the response opens no connection although
// it says so.
func (p *player) blameAnswer() {
	if p.answer != nil && p.answer.status == 101 && len(p.answer.faults) > 0 {
		p.result.Requirement = p.answer.faults[0].requirement
	}
}
