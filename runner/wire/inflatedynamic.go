package wire

// codeLengthOrder is the order in which the lengths of the code length codes
// come (RFC 1951, section 3.2.7).
var codeLengthOrder = [...]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

func (f *Inflater) useFixedCodes() {
	if f.codes.fixed {
		return
	}
	var five [32]uint8
	for i := range five {
		five[i] = 5
	}
	// The fixed codes are complete.
	_ = buildTable(f.codes.literal[:], literalBits, fixedLengths(), literalEntry, false)
	_ = buildTable(f.codes.distance[:], distanceBits, five[:], distanceEntry, false)
	f.codes.fixed = true
}

// codeCounts reads HLIT, HDIST and HCLEN.
func (f *Inflater) codeCounts() error {
	if !f.need(14) {
		return errInput
	}
	literals := int(f.acc&31) + 257
	distances := int(f.acc>>5&31) + 1
	if literals > 286 || distances > 30 {
		return f.fail(ErrCodeLengths, "%d literal and length codes, %d distance codes", literals, distances)
	}
	f.take(10)
	f.pending = f.take(4) + 4
	f.literals, f.total, f.index = literals, literals+distances, 0
	f.codes.lengths = [286 + 30]uint8{}
	f.state = inCodeLengthCode
	return nil
}

// codeLengthCode reads the lengths of the code length codes.
func (f *Inflater) codeLengthCode() error {
	for f.index < f.pending {
		if !f.need(3) {
			return errInput
		}
		f.codes.lengths[codeLengthOrder[f.index]] = uint8(f.take(3))
		f.index++
	}
	lengths := f.codes.lengths[:len(codeLengthOrder)]
	if err := buildTable(f.codes.codeLength[:], codeLengthBits, lengths, codeLengthEntry, false); err != nil {
		return f.fail(ErrCodeLengths, "code length codes: %v", err)
	}
	clear(lengths)
	f.index = 0
	f.state = inCodeLengths
	return nil
}

// codeLengths reads the code lengths of both alphabets, which are one sequence.
func (f *Inflater) codeLengths() error {
	for f.index < f.total {
		f.fill()
		b := bitSource{f.acc, f.n}
		e, ok := b.code(f.codes.codeLength[:], codeLengthBits)
		if !ok {
			return errInput
		}
		length, extra, repeat := uint8(e>>entryValue), uint(0), 1
		switch length {
		case 16:
			extra, repeat = 2, 3
		case 17:
			extra, repeat = 3, 3
		case 18:
			extra, repeat = 7, 11
		}
		if b.n < extra {
			return errInput
		}
		repeat += int(b.acc & (1<<extra - 1))
		switch {
		case f.index+repeat > f.total:
			return f.fail(ErrCodeLengths, "more than %d lengths", f.total)
		case length == 16 && f.index == 0:
			return f.fail(ErrCodeLengths, "repeat code without a length before")
		case length == 16:
			length = f.codes.lengths[f.index-1]
		case length > 16:
			length = 0
		}
		for range repeat {
			f.codes.lengths[f.index] = length
			f.index++
		}
		f.acc, f.n = b.acc>>extra, b.n-extra
	}
	return f.buildCodes()
}

func (f *Inflater) buildCodes() error {
	lengths := f.codes.lengths[:f.total]
	f.codes.fixed = false
	if lengths[endOfBlock] == 0 {
		return f.fail(ErrCodeLengths, "no code for the end of the block")
	}
	if err := buildTable(f.codes.literal[:], literalBits, lengths[:f.literals], literalEntry, true); err != nil {
		return f.fail(ErrCodeLengths, "literal and length codes: %v", err)
	}
	if err := buildTable(f.codes.distance[:], distanceBits, lengths[f.literals:], distanceEntry, true); err != nil {
		return f.fail(ErrCodeLengths, "distance codes: %v", err)
	}
	f.state = inSymbols
	return nil
}
