package matrix

// KnownFaults are the faults that no case of their own notices, by side and id,
// each with the reason.
func KnownFaults() map[string]string {
	return map[string]string{}
}

// KnownCases are the cases of a duty that no fault fails, by side and id, each
// with the reason.
func KnownCases() map[string]string {
	return map[string]string{}
}
