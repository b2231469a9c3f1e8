package runner

import (
	"slices"
	"sync"

	"github.com/wsspec/wsspec/runner/entropy"
)

const (
	// keysKept bounds the masking keys that are kept of one connection, and
	// sessionKeys those of all.
	keysKept    = 1 << 16
	sessionKeys = 1 << 20
	// sessionConnections bounds the connections that are kept.
	sessionConnections = 1 << 16
)

// A session is what a run keeps of all connections of a client, to judge it as a
// whole.
type session struct {
	mu          sync.Mutex
	connections []entropy.Connection
	keys        int
	requests    int
	faults      []breach // of its requests, each requirement once
	faulty      int      // requests that have a fault

	judging sync.Once
	found   []entropy.Finding
}

// request keeps what is wrong with an opening handshake.
func (s *session) request(r *request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	if len(r.faults) > 0 {
		s.faulty++
	}
	for _, f := range r.faults {
		if !slices.ContainsFunc(s.faults, func(known breach) bool { return known.requirement == f.requirement }) {
			s.faults = append(s.faults, f)
		}
	}
}

// connection keeps what the client chose at random on a connection.
func (s *session) connection(r *request, keys [][4]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := entropy.Connection{Keys: keys[:min(len(keys), sessionKeys-s.keys)]}
	if r != nil {
		c.Nonce = nonceOf(r.head)
	}
	if len(s.connections) < sessionConnections {
		s.keys += len(c.Keys)
		s.connections = append(s.connections, c)
	}
}

// findings are what is wrong with the random numbers, as they are at the end of
// the run.
func (s *session) findings() []entropy.Finding {
	s.judging.Do(func() { s.found = entropy.Keys(s.connections) })
	return s.found
}
