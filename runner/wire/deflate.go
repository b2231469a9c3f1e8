package wire

import (
	"github.com/klauspost/compress/flate"
)

const (
	// Below this size flate neither uses its history nor keeps it.
	smallPart = 128
	// flate compresses in blocks of this size, and a rest below smallPart makes
	// it drop its history as well.
	flateBlock = 65535

	tailLength = 4 // 00 00 ff ff
)

// Compressor makes the payloads of the messages of one direction of a
// connection that uses permessage-deflate (RFC 7692, section 7.2.1). The zero
// value compresses with a window of 32 KiB and context takeover. Its fields are
// to be set before the first message.
//
// With context takeover a message refers to the one before however short both
// are, so that a peer that forgets its history is found out.
type Compressor struct {
	// WindowBits is the base-2 logarithm of the window, 8 to 15; 5 to 7 work as
	// well. No distance is above the window. Zero means 15, other values are
	// brought into range.
	WindowBits int
	// NoContextTakeover makes each message start with an empty window.
	NoContextTakeover bool

	flate  *flate.Writer // some 1 MiB, made for the first part that is not small
	out    appender
	stale  bool // flate does not have the history
	inside bool // a message has begun
	past   history
}

// Compress appends the payload for a whole message to dst.
func (c *Compressor) Compress(dst, message []byte) []byte {
	return c.CompressPart(dst, message, true)
}

// CompressPart appends the payload for a part of a message, each part on octet
// borders. The 00 00 ff ff behind a part is removed if it is the last and stays
// if it is not.
func (c *Compressor) CompressPart(dst, part []byte, last bool) []byte {
	if !c.inside {
		c.begin()
	}
	c.inside = !last
	if len(part) < smallPart {
		dst = c.small(dst, part)
		if !last {
			dst = append(dst, 0, 0, 0xff, 0xff)
		}
		return dst
	}
	dst = c.large(dst, part)
	if last {
		dst = dst[:len(dst)-tailLength]
	}
	return dst
}

func (c *Compressor) begin() {
	if c.past.window == 0 {
		bits := c.WindowBits
		if bits == 0 {
			bits = 15
		}
		c.past.window = 1 << min(max(bits, 5), 15)
	}
	if c.NoContextTakeover {
		c.past.forget()
		c.stale = true
	}
}

func (c *Compressor) large(dst, part []byte) []byte {
	c.out.b = dst
	switch {
	case c.flate == nil:
		// The window is within the bounds of the package.
		c.flate, _ = flate.NewWriterWindow(&c.out, c.past.window)
		c.flate.ResetDict(&c.out, c.past.recent())
	case c.stale:
		c.flate.ResetDict(&c.out, c.past.recent())
	}
	// The appender does not fail.
	_, _ = c.flate.Write(part)
	_ = c.flate.Flush()
	c.past.add(part)
	rest := len(part) % flateBlock
	c.stale = rest > 0 && rest < smallPart
	dst, c.out.b = c.out.b, nil
	return dst
}

// small compresses a part that flate would not, with the fixed codes.
func (c *Compressor) small(dst, part []byte) []byte {
	w := Blocks{b: dst}
	if len(part) > 0 {
		c.stale = true
		c.past.encode(w.Fixed(false), part)
		w.End()
	}
	return w.Sync().Bytes()
}

// appender is an io.Writer that appends.
type appender struct{ b []byte }

func (a *appender) Write(p []byte) (int, error) {
	a.b = append(a.b, p...)
	return len(p), nil
}
