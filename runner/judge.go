package runner

import (
	"fmt"
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// judge makes the verdict worse, if it is.
func (p *player) judge(v cases.Verdict, requirement string) (worse bool) {
	if worse = v > p.result.Verdict; worse {
		p.result.Verdict, p.result.Requirement = v, requirement
	}
	return worse
}

// mainRef is the requirement that a case is judged by; a case that somebody else
// wrote may have none.
func mainRef(c *cases.Case) string {
	if len(c.Refs) == 0 {
		return ""
	}
	return c.Refs[0]
}

// isAbout reports whether the case proves the requirement.
func (p *player) isAbout(requirement string) bool { return slices.Contains(p.script.Refs, requirement) }

// lose ends the case because the peer did something else than was expected. A
// breach of a SHOULD is lax.
func (p *player) lose(expected string, seen []observation) {
	verdict := cases.Failed
	if level := p.script.EffectiveLevel(); level == cases.Should || level == cases.ShouldNot {
		verdict = cases.Lax
	}
	p.judge(verdict, mainRef(p.script))
	p.result.Expected, p.result.Got = expected, gotWords(seen, p.framing)
	p.over = true
}

// spoiled ends the case because the peer broke a rule in passing.
func (p *player) spoiled(b *breach) {
	p.judge(cases.Failed, b.requirement)
	p.result.Expected = "what " + cases.SectionOf(b.requirement) + " asks of whatever is sent"
	p.result.Got = b.detail
	p.over, p.broke = true, true
}

// gradeCloseAgain makes a second Close frame lax: only section 1.4 speaks
// against it, which is not normative.
func (p *player) gradeCloseAgain() {
	if p.judge(cases.Lax, "6455-1.4-1") {
		p.result.Expected, p.result.Got = "nothing behind a Close frame", "it sends a second Close frame"
	}
}

// skip ends the case because what it needs is not there.
func (p *player) skip(format string, args ...any) { p.giveUp(cases.Skipped, format, args...) }

// trouble ends the case because of something that is not the peer's protocol.
func (p *player) trouble(format string, args ...any) { p.giveUp(cases.Errored, format, args...) }

func (p *player) giveUp(v cases.Verdict, format string, args ...any) {
	p.judge(v, "")
	p.result.Reason = fmt.Sprintf(format, args...)
	p.over = true
}

// stopped ends the case when the run is stopped, and reports whether it is.
func (p *player) stopped() bool {
	if p.ctx.Err() == nil {
		return false
	}
	if p.looping && !p.over {
		p.result.Reason, p.over = "the server was stopped", true
	}
	if !p.over {
		p.trouble("not played to its end: the run was stopped")
	}
	return true
}
