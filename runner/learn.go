package runner

import (
	"context"
	"time"

	"github.com/wsspec/wsspec/cases"
)

const (
	// echoWithin is how long a server may take for its first echo, or its first
	// pong, before it counts as one that sends none.
	echoWithin = 2 * time.Second
	// silentFactor is how many more cases are played side by side when the server
	// says nothing at all: each costs its whole budget, and waiting costs nothing.
	silentFactor = 8
)

// learn finds out what the peer can do, by small conversations of its own, side
// by side. The error is that of a target which cannot be reached.
func (r *run) learn(ctx context.Context, t Target) (f Features, err error) {
	began := time.Now()
	opening := r.offer(ctx, t, "opening", cases.Open(""))
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
	s := &student{run: r, ctx: ctx, target: t, patience: claimWait + 3*time.Since(began)}
	s.learn(&f)
	return f, nil
}

// offer plays an opening handshake that is no case of the catalogue.
func (r *run) offer(ctx context.Context, t Target, name string, s cases.OpenStep) *player {
	p := r.learner(ctx, t, name, s)
	p.play()
	return p
}

// learner is a player of what is no case of the catalogue.
func (r *run) learner(ctx context.Context, t Target, name string, steps ...cases.Step) *player {
	c := &cases.Case{ID: "learn/" + name, Refs: []string{"6455-4.2.2-1"}, Steps: steps}
	p := newPlayer(ctx, r.set, c, 0)
	p.target = t
	return p
}

// A student learns what a server can do that opens connections.
type student struct {
	run      *run
	ctx      context.Context
	target   Target
	patience time.Duration // for a server to refuse a frame whose header it has read
}

// learn asks everything that does not depend on another answer side by side, as
// far as the run may do that.
func (s *student) learn(f *Features) {
	var claimed MessageSize
	tasks := []func(){
		func() { f.Pings, f.Pushes = s.pings() },
		func() { f.Echo, f.Messages = s.echo() },
		func() { f.Deflate, f.Compression = s.deflate() },
		func() { f.Subprotocols = s.subprotocols() },
		func() { claimed = s.claims() },
	}
	if s.run.options.NoEcho {
		tasks[1] = func() {}
	}
	s.together(tasks)
	if f.Pings == Yes && !f.Echo {
		f.Messages = s.sizesByPong()
	}
	if f.Echo {
		f.Messages = s.narrow(f.Messages)
	}
	if f.Messages.Refused == 0 {
		f.Messages.Refused, f.Messages.Code = claimed.Refused, claimed.Code
	}
}

func (s *student) together(tasks []func()) {
	indices := make([]int, len(tasks))
	for i := range indices {
		indices[i] = i
	}
	sideBySide(indices, s.run.options.Parallel, func(i int) { tasks[i]() })
}

func (s *student) offer(name string, o cases.OpenStep) *player {
	return s.run.offer(s.ctx, s.target, name, o)
}

// subprotocols are those of the known ones that the server agrees to, also in an
// answer that is wrong: the cases that find that fault are then played.
func (s *student) subprotocols() (agreed []string) {
	for _, name := range []string{s.run.options.Chat, s.run.options.Superchat} {
		p := s.offer("subprotocol "+name, cases.OpenStep{Subprotocols: name})
		if p.answer != nil && p.answer.status == 101 && p.answer.head.Get("Sec-WebSocket-Protocol") == name {
			agreed = append(agreed, name)
		}
	}
	return agreed
}
