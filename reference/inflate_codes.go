package reference

import "encoding/binary"

// codeLengthOrder is the order in which the lengths of the code for code
// lengths are sent (RFC 1951, section 3.2.7).
const codeLengthOrder = "\x10\x11\x12\x00\x08\x07\x09\x06\x0a\x05\x0b\x04\x0c\x03\x0d\x02\x0e\x01\x0f"

// dynamicHeader reads how many code lengths follow.
func (z *inflater) dynamicHeader() (bool, error) {
	if z.n < 14 {
		return false, nil
	}
	z.nLit = int(z.bits&31) + 257
	z.nDst = int(z.bits>>5&31) + 1
	z.nLen = int(z.bits>>10&15) + 4
	z.drop(14)
	if z.nLit > 286 || z.nDst > 30 {
		return false, badDeflate("too many codes")
	}
	clear(z.lengths[:len(codeLengthOrder)])
	z.got = 0
	z.state = atCodeLens
	return true, nil
}

func (z *inflater) codeLengths() (bool, error) {
	for ; z.got < z.nLen; z.got++ {
		if z.n < 3 {
			return false, nil
		}
		z.lengths[codeLengthOrder[z.got]] = uint8(z.bits & 7)
		z.drop(3)
	}
	if !z.lenCode.build(7, z.lengths[:len(codeLengthOrder)], z.symbols.length[:], false) {
		return false, badDeflate("code for code lengths is not a prefix code")
	}
	z.got = 0
	z.state = atLengths
	return true, nil
}

// codeTables reads code lengths as far as there are bits, and builds the tables
// at their end.
func (z *inflater) codeTables() (bool, error) {
	for z.got < z.nLit+z.nDst {
		e := z.lenCode.find(z.bits)
		if z.got == 0 && e.value() == 16 && e.length() <= z.n {
			return false, badDeflate("repeats a code length before the first")
		}
		if e.length()+repeatBits(e.value()) > z.n {
			return false, nil
		}
		z.drop(e.length())
		if err := z.repeat(e.value()); err != nil {
			return false, err
		}
	}
	lit, dst := z.lengths[:z.nLit], z.lengths[z.nLit:z.nLit+z.nDst]
	if lit[256] == 0 {
		return false, badDeflate("no code for the end of a block")
	}
	if !z.dynLit.build(literalWidth, lit, z.symbols.literal[:], true) ||
		!z.dynDst.build(distanceWidth, dst, z.symbols.distance[:], true) {
		return false, badDeflate("lengths are not those of a prefix code")
	}
	z.lit, z.dst = &z.dynLit, &z.dynDst
	z.state = inCodes
	return true, nil
}

// repeatBits counts the bits behind a code length symbol.
func repeatBits(symbol int) uint {
	switch symbol {
	case 16:
		return 2
	case 17:
		return 3
	case 18:
		return 7
	}
	return 0
}

// repeat takes one code length, or several alike.
func (z *inflater) repeat(symbol int) error {
	times, value := 1, uint8(symbol)
	extra := int(z.bits & (1<<repeatBits(symbol) - 1))
	switch symbol {
	case 16:
		times, value = 3+extra, z.lengths[z.got-1]
	case 17:
		times, value = 3+extra, 0
	case 18:
		times, value = 11+extra, 0
	}
	z.drop(repeatBits(symbol))
	if z.got+times > z.nLit+z.nDst {
		return badDeflate("more code lengths than announced")
	}
	for range times {
		z.lengths[z.got] = value
		z.got++
	}
	return nil
}

// codes decodes compressed data.
func (z *inflater) codes(src []byte, i, stop int) (int, bool, error) {
	for z.pos < stop && z.state == inCodes {
		i = z.fastCodes(src, i, stop)
		if z.pos >= stop {
			break
		}
		i = z.refill(src, i)
		more, err := z.symbol()
		if !more || err != nil {
			return i, false, err
		}
	}
	return i, true, nil
}

// fastCodes decodes while there are octets to read ahead freely, and leaves all
// that is not plain data of a healthy message to symbol.
func (z *inflater) fastCodes(src []byte, i, stop int) int {
	lit, dst, win := z.lit, z.dst, z.win
	bits, n, pos := z.bits, z.n, z.pos
	for pos < stop && len(src)-i >= 8 {
		bits |= binary.LittleEndian.Uint64(src[i:]) << n
		i += int(63-n) >> 3
		n |= 56
		e := lit.find(bits)
		if e.is(kindLiteral) {
			bits, n = bits>>e.length(), n-e.length()
			win[pos] = byte(e.value())
			pos++
			if e = lit.find(bits); e.is(kindLiteral) {
				bits, n = bits>>e.length(), n-e.length()
				win[pos] = byte(e.value())
				pos++
			}
			continue
		}
		if !e.is(kindBase) {
			break
		}
		b := bits >> e.length()
		length := e.value() + int(b&(1<<e.extra()-1))
		b >>= e.extra()
		d := dst.find(b)
		if !d.is(kindBase) {
			break
		}
		b >>= d.length()
		distance := d.value() + int(b&(1<<d.extra()-1))
		if distance > pos || distance > z.limit {
			break
		}
		bits = b >> d.extra()
		n -= e.length() + e.extra() + d.length() + d.extra()
		copyMatch(win, pos, distance, length)
		pos += length
	}
	z.bits, z.n, z.pos = bits, n, pos
	return i
}

// symbol decodes one literal, match or end of the block, if all its bits are
// there.
func (z *inflater) symbol() (bool, error) {
	e := z.lit.find(z.bits)
	switch {
	case e.length() > z.n:
		return false, nil
	case e.is(kindInvalid):
		return false, badDeflate("code that stands for nothing")
	case e.is(kindLiteral):
		z.drop(e.length())
		z.win[z.pos] = byte(e.value())
		z.pos++
		return true, nil
	case e.is(kindEnd):
		z.drop(e.length())
		return true, z.blockEnd()
	}
	return z.match(e)
}

// match decodes a length, whose code is e, and a distance.
func (z *inflater) match(e huffEntry) (bool, error) {
	used := e.length() + e.extra()
	if used > z.n {
		return false, nil
	}
	length := e.value() + int(z.bits>>e.length()&(1<<e.extra()-1))
	rest := z.bits >> used
	d := z.dst.find(rest)
	if used+d.length()+d.extra() > z.n {
		return false, nil
	}
	if !d.is(kindBase) {
		return false, badDeflate("code that stands for nothing")
	}
	distance := d.value() + int(rest>>d.length()&(1<<d.extra()-1))
	if err := z.checkDistance(distance); err != nil {
		return false, err
	}
	z.drop(used + d.length() + d.extra())
	copyMatch(z.win, z.pos, distance, length)
	z.pos += length
	return true, nil
}

func (z *inflater) checkDistance(d int) error {
	if d > z.limit {
		return &inflateError{z.windowRule, StatusProtocolError, "compressed message: distance is beyond the agreed window"}
	}
	if d > z.pos {
		return &inflateError{"1951-3.2.3-1", StatusInvalidPayload, "compressed message: distance reaches before its start"}
	}
	return nil
}

// copyMatch repeats length octets from distance before pos; they may overlap.
func copyMatch(win []byte, pos, distance, length int) {
	from := pos - distance
	for length > distance {
		// What has been copied so far is a period, which doubles.
		copy(win[pos:pos+distance], win[from:pos])
		pos, length = pos+distance, length-distance
		distance *= 2
	}
	copy(win[pos:pos+length], win[from:from+length])
}
