package runner

import (
	"strconv"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// The sizes of messages are learned in powers of two, and then more exactly where
// that decides which cases can be played. Up to largestSent they are
// sent, of which there are less than 1 MiB in all; beyond, there is but the
// header of a frame that claims so much, since many servers need no more to
// refuse it.
const (
	smallestSent    = 8 << 10
	largestSent     = 512 << 10
	smallestClaimed = 1 << 20
	largestClaimed  = 128 << 20 // a server may set aside what a header claims
)

// claimWait is how long a server has for the refusal of a header, beside what
// the way to it takes. Waiting longer tells nothing: one that does not refuse it
// waits for the payload.
const claimWait = 25 * time.Millisecond

// sizes sends messages of growing size until one is not taken.
func (t *talk) sizes(takes func(cases.Frame) bool) (m MessageSize) {
	for n := smallestSent; n <= largestSent; n *= 2 {
		if !takes(cases.TextOf(cases.Fill("x", n))) {
			m.refused(t.player, n)
			break
		}
		m.Taken = n
	}
	return m
}

// refused notes that the server ended the connection over a message of n octets,
// if it did.
func (m *MessageSize) refused(p *player, n int) {
	if p.opened && (p.got || p.ended) {
		m.Refused, m.Code = n, p.result.Close.Code
	}
}

// narrow finds out, by halves, where exactly the limit of a server is that says that
// it has one: the sizes of cases lie close to both sides of round numbers.
func (s *student) narrow(m MessageSize) MessageSize {
	for m.Code == tooBig && m.Refused <= largestSent && m.Refused-m.Taken > 1 {
		n := m.Taken + (m.Refused-m.Taken)/2
		taken, refused := s.tries(n)
		switch {
		case taken:
			m.Taken = n
		case refused.Code == tooBig:
			m.Refused = n
		default:
			return m
		}
	}
	return m
}

// tries sends a message of n octets on a connection of its own.
func (s *student) tries(n int) (taken bool, refused MessageSize) {
	t := s.talk("size "+strconv.Itoa(n), cases.Open(""), n)
	defer t.finish()
	if _, taken = t.echoes(cases.TextOf(cases.Fill("x", n))); !taken {
		refused.refused(t.player, n)
	}
	return taken, refused
}

// sizesByPong learns of sizes where no message comes back: a pong behind a
// message shows that it was taken.
func (s *student) sizesByPong() MessageSize {
	t := s.talk("sizes", cases.Open(""), 0)
	defer t.finish()
	return t.sizes(func(f cases.Frame) bool { return t.pongs(f) })
}

// claims sends headers of frames, each on a connection of its own, and finds the
// smallest that the server refuses.
func (s *student) claims() (least MessageSize) {
	var sizes []MessageSize
	var tasks []func()
	for n := smallestClaimed; n <= largestClaimed; n *= 2 {
		i := len(sizes)
		sizes = append(sizes, MessageSize{})
		tasks = append(tasks, func() { sizes[i] = s.claim(n) })
	}
	s.together(tasks)
	for _, m := range sizes {
		if m.Refused > 0 {
			return m
		}
	}
	return MessageSize{}
}

func (s *student) claim(n int) (m MessageSize) {
	t := s.talk("claim "+strconv.Itoa(n), cases.Open(""), 0)
	defer t.finish()
	t.ask(cases.Text("").Claiming(uint64(n)))
	t.until = t.within(s.patience)
	for ok := true; ok; {
		_, ok = t.sees()
	}
	m.refused(t.player, n)
	return m
}
