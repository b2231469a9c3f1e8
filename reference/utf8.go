package reference

import "unicode/utf8"

// utf8Stream checks that octets which arrive piece by piece are UTF-8 (RFC 6455,
// section 8.1; RFC 3629, section 3), and sees the first octet that makes it
// impossible as soon as that octet is there.
type utf8Stream struct {
	rest [utf8.UTFMax]byte // octets of a character that is not complete yet
	n    int
}

// feed takes the next octets and says whether the text can still be valid.
func (s *utf8Stream) feed(p []byte) bool {
	for s.n > 0 && len(p) > 0 {
		s.rest[s.n] = p[0]
		s.n++
		p = p[1:]
		if utf8.FullRune(s.rest[:s.n]) {
			// An impossible prefix counts as full too, of size 1.
			_, size := utf8.DecodeRune(s.rest[:s.n])
			whole := size == s.n
			s.n = 0
			if !whole {
				return false
			}
		}
	}
	cut := len(p) - incompleteTail(p)
	if !utf8.Valid(p[:cut]) {
		return false
	}
	if cut < len(p) {
		s.n = copy(s.rest[:], p[cut:])
	}
	return true
}

// complete says whether the octets so far end with a whole character.
func (s *utf8Stream) complete() bool { return s.n == 0 }

// incompleteTail counts the octets at the end of p that begin a character
// without ending it, 0 to 3.
func incompleteTail(p []byte) int {
	for i := 1; i <= min(3, len(p)); i++ {
		b := p[len(p)-i]
		if b < utf8.RuneSelf {
			return 0
		}
		if utf8.RuneStart(b) {
			if utf8.FullRune(p[len(p)-i:]) {
				return 0
			}
			return i
		}
	}
	return 0
}
