package cases

import (
	"math/bits"
	"strings"
)

// A deflateWriter writes DEFLATE (RFC 1951) as the cases want it, in stored
// blocks and in blocks with the fixed codes:
//
//	new(deflateWriter).fixed(false).literals("Hello").end().sync()
//
// is the first sample of RFC 7692, section 7.2.3.1.
type deflateWriter struct {
	out   strings.Builder
	acc   uint64 // bits that are not written yet, the first one lowest
	n     int    // how many
	final bool   // the block has BFINAL
}

// put writes the low k bits of v, the lowest first.
func (w *deflateWriter) put(v, k int) *deflateWriter {
	w.acc |= uint64(v) << w.n
	for w.n += k; w.n >= 8; w.n -= 8 {
		w.out.WriteByte(byte(w.acc))
		w.acc >>= 8
	}
	return w
}

// code writes a Huffman code of k bits, whose highest bit comes first.
func (w *deflateWriter) code(v, k int) *deflateWriter {
	return w.put(int(bits.Reverse32(uint32(v))>>(32-k)), k)
}

// align pads with zeros up to an octet.
func (w *deflateWriter) align() *deflateWriter { return w.put(0, -w.n&7) }

// header opens a block: 0 is a stored one, 1 one with the fixed codes.
func (w *deflateWriter) header(final bool, kind int) *deflateWriter {
	if w.final = final; final {
		return w.put(1|kind<<1, 3)
	}
	return w.put(kind<<1, 3)
}

// stored writes a whole stored block.
func (w *deflateWriter) stored(final bool, s string) *deflateWriter {
	w.header(final, 0).align().put(len(s), 16).put(len(s)^0xffff, 16)
	w.out.WriteString(s)
	return w
}

// fixed opens a block with the fixed codes, for literals, match and end.
func (w *deflateWriter) fixed(final bool) *deflateWriter { return w.header(final, 1) }

// symbol writes a literal, a length without its extra bits, or 256 for the end
// of the block (RFC 1951, section 3.2.6).
func (w *deflateWriter) symbol(s int) *deflateWriter {
	switch {
	case s < 144:
		return w.code(0x30+s, 8)
	case s < 256:
		return w.code(0x190+s-144, 9)
	case s < 280:
		return w.code(s-256, 7)
	}
	return w.code(0xc0+s-280, 8)
}

func (w *deflateWriter) literals(s string) *deflateWriter {
	for _, c := range []byte(s) {
		w.symbol(int(c))
	}
	return w
}

// match writes a back reference: length 3 to 258, distance 1 to 32768 (RFC 1951,
// section 3.2.5).
func (w *deflateWriter) match(length, distance int) *deflateWriter {
	switch v := length - 3; {
	case length == 258:
		w.symbol(285)
	case v < 8:
		w.symbol(257 + v)
	default:
		extra := bits.Len(uint(v)) - 3
		w.symbol(257+4*extra+v>>extra).put(v&(1<<extra-1), extra)
	}
	v := distance - 1
	if v < 4 {
		return w.code(v, 5)
	}
	extra := bits.Len(uint(v)) - 2
	return w.code(2*extra+v>>extra, 5).put(v&(1<<extra-1), extra)
}

// end closes a block with the fixed codes; behind one with BFINAL comes padding
// (RFC 7692, section 7.2.1).
func (w *deflateWriter) end() *deflateWriter {
	if w.symbol(256); w.final {
		w.align()
	}
	return w
}

// flush is a whole empty stored block.
func (w *deflateWriter) flush() *deflateWriter { return w.stored(false, "") }

// sync ends a message: it opens the empty stored block whose last four octets,
// 00 00 ff ff, are not sent.
func (w *deflateWriter) sync() string { return w.header(false, 0).octets() }

// octets is what has been written.
func (w *deflateWriter) octets() string {
	w.align()
	return w.out.String()
}

// deflateStored is a stored block of described octets, at most 65535.
func deflateStored(p Payload) Payload {
	n := p.Len()
	return Join(Lit(string([]byte{0, byte(n), byte(n >> 8), ^byte(n), ^byte(n >> 8)})), p)
}

// deflateReferring is a message of the described octets and a copy of its first
// ones, which is a match whose distance is the size of p.
func deflateReferring(p Payload, length int) Payload {
	return Join(deflateStored(p), Lit(new(deflateWriter).fixed(false).match(length, p.Len()).end().sync()))
}
