package runner

import (
	"time"

	"github.com/wsspec/wsspec/cases"
)

// A Report is what a run found out.
type Report struct {
	// Target is the peer as the user named it.
	Target string
	// Seed repeats the run byte for byte.
	Seed uint64
	// Full and Patient are those of the Options: whether all data was sent, and
	// whether the cases were played that wait for a timer of the peer's.
	Full, Patient bool
	// Started is the time of the run's begin, Elapsed its length.
	Started time.Time
	Elapsed time.Duration
	// Features is what the run learned of the peer before it began.
	Features Features
	// Results are in the order of the cases, one for each, also when the run was
	// cut short.
	Results []Result
	// Trouble is why the run could not go on to its end, for people: the target
	// died, or the user stopped it. Empty when the run is complete.
	Trouble string
}

// Count is the number of results with each verdict.
func (r *Report) Count() map[cases.Verdict]int {
	counts := map[cases.Verdict]int{}
	for _, result := range r.Results {
		counts[result.Verdict]++
	}
	return counts
}

// Conformant reports whether no case failed or met trouble; with strict, lax
// verdicts count as failures as well.
func (r *Report) Conformant(strict bool) bool {
	n := r.Count()
	return n[cases.Failed] == 0 && n[cases.Errored] == 0 && (!strict || n[cases.Lax] == 0)
}
