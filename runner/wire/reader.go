package wire

import (
	"errors"
	"io"
	"slices"
)

const (
	bufferSize        = 32 << 10
	defaultMaxPayload = 16 << 20
	keepPayload       = 2 << 20 // a payload buffer above this is not kept for the next frame
	growPayload       = 64 << 10
	maxEmptyReads     = 100
)

var (
	// ErrPayloadTooLong is the error of Next for a frame whose payload is over
	// MaxPayload. Its header has been read, and its payload can still be taken
	// by ReadPayload or Discard.
	ErrPayloadTooLong = errors.New("frame payload over the limit of the reader")
	// ErrPayloadUnread is the error for asking for the next frame while the
	// payload of the one before is unread.
	ErrPayloadUnread = errors.New("payload of the frame before is unread")
	// ErrPeekTooLong is the error of Peek for more octets than the buffer holds.
	ErrPeekTooLong = errors.New("peek beyond the buffer of the reader")
)

// Reader reads the stream of one connection: as it is ([Reader.Peek],
// [Reader.Read]), as an HTTP head ([ReadHead]), and then as frames, whole
// ([Reader.Next]) or in pieces ([Reader.NextHeader], [Reader.ReadPayload]).
// What one of them leaves in the buffer the next one finds there.
//
// An error of the stream is passed on as it is and is not kept: no octet is
// lost, and after a deadline the same call goes on where it stopped. Slices
// that a Reader hands out are valid until its next call. It is not safe for
// concurrent use.
type Reader struct {
	// MaxPayload is the largest payload that Next takes, in octets. It may be
	// changed between two frames. Zero means 16 MiB.
	MaxPayload int

	src    io.Reader
	buf    []byte
	r, w   int // buf[r:w] has been read from src and not been taken yet
	offset int64
	held   error // came with octets, to be returned by the next read

	state  frameState
	head   Header
	raw    [MaxHeader]byte
	rawLen int
	left   uint64 // payload octets of the open frame that were not taken yet
	pos    int    // position in its payload, modulo 4, for unmasking
	big    []byte // payload of a frame that does not fit into buf
}

type frameState byte

const (
	betweenFrames frameState = iota
	inWhole                  // Next has read the header, and not yet all of the payload
	inPieces                 // NextHeader has read the header
)

// NewReader returns a Reader of src with a buffer of 32 KiB.
func NewReader(src io.Reader) *Reader { return newReaderSize(src, bufferSize) }

func newReaderSize(src io.Reader, size int) *Reader {
	return &Reader{src: src, buf: make([]byte, max(size, MaxHeader))}
}

// Frame is one frame as it came.
type Frame struct {
	Header
	RawHeader []byte // the octets of the header
	Payload   []byte // unmasked
	Truncated bool   // the stream stopped inside the frame
}

// Clone returns a copy of f that shares no memory with a Reader.
func (f Frame) Clone() Frame {
	f.RawHeader = slices.Clone(f.RawHeader)
	f.Payload = slices.Clone(f.Payload)
	return f
}

// Next reads a whole frame. A payload that lies in the buffer is unmasked there
// and not copied.
//
// At the end of the stream between two frames the error is io.EOF, and inside a
// frame io.ErrUnexpectedEOF; then, and for any other error of the stream, the
// frame has what was read: the octets of its header in RawHeader, and once the
// header is complete its meaning and the payload so far. A second call after a
// passing error, such as a deadline, goes on with the same frame.
func (r *Reader) Next() (Frame, error) {
	switch r.state {
	case inPieces:
		return Frame{}, ErrPayloadUnread
	case betweenFrames:
		if h, raw, err := r.NextHeader(); err != nil {
			return Frame{Header: h, RawHeader: raw, Truncated: len(raw) > 0}, err
		}
		if r.left > r.maxPayload() {
			return r.frame(nil), ErrPayloadTooLong
		}
		if r.left == 0 {
			return r.frame(nil), nil
		}
		r.state = inWhole
		r.big = r.big[:0]
		if cap(r.big) > keepPayload {
			r.big = nil
		}
	}
	var payload []byte
	var err error
	if len(r.big) == 0 && r.left <= uint64(len(r.buf)) {
		payload, err = r.payloadInPlace()
	} else {
		payload, err = r.payloadCollected()
	}
	f := r.frame(payload)
	f.Truncated = err != nil
	return f, err
}

func (r *Reader) frame(payload []byte) Frame {
	return Frame{Header: r.head, RawHeader: r.raw[:r.rawLen], Payload: payload}
}

func (r *Reader) maxPayload() uint64 {
	if r.MaxPayload > 0 {
		return uint64(r.MaxPayload)
	}
	return defaultMaxPayload
}

// payloadInPlace waits until the payload lies in the buffer as a whole. If it
// does not come, what is there stays in the buffer for another try, and a copy
// is unmasked.
func (r *Reader) payloadInPlace() ([]byte, error) {
	n := int(r.left)
	if err := r.need(n); err != nil {
		part := slices.Clone(r.Buffered())
		Mask(part, r.maskingKey(), 0)
		return part, unexpected(err)
	}
	payload := r.buf[r.r : r.r+n]
	r.advance(n)
	Mask(payload, r.maskingKey(), 0)
	r.left, r.state = 0, betweenFrames
	return payload, nil
}

// payloadCollected gathers a payload that is larger than the buffer. Memory
// grows with what has arrived, not with what the header claims.
func (r *Reader) payloadCollected() ([]byte, error) {
	for r.left > 0 {
		n := len(r.big)
		if n == cap(r.big) {
			r.big = slices.Grow(r.big, int(min(r.left, uint64(max(n, growPayload)))))
		}
		room := r.big[n:cap(r.big)]
		k, err := r.readPayload(room)
		r.big = r.big[:n+k]
		if err != nil {
			return r.big, err
		}
	}
	return r.big, nil
}

// maskingKey is the key that the payload of the open frame is unmasked with:
// all zero if it is not masked.
func (r *Reader) maskingKey() [4]byte {
	if r.head.Masked {
		return r.head.Key
	}
	return [4]byte{}
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
