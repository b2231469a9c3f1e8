package reference

import (
	"context"
	"io"
)

// wholeMessage is where Read puts a message together that did not arrive in one
// piece.
type wholeMessage struct {
	blk     *block
	n       int  // octets of blk that are there
	begun   bool // Read was interrupted, or is at it
	largest int  // of the messages so far
}

// maxInPlace is the size of the largest message that is put together in the read
// buffer.
const maxInPlace = largeBlock / 2

// Read returns the next message. The octets are the caller's to use and to
// change until the next call of Read or Reader.
//
// The error is a *CloseError once the peer has closed the connection, a
// *Violation when it was failed for what the peer sent, and otherwise what
// happened to the transport; it is the same in every later call. A Read that
// ends because ctx does leaves the connection as it was, and the next one
// carries on.
func (c *Conn) Read(ctx context.Context) (MessageType, []byte, error) {
	if err := c.lockReading(ctx); err != nil {
		return 0, nil, err
	}
	p, err := c.readMessage(ctx)
	typ := c.msg.typ
	if err != nil {
		typ, err = 0, c.stop(err)
	}
	c.unlockReading()
	return typ, p, err
}

func (c *Conn) readMessage(ctx context.Context) (p []byte, err error) {
	if c.readErr != nil {
		return nil, c.readErr
	}
	c.reader = nil
	m := &c.msg
	if !c.whole.begun {
		if err := c.nextMessage(ctx); err != nil {
			return nil, err
		}
		c.whole.begun = true
		m.inPlace = m.fin && !m.compressed && m.left <= maxInPlace
	}
	if m.inPlace {
		p, err = c.bufferedMessage(ctx)
	} else {
		p, err = c.assemble(ctx)
	}
	if err != nil {
		return nil, err
	}
	c.whole.begun = false
	m.unread = false
	c.settle(ctx)
	return p, nil
}

// bufferedMessage waits until the payload of the only frame of a message is in
// the read buffer, and returns it where it lies. What has arrived is checked at
// once.
func (c *Conn) bufferedMessage(ctx context.Context) ([]byte, error) {
	m := &c.msg
	for m.left > 0 {
		p := c.in.unread()
		p = p[m.done:min(len(p), int(m.left))]
		m.unmask(p)
		if m.typ == Text && !m.validText(p, m.done+len(p) == int(m.left)) {
			if err := c.breachUTF8(); err != nil {
				return nil, err
			}
		}
		m.done += len(p)
		if m.done == int(m.left) {
			break
		}
		if err := c.fill(ctx, min(int(m.left), c.trusted(m.done))); err != nil {
			return nil, err
		}
	}
	if m.left == 0 {
		return []byte{}, nil
	}
	p := c.in.take(m.done)
	c.in.expect = m.head + m.done
	c.whole.largest = max(c.whole.largest, m.done)
	m.left, m.done = 0, 0
	return p, nil
}

// assemble puts a message together, and goes on where an interrupted Read had
// to leave off.
func (c *Conn) assemble(ctx context.Context) ([]byte, error) {
	w := &c.whole
	for {
		if w.blk == nil || w.n == len(w.blk.b) && !c.msg.atEnd() {
			c.growWhole()
		}
		n, err := c.data(ctx, w.blk.b[w.n:])
		w.n += n
		if err == io.EOF {
			w.largest = max(w.largest, w.n)
			return w.blk.b[:w.n:w.n], nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// growWhole makes room for what the frame's header announces, as far as the peer
// is trusted.
func (c *Conn) growWhole() {
	w := &c.whole
	size := max(2*w.n, smallBlock)
	if !c.msg.compressed {
		announced := min(c.msg.left, int64(c.trusted(w.n)-w.n))
		size = max(2*w.n, w.n+int(announced), 1)
	}
	old := w.blk
	w.blk = getBlock(size)
	if old != nil {
		copy(w.blk.b, old.b[:w.n])
		putBlock(old)
	}
}

// firstGrowth is the room that a peer gets for the asking.
const firstGrowth = 64 << 10

// trusted bounds the room for a message of which n octets have arrived. For
// more than the first of it the peer has to send something, or to have sent as
// much before.
func (c *Conn) trusted(n int) int {
	return max(firstGrowth, c.whole.largest, 4*n)
}

// nextMessage reads up to the first frame of the next message. What the
// application left of the last one is read too, since it has to be legal.
func (c *Conn) nextMessage(ctx context.Context) error {
	c.releaseWhole()
	if c.msg.unread {
		scratch := getBlock(largeBlock)
		defer putBlock(scratch)
		for {
			if _, err := c.data(ctx, scratch.b); err == io.EOF {
				break
			} else if err != nil {
				return err
			}
		}
	}
	if err := c.beginFrame(ctx); err != nil {
		return err
	}
	c.msg.unread = true
	return nil
}

func (c *Conn) releaseWhole() {
	putBlock(c.whole.blk)
	c.whole.blk, c.whole.n, c.whole.begun = nil, 0, false
}
