package runner

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/wsspec/wsspec/runner/wire"
)

// A conn is the player's end of one connection. It reads all the time while
// frames are exchanged, so that a peer that streams its answer never blocks a
// player that is still writing.
type conn struct {
	nc  net.Conn
	rd  *wire.Reader
	log *recorder
	obs *observer

	queue   queue
	reading sync.WaitGroup
}

func newConn(nc net.Conn, log *recorder) *conn {
	return &conn{nc: nc, rd: wire.NewReader(nc), log: log, queue: queue{ready: make(chan struct{}, 1)}}
}

// write sends octets in their pieces. An error is not worth more than a line in
// the transcript: what it means, the reading side sees.
func (c *conn) write(o octets, deadline time.Time) {
	for _, e := range o.entries {
		c.log.add(e)
	}
	c.nc.SetWriteDeadline(deadline)
	for _, piece := range o.pieces() {
		if _, err := c.nc.Write(piece); err != nil {
			c.log.note("write: " + writeTrouble(err))
			return
		}
	}
}

// writeTrouble says why a write failed without what differs from run to run.
func writeTrouble(err error) string {
	switch {
	case errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNRESET):
		return "the peer has ended TCP"
	case errors.Is(err, net.ErrClosed):
		return "TCP is closed"
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return "the peer does not read"
	}
	return err.Error()
}

// readFrames starts the goroutine that reads frames until TCP ends.
func (c *conn) readFrames(o *observer) {
	c.obs = o
	c.nc.SetReadDeadline(time.Time{})
	c.reading.Go(c.readLoop)
}

func (c *conn) readLoop() {
	for {
		h, raw, err := c.rd.NextHeader()
		if err != nil {
			c.end(raw, err)
			return
		}
		if b := c.obs.header(h); b != nil {
			c.queue.put(observation{kind: gotBreach, breach: b})
		}
		payload, err := c.payload(h)
		c.logFrame(h, raw, payload)
		if err != nil {
			c.end(nil, err)
			return
		}
		for _, o := range c.obs.frame(h, payload, int(min(h.Length, 1<<62))) {
			if !c.queue.put(o) {
				return
			}
		}
	}
}

// payload reads the payload of a frame, of which no more is kept than the
// observer has use for. Memory grows with what arrives, not with what the
// header claims.
func (c *conn) payload(h wire.Header) ([]byte, error) {
	want := int(min(h.Length, uint64(max(c.obs.keep, 125))))
	b := make([]byte, 0, min(want, 64<<10))
	for len(b) < want {
		if len(b) == cap(b) {
			b = slices.Grow(b, min(want-len(b), len(b)))
		}
		n, err := c.rd.ReadPayload(b[len(b):min(cap(b), want)])
		b = b[:len(b)+n]
		if err != nil {
			return b, err
		}
	}
	if uint64(want) == h.Length {
		return b, nil
	}
	_, err := c.rd.Discard()
	return b, err
}

func (c *conn) logFrame(h wire.Header, raw, payload []byte) {
	e := Entry{Direction: Received, Kind: EntryFrame, HeaderLen: len(raw)}
	e.Meaning = frameWords(h, payload[:min(len(payload), shownOctets)])
	e.Raw = append(cut(raw, len(raw)), payload[:min(len(payload), shownOctets)]...)
	if h.Masked {
		wire.Mask(e.Raw[len(raw):], h.Key, 0)
	}
	e.Size = len(raw) + int(min(h.Length, 1<<62))
	c.log.add(e)
}

// end is the end of what can be read.
func (c *conn) end(rest []byte, err error) {
	if errors.Is(err, net.ErrClosed) {
		return // by the player itself
	}
	if len(rest) > 0 {
		c.log.add(Entry{Direction: Received, Kind: EntryOctets, Raw: cut(rest, shownOctets), Size: len(rest), Meaning: "the beginning of a frame header"})
	}
	c.queue.put(c.ended(err))
}

// ended is the observation for the end of TCP, which it logs.
func (c *conn) ended(err error) observation {
	o := observation{kind: gotEnd, reset: errors.Is(err, syscall.ECONNRESET)}
	meaning := "end of TCP (FIN)"
	switch {
	case o.reset:
		meaning = "end of TCP (RST)"
	case !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		meaning = "end of TCP (" + err.Error() + ")"
	case errors.Is(err, io.ErrUnexpectedEOF):
		meaning = "end of TCP (FIN) inside a frame"
	}
	c.log.add(Entry{Direction: Received, Kind: EntryEnd, Meaning: meaning})
	return o
}

// shut sends FIN.
func (c *conn) shut() {
	if half, ok := c.nc.(interface{ CloseWrite() error }); ok {
		half.CloseWrite()
		c.log.add(Entry{Direction: Sent, Kind: EntryEnd, Meaning: "FIN"})
	}
}

// reset ends TCP with RST.
func (c *conn) reset() {
	nc := c.nc
	if t, ok := nc.(*tls.Conn); ok {
		nc = t.NetConn()
	}
	if t, ok := nc.(*net.TCPConn); ok {
		t.SetLinger(0)
	}
	nc.Close()
	c.log.add(Entry{Direction: Sent, Kind: EntryEnd, Meaning: "RST"})
}

// close ends TCP and waits for the reader to stop.
func (c *conn) close() {
	c.nc.Close()
	c.queue.stop()
	c.reading.Wait()
}

// A queue holds observations until the player asks for them. It never blocks
// who reads the connection, and is bounded by what a case can have use for.
type queue struct {
	mu      sync.Mutex
	list    []observation
	octets  int
	limit   int // octets
	stopped bool
	ready   chan struct{}
}

// put appends an observation, and reports whether there is room for another.
func (q *queue) put(o observation) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.stopped {
		return false
	}
	q.octets += len(o.payload) + 64
	if q.octets > q.limit {
		o, q.stopped = observation{kind: gotFlood}, true
	}
	q.list = append(q.list, o)
	select {
	case q.ready <- struct{}{}:
	default:
	}
	return !q.stopped
}

func (q *queue) take() (observation, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) == 0 {
		return observation{}, false
	}
	o := q.list[0]
	q.list = q.list[1:]
	q.octets -= len(o.payload) + 64
	return o, true
}

func (q *queue) stop() {
	q.mu.Lock()
	q.stopped = true
	q.mu.Unlock()
}

// overdue is how long what came in time may wait to be looked at. A peer that
// never stops must not hold a case beyond its budget.
const overdue = time.Second

// next waits for an observation until the time has come or the context ends; it
// then gives gotDeadline.
func (q *queue) next(ctx context.Context, until time.Time) observation {
	var timer <-chan time.Time
	for {
		if o, ok := q.take(); ok && time.Since(until) < overdue {
			return o
		}
		if timer == nil {
			wait := time.Until(until)
			if wait <= 0 || ctx.Err() != nil {
				return observation{kind: gotDeadline}
			}
			t := time.NewTimer(wait)
			defer t.Stop()
			timer = t.C
		}
		select {
		case <-q.ready:
		case <-timer:
			timer = nil
		case <-ctx.Done():
			timer = nil
		}
	}
}
