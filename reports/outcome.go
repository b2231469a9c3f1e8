package reports

import (
	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// An Outcome is what a whole run comes to.
type Outcome byte

// The outcomes.
const (
	// Conformant: nothing failed.
	Conformant Outcome = iota
	// NotConformant: a case failed.
	NotConformant
	// NotJudged: nothing failed, but the opening handshake does not succeed, so
	// that hardly anything was tried.
	NotJudged
	// NotFinished: the run was cut short, or a case met trouble that is not the
	// peer's protocol.
	NotFinished
)

var outcomeWords = [...]string{"conformant", "not conformant", "not judged", "not finished"}

func (o Outcome) String() string { return outcomeWords[min(o, NotFinished)] }

// OutcomeOf is what a run comes to; with strict, lax verdicts are failures.
func OutcomeOf(r *runner.Report, strict bool) Outcome {
	n := r.Count()
	switch {
	case r.Trouble != "" || n[cases.Errored] > 0:
		return NotFinished
	case n[cases.Failed] > 0 || strict && n[cases.Lax] > 0:
		return NotConformant
	case !r.Features.Handshake:
		return NotJudged
	}
	return Conformant
}
