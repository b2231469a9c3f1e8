package runner

import (
	"fmt"
	"strings"

	"github.com/wsspec/wsspec/runner/wire"
)

// claimsRSV1 reports whether the extension of that name marks compressed
// messages, or frames, with RSV1, so that it cannot be in use beside
// permessage-deflate (RFC 7692, sections 4 and 5).
func claimsRSV1(name string) bool {
	switch name {
	case "x-webkit-deflate-frame", "deflate-frame", "perframe-deflate":
		return true
	}
	return strings.HasPrefix(name, "permessage-")
}

// offerProblem says why a server must decline an offer of permessage-deflate
// (RFC 7692, section 7); empty when it need not. Whether names are compared with
// regard to case the standard does not say, so that a name in other letters is
// taken for one that is defined, and its value is not judged.
func offerProblem(offer extension) string {
	for i, p := range offer.params {
		name := definedParam(p.name)
		for _, q := range offer.params[:i] {
			if wire.EqualFold(p.name, q.name) {
				return fmt.Sprintf("the parameter %s stands in it more than once", name)
			}
		}
		switch {
		case name == "":
			return fmt.Sprintf("permessage-deflate defines no parameter %q", p.name)
		case name == p.name && !legalOffered(p):
			return fmt.Sprintf("%s is not a value of %s", valueWords(p), name)
		}
	}
	return ""
}

// definedParam is the parameter that a name stands for; empty for none.
func definedParam(name string) string {
	for _, defined := range []string{
		"server_no_context_takeover", "client_no_context_takeover", "server_max_window_bits", "client_max_window_bits",
	} {
		if wire.EqualFold(name, defined) {
			return defined
		}
	}
	return ""
}

// legalOffered reports whether a defined parameter of an offer has a value that
// it may have.
func legalOffered(p param) bool {
	switch p.name {
	case "server_max_window_bits":
		return legalBits(p.value)
	case "client_max_window_bits":
		return !p.hasValue || legalBits(p.value)
	}
	return !p.hasValue
}

func valueWords(p param) string {
	if !p.hasValue {
		return "none"
	}
	return fmt.Sprintf("%q", p.value)
}
