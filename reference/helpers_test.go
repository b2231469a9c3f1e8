package reference

import "errors"

// requirementOf names the requirement that an error says was broken, or is
// empty when the error is nil.
func requirementOf(err error) string {
	if v, ok := errors.AsType[*Violation](err); ok {
		return v.Requirement
	}
	if err != nil {
		return "no violation: " + err.Error()
	}
	return ""
}
