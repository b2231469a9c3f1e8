package runner

// Status codes of Close frames (RFC 6455, section 7.4).

// legalOnWire reports whether an endpoint may send the status code: one that
// RFC 6455 or the IANA registry defines for Close frames, or one of the ranges
// for libraries and applications.
func legalOnWire(code uint16) bool {
	switch code {
	case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014:
		return true
	}
	return code >= 3000 && code <= 4999
}

// isErrorCode reports whether a peer that fails the connection may say so with
// this status code: any legal one but normal closure and going away.
func isErrorCode(code uint16) bool { return legalOnWire(code) && code > 1001 }

// neverOnWire names the requirement that keeps a status code out of Close
// frames altogether; empty for the others.
func neverOnWire(code uint16) string {
	switch code {
	case 1005:
		return "6455-7.4.1-7"
	case 1006:
		return "6455-7.4.1-8"
	case 1015:
		return "6455-7.4.1-15"
	}
	return ""
}
