package reference

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// StatusCode is the status code of a Close frame (RFC 6455, section 7.4).
type StatusCode uint16

// A Violation says which rule the peer broke. It is the error of every
// reading method once the connection has been failed for it, and the reason of
// the Close frame that the peer gets is made from it, so that the author of the
// peer learns which section to read.
type Violation struct {
	Requirement string     // id of the requirement, such as "6455-5.1-2"
	Code        StatusCode // status code sent to the peer; 0 in an opening handshake
	Detail      string     // what was seen, in lower case, without a full stop
}

func (v *Violation) Error() string {
	return fmt.Sprintf("%s (%s)", v.Detail, v.Requirement)
}

// reason is the violation as the peer gets to read it in a Close frame, cut to
// what fits.
func (v *Violation) reason() string {
	rfc, rest, _ := strings.Cut(v.Requirement, "-")
	section, _, _ := strings.Cut(rest, "-")
	r := strings.ToValidUTF8(fmt.Sprintf("RFC %s %s: %s", rfc, section, v.Detail), "?")
	r = r[:min(len(r), maxReason)]
	for !utf8.ValidString(r) {
		r = r[:len(r)-1]
	}
	return r
}
