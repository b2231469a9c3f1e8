package reference

import (
	"math/bits"
	"sync"
)

// maxCode is the length of the longest Huffman code of DEFLATE, in bits (RFC
// 1951, section 3.2.7).
const maxCode = 15

// A huffEntry is what a code stands for:
//
//	bits 0-3    length of the code
//	bits 4-6    kind
//	bits 8-11   extra bits that follow the code
//	bits 16-31  literal octet, base of a length or distance, or place of a table
type huffEntry uint32

const (
	kindInvalid huffEntry = iota << 4 // no code is like this
	kindLiteral
	kindBase
	kindEnd
	kindTable           // the code is longer than the first table's index
	kindMask  huffEntry = 7 << 4
)

func (e huffEntry) length() uint        { return uint(e & 15) }
func (e huffEntry) extra() uint         { return uint(e >> 8 & 15) }
func (e huffEntry) value() int          { return int(e >> 16) }
func (e huffEntry) is(k huffEntry) bool { return e&kindMask == k }

// A huffTable decodes a Huffman code with one look-up for codes up to width
// bits and two for longer ones.
type huffTable struct {
	width   uint
	deep    uint // bits that index a second table
	entries []huffEntry
}

// find looks up the code that begins at the lowest bit of b.
func (t *huffTable) find(b uint64) huffEntry {
	e := t.entries[b&(1<<t.width-1)]
	if e.is(kindTable) {
		sub := b >> t.width & (1<<t.deep - 1)
		return t.entries[e.value()+int(sub)]
	}
	return e
}

// build makes the table for codes of the given lengths, where 0 means that a
// symbol does not occur. symbols gives each its entry, without a length. It
// returns false for lengths that no prefix code has, and for incomplete codes
// unless lone allows a single one of one bit.
func (t *huffTable) build(width uint, lengths []uint8, symbols []huffEntry, lone bool) bool {
	var count [maxCode + 1]int
	for _, n := range lengths {
		count[n]++
	}
	used := len(lengths) - count[0]
	longest := maxCode
	for longest > 0 && count[longest] == 0 {
		longest--
	}
	left, code := 1, 0
	var next [maxCode + 1]int
	for n := 1; n <= longest; n++ {
		left = left<<1 - count[n]
		if left < 0 {
			return false
		}
		next[n] = code
		code = (code + count[n]) << 1
	}
	if left > 0 && !(lone && (used == 0 || used == 1 && longest == 1)) {
		return false
	}
	t.width, t.deep = min(width, uint(max(longest, 1))), 0
	t.clear(longest)
	if uint(longest) > t.width {
		t.deep = uint(longest) - t.width
	}
	for s, n := range lengths {
		if n > 0 {
			t.insert(uint(n), next[n], symbols[s])
			next[n]++
		}
	}
	return true
}

// clear empties the first table. What has no code is known not to have one when
// the bits of the longest code are there.
func (t *huffTable) clear(longest int) {
	size := 1 << t.width
	if cap(t.entries) < size {
		t.entries = make([]huffEntry, size, 2*size)
	}
	t.entries = t.entries[:size]
	for i := range t.entries {
		t.entries[i] = kindInvalid | huffEntry(longest)
	}
}

// insert puts a code of n bits into every place whose index ends with it. Codes
// are sent with their first bit lowest, so it is turned round.
func (t *huffTable) insert(n uint, code int, e huffEntry) {
	turned := uint(bits.Reverse16(uint16(code)) >> (16 - n))
	if n <= t.width {
		for i := turned; i < 1<<t.width; i += 1 << n {
			t.entries[i] = e | huffEntry(n)
		}
		return
	}
	first := turned & (1<<t.width - 1)
	if !t.entries[first].is(kindTable) {
		place := len(t.entries)
		t.entries = append(t.entries, make([]huffEntry, 1<<t.deep)...)
		t.entries[first] = kindTable | huffEntry(place)<<16
	}
	place := uint(t.entries[first].value())
	for i := turned >> t.width; i < 1<<t.deep; i += 1 << (n - t.width) {
		t.entries[place+i] = e | huffEntry(n)
	}
}

// deflateSymbols are the symbols of RFC 1951, section 3.2.5.
type deflateSymbols struct {
	literal  [288]huffEntry // 286 and 287 have codes in the fixed table, but no meaning
	distance [32]huffEntry  // so have 30 and 31
	length   [19]huffEntry  // code lengths of section 3.2.7
	fixedLit huffTable
	fixedDst huffTable
}

// newDeflateSymbols works the tables out, which never change afterwards.
var newDeflateSymbols = sync.OnceValue(func() *deflateSymbols {
	s := new(deflateSymbols)
	for i := range 256 {
		s.literal[i] = kindLiteral | huffEntry(i)<<16
	}
	s.literal[256] = kindEnd
	base := 3
	for i := range 28 {
		extra := max(i/4-1, 0)
		s.literal[257+i] = kindBase | huffEntry(extra)<<8 | huffEntry(base)<<16
		base += 1 << extra
	}
	s.literal[285] = kindBase | 258<<16
	base = 1
	for i := range 30 {
		extra := max(i/2-1, 0)
		s.distance[i] = kindBase | huffEntry(extra)<<8 | huffEntry(base)<<16
		base += 1 << extra
	}
	for i := range s.length {
		s.length[i] = kindLiteral | huffEntry(i)<<16
	}
	var lengths [288]uint8
	for i := range lengths {
		switch {
		case i < 144 || i >= 280:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		default:
			lengths[i] = 7
		}
	}
	s.fixedLit.build(literalWidth, lengths[:], s.literal[:], false)
	for i := range 32 {
		lengths[i] = 5
	}
	s.fixedDst.build(distanceWidth, lengths[:32], s.distance[:], false)
	return s
})
