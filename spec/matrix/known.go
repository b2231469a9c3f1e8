package matrix

// KnownFaults are the faults that no case of their own notices, by side and id,
// each with the reason.
func KnownFaults() map[string]string {
	return map[string]string{}
}

// KnownCases are the cases of a duty that no fault fails, by side and id, each
// with the reason.
func KnownCases() map[string]string {
	const elsewhere = "a client that opens such a URL goes where nobody listens"
	return map[string]string{
		"client client/url/port-0":    elsewhere,
		"client client/url/port-word": elsewhere,
	}
}

// KnownBare are the duties from which no fault departs, by id, each with the
// reason.
func KnownBare() map[string]string {
	const tls = "the matrix is played without TLS"
	const offer = "a client that does not offer, or not as it should, is one without the extension"
	return map[string]string{
		"6455-4.2.2-10": "every path of the reference is a WebSocket service",
		"6455-7.2.2-1":  "HTTP lets a server keep the connection of a refusal",
		"7692-5-1":      offer,
		"7692-5-4":      offer,
		"6455-4.2.2-2":  tls,
		"6455-10.6-1":   tls,
		"7692-7.2.1-7":  "no code of DEFLATE has a larger distance",
	}
}
