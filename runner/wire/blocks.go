package wire

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// Blocks writes a message payload for permessage-deflate by hand, DEFLATE block
// by block, for what no compressor would write: a chosen block type, BFINAL, a
// back reference of a given length and distance, or nonsense. The methods can
// be chained:
//
//	payload := new(Blocks).Fixed(false).Literals([]byte("Hello")).End().Sync().Bytes()
//
// gives the first example of RFC 7692, section 7.2.3.1.
type Blocks struct {
	b     []byte
	acc   uint64 // bits that are not yet in b, the first one lowest
	n     uint
	final bool
	err   error
}

// Bits writes the low k bits of v, k being at most 32, the lowest first.
func (w *Blocks) Bits(v uint32, k int) *Blocks {
	w.acc |= uint64(v) & (1<<k - 1) << w.n
	w.n += uint(k)
	for ; w.n >= 8; w.n -= 8 {
		w.b = append(w.b, byte(w.acc))
		w.acc >>= 8
	}
	return w
}

// Align pads with zero bits up to an octet border.
func (w *Blocks) Align() *Blocks { return w.Bits(0, int(-w.n&7)) }

// Octets writes p at an octet border.
func (w *Blocks) Octets(p ...byte) *Blocks {
	w.Align()
	w.b = append(w.b, p...)
	return w
}

// Header writes the three bits that open a block; kind may be 3, which is
// reserved.
func (w *Blocks) Header(final bool, kind BlockKind) *Blocks {
	w.final = final
	if final {
		return w.Bits(1|uint32(kind)<<1, 3)
	}
	return w.Bits(uint32(kind)<<1, 3)
}

// Stored writes data in stored blocks, one for each 65,535 octets and one if
// there are none. BFINAL goes into the last.
func (w *Blocks) Stored(final bool, data []byte) *Blocks {
	for len(data) > 0xffff {
		w.StoredLength(false, 0xffff, 0).Octets(data[:0xffff]...)
		data = data[0xffff:]
	}
	return w.StoredLength(final, uint16(len(data)), ^uint16(len(data))).Octets(data...)
}

// StoredLength writes the header and the two lengths of a stored block, right
// or wrong. Its data is to follow by Octets.
func (w *Blocks) StoredLength(final bool, length, complement uint16) *Blocks {
	w.Header(final, Stored).Align()
	w.b = binary.LittleEndian.AppendUint16(w.b, length)
	w.b = binary.LittleEndian.AppendUint16(w.b, complement)
	return w
}

// Fixed opens a block with fixed Huffman codes, to be filled by Literals, Match
// and Symbol and closed by End.
func (w *Blocks) Fixed(final bool) *Blocks { return w.Header(final, Fixed) }

// Literals writes p as literals of the fixed code.
func (w *Blocks) Literals(p []byte) *Blocks {
	for _, c := range p {
		w.Symbol(int(c))
	}
	return w
}

// Symbol writes one symbol of the fixed code, 0 to 287: a literal, 256 for the
// end of the block, or a length without its extra bits (RFC 1951, section
// 3.2.6). 286 and 287 stand for nothing.
func (w *Blocks) Symbol(symbol int) *Blocks {
	switch {
	case symbol < 144:
		return w.code(0x30+symbol, 8)
	case symbol < 256:
		return w.code(0x190+symbol-144, 9)
	case symbol < 280:
		return w.code(symbol-256, 7)
	}
	return w.code(0xc0+symbol-280, 8)
}

// DistanceSymbol writes one distance symbol of the fixed code, 0 to 31, without
// its extra bits. 30 and 31 stand for nothing.
func (w *Blocks) DistanceSymbol(symbol int) *Blocks { return w.code(symbol, 5) }

// code writes a Huffman code, whose bits go the other way round.
func (w *Blocks) code(v, k int) *Blocks {
	return w.Bits(bits.Reverse32(uint32(v))>>(32-k), k)
}

// Match writes a back reference in the fixed code: length 3 to 258, distance 1
// to 32,768, whether or not there is such a history. Other values write nothing
// and set Err.
func (w *Blocks) Match(length, distance int) *Blocks {
	if length < 3 || length > maxMatch || distance < 1 || distance > maxWindow {
		w.err = fmt.Errorf("deflate has no match of length %d and distance %d", length, distance)
		return w
	}
	i := lastNotAbove(lengthBase[:], length)
	w.Symbol(firstLength+i).Bits(uint32(length)-uint32(lengthBase[i]), int(lengthExtra[i]))
	i = lastNotAbove(distanceBase[:], distance)
	return w.DistanceSymbol(i).Bits(uint32(distance)-uint32(distanceBase[i]), int(distanceExtra[i]))
}

func lastNotAbove(base []uint16, v int) int {
	i := len(base) - 1
	for int(base[i]) > v {
		i--
	}
	return i
}

// End closes a block with fixed codes. After one with BFINAL it pads to an octet
// border (RFC 7692, section 7.2.1).
func (w *Blocks) End() *Blocks {
	w.Symbol(endOfBlock)
	if w.final {
		w.Align()
	}
	return w
}

// Sync ends a message: it opens an empty stored block and leaves out the
// 00 00 ff ff of it, which are not sent.
func (w *Blocks) Sync() *Blocks { return w.Header(false, Stored).Align() }

// Flush writes a whole empty stored block, as between two fragments that were
// compressed one by one.
func (w *Blocks) Flush() *Blocks { return w.Stored(false, nil) }

// Err tells about the first impossible Match.
func (w *Blocks) Err() error { return w.err }

// Bytes aligns and returns what has been written.
func (w *Blocks) Bytes() []byte { return w.Align().b }
