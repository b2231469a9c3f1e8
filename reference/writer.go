package reference

import (
	"context"
	"errors"
)

// fragmentSize is the size of the frames that a messageWriter cuts a long
// message into.
const fragmentSize = 64 << 10

var errWriterClosed = errors.New("message is already complete")

// messageWriter is the io.WriteCloser of a message. It keeps back the last
// octets, so that the last frame is never an empty one without need.
type messageWriter struct {
	c      *Conn
	ctx    context.Context
	typ    MessageType
	opcode opcode // of the next frame
	rsv    byte   // of the next frame
	blk    *block
	n      int // octets of blk that wait for more
	text   utf8Stream
	z      *compressor // nil: the message is not compressed
	err    error
}

// Write adds p to the message.
func (w *messageWriter) Write(p []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	if w.typ == Text && !w.text.feed(p) {
		return 0, w.fail(errNotUTF8)
	}
	var err error
	if w.z != nil {
		err = w.z.write(w, p)
	} else {
		err = w.add(p)
	}
	if err != nil {
		return 0, w.fail(err)
	}
	return len(p), nil
}

// add takes octets as they go into frames, and sends frames as they get full.
func (w *messageWriter) add(p []byte) error {
	for w.n+len(p) > fragmentSize {
		if w.n == 0 {
			if err := w.send(p[:fragmentSize], false); err != nil {
				return err
			}
			p = p[fragmentSize:]
			continue
		}
		n := copy(w.blk.b[w.n:fragmentSize], p)
		w.n += n
		p = p[n:]
		if err := w.sendPending(false); err != nil {
			return err
		}
	}
	if len(p) > 0 && w.blk == nil {
		w.blk = getBlock(fragmentSize)
	}
	if len(p) > 0 {
		w.n += copy(w.blk.b[w.n:], p)
	}
	return nil
}

func (w *messageWriter) sendPending(fin bool) error {
	var p []byte
	if w.blk != nil {
		p = w.blk.b[:w.n]
	}
	w.n = 0
	return w.send(p, fin)
}

func (w *messageWriter) send(p []byte, fin bool) error {
	err := w.c.sendFrame(w.ctx, outFrame{fin: fin, rsv: w.rsv, opcode: w.opcode, payload: p})
	w.opcode, w.rsv = opContinuation, 0
	return err
}

// Flush sends what has been written so far as a fragment. Without anything to
// send it does nothing.
func (w *messageWriter) Flush() error {
	if w.err != nil {
		return w.err
	}
	var err error
	if w.z != nil {
		err = w.z.flush(w)
	}
	if err == nil && w.n > 0 {
		err = w.sendPending(false)
	}
	if err != nil {
		return w.fail(err)
	}
	return nil
}

// Close sends the last frame of the message.
func (w *messageWriter) Close() error {
	if w.err != nil {
		if w.err == errWriterClosed {
			return nil
		}
		return w.err
	}
	if w.typ == Text && !w.text.complete() {
		return w.fail(errNotUTF8)
	}
	var err error
	if w.z != nil {
		err = w.z.finish(w)
	}
	if err == nil {
		err = w.sendPending(true)
	}
	if err != nil {
		return w.fail(err)
	}
	w.err = errWriterClosed
	w.done()
	return nil
}

// fail ends the connection, since the message can neither be completed nor
// taken back.
func (w *messageWriter) fail(err error) error {
	w.err = err
	w.c.giveUp(err)
	w.done()
	return err
}

func (w *messageWriter) done() {
	putBlock(w.blk)
	w.blk = nil
	w.c.putCompressor(w.z)
	w.z = nil
	w.c.closeMessage()
}
