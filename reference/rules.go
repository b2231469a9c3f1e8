package reference

import (
	"fmt"
	"strings"
)

// rules says which requirements the opening handshake enforces. The zero value
// enforces them all. Every check of the handshake asks breach and carries on
// when it returns nil, so that one place decides what a rule is worth.
type rules struct {
	enforced func(requirement string) bool // nil: all of them
}

// breach reports that the peer broke a requirement: a *Violation, or nil when
// the requirement is not enforced.
func (r rules) breach(requirement, format string, args ...any) error {
	if r.enforced != nil && !r.enforced(requirement) {
		return nil
	}
	return &Violation{Requirement: requirement, Detail: fmt.Sprintf(format, args...)}
}

// require is breach for a condition that has to hold. Checks in a row read
// cmp.Or(r.require(...), r.require(...)): the first broken one counts.
func (r rules) require(ok bool, requirement, format string, args ...any) error {
	if ok {
		return nil
	}
	return r.breach(requirement, format, args...)
}

// cite names the place that a requirement comes from, such as
// "RFC 6455, section 4.2.1" for "6455-4.2.1-7".
func cite(requirement string) string {
	parts := strings.SplitN(requirement, "-", 3)
	if len(parts) < 3 {
		return requirement
	}
	if parts[1] == "errata" {
		return "RFC " + parts[0] + ", errata"
	}
	return "RFC " + parts[0] + ", section " + parts[1]
}
