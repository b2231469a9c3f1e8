package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

const defaultHeadLimit = 64 << 10

var (
	// ErrHeadTooLong is the error of ReadHead when the head does not end within
	// the limit.
	ErrHeadTooLong = errors.New("the HTTP head does not end within the limit")
	// ErrNotHTTP is the error of ReadHead when what came is not the start of an
	// HTTP/1.x request or response.
	ErrNotHTTP = errors.New("not HTTP")
)

// ReadHead reads the head of an HTTP/1.x request or response, up to its empty
// line and no octet further. It accepts what RFC 9112 allows a lenient receiver
// to accept and more, and lists each oddity. limit is the largest head in
// octets; zero means 64 KiB.
//
// The head is never nil. With an error it has the octets that were read and
// what can be made of them: ErrNotHTTP as soon as the first octets or the first
// line cannot be HTTP, with a guess at what they are; ErrHeadTooLong over the
// limit; io.ErrUnexpectedEOF if the stream ends inside the head, io.EOF if it
// ends before the first octet; or any other error of the stream.
func ReadHead(r *Reader, limit int) (*Head, error) {
	if limit <= 0 {
		limit = defaultHeadLimit
	}
	s := headScanner{r: r, limit: limit}
	err := s.scan()
	head := ParseHead(s.raw)
	switch {
	case err == nil:
		return head, nil
	case err == io.EOF && len(s.raw) > 0:
		err = io.ErrUnexpectedEOF
	}
	if len(s.raw) == 0 {
		return head, fmt.Errorf("read HTTP head: %w", err)
	}
	if err == ErrHeadTooLong && !s.started {
		err = fmt.Errorf("%w: %w", notHTTP(s.raw), err)
	}
	return head, fmt.Errorf("read HTTP head: %w, after %d octets", err, len(s.raw))
}

// headScanner takes octets from a Reader until an empty line behind a line that
// is not empty.
type headScanner struct {
	r       *Reader
	limit   int
	raw     []byte
	line    int  // where the current line starts in raw
	started bool // the start line has been read
}

func (s *headScanner) scan() error {
	for {
		if err := s.readLine(); err != nil {
			return err
		}
		text := trimEnd(s.raw[s.line:])
		switch {
		case len(text) == 0 && s.started:
			return nil
		case len(text) > 0 && !s.started:
			s.started = true
			if foreign(text) || !plausible(string(text)) {
				return notHTTP(s.raw)
			}
		}
		s.line = len(s.raw)
	}
}

func (s *headScanner) readLine() error {
	for {
		b, err := s.r.Peek(1)
		if err != nil {
			return err
		}
		b = s.r.Buffered()
		b = b[:min(len(b), s.limit-len(s.raw))]
		if len(b) == 0 {
			return ErrHeadTooLong
		}
		end := bytes.IndexByte(b, '\n') + 1
		if end > 0 {
			b = b[:end]
		}
		s.raw = append(s.raw, b...)
		s.r.advance(len(b))
		if end > 0 {
			return nil
		}
		// A peer that speaks something else may never send a line end, and
		// waits for an answer.
		if !s.started && foreign(s.raw[s.line:]) {
			return notHTTP(s.raw)
		}
	}
}

// trimEnd drops the line end, CRLF or LF.
func trimEnd(line []byte) []byte {
	line, ok := bytes.CutSuffix(line, []byte("\n"))
	if ok {
		line = bytes.TrimSuffix(line, []byte("\r"))
	}
	return line
}
