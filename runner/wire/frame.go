package wire

import (
	"encoding/binary"
	"strconv"
)

// Opcode is the 4-bit opcode of a frame (RFC 6455, section 5.2).
type Opcode byte

// The opcodes that RFC 6455, section 11.8, defines. All others are reserved.
const (
	Continuation Opcode = 0
	Text         Opcode = 1
	Binary       Opcode = 2
	Close        Opcode = 8
	Ping         Opcode = 9
	Pong         Opcode = 10
)

// String gives the name in the RFC, and "opcode 3" for a reserved one.
func (o Opcode) String() string {
	switch o {
	case Continuation:
		return "continuation"
	case Text:
		return "text"
	case Binary:
		return "binary"
	case Close:
		return "close"
	case Ping:
		return "ping"
	case Pong:
		return "pong"
	}
	return "opcode " + strconv.Itoa(int(o))
}

// LengthForm is the way the payload length is written in a frame header.
type LengthForm byte

const (
	Minimal LengthForm = iota // the shortest form that holds the length
	Short7                    // in the 7 bits of the second octet
	Ext16                     // 126, then 16 bits
	Ext64                     // 127, then 64 bits
)

func (f LengthForm) String() string {
	switch f {
	case Minimal:
		return "minimal"
	case Short7:
		return "7-bit"
	case Ext16:
		return "16-bit"
	case Ext64:
		return "64-bit"
	}
	return "length form " + strconv.Itoa(int(f))
}

// MaxHeader is the largest frame header, in octets.
const MaxHeader = 14

// Header is a frame header (RFC 6455, section 5.2), legal or not.
type Header struct {
	FIN    bool
	RSV    byte // RSV1 is 4, RSV2 is 2, RSV3 is 1
	Opcode Opcode
	Masked bool
	Key    [4]byte // masking key, on the wire only if Masked
	Length uint64  // payload length as the header claims it
	Form   LengthForm
}

// Append writes exactly what h says, legal or not: Length may lie about the
// payload that follows, and only the octets that Form has room for are written.
// In the Short7 form the low 7 bits go out as they are, so that 126 and 127
// announce an extended length which then does not follow.
func (h Header) Append(dst []byte) []byte {
	first := h.RSV&7<<4 | byte(h.Opcode)&0xf
	if h.FIN {
		first |= 0x80
	}
	var mask byte
	if h.Masked {
		mask = 0x80
	}
	form := h.Form
	if form == Minimal {
		form = shortest(h.Length)
	}
	switch form {
	case Ext16:
		dst = append(dst, first, mask|126)
		dst = binary.BigEndian.AppendUint16(dst, uint16(h.Length))
	case Ext64:
		dst = append(dst, first, mask|127)
		dst = binary.BigEndian.AppendUint64(dst, h.Length)
	default:
		dst = append(dst, first, mask|byte(h.Length&0x7f))
	}
	if h.Masked {
		dst = append(dst, h.Key[:]...)
	}
	return dst
}

// AppendFrame writes h and behind it the payload, masked if h says so. It does
// not correct h.Length.
func AppendFrame(dst []byte, h Header, payload []byte) []byte {
	dst = h.Append(dst)
	dst = append(dst, payload...)
	if h.Masked {
		Mask(dst[len(dst)-len(payload):], h.Key, 0)
	}
	return dst
}

// ParseHeader reads the frame header at the start of b, which takes n octets.
// ok is false if b does not hold all of it. Form is never Minimal: it tells
// which of the three forms was seen.
func ParseHeader(b []byte) (h Header, n int, ok bool) {
	if len(b) < 2 {
		return Header{}, 0, false
	}
	h.FIN = b[0]&0x80 != 0
	h.RSV = b[0] >> 4 & 7
	h.Opcode = Opcode(b[0] & 0xf)
	h.Masked = b[1]&0x80 != 0
	switch n = 2; b[1] & 0x7f {
	case 126:
		if len(b) < 4 {
			return Header{}, 0, false
		}
		h.Form, h.Length, n = Ext16, uint64(binary.BigEndian.Uint16(b[2:])), 4
	case 127:
		if len(b) < 10 {
			return Header{}, 0, false
		}
		h.Form, h.Length, n = Ext64, binary.BigEndian.Uint64(b[2:]), 10
	default:
		h.Form, h.Length = Short7, uint64(b[1]&0x7f)
	}
	if h.Masked {
		if len(b) < n+4 {
			return Header{}, 0, false
		}
		h.Key = [4]byte(b[n:])
		n += 4
	}
	return h, n, true
}

// MinimalForm tells whether the length takes the shortest form that holds it,
// as RFC 6455, section 5.2, demands.
func (h Header) MinimalForm() bool {
	return h.Form == Minimal || h.Form == shortest(h.Length)
}

func shortest(length uint64) LengthForm {
	switch {
	case length < 126:
		return Short7
	case length < 1<<16:
		return Ext16
	}
	return Ext64
}
