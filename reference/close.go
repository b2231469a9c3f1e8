package reference

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Close does the closing handshake (RFC 6455, section 7): it sends a Close frame
// with code and reason, waits for the peer's, and sees to the end of the
// transport. It returns nil when the peer has answered. All of it takes at most
// ConnOptions.CloseTimeout; then the transport ends anyway.
//
// Messages that the peer had sent before still go to a goroutine that reads;
// if none does, Close throws them away. reason is UTF-8 of at most 123 octets.
func (c *Conn) Close(code StatusCode, reason string) error {
	body, err := closeBody(code, reason, c.client)
	if err != nil {
		return err
	}
	return c.closeWith(body)
}

// CloseEmpty is Close with a Close frame that has neither code nor reason, which
// the peer sees as 1005.
func (c *Conn) CloseEmpty() error { return c.closeWith(nil) }

func (c *Conn) closeWith(body []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), c.closeTimeout)
	defer cancel()
	if err := c.sendClose(ctx, body); err != nil {
		err = fmt.Errorf("close: %w", err)
		c.end(err)
		return err
	}
	err := c.awaitClose(ctx)
	var ce *CloseError
	if errors.As(err, &ce) {
		return nil
	}
	return fmt.Errorf("close: %w", err)
}

// sendClose sends our Close frame, unless that has been done.
func (c *Conn) sendClose(ctx context.Context, body []byte) error {
	if err := c.turn(ctx, false); err != nil {
		if errors.Is(err, ctx.Err()) {
			return fmt.Errorf("peer does not read: %w", err)
		}
		return nil
	}
	c.out.shut = true
	err := c.emit(ctx, outFrame{fin: true, opcode: opClose, payload: body}, false)
	c.out.mu.Unlock()
	return err
}

// awaitClose waits until the connection has ended, and reads if nobody else
// does.
func (c *Conn) awaitClose(ctx context.Context) error {
	switch err := c.lockReading(ctx); {
	case err == nil:
		defer c.unlockReading()
		return c.readClose(ctx)
	case c.cause(nil) == nil:
		c.end(errNoClose)
	}
	return c.endErr
}

var errNoClose = errors.New("peer did not answer our Close frame in time")

// readClose reads on to the peer's Close frame. It leaves alone the buffers that
// the application may still be using.
func (c *Conn) readClose(ctx context.Context) error {
	if c.readErr != nil {
		return c.readErr
	}
	c.in.detach()
	c.whole = wholeMessage{}
	err := c.skipToClose(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errNoClose
		c.end(err)
	}
	return c.stop(err)
}

func (c *Conn) skipToClose(ctx context.Context) error {
	for {
		for c.msg.left > 0 {
			if len(c.in.unread()) == 0 {
				if err := c.fill(ctx, 1); err != nil {
					return err
				}
			}
			n := min(c.msg.left, int64(len(c.in.unread())))
			c.in.take(int(n))
			c.msg.left -= n
		}
		if err := c.beginFrame(ctx); err != nil {
			return err
		}
	}
}

// peerClosed takes the peer's Close frame, answers it and ends the transport.
// The error is what the readers get to see.
func (c *Conn) peerClosed(ctx context.Context, body []byte) error {
	ce, err := c.parseClose(body)
	if err != nil {
		return err
	}
	c.because(ce)
	ctx, cancel := context.WithTimeout(ctx, c.closeTimeout)
	defer cancel()
	if err := c.sendClose(ctx, body[:min(2, len(body))]); err == nil {
		if c.client {
			c.discard(ctx) // the server ends TCP first (RFC 6455, section 7.1.1)
		} else {
			c.linger()
		}
	}
	c.end(ce)
	return ce
}

// parseClose reads the body of the peer's Close frame (RFC 6455, sections 5.5.1
// and 7.4).
func (c *Conn) parseClose(body []byte) (*CloseError, error) {
	if len(body) < 2 { // a single octet has been judged with the header
		return &CloseError{Code: StatusNoStatusReceived}, nil
	}
	ce := &CloseError{Code: StatusCode(binary.BigEndian.Uint16(body)), Reason: string(body[2:])}
	if requirement, why := ce.Code.illegal(); requirement != "" {
		if err := c.breach(requirement, StatusProtocolError, fmt.Sprintf("status code %d %s", ce.Code, why)); err != nil {
			return nil, err
		}
	}
	if !utf8.ValidString(ce.Reason) {
		if err := c.breach("6455-8.1-1", StatusInvalidPayload, "reason of the close frame is not UTF-8"); err != nil {
			return nil, err
		}
	}
	return ce, nil
}

// fail fails the connection (RFC 6455, section 7.1.7). A peer that does not read
// cannot hold it up.
func (c *Conn) fail(v *Violation) {
	c.because(v)
	ctx, cancel := context.WithTimeout(context.Background(), min(c.closeTimeout, failTimeout))
	defer cancel()
	if err := c.sendClose(ctx, appendCloseBody(nil, v.Code, v.reason())); err == nil {
		c.linger()
	}
	c.end(v)
}

// giveUp ends the connection for a reason on our side.
func (c *Conn) giveUp(err error) {
	ctx, cancel := context.WithTimeout(context.Background(), min(c.closeTimeout, failTimeout))
	defer cancel()
	c.sendClose(ctx, appendCloseBody(nil, StatusInternalError, "message cannot be completed"))
	c.end(err)
}

// linger ends our direction of TCP and waits a little for the peer to end its own.
// To close a socket with unread octets would have the kernel send a RST, which
// makes the peer's kernel forget the Close frame that the peer has yet to read.
func (c *Conn) linger() {
	half, ok := c.nc.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), min(c.closeTimeout, failTimeout))
	defer cancel()
	c.discard(ctx)
}

// discard throws away all that still arrives until the peer ends the transport.
func (c *Conn) discard(ctx context.Context) error {
	for {
		c.in.r = c.in.w
		if err := c.in.fill(ctx, 1); err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
	}
}
