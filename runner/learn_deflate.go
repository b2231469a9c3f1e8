package runner

import (
	"fmt"
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// deflate learns what the server agrees to of permessage-deflate. The answer is
// that to a plain offer, and empty when it was declined.
func (s *student) deflate() (answer string, c *Compression) {
	t := s.talk("deflate", cases.Open("permessage-deflate; client_max_window_bits"), talkative)
	defer t.finish()
	if t.answer == nil || t.answer.status != 101 {
		return "", nil
	}
	answer = t.answer.head.Get("Sec-WebSocket-Extensions")
	agreed := t.answer.agreedDeflate()
	if !t.opened || agreed == nil {
		return answer, nil
	}
	c = &Compression{}
	if _, ok := t.answer.deflateParam("client_max_window_bits"); ok {
		c.ClientBits = agreed.clientBits
	}
	c.Compresses = t.compresses(s.run.options.NoEcho)
	s.parameters(c)
	return answer, c
}

// talkative is the size in octets of a message that is worth compressing to
// whoever does it only above some size.
const talkative = 4 << 10

// compresses tells whether the echo of a compressed message is compressed.
func (t *talk) compresses(mute bool) Finding {
	if mute {
		return Unknown
	}
	o, ok := t.echoes(cases.TextOf(cases.Fill("wsspec ", talkative)).Deflate())
	if !ok {
		return Unknown
	}
	return found(o.compressed)
}

// parameters offers each parameter of permessage-deflate for itself.
func (s *student) parameters(c *Compression) {
	agreed := [maxBits + 1]bool{} // by the server_max_window_bits offered
	tasks := []func(){
		func() { c.ServerNoTakeover = s.agrees("server_no_context_takeover", "") },
		func() { c.ClientNoTakeover = s.agrees("client_no_context_takeover", "") },
	}
	for n := minBits; n <= maxBits; n++ {
		tasks = append(tasks, func() { agreed[n] = s.agrees("server_max_window_bits", fmt.Sprintf("=%d", n)) })
	}
	s.together(tasks)
	c.ServerBits = max(0, slices.Index(agreed[:], true))
}

// The sizes of windows that can be agreed to, in bits (RFC 7692, section 7.1.2).
const minBits, maxBits = 8, 15

// agrees reports whether the server accepts an offer with this parameter, and
// answers the parameter.
func (s *student) agrees(name, value string) bool {
	p := s.offer(name+value, cases.Open("permessage-deflate; "+name+value))
	if !p.opened {
		return false
	}
	_, ok := p.answer.deflateParam(name)
	return ok
}

// deflateParam is a parameter of the permessage-deflate that the answer agrees to.
func (a *answer) deflateParam(name string) (p param, ok bool) {
	accepted, _ := parseExtensions(a.head.Values("Sec-WebSocket-Extensions"))
	for _, x := range accepted {
		if x.name == deflateName {
			return x.param(name)
		}
	}
	return p, false
}
