package runner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/entropy"
)

// fewestKeys and fewestNonces are how many there must be to say anything: three
// equal keys are no chance.
const (
	fewestKeys   = 3
	fewestNonces = 2
)

// judge judges a case that is about the whole session: by what was found that
// one of its requirements forbids.
func (s *session) judge(c *cases.Case) Result {
	s.mu.Lock()
	defer s.mu.Unlock()
	result := Result{Case: *c}
	found, seen, enough := s.judged(c)
	switch {
	case !enough:
		result.Verdict, result.Reason = cases.Skipped, "too little to judge: "+seen
	case len(found) > 0:
		result.Verdict, result.Requirement = cases.Failed, found[0].requirement
		result.Expected, result.Got = c.Title, found[0].detail
		for _, b := range found[1:] {
			result.Got += "; " + b.detail
		}
		result.Reason = seen
	}
	return result
}

// judged gathers what was found against the requirements of the case, what it was
// found in, and whether that is enough to find anything.
func (s *session) judged(c *cases.Case) (found []breach, seen string, enough bool) {
	about := func(prefix string) bool {
		return slices.ContainsFunc(c.Refs, func(ref string) bool { return strings.HasPrefix(ref, prefix) })
	}
	nonces := slices.DeleteFunc(slices.Clone(s.connections), func(c entropy.Connection) bool { return c.Nonce == nil })
	switch {
	case about("6455-5.3-") || about("6455-10.3-"):
		for _, f := range s.findings() {
			found = append(found, breach{keyRule(f.Fault), f.Detail})
		}
		seen, enough = fmt.Sprintf("%d masking keys on %d connections", s.keys, len(s.connections)), s.keys >= fewestKeys
	case about("6455-4.1-29"):
		for _, f := range entropy.Nonces(nonces) {
			found = append(found, breach{"6455-4.1-29", f.Detail})
		}
		seen, enough = fmt.Sprintf("%d nonces", len(nonces)), len(nonces) >= fewestNonces
	default:
		found = slices.Clone(s.faults)
		slices.SortFunc(found, func(a, b breach) int { // as they came is by chance
			return cmp.Or(cmp.Compare(rank(c, a), rank(c, b)), cmp.Compare(a.requirement, b.requirement))
		})
		seen, enough = fmt.Sprintf("%d of %d opening handshakes have a fault", s.faulty, s.requests), s.requests > 0
		return found, seen, enough // those of every section: the first reference is an umbrella
	}
	return slices.DeleteFunc(found, func(b breach) bool { return !slices.Contains(c.Refs, b.requirement) }), seen, enough
}

// rank is the place of what a breach breaks among the requirements of the case, or
// behind them.
func rank(c *cases.Case, b breach) int {
	if i := slices.Index(c.Refs, b.requirement); i >= 0 {
		return i
	}
	return len(c.Refs)
}

// keyRule is the requirement that a fault of masking keys breaks.
func keyRule(f entropy.Fault) string {
	switch f {
	case entropy.Repeated:
		return "6455-5.3-3"
	case entropy.Weak:
		return "6455-5.3-4"
	case entropy.Predictable:
		return "6455-5.3-5"
	}
	return "6455-10.3-1"
}
