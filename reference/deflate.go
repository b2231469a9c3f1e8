package reference

import (
	"bytes"
	"context"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/flate"
)

// compressMin is the size of the smallest message that Write compresses.
// klauspost's flate does not look for matches in less, and would forget its
// window over it; sent as it is, the message leaves the window alone (RFC 7692,
// section 7.2.2).
const compressMin = 128

// maxContexts is how many connections may keep a compressor, of about 1 MiB,
// for the window in it. All others begin each message with an empty window,
// which they may whatever was agreed on (RFC 7692, section 7.2.1).
const maxContexts = 256

var keptContexts atomic.Int64

// compressors keeps free compressors by the logarithm of their window.
var compressors [16]sync.Pool

// A compressor compresses one message at a time.
type compressor struct {
	fw   *flate.Writer
	bits int
	blk  *block // what came out is blk.b[:n]
	n    int
}

// Write takes what fw puts out.
func (z *compressor) Write(p []byte) (int, error) {
	if z.blk == nil || z.n+len(p) > len(z.blk.b) {
		old := z.blk
		z.blk = getBlock(max(smallBlock, 2*(z.n+len(p))))
		if old != nil {
			copy(z.blk.b, old.b[:z.n])
			putBlock(old)
		}
	}
	z.n += copy(z.blk.b[z.n:], p)
	return len(p), nil
}

// sendWindow is what was agreed on for the messages we send.
func (c *Conn) sendWindow() (bits int, takeover bool) {
	if c.client {
		return windowBits(c.deflate.ClientMaxWindowBits), !c.deflate.ClientNoContextTakeover
	}
	return windowBits(c.deflate.ServerMaxWindowBits), !c.deflate.ServerNoContextTakeover
}

func windowBits(n int) int {
	if n < 8 || n > 15 {
		return 15
	}
	return n
}

// compressor returns a compressor ready for a message. The message must be open.
func (c *Conn) compressor() *compressor {
	c.zmu.Lock()
	z := c.z
	c.z = nil
	c.zmu.Unlock()
	if z != nil {
		return z
	}
	bits, _ := c.sendWindow()
	z, ok := compressors[bits].Get().(*compressor)
	if !ok {
		z = &compressor{bits: bits}
		z.fw, _ = flate.NewWriterWindow(z, 1<<bits) // fails for sizes out of range only
	}
	z.fw.Reset(z)
	return z
}

// putCompressor takes the compressor back after a message. It may be nil.
func (c *Conn) putCompressor(z *compressor) {
	if z == nil {
		return
	}
	putBlock(z.blk)
	z.blk, z.n = nil, 0
	c.zmu.Lock()
	defer c.zmu.Unlock()
	_, takeover := c.sendWindow()
	if takeover && !c.keeps && !c.zended {
		c.keeps = keptContexts.Add(1) <= maxContexts
		if !c.keeps {
			keptContexts.Add(-1)
		}
	}
	if c.keeps && !c.zended {
		c.z = z
		return
	}
	compressors[z.bits].Put(z)
}

// dropCompressor gives up the window at the end of the connection.
func (c *Conn) dropCompressor() {
	c.zmu.Lock()
	defer c.zmu.Unlock()
	c.zended = true
	if c.z != nil {
		compressors[c.z.bits].Put(c.z)
		c.z = nil
	}
	if c.keeps {
		c.keeps = false
		keptContexts.Add(-1)
	}
}

// writeCompressed is Write for a message that is worth compressing.
func (c *Conn) writeCompressed(ctx context.Context, typ MessageType, p []byte) error {
	if err := c.openMessage(ctx); err != nil {
		return err
	}
	defer c.closeMessage()
	z := c.compressor()
	defer c.putCompressor(z)
	z.fw.Write(p)
	z.fw.Flush()
	z.cutTail()
	f := outFrame{fin: true, rsv: bitRSV1, opcode: opcode(typ), payload: z.blk.b[:z.n]}
	if z.n >= len(p) {
		// The peer does not get to see this in compressed form, so it must not
		// stay in our window either.
		z.fw.Reset(z)
		f.rsv, f.payload = 0, p
	}
	return c.sendFrame(ctx, f)
}

// tail ends what a flush puts out, and is left out at the end of a message (RFC
// 7692, section 7.2.1).
const tail = "\x00\x00\xff\xff"

func (z *compressor) cutTail() {
	if z.n >= len(tail) && bytes.HasSuffix(z.blk.b[:z.n], []byte(tail)) {
		z.n -= len(tail)
	}
}

// write compresses a part of a message, and passes on what is sure not to be
// cut off later.
func (z *compressor) write(w *messageWriter, p []byte) error {
	for len(p) > 0 {
		n := min(len(p), fragmentSize)
		z.fw.Write(p[:n])
		p = p[n:]
		if err := z.pass(w, z.n-len(tail)); err != nil {
			return err
		}
	}
	return nil
}

// flush passes on all that has been written. The tail stays, because the message
// goes on.
func (z *compressor) flush(w *messageWriter) error {
	z.fw.Flush()
	return z.pass(w, z.n)
}

// finish passes on the end of the message.
func (z *compressor) finish(w *messageWriter) error {
	z.fw.Flush()
	z.cutTail()
	return z.pass(w, z.n)
}

// pass hands the first n octets over to be put into frames.
func (z *compressor) pass(w *messageWriter, n int) error {
	if n <= 0 {
		return nil
	}
	err := w.add(z.blk.b[:n])
	z.n = copy(z.blk.b, z.blk.b[n:z.n])
	return err
}
