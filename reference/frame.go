package reference

import "encoding/binary"

// An opcode says how the payload of a frame is to be read (RFC 6455,
// section 5.2).
type opcode byte

const (
	opContinuation opcode = 0x0
	opText         opcode = 0x1
	opBinary       opcode = 0x2
	opClose        opcode = 0x8
	opPing         opcode = 0x9
	opPong         opcode = 0xa
)

func (o opcode) control() bool { return o >= opClose }

func (o opcode) reserved() bool { return o > opBinary && o < opClose || o > opPong }

// The bits of the first two octets of a frame.
const (
	bitFIN  = 0x80
	bitRSV1 = 0x40
	bitsRSV = 0x70
	bitMASK = 0x80
)

const (
	maxControl = 125 // payload of a control frame (RFC 6455, section 5.5)
	maxHeader  = 14  // octets in front of a payload, masking key included
)

// A header is all of a frame but its payload (RFC 6455, section 5.2).
type header struct {
	fin    bool
	rsv    byte // RSV1 to RSV3 at their place in the first octet
	opcode opcode
	masked bool
	form   byte   // the 7-bit length field: 126 and 127 announce a longer one
	length uint64 // payload length, as sent: the top bit may be set
	key    uint32 // masking key, its first octet lowest; 0 without one
}

// parseHeader reads the header at the start of b. It is whole when ok; n then
// counts its octets. Otherwise n counts the octets that are understood, 0, 1, 2
// or all but the masking key, and the fields they hold are set: rules can be
// checked before the rest has arrived.
func parseHeader(b []byte) (h header, n int, ok bool) {
	if len(b) < 2 {
		if len(b) == 1 {
			h.setFirst(b[0])
			return h, 1, false
		}
		return h, 0, false
	}
	h.setFirst(b[0])
	h.masked = b[1]&bitMASK != 0
	h.form = b[1] &^ bitMASK
	h.length = uint64(h.form)
	n = 2
	switch h.form {
	case 126:
		if len(b) < 4 {
			return h, 2, false
		}
		h.length = uint64(binary.BigEndian.Uint16(b[2:]))
		n = 4
	case 127:
		if len(b) < 10 {
			return h, 2, false
		}
		h.length = binary.BigEndian.Uint64(b[2:])
		n = 10
	}
	if !h.masked {
		return h, n, true
	}
	if len(b) < n+4 {
		return h, n, false
	}
	h.key = binary.LittleEndian.Uint32(b[n:])
	return h, n + 4, true
}

func (h *header) setFirst(b byte) {
	h.fin = b&bitFIN != 0
	h.rsv = b & bitsRSV
	h.opcode = opcode(b & 0x0f)
}

// appendHeader appends the header, with the shortest length form whatever
// h.form says (RFC 6455, section 5.2).
func appendHeader(b []byte, h header) []byte {
	first := h.rsv | byte(h.opcode)
	if h.fin {
		first |= bitFIN
	}
	var mask byte
	if h.masked {
		mask = bitMASK
	}
	switch {
	case h.length <= 125:
		b = append(b, first, mask|byte(h.length))
	case h.length <= 0xffff:
		b = append(b, first, mask|126, byte(h.length>>8), byte(h.length))
	default:
		b = append(b, first, mask|127)
		b = binary.BigEndian.AppendUint64(b, h.length)
	}
	if h.masked {
		b = binary.LittleEndian.AppendUint32(b, h.key)
	}
	return b
}
