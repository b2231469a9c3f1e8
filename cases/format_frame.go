package cases

import "strconv"

// appendFrame writes a frame with its attributes.
func appendFrame(dst []byte, f Frame) []byte {
	dst = appendMessage(dst, f)
	if f.More {
		dst = append(dst, " part"...)
	}
	for i, name := range rsvWords {
		if f.RSV&(4>>i) != 0 {
			dst = append(append(dst, ' '), name...)
		}
	}
	if f.Mask != MaskByRole {
		dst = append(append(dst, ' '), word(maskWords[:], int(f.Mask))...)
	}
	if f.Key != "" {
		dst = append(append(dst, " key="...), f.Key...)
	}
	if f.Form != Minimal {
		dst = append(append(dst, ' '), word(formWords[:], int(f.Form))...)
	}
	if f.Length != 0 {
		dst = strconv.AppendUint(append(dst, " length="...), f.Length, 10)
	}
	dst = appendPieces(dst, f.Chop, f.Cuts)
	if f.First != 0 {
		dst = strconv.AppendInt(append(dst, " first="...), int64(f.First), 10)
	}
	if f.Fragments != 0 {
		dst = strconv.AppendInt(append(dst, " fragments="...), int64(f.Fragments), 10)
	}
	if f.Deflated {
		dst = append(dst, " deflate"...)
	}
	return dst
}

func appendPieces(dst []byte, chop int, cuts []int) []byte {
	if chop != 0 {
		dst = strconv.AppendInt(append(dst, " chop="...), int64(chop), 10)
	}
	if len(cuts) > 0 {
		dst = appendNumbers(append(dst, " cut="...), cuts)
	}
	return dst
}

func appendNumbers[T int | uint16](dst []byte, numbers []T) []byte {
	for i, n := range numbers {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendInt(dst, int64(n), 10)
	}
	return dst
}

// appendMessage writes a frame's type and payload.
func appendMessage(dst []byte, f Frame) []byte {
	if f.Opcode == OpClose {
		return appendCloseFrame(dst, f.Payload)
	}
	dst = appendOpcode(dst, f.Opcode)
	if len(f.Payload) > 0 {
		dst = appendPayload(append(dst, ' '), f.Payload)
	}
	return dst
}

func appendOpcode(dst []byte, o Opcode) []byte {
	for _, named := range opcodeWords {
		if named.opcode == o {
			return append(dst, named.word...)
		}
	}
	return strconv.AppendUint(append(dst, "op"...), uint64(o), 10)
}

// appendCloseFrame writes a Close frame by its status code where the body is as
// CloseFrame builds it, and by its octets otherwise.
func appendCloseFrame(dst []byte, body Payload) []byte {
	dst = append(dst, "close"...)
	if len(body) == 0 {
		return dst
	}
	code, reason, ok := splitCloseBody(body)
	if !ok {
		return appendPayload(append(dst, " raw "...), body)
	}
	dst = strconv.AppendUint(append(dst, ' '), uint64(code), 10)
	if len(reason) > 0 {
		dst = appendPayload(append(dst, ' '), reason)
	}
	return dst
}

// splitCloseBody takes the body of a Close frame apart when its status code is a
// chunk of its own.
func splitCloseBody(body Payload) (code uint16, reason Payload, ok bool) {
	if len(body) == 0 || !isLiteral(body[0]) || body[0].Size != 2 {
		return 0, nil, false
	}
	p := body[0].Pattern
	return uint16(p[0])<<8 | uint16(p[1]), body[1:], true
}

// isLiteral reports whether the chunk is just its pattern.
func isLiteral(c Chunk) bool { return c.Corpus == "" && c.Stream == 0 && c.Size == len(c.Pattern) }

func appendPayload(dst []byte, p Payload) []byte {
	if len(p) == 0 {
		return append(dst, `""`...)
	}
	for i, c := range p {
		if i > 0 {
			dst = append(dst, " + "...)
		}
		dst = appendChunk(dst, c)
	}
	return dst
}

func appendChunk(dst []byte, c Chunk) []byte {
	switch {
	case c.Corpus != "":
		return appendSlice(dst, c)
	case c.Stream != 0:
		dst = strconv.AppendInt(append(dst, "random("...), int64(c.Size), 10)
		dst = strconv.AppendInt(append(dst, ", "...), int64(c.Stream), 10)
		return append(dst, ')')
	case isLiteral(c):
		return strconv.AppendQuote(dst, c.Pattern)
	case c.Pattern != "" && c.Size > 0 && c.Size%len(c.Pattern) == 0:
		dst = strconv.AppendQuote(dst, c.Pattern)
		return strconv.AppendInt(append(dst, '*'), int64(c.Size/len(c.Pattern)), 10)
	}
	dst = strconv.AppendQuote(append(dst, "fill("...), c.Pattern)
	dst = strconv.AppendInt(append(dst, ", "...), int64(c.Size), 10)
	return append(dst, ')')
}

func appendSlice(dst []byte, c Chunk) []byte {
	dst = append(append(append(dst, "corpus("...), c.Corpus...), ", "...)
	dst = strconv.AppendInt(dst, int64(c.Size), 10)
	if c.From != 0 {
		dst = strconv.AppendInt(append(dst, ", "...), int64(c.From), 10)
	}
	return append(dst, ')')
}

// appendHead writes a request or response and the frames of its Tail.
func appendHead(dst []byte, sign string, r Request, indent string) []byte {
	dst = append(append(dst, indent...), sign...)
	for _, e := range r.Edits {
		dst = appendEdit(append(dst, ' '), e)
	}
	dst = append(appendPieces(dst, r.Chop, r.Cuts), '\n')
	return appendFrameLines(dst, "+ ", r.Tail, indent)
}

func appendEdit(dst []byte, e Edit) []byte {
	dst = append(dst, word(editWords[:], int(e.Op))...)
	if e.Op.hasName() {
		dst = strconv.AppendQuote(append(dst, ' '), e.Name)
	}
	if e.Op.hasValue() {
		dst = appendPayload(append(dst, ' '), e.Value)
	}
	return dst
}

func (o EditOp) hasName() bool  { return o == SetField || o == AddField || o == DropField }
func (o EditOp) hasValue() bool { return o != DropField && o != Reverse }
