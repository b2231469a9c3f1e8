package wire

import "encoding/binary"

// fill takes octets of the input into the accumulator while there is room.
func (f *Inflater) fill() {
	for f.n < 56 && f.pos < len(f.in) {
		f.acc |= uint64(f.in[f.pos]) << f.n
		f.pos++
		f.n += 8
	}
}

// need tells whether k bits are there, k being at most 56.
func (f *Inflater) need(k uint) bool {
	if f.n < k {
		f.fill()
	}
	return f.n >= k
}

func (f *Inflater) take(k uint) int {
	v := f.acc & (1<<k - 1)
	f.acc >>= k
	f.n -= k
	return int(v)
}

// align drops the padding up to an octet border.
func (f *Inflater) align() {
	if f.take(f.n&7) != 0 {
		f.rep.Padding++
	}
}

// produced is the output of the message so far, handed out or not.
func (f *Inflater) produced() int64 { return f.rep.Output + int64(f.w-f.emitted) }

func (f *Inflater) blockHeader() error {
	if !f.need(3) {
		return errInput
	}
	if f.acc>>1&3 == 3 {
		return f.fail(ErrBlockType, "")
	}
	f.final = f.take(1) == 1
	f.kind = BlockKind(f.take(2))
	f.before = f.produced()
	f.rep.Blocks[f.kind]++
	if f.final {
		f.rep.Final++
	}
	switch f.kind {
	case Stored:
		f.align()
		f.state = atStoredLength
	case Fixed:
		f.useFixedCodes()
		f.state = inSymbols
	case Dynamic:
		f.state = atCodeCounts
	}
	return nil
}

// endBlock leaves the block. Behind BFINAL the next one starts on an octet
// border (RFC 7692, section 7.2.1).
func (f *Inflater) endBlock() {
	empty := f.produced() == f.before
	if empty {
		f.rep.Empty++
	}
	f.lastSync = empty && f.kind == Stored
	if f.final {
		before := f.rep.Padding
		f.align()
		f.rep.FinalPadding += f.rep.Padding - before
	}
	f.state = atHeader
}

func (f *Inflater) storedLength() error {
	if !f.need(32) {
		return errInput
	}
	length, complement := int(f.acc&0xffff), int(f.acc>>16&0xffff)
	if length^0xffff != complement {
		return f.fail(ErrStoredLength, "%04x and %04x", length, complement)
	}
	f.take(32)
	f.stored = length
	f.state = inStored
	return nil
}

func (f *Inflater) storedData() error {
	for f.stored > 0 {
		if f.w == len(f.buf) {
			return errSpace
		}
		switch {
		case f.n > 0:
			f.buf[f.w] = byte(f.take(8))
			f.w++
			f.stored--
		case f.pos == len(f.in):
			return errInput
		default:
			k := copy(f.buf[f.w:], f.in[f.pos:min(len(f.in), f.pos+f.stored)])
			f.w += k
			f.pos += k
			f.stored -= k
		}
	}
	f.endBlock()
	return nil
}

// symbols decodes the data of a block with Huffman codes.
func (f *Inflater) symbols() error {
	for f.state == inSymbols {
		f.symbolsFast()
		if err := f.symbol(); err != nil {
			return err
		}
	}
	return nil
}

// symbol decodes one literal, one match or the end of the block, with every
// check. It works on copies of acc and n, because input may run out midway.
func (f *Inflater) symbol() error {
	if len(f.buf)-f.w < maxMatch {
		return errSpace
	}
	f.fill()
	b := bitSource{f.acc, f.n}
	e, ok := b.code(f.codes.literal[:], literalBits)
	switch {
	case !ok:
		return errInput
	case e&entryBad != 0:
		return f.fail(ErrSymbol, "literal or length symbol %d", e>>entryValue)
	case e&entryLiteral != 0:
		f.buf[f.w] = byte(e >> entryValue)
		f.w++
		f.acc, f.n = b.acc, b.n
		return nil
	case e&entryEnd != 0:
		f.acc, f.n = b.acc, b.n
		f.endBlock()
		return nil
	}
	length, ok := b.value(e)
	if !ok {
		return errInput
	}
	e, ok = b.code(f.codes.distance[:], distanceBits)
	switch {
	case !ok:
		return errInput
	case e&entryBad != 0:
		return f.fail(ErrSymbol, "distance symbol %d", e>>entryValue)
	}
	distance, ok := b.value(e)
	if !ok {
		return errInput
	}
	if distance > f.w {
		return f.fail(ErrDistance, "distance %d, and %d octets of history", distance, f.w)
	}
	f.acc, f.n = b.acc, b.n
	f.saw(distance)
	copyMatch(f.buf, f.w, length, distance)
	f.w += length
	return nil
}

// bitSource is what is in the accumulator.
type bitSource struct {
	acc uint64
	n   uint
}

// code takes one Huffman code. ok is false if its bits are not all there.
func (b *bitSource) code(table []uint32, primary uint) (e uint32, ok bool) {
	e = table[b.acc&(1<<primary-1)]
	if e&entrySub != 0 {
		sub := e >> entryExtra & 0xf
		e = table[uint64(e>>entryValue)+b.acc>>primary&(1<<sub-1)]
	}
	k := uint(e & 0xff)
	if k > b.n {
		return 0, false
	}
	b.acc >>= k
	b.n -= k
	return e, true
}

// value takes the extra bits of a length or distance and adds them to its base.
func (b *bitSource) value(e uint32) (v int, ok bool) {
	k := uint(e >> entryExtra & 0xf)
	if k > b.n {
		return 0, false
	}
	v = int(e>>entryValue) + int(b.acc&(1<<k-1))
	b.acc >>= k
	b.n -= k
	return v, true
}

// saw notes a match at the current position.
func (f *Inflater) saw(distance int) {
	f.rep.Matches++
	f.rep.MaxDistance = max(f.rep.MaxDistance, distance)
	if distance > f.window {
		f.rep.BeyondWindow++
	}
	if before := distance - (f.w - f.start); before > 0 {
		f.rep.IntoHistory++
		f.rep.Reach = max(f.rep.Reach, before)
	}
}

func copyMatch(buf []byte, w, length, distance int) {
	if distance >= length {
		copy(buf[w:w+length], buf[w-distance:])
		return
	}
	// The match overlaps its own output: each round doubles what can be copied.
	to := buf[w-distance : w+length]
	for done := distance; done < len(to); done *= 2 {
		copy(to[done:], to[:done])
	}
}

// symbolsFast decodes literals and matches while there are eight octets of
// input and room for a match, so that nothing of that needs a check. Whatever
// else turns up it leaves to symbol.
func (f *Inflater) symbolsFast() {
	buf, in := f.buf, f.in
	w, pos, acc, n := f.w, f.pos, f.acc, f.n
	literal, distances := &f.codes.literal, &f.codes.distance
	for len(in)-pos >= 8 && len(buf)-w >= maxMatch {
		// Bits above n may already be those of the octet at pos, which the next
		// round sets once more.
		acc |= binary.LittleEndian.Uint64(in[pos:]) << (n & 63)
		pos += int((63 - n) >> 3)
		n |= 56
		e := literal[acc&(1<<literalBits-1)]
		if e&entrySub != 0 {
			e = literal[uint64(e>>entryValue)+acc>>literalBits&(1<<(e>>entryExtra&0xf)-1)]
		}
		if e&entryLiteral != 0 {
			buf[w] = byte(e >> entryValue)
			w++
			acc >>= e & 63
			n -= uint(e & 63)
			continue
		}
		if e&(entryEnd|entryBad) != 0 {
			break
		}
		after := acc >> (e & 63)
		extra := e >> entryExtra & 0xf
		length := int(e>>entryValue) + int(after&(1<<extra-1))
		after >>= extra
		used := uint(e&63) + uint(extra)

		e = distances[after&(1<<distanceBits-1)]
		if e&entrySub != 0 {
			e = distances[uint64(e>>entryValue)+after>>distanceBits&(1<<(e>>entryExtra&0xf)-1)]
		}
		extra = e >> entryExtra & 0xf
		distance := int(e>>entryValue) + int(after>>(e&63)&(1<<extra-1))
		if e&entryBad != 0 || distance > w {
			break
		}
		acc = after >> (e&63 + extra)
		n -= used + uint(e&63) + uint(extra)
		f.w = w
		f.saw(distance)
		copyMatch(buf, w, length, distance)
		w += length
	}
	f.w, f.pos, f.acc, f.n = w, pos, acc&(1<<n-1), n
}
