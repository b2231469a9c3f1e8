package reference

import (
	"context"
	"io"
)

// inMessage is the message that is being read, and the frame of it.
type inMessage struct {
	typ        MessageType
	open       bool // its last frame has not begun
	unread     bool // its end has not been reached
	compressed bool
	size       int64 // octets so far, of frames or, if compressed, after decompression
	text       utf8Stream

	fin    bool // of the frame
	head   int  // octets of its header
	masked bool
	key    uint32 // for the next octet
	ascii  bool   // what payload read last is known to be ASCII
	left   int64  // octets of the frame that have not been taken

	inPlace bool // Read puts the message together in the read buffer
	done    int  // octets of it that are there, unmasked and checked

	z     *inflater // while compressed, or to keep its window
	piece []byte    // unmasked octets that the inflater has not taken
	out   []byte    // inflated octets that nobody has taken
	empty bool      // no octet of the message has come yet
	bad   error     // what is wrong behind out

	garbled bool // it cannot be decompressed, and that is tolerated
}

// atEnd says whether all octets of the message have been taken.
func (m *inMessage) atEnd() bool { return m.fin && m.left == 0 && !m.compressed }

// maxDirect bounds a read past the buffer, so that what was read is still in the
// processor's cache when it is unmasked.
const (
	minDirect = 4 << 10
	maxDirect = 256 << 10
)

// beginFrame reads on to the start of the next data frame, and handles the
// control frames before it.
func (c *Conn) beginFrame(ctx context.Context) error {
	for {
		h, n, ok := parseHeader(c.in.unread())
		if err := c.checkHeader(&h, n); err != nil {
			return err
		}
		if !ok {
			if err := c.fill(ctx, maxHeader); err != nil {
				return err
			}
			continue
		}
		if !h.opcode.control() {
			c.in.r += n
			c.beginPayload(&h, n)
			return nil
		}
		if err := c.control(ctx, h, n); err != nil {
			return err
		}
	}
}

func (c *Conn) beginPayload(h *header, size int) {
	m := &c.msg
	if !m.open { // otherwise it can only be a continuation, whatever it says
		m.typ = Text
		if h.opcode != opText {
			m.typ = Binary
		}
		m.size, m.text = 0, utf8Stream{}
		m.compressed = h.rsv&bitRSV1 != 0 && c.deflate != nil
		if m.compressed {
			c.beginInflate()
		}
	}
	m.fin, m.open = h.fin, !h.fin
	m.head, m.masked, m.key, m.left, m.done = size, h.masked, h.key, int64(h.length), 0
	if !m.compressed {
		m.size += m.left
	}
}

// nextPayload gets to a frame of the message that has octets left, or returns
// io.EOF.
func (c *Conn) nextPayload(ctx context.Context) error {
	for c.msg.left == 0 {
		if c.msg.fin {
			return io.EOF
		}
		if err := c.beginFrame(ctx); err != nil {
			return err
		}
	}
	return nil
}

// payload reads the payload of the message as it came in frames, unmasked:
// some octets, not always as many as dst has room for. It returns io.EOF at the
// end of the message.
func (c *Conn) payload(ctx context.Context, dst []byte) (n int, err error) {
	m := &c.msg
	for n == 0 {
		if err := c.nextPayload(ctx); err != nil {
			return 0, err
		}
		want := int(min(int64(len(dst)), m.left))
		switch buffered := c.in.unread(); {
		case len(buffered) > 0:
			n = copy(dst[:want], buffered)
			c.in.r += n
		case want >= minDirect:
			n, err = c.readDirect(ctx, dst[:min(want, maxDirect)])
		default:
			err = c.fill(ctx, 1)
		}
		if err != nil {
			return 0, err
		}
	}
	m.unmask(dst[:n])
	m.left -= int64(n)
	return n, nil
}

// unmask unmasks the next octets of the frame's payload.
func (m *inMessage) unmask(p []byte) {
	m.ascii = false
	if m.masked {
		m.key, m.ascii = mask(p, m.key)
	}
}

func (c *Conn) readDirect(ctx context.Context, dst []byte) (int, error) {
	if c.coalesce || c.replies {
		if err := c.sendWaiting(ctx); err != nil {
			return 0, err
		}
	}
	n, err := c.in.read(ctx, dst)
	return n, transportEnd(err)
}

// data reads the message as the application sees it: decompressed, and checked
// as far as it has arrived.
func (c *Conn) data(ctx context.Context, dst []byte) (n int, err error) {
	m := &c.msg
	if m.compressed {
		n, err = c.inflated(ctx, dst)
		m.ascii = false
	} else {
		n, err = c.payload(ctx, dst)
	}
	if err == io.EOF {
		m.unread = false
	}
	if m.typ == Text && !m.validText(dst[:n], err == io.EOF) {
		if err := c.breachUTF8(); err != nil {
			return 0, err
		}
	}
	return n, err
}

// validText checks octets of a text message, which may be its last ones.
func (m *inMessage) validText(p []byte, last bool) bool {
	if m.ascii && m.text.complete() {
		return true
	}
	return m.text.feed(p) && !(last && !m.text.complete())
}

func (c *Conn) breachUTF8() error {
	return c.breach("6455-8.1-1", StatusInvalidPayload, "text message is not UTF-8")
}
