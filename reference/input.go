package reference

import (
	"context"
	"io"
	"net"
	"syscall"
)

// input buffers what arrives from the peer. Frames are parsed, unmasked and
// handed out in its buffer.
//
// While a read waits with nothing buffered, the buffer is given back if the
// transport lets us wait without one.
type input struct {
	nc   net.Conn
	blk  *block // nil: nothing is buffered
	r, w int    // blk.b[r:w] has arrived and is unread
	size int    // of the next block

	expect int // size of the frame that may come next: that of the last one
	limit  int // of the read under way, if it need not wait
	later  int // of the same read, once it has waited

	raw       syscall.RawConn       // nil: the transport has to be given a buffer to wait
	ready     func(fd uintptr) bool // in.tryRead, once
	ctx       context.Context       // of the read under way
	dst       []byte                // where it reads to; nil: the block
	n         int                   // its outcome
	err       error                 // its outcome
	interrupt interrupt
}

func (in *input) init(nc net.Conn, buffered []byte) {
	in.nc, in.size = nc, smallBlock
	in.interrupt.nc = nc
	in.initRaw()
	if len(buffered) > 0 {
		in.blk = getBlock(max(len(buffered), smallBlock))
		in.w = copy(in.blk.b, buffered)
	}
}

// unread is what is buffered. It stays until the next fill or read.
func (in *input) unread() []byte {
	if in.blk == nil {
		return nil
	}
	return in.blk.b[in.r:in.w]
}

// take consumes n buffered octets.
func (in *input) take(n int) []byte {
	p := in.blk.b[in.r : in.r+n : in.r+n]
	in.r += n
	return p
}

// fill adds octets to the buffer, at least one, and makes sure that want octets
// from the first unread one on fit into it, which are more than there are.
func (in *input) fill(ctx context.Context, want int) error {
	want = in.bound(want)
	in.reserve(want)
	n, err := in.readInto(ctx, nil)
	in.w += n
	switch {
	case n > 0 && in.w == len(in.blk.b):
		// There may be more, and one read is cheaper than two.
		in.size = min(4*len(in.blk.b), largeBlock)
	case in.raw == nil:
		in.size = smallBlock // the next read may wait long, and needs a block to do so
	}
	return err
}

// alignFrom is the size of a frame from which a read ends where the frame does.
// To read on would mean to move what has come of the next one, and to answer
// later what is there.
const alignFrom = 16 << 10

// bound sets the limits of a read for which want octets from the first unread
// one on have to fit, and returns for how many there had better be room.
//
// A large frame that is waited for is likely to be there as a whole when its
// first octet is. One of several that are under way is not: its header is read
// first, and meanwhile the rest arrives.
func (in *input) bound(want int) int {
	unread := len(in.unread())
	in.limit, in.later = largeBlock, largeBlock
	switch {
	case want >= alignFrom:
		in.limit = want - unread
		in.later = in.limit
	case unread == 0 && in.expect >= alignFrom:
		in.limit, in.later = smallBlock, in.expect
		return in.expect
	}
	return want
}

// cheapMove is how many unread octets are moved for the sake of a larger read.
const cheapMove = 512

// reserve finds room for want octets from the first unread one on.
func (in *input) reserve(want int) {
	in.size = max(in.size, want)
	old := in.blk
	if old == nil {
		return
	}
	unread := in.w - in.r
	switch {
	case unread == 0 && (len(old.b) < in.size || in.raw == nil && len(old.b) > in.size):
		in.release() // the read takes a block of the wanted size
		return
	case len(old.b) < want || unread <= cheapMove && len(old.b) < in.size:
		in.blk = getBlock(in.size)
		defer putBlock(old)
	case unread > cheapMove && len(old.b)-in.r >= want:
		return
	}
	in.w = copy(in.blk.b, old.b[in.r:in.w])
	in.r = 0
}

// read reads straight into dst, past the buffer, which must be empty. That is
// for large payloads: the buffer only has to hold the next header then.
func (in *input) read(ctx context.Context, dst []byte) (int, error) {
	in.size = smallBlock
	return in.readInto(ctx, dst)
}

// maxEmptyReads is how often a transport may return nothing, and no error, in a
// row.
const maxEmptyReads = 100

// readInto reads once, into dst or, if that is nil, behind what is buffered.
func (in *input) readInto(ctx context.Context, dst []byte) (n int, err error) {
	if ctx.Done() != nil && ctx.Err() != nil {
		return 0, interrupted{ctx.Err()}
	}
	if in.raw != nil {
		in.interrupt.clear(ctx)
		in.ctx, in.dst = ctx, dst
		err = in.raw.Read(in.ready)
		n = in.n
		if err == nil {
			err = in.err
		}
		in.ctx, in.dst, in.n, in.err = nil, nil, 0, nil
	} else {
		in.interrupt.arm(ctx)
		for range maxEmptyReads {
			if n, err = in.nc.Read(in.target(dst)); n > 0 || err != nil {
				break
			}
		}
	}
	err = in.interrupt.disarm(err)
	if n > 0 {
		err = nil // what it was will show again
	} else if err == nil {
		err = io.ErrNoProgress
	}
	return n, err
}

// target is where a read goes: dst, or the free part of the block.
func (in *input) target(dst []byte) []byte {
	if dst != nil {
		return dst
	}
	if in.blk == nil {
		in.blk = getBlock(in.size)
	}
	free := in.blk.b[in.w:]
	return free[:min(len(free), in.limit)]
}

// release gives the block back if nothing in it is unread.
func (in *input) release() {
	if in.r == in.w {
		putBlock(in.blk)
		in.blk, in.r, in.w = nil, 0, 0
	}
}

// detach leaves the block to whoever still uses messages in it, and goes on
// with a copy of what is unread.
func (in *input) detach() {
	if rest := in.unread(); len(rest) > 0 {
		in.blk = getBlock(max(len(rest), smallBlock))
		in.w = copy(in.blk.b, rest)
	} else {
		in.blk, in.w = nil, 0
	}
	in.r = 0
}
