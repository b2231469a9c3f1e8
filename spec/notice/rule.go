package notice

import "github.com/wsspec/wsspec/cases"

// A Rule is what a client can hold against a server with a fault.
type Rule struct {
	Requirement cases.Requirement
	// Must reports whether every client has to fail the connection for it.
	Must bool
}

// RuleOf is the rule by which the reference client minds a fault. Where there is none,
// a client is free: it cannot know, or nobody asks it to look.
func RuleOf(fault string) (Rule, bool) {
	m, ok := minded()[fault]
	if !ok {
		return Rule{}, false
	}
	requirement, ok := cases.FindRequirement(m.requirement)
	return Rule{requirement, m.must}, ok
}

// Missed reports whether a client should have noticed the fault, and has carried on.
// One that waits for the rest of what it takes for a frame may be about to notice. In
// another conversation than the one in which the reference client minds it, what the
// server says may be in order: that a server repeats an offer, for instance, where the
// offer is an agreement as it stands.
func (r *Row) Missed() bool {
	m := minded()[r.Fault.ID]
	return m.must && !r.sound && r.Verdict == NotNoticed && r.Conversation == m.talk
}
