// Package raw is a small WebSocket client without opinions: it writes the
// frames it is told to write and returns those that come, for the tests of the
// echo servers and for the load of the benchmarks.
//
//	conn, err := raw.Dial(ctx, server.URL, nil)
//	if err != nil {
//		return err
//	}
//	defer conn.Close()
//	err = conn.Send(raw.Frame{Fin: true, Opcode: raw.Text, Payload: []byte("Hello")})
//	frame, err := conn.Next()
package raw

import (
	"encoding/binary"
	"fmt"
	"io"
)

// Opcodes (RFC 6455, section 5.2).
const (
	Continuation byte = 0
	Text         byte = 1
	Binary       byte = 2
	Close        byte = 8
	Ping         byte = 9
	Pong         byte = 10
)

// maxPayload bounds the memory for one received frame.
const maxPayload = 128 << 20

// A Frame is one frame, its payload unmasked.
type Frame struct {
	Fin     bool
	Masked  bool // a received frame was masked, which servers may not do; Append always masks
	RSV     byte // RSV1, RSV2 and RSV3 as 4, 2 and 1
	Opcode  byte
	Payload []byte
}

// Key is the masking key of all frames. It is fixed so that runs repeat, and
// has no zero octet, so that a server that does not unmask is found out.
var Key = [4]byte{0x37, 0xfa, 0x21, 0x3d}

// Append appends the frame as a client sends it, masked, with the shortest
// length (RFC 6455, sections 5.2 and 5.3).
func (f Frame) Append(dst []byte) []byte {
	first := f.RSV<<4 | f.Opcode
	if f.Fin {
		first |= 0x80
	}
	dst = append(dst, first)
	switch n := len(f.Payload); {
	case n <= 125:
		dst = append(dst, 0x80|byte(n))
	case n <= 0xffff:
		dst = binary.BigEndian.AppendUint16(append(dst, 0x80|126), uint16(n))
	default:
		dst = binary.BigEndian.AppendUint64(append(dst, 0x80|127), uint64(n))
	}
	dst = append(dst, Key[:]...)
	start := len(dst)
	dst = append(dst, f.Payload...)
	mask(dst[start:], Key)
	return dst
}

// read reads a frame.
func read(r io.Reader) (Frame, error) {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return Frame{}, err
	}
	f := Frame{
		Fin: head[0]&0x80 != 0, RSV: head[0] >> 4 & 7, Opcode: head[0] & 15,
		Masked: head[1]&0x80 != 0,
	}
	n, err := readLength(r, head[1]&0x7f)
	if err != nil {
		return f, fmt.Errorf("reading the length of a frame: %w", err)
	}
	if n > maxPayload {
		return f, fmt.Errorf("frame of %d octets", n)
	}
	var key [4]byte
	if f.Masked {
		if _, err := io.ReadFull(r, key[:]); err != nil {
			return f, fmt.Errorf("reading a masking key: %w", err)
		}
	}
	f.Payload = make([]byte, n)
	if _, err := io.ReadFull(r, f.Payload); err != nil {
		return f, fmt.Errorf("reading a payload of %d octets: %w", n, err)
	}
	mask(f.Payload, key)
	return f, nil
}

// mask masks or unmasks; a key of zeros changes nothing.
func mask(p []byte, key [4]byte) {
	if key == [4]byte{} {
		return
	}
	for i := range p {
		p[i] ^= key[i&3]
	}
}

// readLength reads the extended payload length that the 7-bit length calls for.
func readLength(r io.Reader, short byte) (uint64, error) {
	var ext [8]byte
	switch short {
	case 126:
		_, err := io.ReadFull(r, ext[6:])
		return binary.BigEndian.Uint64(ext[:]), err
	case 127:
		_, err := io.ReadFull(r, ext[:])
		return binary.BigEndian.Uint64(ext[:]), err
	default:
		return uint64(short), nil
	}
}
