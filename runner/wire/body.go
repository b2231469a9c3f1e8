package wire

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const defaultBodyLimit = 64 << 10

// ErrBodyTooLong is the error of ReadBody for a body over the limit.
var ErrBodyTooLong = errors.New("the HTTP body is over the limit")

// BodyFraming is the way in which the end of a body is found (RFC 9112,
// section 6.3).
type BodyFraming byte

const (
	NoBody      BodyFraming = iota // the head announces none
	ByLength                       // Content-Length
	Chunked                        // Transfer-Encoding: chunked
	ToStreamEnd                    // a response that ends with the connection
)

func (f BodyFraming) String() string {
	switch f {
	case NoBody:
		return "none"
	case ByLength:
		return "content-length"
	case Chunked:
		return "chunked"
	case ToStreamEnd:
		return "to the end of the stream"
	}
	return "body framing " + strconv.Itoa(int(f))
}

// Body is the body behind a head.
type Body struct {
	Framing BodyFraming
	Raw     []byte // as it came, chunk sizes and trailer included
	Data    []byte // the content
}

// BodyFraming tells how the body behind the head is framed. Chunked goes before
// Content-Length. A Content-Length that is no number counts as not there.
func (h *Head) BodyFraming() BodyFraming {
	_, status, _, response := h.StatusLine()
	switch {
	case response && (status < 200 || status == 204 || status == 304):
		return NoBody
	case strings.Contains(asciiLower(strings.Join(h.Values("Transfer-Encoding"), ",")), "chunked"):
		return Chunked
	}
	if _, ok := h.contentLength(); ok {
		return ByLength
	}
	if response {
		return ToStreamEnd
	}
	return NoBody
}

func (h *Head) contentLength() (uint64, bool) {
	n, err := strconv.ParseUint(h.Get("Content-Length"), 10, 64)
	return n, err == nil
}

// ReadBody reads the body behind head, such as that of a refusal. limit is the
// largest body as it comes, in octets; zero means 64 KiB. The body is never
// nil: with an error it has what was read, and the error is ErrBodyTooLong,
// io.ErrUnexpectedEOF, that of the stream, or tells what is wrong with a chunk.
func ReadBody(r *Reader, head *Head, limit int) (*Body, error) {
	if limit <= 0 {
		limit = defaultBodyLimit
	}
	s := bodyReader{r: r, limit: limit, body: &Body{Framing: head.BodyFraming()}}
	var err error
	switch s.body.Framing {
	case ByLength:
		n, _ := head.contentLength()
		err = s.data(n)
	case Chunked:
		err = s.chunks()
	case ToStreamEnd:
		err = s.toEnd()
	}
	if err != nil {
		return s.body, fmt.Errorf("read HTTP body: %w", err)
	}
	return s.body, nil
}

type bodyReader struct {
	r     *Reader
	limit int
	body  *Body
}

// take moves up to n octets that are there, at least one, from the stream to
// the raw body and returns them.
func (s *bodyReader) take(n uint64) ([]byte, error) {
	if _, err := s.r.Peek(1); err != nil {
		return nil, err
	}
	b := s.r.Buffered()
	b = b[:min(uint64(len(b)), n, uint64(s.limit-len(s.body.Raw)))]
	if len(b) == 0 {
		return nil, ErrBodyTooLong
	}
	s.body.Raw = append(s.body.Raw, b...)
	s.r.advance(len(b))
	return b, nil
}

func (s *bodyReader) data(n uint64) error {
	for n > 0 {
		b, err := s.take(n)
		if err != nil {
			return unexpected(err)
		}
		s.body.Data = append(s.body.Data, b...)
		n -= uint64(len(b))
	}
	return nil
}

func (s *bodyReader) toEnd() error {
	for {
		b, err := s.take(uint64(s.limit))
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		s.body.Data = append(s.body.Data, b...)
	}
}

// chunks reads chunks and the trailer (RFC 9112, section 7.1).
func (s *bodyReader) chunks() error {
	for {
		line, err := s.line()
		if err != nil {
			return err
		}
		digits, _, _ := strings.Cut(line, ";")
		size, err := strconv.ParseUint(trimSpace(digits), 16, 63)
		if err != nil {
			return fmt.Errorf("chunk size %.20q is not a hexadecimal number", digits)
		}
		if size == 0 {
			return s.trailer()
		}
		if err := s.data(size); err != nil {
			return err
		}
		if line, err = s.line(); err != nil {
			return err
		}
		if line != "" {
			return fmt.Errorf("chunk of %d octets is followed by %.20q and not by a line end", size, line)
		}
	}
}

func (s *bodyReader) trailer() error {
	for {
		line, err := s.line()
		if err != nil || line == "" {
			return err
		}
	}
}

// line takes one line and returns it without its line end, CRLF or LF.
func (s *bodyReader) line() (string, error) {
	start := len(s.body.Raw)
	for {
		b, err := s.take(1)
		if err != nil {
			return "", unexpected(err)
		}
		if b[0] == '\n' {
			return string(trimEnd(s.body.Raw[start:])), nil
		}
	}
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = lower(c)
	}
	return string(b)
}
