package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
)

const (
	// keyRounds and keyPings are the pings that a client is asked to answer for its
	// masking keys: more than 624 in a row, which are what it takes to see through
	// the commonest generator.
	keyRounds = 16
	keyPings  = 64
	// learnOffer is the offer of permessage-deflate that the run asks a client for
	// which makes none by itself.
	learnOffer = "permessage-deflate; client_max_window_bits"
)

// learn finds out what the client can do, by small conversations of its own. The
// error is that of a client which makes no connection.
func (h *host) learn(ctx context.Context) (f Features, err error) {
	f.Client = true
	first := h.try(ctx, "opening", nil, append([]cases.Step{cases.Open("")}, pingForKeys()...)...)
	if first.conn == nil && first.dead != nil {
		return f, first.dead
	}
	if f.HandshakeError = h.refused(first); f.HandshakeError != "" {
		return f, nil
	}
	f.Handshake, f.Pings = true, found(first.result.Verdict == cases.Pass || first.spoilt())
	var echoes, dialed, extended, chatting *player
	sideBySide([]int{0, 1, 2, 3}, h.run.options.Parallel, func(i int) {
		switch i {
		case 0:
			if !h.run.options.NoEcho {
				echoes = h.try(ctx, "echo", nil, cases.Send(cases.Text("wsspec")), cases.Expect(cases.Text("wsspec")).For(echoWithin))
			}
		case 1:
			dialed = h.try(ctx, "dial", func(c *Call) { c.URL = strings.TrimSuffix(c.URL, "dial") + "other" }, cases.Open(""))
		case 2:
			extended = h.try(ctx, "extensions", func(c *Call) { c.Extensions = learnOffer }, cases.Open(""))
		case 3:
			chatting = h.try(ctx, "subprotocols", func(c *Call) { c.Subprotocols = h.backwards() }, cases.Open(""))
		}
	})
	f.Echo = echoes != nil && (echoes.result.Verdict == cases.Pass || echoes.spoilt())
	// Each call has a port of its own: whoever comes there has been told the URL, and
	// it is its fault if it asks for another resource.
	f.Dial = dialed.asked != nil
	f.Deflate, f.Subprotocols = first.asked.offer(), h.offered(first.asked)
	if r := extended.asked; r != nil {
		if f.Deflate == "" && r.offer() != "" {
			f.Deflate, h.extensions = r.offer(), learnOffer
		}
	}
	if r := chatting.asked; r != nil {
		h.steered = slices.Equal(listElements(r.head.Values("Sec-WebSocket-Protocol")), h.backwards())
		if len(f.Subprotocols) == 0 {
			f.Subprotocols, h.subprotocols = h.offered(r), h.known()
		}
	}
	return f, nil
}

// backwards are the known subprotocols in an order that hardly anybody offers.
func (h *host) backwards() []string { return []string{h.run.options.Superchat, h.run.options.Chat} }

// unsteered says what of a step the client does not do when it is told to: it
// cannot be blamed for what it then sends.
func (h *host) unsteered(s cases.DialStep) string {
	return without(h == nil || s.Protocols == "" || h.steered, "the client cannot be told which subprotocols to offer")
}

// spoilt reports whether the client broke a rule of whatever it sends in what it
// answered. It is then taken to do what it was asked for, so that the cases are
// played which find that fault.
func (p *player) spoilt() bool {
	return p.result.Verdict == cases.Failed && p.result.Requirement != mainRef(p.script) && p.conn.obs.frames > 0
}

// pingForKeys are steps that make a client send many frames, if it answers pings.
func pingForKeys() []cases.Step {
	var pings []cases.Frame
	var pongs []cases.Event
	for i := range keyPings {
		payload := fmt.Sprintf("key %d", i)
		pings = append(pings, cases.Ping(payload))
		pongs = append(pongs, cases.Pong(payload))
	}
	return []cases.Step{
		cases.Repeat(keyRounds, cases.Send(pings...), cases.Expect(pongs...).For(echoWithin)),
		cases.Close(1000),
	}
}

// try plays steps that are no case of the catalogue. Change changes the call.
func (h *host) try(ctx context.Context, name string, change func(*Call), steps ...cases.Step) *player {
	c := &cases.Case{ID: "learn/" + name, Refs: []string{"6455-4.1-51"}, Steps: steps}
	p := newPlayer(ctx, h.run.set, c, 0)
	h.seat(p)
	if change != nil {
		change(&p.visit.call)
	}
	p.play()
	return p
}

// refused says why a plain opening handshake with the client does not succeed;
// empty when it does. One that takes the answer does not end the connection
// before it has sent a frame.
func (h *host) refused(first *player) string {
	switch {
	case first.asked == nil:
		return first.result.Reason
	case first.asked.broken:
		h.run.set.broken = first.asked.faults[0].requirement
		return "the opening handshake is broken: " + first.asked.faults[0].detail
	case first.ended && first.conn.obs.frames == 0 && first.ctx.Err() == nil:
		return "the client refuses a right answer to its opening handshake: it ends TCP"
	}
	for _, f := range first.asked.faults {
		h.run.set.usual = append(h.run.set.usual, f.requirement)
	}
	return ""
}

func (h *host) known() []string { return []string{h.run.options.Chat, h.run.options.Superchat} }

// offered are those of the known subprotocols that the request offers.
func (h *host) offered(r *request) (offered []string) {
	list := listElements(r.head.Values("Sec-WebSocket-Protocol"))
	for _, name := range h.known() {
		if slices.Contains(list, name) {
			offered = append(offered, name)
		}
	}
	return offered
}

// offer is what the client offers of permessage-deflate; empty when nothing.
func (r *request) offer() string {
	if !r.offers(deflateName) {
		return ""
	}
	return strings.Join(r.head.Values("Sec-WebSocket-Extensions"), ", ")
}

// clientLacks says that the client has not got the feature; empty when it has.
func (r *run) clientLacks(need cases.Feature) string {
	f := r.features
	switch need {
	case cases.Session, cases.Patience:
		return ""
	case cases.Echo:
		return without(f.Echo, "the client does not echo")
	case cases.Dialing:
		return without(f.Dial, "the client cannot be told what to open")
	case cases.Deflate:
		return without(f.Deflate != "", "the client does not offer permessage-deflate")
	case cases.WindowBits:
		return without(strings.Contains(f.Deflate, "client_max_window_bits"), "the client does not offer permessage-deflate with client_max_window_bits")
	case cases.Subprotocol:
		return without(len(f.Subprotocols) == 2, fmt.Sprintf("the client does not offer the subprotocols %s and %s", r.options.Chat, r.options.Superchat))
	}
	return fmt.Sprintf("the run knows no feature %q", need)
}

func without(has bool, why string) string {
	if has {
		return ""
	}
	return why
}
