package runner

import (
	"cmp"
	"slices"
	"sync"
)

const (
	spareFrom = 1 << 20 // octets from which on a buffer is worth keeping
	// spareUpTo is up to which it is: what is kept makes the heap grow to twice
	// that before it is collected, and larger messages are rare.
	spareUpTo  = 5 << 20
	sparesKept = 4
)

// spares are large buffers that one case leaves to the next. The zero value is
// ready for use, and so is nil, which keeps none.
type spares struct {
	mu   sync.Mutex
	list [][]byte
}

// grow is b with room for n more octets, as slices.Grow makes it. If it is moved,
// nothing may refer to b any more.
func (s *spares) grow(b []byte, n int) []byte {
	if cap(b)-len(b) >= n {
		return b
	}
	if s == nil || len(b)+n < spareFrom {
		return slices.Grow(b, n)
	}
	moved := append(s.take(len(b)+n), b...)
	s.give(b)
	return moved
}

// take is an empty buffer for n octets: the smallest that there is, or a new one.
func (s *spares) take(n int) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	best := -1
	for i, b := range s.list {
		if cap(b) >= n && (best < 0 || cap(b) < cap(s.list[best])) {
			best = i
		}
	}
	if best < 0 {
		return make([]byte, 0, n)
	}
	b := s.list[best]
	s.list = slices.Delete(s.list, best, best+1)
	return b
}

// give keeps a buffer that nothing refers to any more, if it is worth it.
func (s *spares) give(b []byte) {
	if s == nil || cap(b) < spareFrom || cap(b) > spareUpTo {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.list = append(s.list, b[:0]); len(s.list) > sparesKept {
		least := slices.MinFunc(s.list, func(a, b []byte) int { return cmp.Compare(cap(a), cap(b)) })
		s.list = slices.DeleteFunc(s.list, func(b []byte) bool { return &b[:1][0] == &least[:1][0] })
	}
}

// leaveSpares gives what the case has no more use for to the next one.
func (p *player) leaveSpares() {
	p.seen = nil
	spares := &p.set.spares
	spares.give(p.encoder.out.bytes)
	spares.give(p.encoder.plain)
	if p.conn != nil {
		for _, b := range p.conn.obs.large {
			spares.give(b)
		}
	}
}
