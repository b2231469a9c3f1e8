package wire

import "io"

// NextHeader reads a frame header and takes no octet of the payload, which
// ReadPayload or Discard must take before the next frame. At the end of the
// stream inside a header the error is io.ErrUnexpectedEOF and raw has the part
// that came.
func (r *Reader) NextHeader() (h Header, raw []byte, err error) {
	if r.state != betweenFrames {
		return Header{}, nil, ErrPayloadUnread
	}
	for {
		b := r.Buffered()
		h, n, ok := ParseHeader(b)
		if ok {
			r.open(h, b[:n])
			return h, r.raw[:n], nil
		}
		if err := r.need(len(b) + 1); err != nil {
			if len(b) > 0 {
				err = unexpected(err)
			}
			return Header{}, r.Buffered(), err
		}
	}
}

func (r *Reader) open(h Header, raw []byte) {
	r.head, r.left, r.pos = h, h.Length, 0
	r.rawLen = copy(r.raw[:], raw)
	r.advance(len(raw))
	if r.left > 0 {
		r.state = inPieces
	}
}

// ReadPayload reads from the payload of the frame whose header NextHeader gave,
// unmasked, and returns io.EOF when all of it has been read. If the stream ends
// before, the error is io.ErrUnexpectedEOF. After an error of Next inside a
// payload it takes over behind what Next collected.
func (r *Reader) ReadPayload(dst []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	r.state = inPieces
	return r.readPayload(dst)
}

func (r *Reader) readPayload(dst []byte) (int, error) {
	dst = dst[:min(uint64(len(dst)), r.left)]
	n, err := r.Read(dst)
	Mask(dst[:n], r.maskingKey(), r.pos)
	r.took(n)
	return n, unexpected(err)
}

func (r *Reader) took(n int) {
	r.pos = (r.pos + n) & 3
	r.left -= uint64(n)
	if r.left == 0 {
		r.state = betweenFrames
	}
}

// Discard drops the rest of the payload of the open frame and returns how many
// octets that were.
func (r *Reader) Discard() (dropped uint64, err error) {
	if r.left > 0 {
		r.state = inPieces
	}
	for r.left > 0 {
		if r.r == r.w {
			if err := r.need(1); err != nil {
				return dropped, unexpected(err)
			}
		}
		n := int(min(r.left, uint64(r.w-r.r)))
		r.advance(n)
		r.took(n)
		dropped += uint64(n)
	}
	return dropped, nil
}

// Remaining is the number of payload octets of the open frame that are unread.
func (r *Reader) Remaining() uint64 { return r.left }

// Offset is the number of octets taken from the stream so far, what is buffered
// not counted.
func (r *Reader) Offset() int64 { return r.offset }

// Buffered returns the octets that have arrived and have not been taken yet. It
// does not read.
func (r *Reader) Buffered() []byte { return r.buf[r.r:r.w] }

// Peek waits until n octets are buffered and returns them without taking them;
// n is at most the size of the buffer, 32 KiB. With an error it returns the
// octets that are there.
func (r *Reader) Peek(n int) ([]byte, error) {
	if n > len(r.buf) {
		return r.Buffered(), ErrPeekTooLong
	}
	if err := r.need(n); err != nil {
		return r.Buffered(), err
	}
	return r.buf[r.r : r.r+n], nil
}

// Read takes octets from the stream as they are, the buffered ones first. It is
// not for use inside a frame.
func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if r.r == r.w {
		if len(p) >= len(r.buf) {
			n, err := r.readSource(p)
			r.offset += int64(n)
			return n, err
		}
		if err := r.need(1); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.Buffered())
	r.advance(n)
	return n, nil
}

func (r *Reader) advance(n int) {
	r.r += n
	r.offset += int64(n)
	if r.r == r.w {
		r.r, r.w = 0, 0
	}
}

// need reads until n octets are buffered; n is at most len(r.buf).
func (r *Reader) need(n int) error {
	if r.r+n > len(r.buf) {
		r.w = copy(r.buf, r.buf[r.r:r.w])
		r.r = 0
	}
	for r.w-r.r < n {
		k, err := r.readSource(r.buf[r.w:])
		r.w += k
		if err != nil {
			return err
		}
	}
	return nil
}

// readSource reads at least one octet or returns an error. An error that comes
// together with octets waits for the next call.
func (r *Reader) readSource(p []byte) (int, error) {
	if err := r.held; err != nil {
		r.held = nil
		return 0, err
	}
	for range maxEmptyReads {
		n, err := r.src.Read(p)
		if n > 0 {
			r.held = err
			return n, nil
		}
		if err != nil {
			return 0, err
		}
	}
	return 0, io.ErrNoProgress
}
