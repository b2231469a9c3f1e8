package runner

import (
	"fmt"
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// missing says which need of the case the peer does not meet; empty when it
// meets all.
func (r *run) missing(c *cases.Case) string {
	if c.RequiresOpen() && !r.features.Handshake {
		return r.features.HandshakeError
	}
	for _, need := range c.Needs {
		if why := r.lacks(need); why != "" {
			return why
		}
	}
	if why := r.tooLarge(c); why != "" {
		return why
	}
	if slices.Contains(c.Needs, cases.Patience) && !r.options.Patient {
		return Impatient
	}
	return ""
}

// Impatient is the reason why a run that is not patient skips a case which it
// could play otherwise.
const Impatient = "it waits for a timer of the peer's: --patient plays it"

// lacks says that the peer has not got the feature; empty when it has.
func (r *run) lacks(need cases.Feature) string {
	if r.features.Client {
		return r.clientLacks(need)
	}
	speaks := func(name string) bool { return slices.Contains(r.features.Subprotocols, name) }
	switch need {
	case cases.Echo:
		if !r.features.Echo {
			return "the server does not echo"
		}
	case cases.Deflate:
		if r.features.Deflate == "" {
			return "the server declines permessage-deflate"
		}
	case cases.WindowBits:
		if c := r.features.Compression; c == nil || c.ServerBits == 0 || c.ServerBits == maxBits {
			return "the server does not agree to server_max_window_bits below 15"
		}
	case cases.Subprotocol:
		if chat, superchat := r.options.Chat, r.options.Superchat; !speaks(chat) || !speaks(superchat) {
			return fmt.Sprintf("the server does not support the subprotocols %s and %s", chat, superchat)
		}
	case cases.Patience: // is the run's own
	default:
		return fmt.Sprintf("the run knows no feature %q", need)
	}
	return ""
}

// tooLarge says that the case waits for an echo of a message that the server
// does not take. Only a server that says so counts (status code 1009; RFC 6455,
// section 7.4.1): whoever ends the connection for another reason has a fault,
// which the case is there to find.
func (r *run) tooLarge(c *cases.Case) string {
	m := r.features.Messages
	if m.Refused == 0 || m.Code != tooBig || !slices.Contains(c.Needs, cases.Echo) {
		return ""
	}
	if largest, _ := expectedOctets(c.Steps); largest < m.Refused {
		return ""
	}
	return fmt.Sprintf("the server takes no message of %s: it refuses that with close 1009", Octets(m.Refused))
}

// tooBig is the status code of who does not process a message for its size.
const tooBig = 1009
