package reference

import (
	"io"
)

// Bounds of one header section; whatever is beyond is refused (RFC 6455,
// section 10.4).
const (
	maxHead   = 64 << 10 // octets, start line included
	maxFields = 256      // field lines
	maxBlank  = 4        // empty lines in front of a request
)

// headScan finds the end of a header section in a stream of octets, and the
// line ends that are none. It sees every octet once, so that a peer that sends
// octet by octet costs no more than another.
type headScan struct {
	rules    rules
	lines    int // complete lines, without empty ones in front
	blank    int // empty lines in front
	column   int // octets of the current line
	taken    int // octets so far
	start    int // offset of the start line
	first    int // offset behind the start line, 0 before it is complete
	shown    bool
	carriage bool
}

// scan goes on with the octets of b. It stops where the header section ends,
// which done says; taken counts on.
func (s *headScan) scan(b []byte) (done bool, err error) {
	for _, c := range b {
		s.taken++
		if s.carriage && c != '\n' {
			if err := s.rules.breach("9112-2.2-2", "line %d has a bare CR", s.lines+1); err != nil {
				return false, err
			}
		}
		if c == '\n' && !s.carriage {
			if err := s.rules.breach("9112-2.2-1", "line %d ends in LF without CR", s.lines+1); err != nil {
				return false, err
			}
		}
		s.carriage = c == '\r'
		switch c {
		case '\r':
		case '\n':
			if s.endLine() {
				return true, nil
			}
		default:
			s.column++
		}
	}
	return false, nil
}

// endLine reports whether the line that ends is the empty one behind the fields.
func (s *headScan) endLine() (done bool) {
	switch {
	case s.column > 0:
		s.lines++
		if s.lines == 1 {
			s.first = s.taken
		}
	case s.lines == 0:
		s.blank++
		s.start = s.taken
	default:
		done = true
	}
	s.column = 0
	return done
}

// headReader cuts header sections out of a stream. Octets behind a header
// section stay for whoever reads next: a body, the next request, frames.
type headReader struct {
	src     io.Reader
	rules   rules
	pending []byte // arrived and not yet taken
}

// next returns the next header section, its empty line included. start judges
// the start line while it grows and once when it is complete, so that a peer
// that speaks another protocol is told at once instead of after a timeout. A
// section that is cut off is io.ErrUnexpectedEOF, none at all io.EOF.
func (h *headReader) next(start startJudge) (head []byte, err error) {
	scan := headScan{rules: h.rules}
	for {
		done, err := scan.scan(h.pending[scan.taken:])
		if err != nil {
			return nil, err
		}
		if err := h.check(&scan, start); err != nil {
			return nil, err
		}
		if done {
			head, h.pending = h.pending[scan.start:scan.taken:scan.taken], h.pending[scan.taken:]
			return head, nil
		}
		if err := h.fill(); err != nil {
			return nil, err
		}
	}
}

// startJudge looks at the octets of a start line that are there, its line end
// included once it is complete.
type startJudge func(line []byte, complete bool) error

// check judges what has been scanned so far.
func (h *headReader) check(scan *headScan, start startJudge) error {
	if scan.taken > maxHead {
		return h.rules.breach("6455-10.4-1", "the header section has more than %d octets", maxHead)
	}
	if scan.lines > maxFields+1 {
		return h.rules.breach("6455-10.4-1", "the header section has more than %d fields", maxFields)
	}
	if scan.blank > maxBlank {
		return h.rules.breach("9112-2.2-3", "more than %d empty lines come before the start line", maxBlank)
	}
	switch {
	case scan.shown:
		return nil
	case scan.lines > 0:
		scan.shown = true
		return start(h.pending[scan.start:scan.first], true)
	case scan.column > 0:
		return start(h.pending[scan.start:scan.taken], false)
	}
	return nil
}

// fill takes what the peer has sent meanwhile. The buffer starts small, since
// nearly every header section fits, and grows to the bound.
func (h *headReader) fill() error {
	if cap(h.pending)-len(h.pending) < 512 {
		grown := make([]byte, len(h.pending), max(4096, 2*len(h.pending)))
		copy(grown, h.pending)
		h.pending = grown
	}
	for range 100 { // a reader may return nothing at all, but not for ever
		n, err := h.src.Read(h.pending[len(h.pending):cap(h.pending)])
		h.pending = h.pending[:len(h.pending)+n]
		switch {
		case n > 0:
			return nil
		case err == io.EOF && len(h.pending) > 0:
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
	}
	return io.ErrNoProgress
}

// Read hands out what is behind the header section.
func (h *headReader) Read(p []byte) (int, error) {
	if len(h.pending) == 0 {
		return h.src.Read(p)
	}
	n := copy(p, h.pending)
	h.pending = h.pending[n:]
	return n, nil
}

// rest takes everything that has arrived behind the header section, in memory
// of its own, so that the buffer can go.
func (h *headReader) rest() []byte {
	rest := append([]byte(nil), h.pending...)
	h.pending = nil
	return rest
}
