package reference

import "encoding/binary"

// A wireFrame is a frame for faults to change. Its payload is unmasked, and
// stands for header.length.
type wireFrame struct {
	header
	payload []byte
	// octets changes the frame as it is on the wire; nil leaves it.
	octets func([]byte) []byte
}

// A filter changes a frame: what it returns goes on in its place.
type filter func(wireFrame) []wireFrame

// pass are frames in the place of one.
func pass(frames ...wireFrame) []wireFrame { return frames }

// cutFrame takes the first frame off b. ok is false when it is not whole.
func cutFrame(b []byte) (f wireFrame, size int, ok bool) {
	h, n, ok := parseHeader(b)
	if !ok || h.length > uint64(len(b)-n) {
		return wireFrame{header: h}, n, false
	}
	size = n + int(h.length)
	f = wireFrame{header: h, payload: append([]byte{}, b[n:size]...)}
	if h.masked {
		mask(f.payload, h.key)
	}
	return f, size, true
}

// append writes the frame. header.form of 126 and 127 is kept to, also where the
// length would fit into less; any other means the shortest form.
func (f wireFrame) append(b []byte) []byte {
	start, h := len(b), f.header
	h.length = uint64(len(f.payload))
	switch {
	case f.form == 127 && h.length <= 0xffff, f.form == 126 && h.length <= 125:
		b = appendLongForm(b, h)
	default:
		b = appendHeader(b, h)
	}
	from := len(b)
	b = append(b, f.payload...)
	if h.masked {
		mask(b[from:], h.key)
	}
	if f.octets != nil {
		b = append(b[:start], f.octets(append([]byte{}, b[start:]...))...)
	}
	return b
}

// appendLongForm is appendHeader with the length form that the header names.
func appendLongForm(b []byte, h header) []byte {
	short := h
	short.length = 0
	short.masked = false
	start := len(b)
	b = appendHeader(b, short)
	if h.masked {
		b[start+1] |= bitMASK
	}
	b[start+1] |= h.form
	if h.form == 126 {
		b = binary.BigEndian.AppendUint16(b, uint16(h.length))
	} else {
		b = binary.BigEndian.AppendUint64(b, h.length)
	}
	if h.masked {
		b = binary.LittleEndian.AppendUint32(b, h.key)
	}
	return b
}

// with is the frame with another payload.
func (f wireFrame) with(payload []byte) wireFrame {
	f.payload = payload
	return f
}

// as is the frame with another opcode.
func (f wireFrame) as(o opcode) wireFrame {
	f.opcode = o
	return f
}

func (f wireFrame) data() bool { return !f.opcode.control() }

// The forms that most faults of frames have.

// each is a filter without state.
func each(change filter) func(*tap) filter {
	return func(*tap) filter { return change }
}

// only changes the frames of one opcode.
func only(o opcode, change filter) func(*tap) filter {
	return each(func(f wireFrame) []wireFrame {
		if f.opcode == o {
			return change(f)
		}
		return pass(f)
	})
}

// onData changes the frames of messages.
func onData(change filter) func(*tap) filter {
	return each(func(f wireFrame) []wireFrame {
		if f.data() {
			return change(f)
		}
		return pass(f)
	})
}

// lose drops a frame.
func lose(wireFrame) []wireFrame { return nil }

// octets changes what a frame is on the wire.
func octets(change func([]byte) []byte) filter {
	return func(f wireFrame) []wireFrame {
		f.octets = change
		return pass(f)
	}
}

// refuse makes of a frame that is right one that the honest code behind takes for
// a breach of the protocol, so that the connection is failed with 1002.
func refuseFrame(f wireFrame) []wireFrame {
	f.rsv = bitsRSV
	return pass(f)
}

// refusing refuses the frames that a condition picks.
func refusing(wrong func(wireFrame) bool) func(*tap) filter {
	return each(func(f wireFrame) []wireFrame {
		if wrong(f) {
			return refuseFrame(f)
		}
		return pass(f)
	})
}
