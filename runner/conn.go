package runner

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/wsspec/wsspec/runner/wire"
)

// A conn is the player's end of one connection. It reads all the time while
// frames are exchanged, so that a peer that streams its answer never blocks a
// player that is still writing. When the context ends, reads and writes do.
type conn struct {
	ctx     context.Context
	release func() bool   // of the context
	halted  chan struct{} // closed when the end of the context has ended what was under way
	nc      net.Conn
	rd      *wire.Reader
	log     *recorder
	obs     *observer

	asks bool // it may send another request instead of frames

	queue   queue
	reading sync.WaitGroup
	last    *observation // the end of TCP by the peer; for whoever reads

	writing  chan struct{} // a lock, of capacity 1, for what follows and for writes
	mute     bool          // nothing can be sent any more
	hungUp   bool          // and the transcript says how our side of TCP ended
	sawReset bool          // a write told of RST; the reads then tell of FIN
}

func newConn(ctx context.Context, nc net.Conn, log *recorder) *conn {
	c := &conn{
		ctx: ctx, nc: nc, rd: wire.NewReader(nc), log: log,
		queue: queue{ready: make(chan struct{}, 1)}, writing: make(chan struct{}, 1), halted: make(chan struct{}),
	}
	c.release = context.AfterFunc(ctx, func() { nc.SetDeadline(longAgo); close(c.halted) })
	return c
}

// longAgo is a deadline that ends what is under way.
var longAgo = time.Unix(1, 0)

// readUntil bounds the reads that follow. The context may end while it does, and
// must not lose.
func (c *conn) readUntil(t time.Time) {
	c.nc.SetReadDeadline(t)
	if c.ctx.Err() != nil {
		c.nc.SetReadDeadline(longAgo)
	}
}

func (c *conn) writeUntil(t time.Time) {
	c.nc.SetWriteDeadline(t)
	if c.ctx.Err() != nil {
		c.nc.SetWriteDeadline(longAgo)
	}
}

// canWrite reports whether it makes sense to write.
func (c *conn) canWrite(deadline time.Time) bool {
	defer c.lock()()
	return !c.mute && time.Now().Before(deadline)
}

// write sends octets in their pieces. An error is not worth more than a line in
// the transcript: what it means, the reading side sees. Behind it nothing is
// sent any more, since nobody knows what arrived.
func (c *conn) write(o octets, deadline time.Time) {
	defer c.lock()()
	if c.mute {
		return
	}
	for _, e := range o.entries {
		c.log.add(e)
	}
	c.log.lines(&o.log)
	c.writeUntil(deadline)
	for piece := range o.pieces() {
		if _, err := c.nc.Write(piece); err != nil {
			c.mute, c.sawReset = true, isReset(err)
			c.log.note("write: " + c.writeTrouble(err))
			return
		}
	}
}

// writeTrouble says why a write failed without what differs from run to run.
func (c *conn) writeTrouble(err error) string {
	switch {
	case c.ctx.Err() != nil:
		return "the run was stopped"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "the peer does not read"
	case errors.Is(err, syscall.EPIPE), isReset(err):
		return "the peer has ended TCP"
	case isClosed(err):
		return "TCP is closed"
	}
	return bare(err).Error()
}

// readFrames starts the goroutine that reads frames until TCP ends.
func (c *conn) readFrames() {
	c.readUntil(time.Time{})
	c.reading.Go(c.readLoop)
}

func (c *conn) readLoop() {
	if c.asks && !c.readAgain() {
		return
	}
	for {
		h, raw, err := c.rd.NextHeader()
		if err != nil {
			c.end(raw, err)
			return
		}
		if b := c.obs.header(h); b != nil {
			c.queue.put(observation{kind: gotBreach, breach: b})
		}
		if err := c.payload(h, raw); err != nil {
			c.end(nil, err)
			return
		}
		for _, o := range c.obs.end() {
			if !c.queue.put(o) {
				return
			}
		}
	}
}

// payload reads the payload of a frame to where the observer has room for it,
// and logs the frame.
func (c *conn) payload(h wire.Header, raw []byte) (err error) {
	var l line
	l.frame(Received, h, raw)
	left := h.Length
	for left > 0 && err == nil {
		var n int
		b := c.obs.room(left)
		n, err = c.rd.ReadPayload(b)
		l.payload(b[:n])
		left -= uint64(n)
		c.obs.took(b[:n])
	}
	l.missing = left
	if h.Masked {
		wire.Mask(l.octets[l.HeaderLen:l.shown], h.Key, 0) // as it came
	}
	c.log.line(&l)
	return err
}

// end is the end of what can be read.
func (c *conn) end(rest []byte, err error) {
	if len(rest) > 0 {
		c.log.add(Entry{Direction: Received, Kind: EntryOctets, Raw: cut(rest, shownOctets), Size: len(rest), Meaning: "the beginning of a frame header"})
	}
	if isClosed(err) || errors.Is(err, os.ErrDeadlineExceeded) {
		return // by the player itself
	}
	c.queue.put(c.ended(err))
}

// ended is the observation for the end of TCP, which it logs.
func (c *conn) ended(err error) observation {
	o := observation{kind: gotEnd, reset: isReset(err) || c.wasReset()}
	meaning := "end of TCP (FIN)"
	switch {
	case o.reset:
		meaning = "end of TCP (RST)"
	case errors.Is(err, io.ErrUnexpectedEOF):
		meaning = "end of TCP (FIN) inside a frame"
	case !errors.Is(err, io.EOF):
		meaning = "end of TCP (" + bare(err).Error() + ")"
	}
	c.log.add(Entry{Direction: Received, Kind: EntryEnd, Meaning: meaning})
	c.last = &o
	return o
}

// wasReset reports whether a write was told of RST. The kernel tells it once, so
// that a write which is under way may know better than the read that ended; but
// one that blocks is none of these.
func (c *conn) wasReset() bool {
	t := time.NewTimer(tellWithin)
	defer t.Stop()
	select {
	case c.writing <- struct{}{}:
		defer func() { <-c.writing }()
		return c.sawReset
	case <-t.C:
		return false
	}
}

// tellWithin is how long a write may take to return the error that it has.
const tellWithin = 50 * time.Millisecond

// lock keeps others from writing until the function it returns is called.
func (c *conn) lock() (unlock func()) {
	c.writing <- struct{}{}
	return func() { <-c.writing }
}

// isClosed reports whether the error is that of an end that was closed here.
func isClosed(err error) bool {
	return errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrClosedPipe)
}

// bare is the error without addresses, which differ from run to run.
func bare(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// unread puts octets back in front of those that are still to be read.
func (c *conn) unread(b []byte) {
	if len(b) > 0 {
		before := bytes.NewReader(slices.Concat(b, c.rd.Buffered()))
		c.rd = wire.NewReader(io.MultiReader(before, c.nc))
	}
}
