package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wsspec/wsspec/reference"
)

const (
	mostBroadcast = 1 << 20 // octets of a message
	mostWaiting   = 256     // messages for one client, behind which it is dropped
	mostOctets    = 8 << 20 // and their octets
)

// A hub sends each message to all its members. A member that does not read in time
// is dropped, and holds up nobody.
type hub struct {
	mu      sync.Mutex
	members map[*member]struct{}
}

// A member is a client of a hub.
type member struct {
	waiting chan broadcast
	octets  atomic.Int64 // of those that wait
	drop    context.CancelFunc
}

type broadcast struct {
	typ     reference.MessageType
	payload []byte // of all members
}

func newHub() *hub { return &hub{members: map[*member]struct{}{}} }

// serve is what the hub does with one client.
func (h *hub) serve(ctx context.Context, c *reference.Conn) {
	ctx, cancel := context.WithCancel(ctx)
	m := &member{waiting: make(chan broadcast, mostWaiting), drop: cancel}
	h.join(m)
	var writing sync.WaitGroup
	writing.Go(func() { m.write(ctx, c); cancel() })
	defer writing.Wait()
	defer h.leave(m)
	for {
		typ, p, err := c.Read(ctx)
		if ctx.Err() != nil {
			c.CloseNow() // dropped, or the server ends
		}
		if err != nil {
			return
		}
		h.send(broadcast{typ, slices.Clone(p)})
	}
}

func (h *hub) join(m *member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.members[m] = struct{}{}
}

func (h *hub) leave(m *member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.members, m)
	m.drop()
}

// send sends a message to all members, without waiting for any.
func (h *hub) send(b broadcast) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		if !m.take(b) {
			delete(h.members, m)
			m.drop()
		}
	}
}

// take lets a message wait for its turn, if there is room.
func (m *member) take(b broadcast) bool {
	n := int64(len(b.payload))
	if m.octets.Add(n) > mostOctets {
		return false
	}
	select {
	case m.waiting <- b:
		return true
	default:
		return false
	}
}

// write sends what waits, until the connection or the context ends.
func (m *member) write(ctx context.Context, c *reference.Conn) {
	for {
		select {
		case b := <-m.waiting:
			if c.Write(ctx, b.typ, b.payload) != nil {
				return
			}
			m.octets.Add(-int64(len(b.payload)))
		case <-ctx.Done():
			return
		}
	}
}

// tick sends a text with each tick.
func (h *hub) tick(ctx context.Context, ticks <-chan time.Time) {
	for n := 1; ; n++ {
		select {
		case <-ticks:
			h.send(broadcast{reference.Text, fmt.Appendf(nil, "tick %d", n)})
		case <-ctx.Done():
			return
		}
	}
}
