package runner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
)

// isRefusal reports whether the event is a client refusing the server's answer.
func isRefusal(e cases.Event) bool {
	r, ok := e.(cases.RefuseEvent)
	return ok && len(r.Status) == 0
}

// stepRefusal grades how a client refuses an answer. It fails the connection
// before that is established, so that there is no closing handshake (6455-7.1.7-5),
// and it may ask once more on a connection that HTTP leaves open.
func (c *course) stepRefusal(o observation) (next cases.Event, ok bool) {
	switch o.kind {
	case gotEnd, gotRequest:
		return nil, true
	case gotClose:
		c.worsen(cases.Lax, "it sends a Close frame on a connection that was never established (6455-7.1.7-5)")
		return cases.EndEvent{}, true
	}
	return nil, false
}

// stepRequest matches an opening handshake. The absolute form of the target is
// allowed, and hardly anybody uses it.
func (c *course) stepRequest(e cases.RequestEvent, r *request) bool {
	if len(r.faults) > 0 || !holdsAll(r.head, e.Checks) {
		return false
	}
	target := r.target()
	if e.Target == "" || target == e.Target {
		return true
	}
	if !isHTTPURI(target) || target[strings.Index(target, "://")+3:] != r.head.Get("Host")+e.Target {
		return false
	}
	c.worsen(cases.Lax, "it sends the request-target in its absolute form (6455-4.1-21)")
	return true
}

// stepDeclined matches that the client does not ask for a connection. One that
// neither asks nor gives up leaves whoever called it in the dark. TLS alone asks
// for nothing yet.
func (c *course) stepDeclined(o observation) bool {
	switch o.kind {
	case gotDeclined:
		return true
	case gotRequest:
		raw := o.request.head.Raw
		return len(raw) > 0 && raw[0] == tlsHandshake
	case gotDeadline:
		c.worsen(cases.Lax, "it neither opens the URL nor gives up")
		return true
	}
	return false
}

// tlsHandshake is the first octet of who wants to speak TLS (RFC 8446, section 5.1).
const tlsHandshake = 0x16

// expectsRequest reports whether the expectation is one of the client's request.
func expectsRequest(e cases.Expectation) bool {
	return slices.ContainsFunc(e.Alternatives, func(a cases.Alternative) bool {
		return slices.ContainsFunc(a.Events, func(e cases.Event) bool {
			_, ok := e.(cases.RequestEvent)
			return ok
		})
	})
}

// words says what the client asked for, with what is wrong with it.
func (r *request) words() string {
	s := "an opening handshake for " + quoteText(r.target())
	if r.broken {
		s = "an opening handshake that cannot be answered"
	}
	for i, f := range r.faults {
		s += [...]string{": ", "; "}[min(i, 1)] + f.detail
	}
	for _, name := range []string{"Host", "Origin", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"} {
		for _, v := range r.head.Values(name) {
			s += fmt.Sprintf(", %s: %s", name, quoteText(v))
		}
	}
	return s
}
