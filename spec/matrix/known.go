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

// KnownBare are the duties from which no fault departs, by id, each with the
// reason.
func KnownBare() map[string]string {
	const tls = "the matrix is played without TLS"
	return map[string]string{
		"6455-4.2.2-2": tls,
		"6455-10.6-1":  tls,
		"7692-7.2.1-7": "no code of DEFLATE has a larger distance",
	}
}
