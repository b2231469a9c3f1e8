package runner

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// echoWithin is how long a server may take for its first echo before it counts
// as one that does not echo.
const echoWithin = 2 * time.Second

// silentFactor is how many more cases are played side by side when the server
// says nothing at all: each costs its whole budget, and waiting costs nothing.
const silentFactor = 8

// learn finds out what the peer can do, by small cases of its own. The error is
// that of a target which cannot be reached.
func (r *run) learn(ctx context.Context, t Target) (f Features, err error) {
	opening := r.try(ctx, t, cases.Open(""))
	if opening.dead != nil {
		return f, opening.dead
	}
	if f.Handshake = opening.opened; !f.Handshake {
		f.HandshakeError = opening.result.Reason
		switch a := opening.answer; {
		case a != nil && len(a.faults) > 0:
			r.set.broken = a.faults[0].requirement
		case a == nil && !opening.ended:
			r.options.Parallel *= silentFactor
		}
		return f, nil
	}
	r.set.opens = true
	if !r.options.NoEcho {
		echo := r.try(ctx, t, cases.Send(cases.Text("wsspec")), cases.Expect(cases.Text("wsspec")).For(echoWithin))
		f.Echo = echo.result.Verdict == cases.Pass
	}
	if p := r.try(ctx, t, cases.Open("permessage-deflate; client_max_window_bits")); p.answer != nil && p.answer.status == 101 {
		f.Deflate = p.answer.head.Get("Sec-WebSocket-Extensions")
	}
	for _, name := range []string{r.options.Chat, r.options.Superchat} {
		p := r.try(ctx, t, cases.OpenStep{Subprotocols: name})
		if p.opened && p.answer.head.Get("Sec-WebSocket-Protocol") == name {
			f.Subprotocols = append(f.Subprotocols, name)
		}
	}
	return f, nil
}

// try plays steps that are no case of the catalogue.
func (r *run) try(ctx context.Context, t Target, steps ...cases.Step) *player {
	c := &cases.Case{ID: "learn", Refs: []string{"6455-4.2.2-1"}, Steps: steps}
	p := newPlayer(ctx, r.set, c, 0)
	p.target = t
	p.play()
	return p
}

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
	return ""
}

// lacks says that the peer has not got the feature; empty when it has.
func (r *run) lacks(need cases.Feature) string {
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
	case cases.Subprotocol:
		if chat, superchat := r.options.Chat, r.options.Superchat; !speaks(chat) || !speaks(superchat) {
			return fmt.Sprintf("the server does not support the subprotocols %s and %s", chat, superchat)
		}
	default:
		return fmt.Sprintf("the run knows no feature %q", need)
	}
	return ""
}
