package reference

import (
	"bytes"
	"context"
	"errors"
	"io"
)

var errStaleReader = errors.New("a later message has been asked for")

// Reader returns the type of the next message and a stream of its octets, for
// messages that are large or should be seen while they arrive. It ends with
// io.EOF, and with an error as Read's otherwise; text is checked as far as it
// has been read. ctx holds for the stream, too. The stream ends to be usable
// with the next call of Read or Reader, which skips what is left of it.
func (c *Conn) Reader(ctx context.Context) (MessageType, io.Reader, error) {
	if err := c.lockReading(ctx); err != nil {
		return 0, nil, err
	}
	defer c.unlockReading()
	if c.readErr != nil {
		return 0, nil, c.readErr
	}
	r := &messageReader{c: c, ctx: ctx}
	if c.whole.begun { // a Read was interrupted
		r.first = c.interruptedRead()
	} else if err := c.nextMessage(ctx); err != nil {
		return 0, nil, c.stop(err)
	}
	c.reader = r
	c.sendReplies(ctx)
	return c.msg.typ, r, nil
}

// interruptedRead returns what an interrupted Read has of the message.
func (c *Conn) interruptedRead() []byte {
	m := &c.msg
	defer c.releaseWhole()
	if !m.inPlace {
		return bytes.Clone(c.whole.blk.b[:c.whole.n])
	}
	p := bytes.Clone(c.in.take(m.done))
	m.left -= int64(m.done)
	m.done = 0
	return p
}

// messageReader is the stream of one message.
type messageReader struct {
	c     *Conn
	ctx   context.Context
	first []byte // what an interrupted Read had of the message
}

func (r *messageReader) Read(p []byte) (int, error) {
	c := r.c
	if err := c.lockReading(r.ctx); err != nil {
		return 0, err
	}
	defer c.unlockReading()
	if c.readErr != nil {
		return 0, c.readErr
	}
	if c.reader != r {
		return 0, errStaleReader
	}
	if len(p) == 0 {
		return 0, nil
	}
	if len(r.first) > 0 {
		n := copy(p, r.first)
		r.first = r.first[n:]
		return n, nil
	}
	if !c.msg.unread {
		return 0, io.EOF
	}
	n, err := c.data(r.ctx, p)
	if err == io.EOF {
		c.settle(r.ctx)
		return 0, io.EOF
	}
	if err != nil {
		err = c.stop(err)
	}
	return n, err
}
