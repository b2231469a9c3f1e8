package runner

import (
	"fmt"

	"github.com/wsspec/wsspec/runner/wire"
)

// judgeAnswerGrammar holds a response to the grammar of HTTP, by which whoever
// sends is bound though whoever receives may put up with much (RFC 9110, section
// 2.2). Octets outside ASCII may stand in the values of fields that nobody reads.
func judgeAnswerGrammar(head *wire.Head) []breach {
	var found []breach
	for _, o := range head.Oddities {
		if o.Kind != wire.NonASCII {
			found = append(found, breach{answerRule(o.Kind), fmt.Sprintf("it breaks the grammar of HTTP in %v", o)})
		}
	}
	return found
}

// answerRule is the rule that speaks of an oddity, or the one that speaks of all.
func answerRule(k wire.OddityKind) string {
	switch k {
	case wire.StartLineSpacing:
		return "9112-4-1"
	case wire.ObsFold:
		return "9112-5.2-3"
	case wire.BareCR:
		return "9112-2.2-5"
	}
	return "9110-2.2-1"
}

// minded moves what a response breaks of the grammar to its faults, as far as the
// case is about that. Other cases go on with a connection that every client opens.
func (p *player) minded(a *answer) {
	for _, b := range a.grammar {
		if a.status == 101 && p.isAbout(b.requirement) {
			a.faults = append(a.faults, b)
		}
	}
}
