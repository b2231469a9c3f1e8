package reference

import (
	"context"
	"io"
	"sync"
)

// inflaters keeps free inflaters. One that has to keep its window between
// messages stays with its connection instead.
var inflaters sync.Pool

// receiveWindow is what was agreed on for the messages we get, and the
// requirement that binds the peer to it.
func (c *Conn) receiveWindow() (bits int, takeover bool, requirement string) {
	if c.client {
		return windowBits(c.deflate.ServerMaxWindowBits), !c.deflate.ServerNoContextTakeover, "7692-7.2.1-15"
	}
	return windowBits(c.deflate.ClientMaxWindowBits), !c.deflate.ClientNoContextTakeover, "7692-7.2.1-13"
}

// beginInflate gets ready for a compressed message.
func (c *Conn) beginInflate() {
	m := &c.msg
	bits, takeover, rule := c.receiveWindow()
	keep := m.z != nil && takeover
	if m.z == nil {
		z, ok := inflaters.Get().(*inflater)
		if !ok {
			z = newInflater()
		}
		m.z = z
	}
	m.z.windowRule = rule
	m.z.strict = c.enforces("7692-7.2.1-5")
	if !c.enforces(rule) {
		bits = 15
	}
	m.z.begin(bits, keep)
	m.piece, m.out = nil, nil
	m.empty, m.garbled, m.bad = true, false, nil
}

// inflated reads octets of a compressed message, and returns io.EOF at its end.
func (c *Conn) inflated(ctx context.Context, dst []byte) (int, error) {
	m := &c.msg
	for len(m.out) == 0 {
		if m.z == nil { // the end has been seen
			return 0, io.EOF
		}
		if err := c.inflate(); err != nil {
			return 0, err
		}
		if len(m.out) > 0 || len(m.piece) > 0 {
			continue
		}
		switch err := c.nextPiece(ctx); err {
		case nil:
		case io.EOF:
			return 0, c.endInflate()
		default:
			return 0, err
		}
	}
	n := copy(dst, m.out)
	m.out = m.out[n:]
	return n, nil
}

// inflate takes from the piece that is there, and checks the size of the message
// with each step, so that little input cannot become much output unseen.
func (c *Conn) inflate() error {
	m := &c.msg
	if m.garbled {
		m.piece = nil
		return nil
	}
	if m.bad != nil {
		return c.breachDeflate(m.bad)
	}
	taken, out, err := m.z.step(m.piece)
	m.piece, m.out = m.piece[taken:], out
	if err != nil && len(out) > 0 {
		m.bad = err // what came before it is judged first
	} else if err != nil {
		return c.breachDeflate(err)
	}
	m.size += int64(len(out))
	if c.limit >= 0 && m.size > c.limit {
		return c.breachLimit()
	}
	return nil
}

// breachDeflate judges data that cannot be decompressed. If that is tolerated,
// the rest of the message is skipped.
func (c *Conn) breachDeflate(err error) error {
	bad, ok := err.(*inflateError)
	if !ok {
		return err
	}
	c.msg.garbled, c.msg.bad = true, nil
	return c.breach(bad.requirement, bad.code, bad.detail)
}

// nextPiece unmasks the next octets of a compressed message in the buffer.
func (c *Conn) nextPiece(ctx context.Context) error {
	m := &c.msg
	if err := c.nextPayload(ctx); err != nil {
		return err
	}
	if len(c.in.unread()) == 0 {
		if err := c.fill(ctx, 1); err != nil {
			return err
		}
	}
	m.piece = c.in.take(int(min(m.left, int64(len(c.in.unread())))))
	m.left -= int64(len(m.piece))
	m.empty = false
	if m.masked {
		m.key, _ = mask(m.piece, m.key)
	}
	return nil
}

// endInflate judges the end of a compressed message.
func (c *Conn) endInflate() error {
	m := &c.msg
	if !m.garbled {
		if err := m.z.end(m.empty); err != nil {
			if err = c.breachDeflate(err); err != nil {
				return err
			}
		}
	}
	if _, takeover, _ := c.receiveWindow(); !takeover {
		inflaters.Put(m.z)
		m.z = nil
	}
	return io.EOF
}
