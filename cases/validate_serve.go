package cases

import "slices"

// What is for the server's side alone.

// playedAtPath checks that a script can be played to a client that comes by itself.
func (v *validator) playedAtPath() {
	switch {
	case !v.scripted:
	case !v.c.Subject.Includes(Client):
		v.where = "subject"
		v.errorf("a script is played to clients; the subject cannot be %s", word(subjectWords[:], int(v.c.Subject)))
	case slices.Contains(v.c.Needs, Dialing) || slices.Contains(v.c.Needs, Session):
		v.where = "needs"
		v.errorf("a script is played to clients that come by themselves, one connection each: it can need neither dial nor session")
	case v.c.Connects() > 1:
		v.where = "connections"
		v.errorf("a script is played to clients that come by themselves, one connection each")
	}
}

// served checks that the case is played as the server.
func (s *script) served(what string) {
	if s.c.Subject != Client {
		s.errorf("%s is for what is played to clients; the subject must be client", what)
	}
}

func (s *script) loop(r RepeatStep, last bool) {
	s.served("loop")
	s.final("loop", last)
	if len(r.Steps) == 0 {
		s.errorf("loop without steps")
	}
	var waits bool
	for _, step := range r.Steps {
		switch step.(type) {
		case Expectation, AliveStep, PauseStep:
			waits = true
		}
	}
	if !waits && len(r.Steps) > 0 {
		s.errorf("loop without an expectation, alive or pause in it, which would send without end")
	}
	where := s.where
	s.depth++
	s.steps(where+".", r.Steps)
	s.depth--
	s.where = where
}

func (s *script) pause(p PauseStep) {
	s.served("pause")
	if p.For <= 0 || p.For > MaxPause {
		s.errorf("pause %v is not within 0 and %v", p.For, MaxPause)
	}
}

// echo checks a frame that may send back what came.
func (s *script) echo(f Frame, what string, n int) {
	if f.Opcode != OpEcho {
		return
	}
	s.served("echo")
	if what == "tail" {
		s.errorf("%s %d sends back a message in the same write as the opening handshake, behind which it comes", what, n)
	} else if !s.heard {
		s.errorf("%s %d sends back a message, and none has been expected before", what, n)
	}
}

// bringsMessage reports whether the event is a message, which may be left out.
func bringsMessage(e Event) bool {
	if m, ok := e.(MaybeEvent); ok {
		e = m.Event
	}
	return isMessage(e)
}
