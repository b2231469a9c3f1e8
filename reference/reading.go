package reference

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// lockReading waits for the turn to read. There is nobody to wait for unless
// Close reads, or the application has two readers by mistake.
func (c *Conn) lockReading(ctx context.Context) error {
	if c.reading.TryLock() {
		return nil
	}
	c.readers.Add(1)
	defer c.readers.Add(-1)
	for !c.reading.TryLock() {
		select {
		case <-c.readFree:
		case <-c.done:
			return c.endErr
		case <-ctx.Done():
			return interrupted{ctx.Err()}
		}
	}
	return nil
}

func (c *Conn) unlockReading() {
	c.reading.Unlock()
	if c.readers.Load() > 0 {
		select {
		case c.readFree <- struct{}{}:
		default: // somebody will find it
		}
	}
}

// settle is what remains to be done when a message is complete. It tells the
// writers whether the reader will be back soon.
func (c *Conn) settle(ctx context.Context) {
	if more := c.coalesce && c.frameBuffered(); more != c.held {
		c.out.mu.Lock()
		c.out.hold, c.held = more, more
		c.out.mu.Unlock()
	}
	c.sendReplies(ctx)
}

// sendReplies sends the Pongs that wait, unless the reader will be back soon.
func (c *Conn) sendReplies(ctx context.Context) {
	if c.replies && !c.held {
		c.sendWaiting(ctx) // if it fails, the next call will tell
	}
}

// frameBuffered says whether the next frame has arrived completely.
func (c *Conn) frameBuffered() bool {
	b := c.in.unread()
	h, n, ok := parseHeader(b)
	return ok && h.length <= uint64(len(b)-n)
}

// sendWaiting sends Pongs and messages that wait, before the reader waits or
// leaves.
func (c *Conn) sendWaiting(ctx context.Context) error {
	c.out.mu.Lock()
	defer c.out.mu.Unlock()
	c.out.hold, c.held, c.replies = false, false, false
	return c.flush(ctx)
}

// fill reads more from the transport, which may take long.
// The buffer then has room for want octets.
func (c *Conn) fill(ctx context.Context, want int) error {
	if c.coalesce || c.replies {
		if err := c.sendWaiting(ctx); err != nil {
			return err
		}
	}
	return transportEnd(c.in.fill(ctx, want))
}

// transportEnd tells the end of the transport from that of a message, which is
// io.EOF here: a message that is cut off must not pass for one that is whole.
func transportEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// stop turns what ended a read into the error for the application. Unless it
// was only interrupted, the connection has ended by then.
func (c *Conn) stop(err error) error {
	var v *Violation
	var i interrupted
	switch {
	case c.readErr != nil:
		return c.readErr
	case errors.As(err, &v):
		c.fail(v)
		err = v
	case c.cause(nil) == nil && errors.As(err, &i):
		return err
	case err == io.ErrUnexpectedEOF:
		c.end(fmt.Errorf("end of the transport without a Close frame: %w", err))
		err = c.endErr
	default:
		c.end(fmt.Errorf("read: %w", err))
		err = c.endErr
	}
	c.in.interrupt.release()
	c.readErr = err
	return err
}
