package runner

import (
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// telling is the case that fails for the rule which every opening handshake of the
// peer breaks, so that a run in which no case is about that rule does not skip its
// way to a good end. It is empty when a case is, or the handshake is not broken.
func (r *run) telling(list []cases.Case) string {
	if r.set.broken == "" {
		return ""
	}
	first := ""
	for i := range list {
		c := &list[i]
		if !opensItself(c) || r.missing(c) != "" {
			continue
		}
		if slices.Contains(c.Refs, r.set.broken) {
			return ""
		}
		if first == "" {
			first = c.ID
		}
	}
	return first
}

// opensItself reports whether the case is about an opening handshake that may
// succeed.
func opensItself(c *cases.Case) bool {
	return slices.ContainsFunc(c.Steps, func(s cases.Step) bool {
		e, ok := s.(cases.Expectation)
		return ok && (expectsOpen(e) || expectsRequest(e))
	})
}
