package reference

import (
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

var errNotUTF8 = errors.New("text message is not UTF-8 (6455-5.6-2)")

// Write sends p as one message in one frame, and returns when the transport has
// taken it. With ConnOptions.Coalesce it may also leave it in the write buffer.
// p is neither changed nor kept.
//
// Any number of goroutines may write; each waits for its turn. A message of
// type Text must be UTF-8. When ctx ends before the first octet is sent, Write
// returns its error and nothing has happened; later on a cut frame cannot be
// mended, and the connection ends.
func (c *Conn) Write(ctx context.Context, typ MessageType, p []byte) error {
	if err := checkType(typ); err != nil {
		return err
	}
	if typ == Text && !utf8.Valid(p) && c.enforces("6455-5.6-2") {
		return errNotUTF8
	}
	if c.deflate != nil && len(p) >= compressMin {
		return c.writeCompressed(ctx, typ, p)
	}
	if err := c.turn(ctx, true); err != nil {
		return err
	}
	err := c.emit(ctx, outFrame{fin: true, opcode: opcode(typ), payload: p}, c.out.hold)
	c.out.mu.Unlock()
	return err
}

func checkType(typ MessageType) error {
	if typ != Text && typ != Binary {
		return fmt.Errorf("message type %d is neither text nor binary", typ)
	}
	return nil
}

// Flush sends the messages that wait in the write buffer because of
// ConnOptions.Coalesce.
func (c *Conn) Flush(ctx context.Context) error {
	if err := c.turn(ctx, false); err != nil {
		return err
	}
	err := c.flush(ctx)
	c.out.mu.Unlock()
	return err
}

// Writer begins a message that is written piece by piece, for when it is large
// or its end not known yet (RFC 6455, section 5.4). It is sent in fragments of
// 64 KiB; the io.WriteCloser also has a method Flush() error, which sends what
// is there as a fragment at once. Close ends the message. ctx holds for all of
// it.
//
// Other messages wait until Close; Pings, Pongs and Close frames go in between.
// A message that cannot be completed ends the connection.
func (c *Conn) Writer(ctx context.Context, typ MessageType) (io.WriteCloser, error) {
	if err := checkType(typ); err != nil {
		return nil, err
	}
	if err := c.openMessage(ctx); err != nil {
		return nil, err
	}
	w := &messageWriter{c: c, ctx: ctx, typ: typ, opcode: opcode(typ)}
	if c.deflate != nil {
		w.rsv = bitRSV1
		w.z = c.compressor()
	}
	return w, nil
}

// openMessage keeps other messages from being begun until closeMessage.
func (c *Conn) openMessage(ctx context.Context) error {
	if err := c.turn(ctx, true); err != nil {
		return err
	}
	c.out.open = true
	c.out.mu.Unlock()
	return nil
}

func (c *Conn) closeMessage() {
	c.out.mu.Lock()
	c.out.open = false
	c.out.wake()
	c.out.mu.Unlock()
}

// sendFrame sends a frame of the message that is open.
func (c *Conn) sendFrame(ctx context.Context, f outFrame) error {
	if err := c.turn(ctx, false); err != nil {
		return err
	}
	err := c.emit(ctx, f, f.fin && c.out.hold)
	c.out.mu.Unlock()
	return err
}
