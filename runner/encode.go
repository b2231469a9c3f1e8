package runner

import (
	"encoding/hex"
	"math/rand/v2"
	"slices"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// An encoder turns frames of a case into octets. Everything random comes from
// the seed, so that the same case sends the same octets in every run.
type encoder struct {
	masks      bool // the player is the client
	seed       uint64
	random     *rand.Rand
	compressor *wire.Compressor // nil when permessage-deflate is not agreed
}

// octets are what one write step sends.
type octets struct {
	bytes   []byte
	cuts    []int   // offsets at which a write ends
	entries []Entry // one for each frame
	partial bool    // a frame may be incomplete at the end
}

// frames encodes the frames of one Send.
func (e *encoder) frames(frames []cases.Frame) octets {
	var out octets
	raw := false
	for _, f := range frames {
		e.frame(&out, f)
		raw = raw || f.Opcode == cases.OpRaw
	}
	out.partial = out.partial || raw // what raw octets leave behind is not known
	return out
}

func (e *encoder) frame(out *octets, f cases.Frame) {
	if f.Fragments > 0 {
		e.fragments(out, f)
		return
	}
	start := len(out.bytes)
	entry := Entry{Direction: Sent, Kind: EntryOctets}
	if f.Opcode == cases.OpRaw {
		out.bytes = f.Payload.Append(out.bytes, e.seed)
		entry.Meaning = "octets as they are"
	} else {
		h, headerLen, meaning := e.appendFrame(out, f)
		entry.Kind, entry.HeaderLen, entry.Meaning = EntryFrame, headerLen, meaning
		out.partial = h.Length > uint64(len(out.bytes)-start-headerLen)
	}
	if f.First > 0 && f.First < len(out.bytes)-start {
		out.bytes = out.bytes[:start+f.First]
		entry.HeaderLen = min(entry.HeaderLen, f.First)
		entry.Meaning += ", only its first octets"
		out.partial = true
	}
	out.cut(start, f.Chop, f.Cuts)
	wireBytes := out.bytes[start:]
	entry.Raw, entry.Size = cut(wireBytes, entry.HeaderLen+shownOctets), len(wireBytes)
	out.entries = append(out.entries, entry)
}

// appendFrame appends a whole frame and returns its header.
func (e *encoder) appendFrame(out *octets, f cases.Frame) (h wire.Header, headerLen int, meaning string) {
	var compressed []byte
	if f.Deflated && e.compressor != nil {
		compressed = e.compressor.Compress(nil, f.Payload.Append(nil, e.seed))
	}
	h = wire.Header{FIN: !f.More, RSV: f.RSV, Opcode: wire.Opcode(f.Opcode), Masked: e.masks}
	h.Length = uint64(f.Payload.Len())
	if compressed != nil {
		h.RSV |= 4
		h.Length = uint64(len(compressed))
	}
	switch f.Mask {
	case cases.Masked:
		h.Masked = true
	case cases.Unmasked:
		h.Masked = false
	}
	switch f.Form {
	case cases.Length16:
		h.Form = wire.Ext16
	case cases.Length64:
		h.Form = wire.Ext64
	}
	if f.Length > 0 {
		h.Length = f.Length
	}
	h.Key = e.key(f.Key)
	start := len(out.bytes)
	out.bytes = h.Append(out.bytes)
	body := len(out.bytes)
	if compressed != nil {
		out.bytes = append(out.bytes, compressed...)
	} else {
		out.bytes = slices.Grow(out.bytes, f.Payload.Len())
		out.bytes = f.Payload.Append(out.bytes, e.seed)
	}
	payload := out.bytes[body:]
	seenForm := h
	seenForm.Form = formOf(h)
	meaning = frameWords(seenForm, payload[:min(len(payload), shownOctets)])
	if h.Masked {
		wire.Mask(payload, h.Key, 0)
	}
	return h, body - start, meaning
}

// formOf is the length form that a header is written in.
func formOf(h wire.Header) wire.LengthForm {
	if h.Form != wire.Minimal {
		return h.Form
	}
	parsed, _, _ := wire.ParseHeader(h.Append(nil))
	return parsed.Form
}

// key is the masking key that the case asks for, or one from the seed.
func (e *encoder) key(digits string) (key [4]byte) {
	if raw, err := hex.DecodeString(digits); err == nil && len(raw) == 4 {
		return [4]byte(raw)
	}
	v := e.random.Uint32()
	return [4]byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)}
}

// cut notes where writes end in the octets from start on.
func (o *octets) cut(start, chop int, offsets []int) {
	if chop > 0 {
		for at := start; at < len(o.bytes); at += chop {
			o.cuts = append(o.cuts, at)
		}
		o.cuts = append(o.cuts, len(o.bytes))
	}
	for _, n := range offsets {
		if n < 0 {
			n += len(o.bytes) - start
		}
		if n > 0 && start+n < len(o.bytes) {
			o.cuts = append(o.cuts, start+n)
		}
	}
}

// follow appends what goes out in the same write.
func (o *octets) follow(next octets) {
	for _, at := range next.cuts {
		o.cuts = append(o.cuts, len(o.bytes)+at)
	}
	o.bytes = append(o.bytes, next.bytes...)
	o.entries = append(o.entries, next.entries...)
	o.partial = next.partial
}

// pieces are the octets of each write.
func (o *octets) pieces() [][]byte {
	var pieces [][]byte
	from := 0
	slices.Sort(o.cuts)
	for _, at := range append(o.cuts, len(o.bytes)) {
		if at > from {
			pieces = append(pieces, o.bytes[from:at])
			from = at
		}
	}
	return pieces
}
