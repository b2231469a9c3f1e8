package reference

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// control handles the control frame at the start of the buffer, whose header
// has n octets. It is consumed only when all of it is there, so that a read
// that was interrupted can be taken up again.
func (c *Conn) control(ctx context.Context, h header, n int) error {
	size := n + int(h.length)
	for len(c.in.unread()) < size {
		if err := c.fill(ctx, size); err != nil {
			return err
		}
	}
	payload := c.in.take(size)[n:]
	if h.masked {
		mask(payload, h.key)
	}
	switch h.opcode {
	case opPing:
		c.pong(ctx, payload)
	case opPong:
		c.pings.answered(payload)
	case opClose:
		return c.peerClosed(ctx, payload)
	}
	return nil
}

// maxPongs bounds the Pongs that wait while somebody else writes to a slow peer.
const maxPongs = 4 << 10

// pong answers a Ping. It never waits: the reader sends the answer before it
// waits for the peer or returns, or whoever is writing does in the end.
func (c *Conn) pong(ctx context.Context, payload []byte) {
	o := &c.out
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shut {
		return
	}
	if o.busy && len(o.buf) > maxPongs {
		// Only Pongs wait now, and the answer to the last Ping is enough (RFC
		// 6455, section 5.5.3).
		o.buf = o.buf[:0]
	}
	if o.blk != nil && len(o.buf)+2*maxHeader+len(payload) > cap(o.buf) {
		if err := c.flush(ctx); err != nil {
			return
		}
	}
	c.emit(ctx, outFrame{fin: true, opcode: opPong, payload: payload}, true)
	c.replies = true
}

// A pingList holds the Pings that wait for their Pong.
type pingList struct {
	mu   sync.Mutex
	sent int
	wait []*ping // the oldest first
}

type ping struct {
	payload []byte
	at      time.Time
	took    time.Duration
	done    chan struct{}
}

// Ping sends a Ping and returns how long the Pong took to come. Another
// goroutine must be reading meanwhile, or there will be none.
func (c *Conn) Ping(ctx context.Context) (time.Duration, error) {
	c.pings.mu.Lock()
	c.pings.sent++
	payload := strconv.AppendInt(nil, int64(c.pings.sent), 10)
	c.pings.mu.Unlock()
	return c.PingPayload(ctx, payload)
}

// PingPayload is Ping with a payload of one's own, of at most 125 octets. A
// Pong with the same payload answers it, or one that answers a later Ping (RFC
// 6455, section 5.5.3).
func (c *Conn) PingPayload(ctx context.Context, payload []byte) (time.Duration, error) {
	if len(payload) > maxControl {
		return 0, fmt.Errorf("ping of %d octets, at most %d are allowed (6455-5.5-2)", len(payload), maxControl)
	}
	p := &ping{payload: bytes.Clone(payload), done: make(chan struct{})}
	if err := c.turn(ctx, false); err != nil {
		return 0, err
	}
	p.at = time.Now()
	c.pings.add(p)
	defer c.pings.remove(p)
	err := c.emit(ctx, outFrame{fin: true, opcode: opPing, payload: payload}, false)
	c.out.mu.Unlock()
	if err != nil {
		return 0, err
	}
	select {
	case <-p.done:
		return p.took, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-c.done:
		return 0, c.closedError()
	}
}

func (l *pingList) add(p *ping) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wait = append(l.wait, p)
}

func (l *pingList) remove(p *ping) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, q := range l.wait {
		if q == p {
			l.wait = append(l.wait[:i], l.wait[i+1:]...)
			return
		}
	}
}

// answered takes a Pong. One that answers no Ping is fine too.
func (l *pingList) answered(payload []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, p := range l.wait {
		if bytes.Equal(p.payload, payload) {
			for _, q := range l.wait[:i+1] {
				q.took = time.Since(q.at)
				close(q.done)
			}
			l.wait = append(l.wait[:0], l.wait[i+1:]...)
			return
		}
	}
}
