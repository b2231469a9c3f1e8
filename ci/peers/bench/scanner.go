package bench

import (
	"encoding/binary"
	"fmt"
)

// A scanner counts the messages in a stream of frames that comes in arbitrary
// pieces. It looks at headers alone.
type scanner struct {
	head  [14]byte // of the frame at hand, as far as it has come
	have  int      // octets in head
	rest  uint64   // octets of payload still to come
	final bool     // the frame at hand ends a message
}

// scan takes the next piece and returns how many messages ended in it. Frames
// other than of data are errors: the load sends nothing that calls for them.
func (s *scanner) scan(p []byte) (messages int, err error) {
	for len(p) > 0 {
		if s.rest > 0 {
			k := min(s.rest, uint64(len(p)))
			p, s.rest = p[k:], s.rest-k
			if s.rest == 0 && s.final {
				messages++
			}
			continue
		}
		k := copy(s.head[s.have:s.size()], p)
		p, s.have = p[k:], s.have+k
		if s.have < 2 || s.have < s.size() {
			continue
		}
		if err := s.start(); err != nil {
			return messages, err
		}
		if s.rest == 0 && s.final {
			messages++
		}
	}
	return messages, nil
}

// size returns how long the header is, as far as its first octets tell.
func (s *scanner) size() int {
	if s.have < 2 {
		return 2
	}
	size := 2
	switch s.head[1] & 0x7f {
	case 126:
		size += 2
	case 127:
		size += 8
	}
	if s.head[1]&0x80 != 0 { // an echo of TCP octets comes back masked
		size += 4
	}
	return size
}

// start begins the payload of the frame whose header is complete.
func (s *scanner) start() error {
	if opcode := s.head[0] & 15; opcode > 2 {
		return fmt.Errorf("the server sent a frame with opcode %d", opcode)
	}
	s.final = s.head[0]&0x80 != 0
	switch short := s.head[1] & 0x7f; short {
	case 126:
		s.rest = uint64(binary.BigEndian.Uint16(s.head[2:]))
	case 127:
		s.rest = binary.BigEndian.Uint64(s.head[2:])
	default:
		s.rest = uint64(short)
	}
	s.have = 0
	return nil
}
