package cases

import (
	"encoding/binary"
	"encoding/hex"
	"unicode/utf8"
)

const framingSeed = 1

// framingLimit is the longest frame that the simulated peer takes.
const framingLimit = 1 << 24

// framingEncode writes frames as the player does: as a client, when the peer is
// a server.
func framingEncode(frames []Frame, toServer bool) []byte {
	var wire []byte
	for _, f := range frames {
		payload := f.Payload.Append(nil, framingSeed)
		if f.Opcode == OpRaw {
			wire = append(wire, payload...)
			continue
		}
		octets := framingHeader(f, uint64(len(payload)), toServer)
		if octets[1]&0x80 != 0 {
			key := framingKey(f.Key)
			octets = append(octets, key...)
			for i := range payload {
				payload[i] ^= key[i%4]
			}
		}
		octets = append(octets, payload...)
		if f.First > 0 {
			octets = octets[:f.First]
		}
		wire = append(wire, octets...)
	}
	return wire
}

func framingKey(digits string) []byte {
	if digits == "" {
		return []byte{0xa1, 0xb2, 0xc3, 0xd4}
	}
	key, err := hex.DecodeString(digits)
	if err != nil || len(key) != 4 {
		panic("not a masking key: " + digits)
	}
	return key
}

func framingHeader(f Frame, length uint64, toServer bool) []byte {
	first, mask := f.RSV<<4|byte(f.Opcode), byte(0)
	if !f.More {
		first |= 0x80
	}
	if f.Mask == Masked || f.Mask == MaskByRole && toServer {
		mask = 0x80
	}
	if f.Length > 0 {
		length = f.Length
	}
	switch {
	case f.Form == Length64 || length > 65535:
		return binary.BigEndian.AppendUint64([]byte{first, mask | 127}, length)
	case f.Form == Length16 || length > 125:
		return binary.BigEndian.AppendUint16([]byte{first, mask | 126}, uint16(length))
	}
	return []byte{first, mask | byte(length)}
}

// framingHeard is what the peer lets be heard: a frame or message (f), a Close
// (c), the end of TCP (e), an HTTP answer (a).
type framingHeard struct {
	kind    byte
	opcode  Opcode
	payload []byte
	code    uint16
}

// framingPeer is an endpoint that echoes. It is strict, or finds no fault.
type framingPeer struct {
	server, careless bool
	unread           []byte
	message          []byte
	opcode           Opcode // of the open message
	ended            bool
	heard            []framingHeard
}

func (p *framingPeer) tell(h framingHeard) {
	if p.ended {
		return
	}
	p.ended = h.kind == 'e'
	p.heard = append(p.heard, h)
}

func (p *framingPeer) closes(code uint16) {
	p.tell(framingHeard{kind: 'c', code: code})
	p.tell(framingHeard{kind: 'e'})
}

func (p *framingPeer) feed(octets []byte) {
	p.unread = append(p.unread, octets...)
	for !p.ended {
		f, key, size, ok := framingDecode(p.unread)
		if !ok {
			return
		}
		if code := p.fault(f); code != 0 && !p.careless {
			p.closes(code)
			return
		}
		if size == 0 { // the rest of the header is still to come
			return
		}
		if uint64(len(p.unread)-size) < f.Length {
			return
		}
		data := append([]byte(nil), p.unread[size:size+int(f.Length)]...)
		for i := range data {
			data[i] ^= key[i%4]
		}
		p.unread = p.unread[size+int(f.Length):]
		p.handle(f, data)
	}
}

// framingDecode reads a header: the frame with its length, the key or zeros, and
// the size of the header, which is 0 when only its beginning is there and shows a
// fault already.
func framingDecode(b []byte) (f Frame, key [4]byte, size int, ok bool) {
	if len(b) < 2 {
		return f, key, 0, false
	}
	f = Frame{Opcode: Opcode(b[0] & 15), More: b[0]&0x80 == 0, RSV: b[0] >> 4 & 7, Mask: Unmasked, Length: uint64(b[1] & 127)}
	size = 2
	switch {
	case f.Length == 126 && len(b) >= 4:
		f.Form, f.Length, size = Length16, uint64(binary.BigEndian.Uint16(b[2:])), 4
	case f.Length == 127 && len(b) >= 10:
		f.Form, f.Length, size = Length64, binary.BigEndian.Uint64(b[2:]), 10
	case f.Length > 125:
		return f, key, 0, framingEarly(f)
	}
	if b[1]&0x80 != 0 {
		f.Mask = Masked
		size += 4
		if len(b) < size {
			return f, key, 0, framingEarly(f)
		}
		copy(key[:], b[size-4:])
	}
	return f, key, size, true
}

// framingEarly is whether two octets show a fault already.
func framingEarly(f Frame) bool {
	return f.RSV != 0 || f.Opcode.IsControl() && (f.More || f.Length > 125) || f.Opcode&7 > 2
}

// fault is the status code for what is wrong with a frame, or 0.
func (p *framingPeer) fault(f Frame) uint16 {
	open := p.opcode != 0
	minimal := f.Form == Minimal || f.Form == Length16 && f.Length > 125 || f.Form == Length64 && f.Length > 65535
	switch {
	case f.RSV != 0, f.Opcode&7 > 2, (f.Mask == Masked) != p.server, !minimal, f.Length>>63 != 0:
		return 1002
	case f.Opcode.IsControl() && (f.More || f.Length > 125):
		return 1002
	case !f.Opcode.IsControl() && open != (f.Opcode == OpContinuation):
		return 1002
	case f.Length > framingLimit:
		return 1009
	}
	return 0
}

func (p *framingPeer) handle(f Frame, data []byte) {
	switch {
	case f.Opcode == OpPing:
		p.tell(framingHeard{kind: 'f', opcode: OpPong, payload: data})
	case f.Opcode == OpClose && len(data) < 2:
		p.closes(NoCode)
	case f.Opcode == OpClose:
		p.closes(binary.BigEndian.Uint16(data))
	case !f.Opcode.IsControl():
		p.gather(f, data)
	}
}

func (p *framingPeer) gather(f Frame, data []byte) {
	if f.Opcode != OpContinuation || p.opcode == 0 {
		p.opcode, p.message = max(1, f.Opcode), nil
	}
	p.message = append(p.message, data...)
	if f.More {
		return
	}
	if p.opcode == OpText && !p.careless && !utf8.Valid(p.message) {
		p.closes(1007)
		return
	}
	p.tell(framingHeard{kind: 'f', opcode: p.opcode, payload: p.message})
	p.opcode, p.message = 0, nil
}
