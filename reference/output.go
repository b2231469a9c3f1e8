package reference

import (
	"context"
	"fmt"
	"net"
	"sync"
)

// output is the side of a connection that sends. Its mutex is held for moments
// only, never while the transport is written to, so that the reading goroutine
// can leave a Pong behind without waiting for a slow peer.
type output struct {
	mu   sync.Mutex
	blk  *block        // behind buf; nil when nothing waits
	buf  []byte        // whole frames that wait to be sent
	free chan struct{} // closed at the next chance for those who wait; nil: nobody does
	keys maskingKeys

	busy bool // a goroutine writes to the transport, without mu
	open bool // a message is being written frame by frame, or compressed
	shut bool // our Close frame is sent or waits: nothing may follow it
	hold bool // the reader will be back soon, and will send what waits

	interrupt interrupt   // of the goroutine that is busy
	pieces    [2][]byte   // what it writes, so that nothing is allocated
	buffers   net.Buffers // pieces[:]
}

// An outFrame is a frame to be sent, before masking.
type outFrame struct {
	fin     bool
	rsv     byte
	opcode  opcode
	payload []byte // never changed (RFC 6455, section 10.3)
}

// copyMax is the largest payload that is copied behind other frames to save a
// write; a larger one is sent from where it is.
const copyMax = 8 << 10

// outBlock is the size of the write buffer.
const outBlock = 64 << 10

// turn waits until a frame may be sent, or with message set, until one that
// begins a message may, and returns with out.mu locked when err is nil.
func (c *Conn) turn(ctx context.Context, message bool) error {
	if ctx.Done() != nil && ctx.Err() != nil {
		return interrupted{ctx.Err()}
	}
	o := &c.out
	o.mu.Lock()
	for {
		if o.shut {
			o.mu.Unlock()
			return c.closedError()
		}
		if !o.busy && (!message || !o.open) {
			return nil
		}
		if o.free == nil {
			o.free = make(chan struct{})
		}
		free := o.free
		o.mu.Unlock()
		select {
		case <-free:
		case <-ctx.Done():
			return interrupted{ctx.Err()}
		case <-c.done:
			return c.closedError()
		}
		o.mu.Lock()
	}
}

// wake lets those in turn look again. out.mu is held.
func (o *output) wake() {
	if o.free != nil {
		close(o.free)
		o.free = nil
	}
}

// emit sends a frame, or with hold leaves it to be sent with the next. Every
// frame of ours passes here. out.mu is held, and it is our turn.
func (c *Conn) emit(ctx context.Context, f outFrame, hold bool) error {
	o := &c.out
	h := header{fin: f.fin, rsv: f.rsv, opcode: f.opcode, length: uint64(len(f.payload)), masked: c.client}
	if c.client {
		h.key = o.keys.next()
	}
	if o.blk == nil {
		o.blk = getBlock(outBlock)
		o.buf = o.blk.b[:0]
	}
	o.buf = appendHeader(o.buf, h)
	if len(f.payload) > copyMax || len(o.buf)+len(f.payload)+maxHeader > cap(o.buf) {
		return c.send(ctx, f.payload, h.key)
	}
	start := len(o.buf)
	o.buf = append(o.buf, f.payload...)
	if c.client {
		mask(o.buf[start:], h.key)
	}
	if hold {
		return nil
	}
	return c.send(ctx, nil, 0)
}

// flush sends what waits. out.mu is held; a goroutine that is busy sends it
// anyway.
func (c *Conn) flush(ctx context.Context) error {
	if c.out.busy || len(c.out.buf) == 0 {
		return nil
	}
	return c.send(ctx, nil, 0)
}

// send writes what waits, then the payload whose header was last in it, then
// what came to wait meanwhile. out.mu is held, but not all the time. An error
// ends the connection, since a frame may have been cut.
func (c *Conn) send(ctx context.Context, payload []byte, key uint32) error {
	o := &c.out
	o.busy = true
	var err error
	for err == nil && len(o.buf) > 0 {
		blk, head := o.blk, o.buf
		o.blk, o.buf = nil, nil
		o.mu.Unlock()
		o.interrupt.arm(ctx)
		if c.client {
			err = c.writeMasked(blk, head, payload, key)
		} else {
			err = c.writePieces(head, payload)
		}
		err = o.interrupt.disarm(err)
		putBlock(blk)
		payload = nil
		o.mu.Lock()
	}
	o.busy = false
	o.wake()
	if err != nil {
		o.shut = true
		c.end(fmt.Errorf("write: %w", err))
		return c.endErr
	}
	return nil
}

// The first splitHead octets of a payload below splitBelow go out with what is
// before it, and the rest in a second write. A frame of 64 KiB in one write just
// exceeds the largest segment of a loopback interface, and the few octets left
// over cost both ends about half as much again in processor time.
const (
	splitHead  = 4 << 10
	splitBelow = 256 << 10
)

// writePieces writes head and payload, and copies little of it.
func (c *Conn) writePieces(head, payload []byte) error {
	if len(payload) < splitBelow {
		n := min(len(payload), max(0, splitHead-len(head)), cap(head)-len(head))
		if _, err := c.nc.Write(append(head, payload[:n]...)); err != nil || n == len(payload) {
			return err
		}
		_, err := c.nc.Write(payload[n:])
		return err
	}
	o := &c.out
	o.pieces = [2][]byte{head, payload}
	o.buffers = o.pieces[:]
	_, err := o.buffers.WriteTo(c.nc)
	o.pieces, o.buffers = [2][]byte{}, nil
	return err
}

// writeMasked writes head and then a masked copy of payload, for which it uses
// the block that head is in.
func (c *Conn) writeMasked(blk *block, head, payload []byte, key uint32) error {
	for {
		n := copy(blk.b[len(head):], payload)
		chunk := blk.b[:len(head)+n]
		key, _ = mask(chunk[len(head):], key)
		if _, err := c.nc.Write(chunk); err != nil {
			return err
		}
		head, payload = nil, payload[n:]
		if len(payload) == 0 {
			return nil
		}
	}
}
