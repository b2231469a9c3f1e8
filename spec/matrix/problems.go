package matrix

import (
	"fmt"
	"slices"
	"strings"
)

// A Count sums a matrix up. A fault that both sides can have makes two rows, and
// a case that tests both sides counts twice.
type Count struct {
	Faults      int `json:"faults"`
	Rows        int `json:"rows"`
	ByOwn       int `json:"noticedByOwn"`
	Cases       int `json:"cases"`
	Duties      int `json:"duties"`
	Failed      int `json:"dutiesFailed"`
	FailedByOwn int `json:"dutiesFailedByOwn"`
	// LaxAlone are the cases of a duty that no fault got more than a lax verdict of.
	LaxAlone int `json:"dutiesLaxAlone"`
}

// Count sums the matrix up.
func (m *Matrix) Count() Count {
	var n Count
	faults := map[string]bool{}
	for _, r := range m.Rows {
		faults[r.Fault.ID] = true
		if len(r.ByOwn) > 0 {
			n.ByOwn++
		}
	}
	n.Faults, n.Rows, n.Cases = len(faults), len(m.Rows), len(m.Cases)
	for _, c := range m.Cases {
		switch {
		case !c.Duty:
			continue
		case c.ByOwn:
			n.FailedByOwn++
			n.Failed++
		case c.FailedBy != "":
			n.Failed++
		}
		n.Duties++
		if c.Lax {
			n.LaxAlone++
		}
	}
	return n
}

// Problems are what is wrong with faults and cases, apart from what has a reason.
// Of a part of the faults nothing follows about the cases.
func (m *Matrix) Problems(whole bool) []string {
	var found []string
	note := func(known map[string]string, key, format string, args ...any) {
		if known[key] == "" {
			found = append(found, fmt.Sprintf(format, args...))
		}
	}
	for _, r := range m.Rows {
		key := r.Side.String() + " " + r.Fault.ID
		switch {
		case r.Trouble != "":
			found = append(found, fmt.Sprintf("trouble with %s: %s", key, r.Trouble))
		case len(r.Noticed) == 0:
			note(KnownFaults(), key, "survivor: %s (%s, %s), after %d cases", key, r.Fault.Requirement, r.Fault.Title, r.Played)
		case len(r.ByOwn) == 0:
			note(KnownFaults(), key, "noticed by others alone: %s (%s), by %s", key, r.Fault.Requirement, strings.Join(r.Noticed[:min(3, len(r.Noticed))], ", "))
		}
	}
	if whole {
		for _, c := range m.Unfailed() {
			key := c.Side.String() + " " + c.Case.ID
			verdict := "cannot fail"
			if c.Lax {
				verdict = "cannot get worse than lax"
			}
			note(KnownCases(), key, "%s: %s (%s)", verdict, key, strings.Join(c.Case.Refs, ", "))
		}
	}
	return found
}

// Stale are the reasons for what is no problem any more.
func (m *Matrix) Stale() []string {
	open := map[string]bool{}
	for _, r := range slices.Concat(m.Survivors(), m.Strays()) {
		open[r.Side.String()+" "+r.Fault.ID] = true
	}
	for _, c := range m.Unfailed() {
		open[c.Side.String()+" "+c.Case.ID] = true
	}
	for _, key := range Bare() {
		open[key] = true
	}
	var stale []string
	for _, known := range []map[string]string{KnownFaults(), KnownCases(), KnownBare()} {
		for key := range known {
			if !open[key] {
				stale = append(stale, key)
			}
		}
	}
	slices.Sort(stale)
	return stale
}
