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

// KnownBare are the duties from which no fault departs, by side and id, each with
// the reason.
func KnownBare() map[string]string {
	const (
		tls   = "the matrix is played without TLS"
		offer = "a client that does not offer, or not as it should, is one without the extension"
		far   = "no code of DEFLATE has a larger distance"
	)
	return map[string]string{
		"client 6455-4.3-1":   "what it offers in quotes is judged by 9.1-2, and what it is answered so breaks another rule as well",
		"client 6455-9.1-4":   "names are registered every day, and the player knows no registry",
		"server 6455-7.2.2-1": "HTTP lets a server keep the connection of a refusal",
		"client 7692-5-1":     offer,
		"client 7692-5-4":     offer,
		"server 6455-4.2.2-2": tls,
		"server 6455-10.6-1":  tls,
		"client 6455-10.6-1":  tls,
		"server 7692-7.2.1-7": far,
		"client 7692-7.2.1-7": far,
	}
}
