package wire

import (
	"errors"
	"math/bits"
)

// Sizes of the decoding tables. A code up to the primary bits is found by one
// look-up. A longer one goes through a secondary table, all of which have the
// size that the longest code asks for. Under each prefix of a complete code
// there are at least two longer codes, which bounds their number.
const (
	maxCodeBits = 15

	literalBits  = 10
	literalTable = 1<<literalBits + 286/2<<(maxCodeBits-literalBits)

	distanceBits  = 8
	distanceTable = 1<<distanceBits + 30/2<<(maxCodeBits-distanceBits)

	codeLengthBits  = 7
	codeLengthTable = 1 << codeLengthBits
)

// A table entry holds from bit 0 the number of bits to take, from bit 8 the
// number of extra bits, and from bit 16 a value: the literal octet, or the base
// of a length or distance, or for entrySub the place of a secondary table, with
// its size in bits instead of extra bits.
const (
	entryLiteral = 1 << 12
	entryEnd     = 1 << 13 // end of block
	entrySub     = 1 << 14
	entryBad     = 1 << 15 // no symbol, or one that stands for nothing

	entryValue = 16
	entryExtra = 8
)

var (
	errOverSubscribed = errors.New("more codes than their lengths have room for")
	errIncomplete     = errors.New("codes do not use up the room of their lengths")
)

// buildTable fills table with the canonical code of the given lengths
// (RFC 1951, section 3.2.2). entry makes the entry of a symbol but for its
// number of bits. sparse allows what zlib allows: no code at all, or a single
// code of one bit.
func buildTable(table []uint32, primary int, lengths []uint8, entry func(symbol int) uint32, sparse bool) error {
	var count, next [maxCodeBits + 1]int
	longest := 0
	for _, n := range lengths {
		count[n]++
		longest = max(longest, int(n))
	}
	count[0] = 0
	room := 1
	for n := 1; n <= maxCodeBits; n++ {
		if room = room<<1 - count[n]; room < 0 {
			return errOverSubscribed
		}
		next[n] = next[n-1] + count[n-1]
	}
	if room > 0 {
		if !sparse || longest > 1 {
			return errIncomplete
		}
		for i := range 1 << primary {
			table[i] = entryBad
		}
	}
	var sorted [288]uint16 // symbols by length, then by number: the order of the codes
	for symbol, n := range lengths {
		if n > 0 {
			sorted[next[n]] = uint16(symbol)
			next[n]++
		}
	}
	fillTable(table, primary, longest, &count, sorted[:], entry)
	return nil
}

func fillTable(table []uint32, primary, longest int, count *[maxCodeBits + 1]int, sorted []uint16, entry func(int) uint32) {
	subBits := max(longest-primary, 0)
	sub, prefix, end := 0, -1, 1<<primary
	code := 0
	for n := 1; n <= longest; n++ {
		code <<= 1
		for range count[n] {
			e := entry(int(sorted[0])) | uint32(n)
			sorted = sorted[1:]
			reversed := int(bits.Reverse16(uint16(code)) >> (16 - n))
			code++
			if n <= primary {
				for i := reversed; i < 1<<primary; i += 1 << n {
					table[i] = e
				}
				continue
			}
			// The codes come in the order of their values, so that those under
			// one prefix come one after the other.
			if p := reversed & (1<<primary - 1); p != prefix {
				prefix, sub = p, end
				end += 1 << subBits
				table[p] = entrySub | uint32(sub)<<entryValue | uint32(subBits)<<entryExtra
			}
			for i := reversed >> primary; i < 1<<subBits; i += 1 << (n - primary) {
				table[sub+i] = e
			}
		}
	}
}

// Lengths and distances (RFC 1951, section 3.2.5): the smallest value of a
// symbol and the number of extra bits that are added to it.
var (
	lengthBase = [...]uint16{
		3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31,
		35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
	}
	lengthExtra = [...]uint8{
		0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2,
		3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
	}
	distanceBase = [...]uint16{
		1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769,
		1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
	}
	distanceExtra = [...]uint8{
		0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8,
		9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
	}
)

const (
	endOfBlock  = 256
	firstLength = 257
)

func literalEntry(symbol int) uint32 {
	switch {
	case symbol < endOfBlock:
		return entryLiteral | uint32(symbol)<<entryValue
	case symbol == endOfBlock:
		return entryEnd
	case symbol-firstLength < len(lengthBase):
		i := symbol - firstLength
		return uint32(lengthBase[i])<<entryValue | uint32(lengthExtra[i])<<entryExtra
	}
	return entryBad | uint32(symbol)<<entryValue
}

func distanceEntry(symbol int) uint32 {
	if symbol < len(distanceBase) {
		return uint32(distanceBase[symbol])<<entryValue | uint32(distanceExtra[symbol])<<entryExtra
	}
	return entryBad | uint32(symbol)<<entryValue
}

func codeLengthEntry(symbol int) uint32 { return uint32(symbol) << entryValue }

// fixedLengths are the code lengths of the fixed Huffman code for literals and
// lengths (RFC 1951, section 3.2.6). Those for distances are all 5.
func fixedLengths() []uint8 {
	lengths := make([]uint8, 288)
	for i := range lengths {
		switch {
		case i < 144:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		default:
			lengths[i] = 8
		}
	}
	return lengths
}
