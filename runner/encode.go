package runner

import (
	"encoding/hex"
	"math/rand/v2"

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
	packs      *packs           // what it has compressed; nil: each message may refer to those before

	spares *spares // where large buffers are from
	out    octets  // memory for the next Send
	plain  []byte  // and for a payload that is not sent as it is
}

// frames encodes the frames of one Send. What it returns is valid until the next
// call.
func (e *encoder) frames(frames []cases.Frame) octets {
	e.out.forget()
	raw := false
	for _, f := range frames {
		e.frame(&e.out, f)
		raw = raw || f.Opcode == cases.OpRaw
	}
	e.out.partial = e.out.partial || raw // what raw octets leave behind is not known
	return e.out
}

func (e *encoder) frame(out *octets, f cases.Frame) {
	switch {
	case f.Opcode == cases.OpRaw:
		e.raw(out, f)
	case f.Fragments > 0:
		e.fragments(out, f)
	case f.Deflated && e.compressor != nil:
		f.RSV |= 4
		e.whole(out, f, e.compressed(f.Payload))
	default:
		e.whole(out, f, nil)
	}
}

// raw appends octets as they are.
func (e *encoder) raw(out *octets, f cases.Frame) {
	start := len(out.bytes)
	out.bytes = f.Payload.Append(out.bytes, e.seed)
	l := out.log.next()
	*l = line{Entry: Entry{Direction: Sent, Kind: EntryOctets, Meaning: "octets as they are"}}
	out.end(start, f, l)
	l.Raw, l.Size = cut(out.bytes[start:], shownOctets), len(out.bytes)-start
}

// whole appends a frame with this payload, or if that is nil, with the frame's
// own.
func (e *encoder) whole(out *octets, f cases.Frame, payload []byte) {
	h := wire.Header{FIN: !f.More, RSV: f.RSV, Opcode: wire.Opcode(f.Opcode), Masked: e.masks}
	h.Length = uint64(len(payload))
	if payload == nil {
		h.Length = uint64(f.Payload.Len())
	}
	size := h.Length
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
	out.bytes = e.spares.grow(out.bytes, wire.MaxHeader+int(size))
	out.bytes = h.Append(out.bytes)
	body := len(out.bytes)
	if payload != nil {
		out.bytes = append(out.bytes, payload...)
	} else {
		out.bytes = f.Payload.Append(out.bytes, e.seed)
	}
	if h.Masked {
		wire.Mask(out.bytes[body:], h.Key, 0)
	}
	h.Form = formOf(h)
	l := out.log.next()
	l.frame(Sent, h, out.bytes[start:body])
	l.payload(out.bytes[body:])
	out.partial = h.Length > size
	out.end(start, f, l)
}

// formOf is the length form that a header is written in.
func formOf(h wire.Header) wire.LengthForm {
	if h.Form != wire.Minimal {
		return h.Form
	}
	var room [wire.MaxHeader]byte
	parsed, _, _ := wire.ParseHeader(h.Append(room[:0]))
	return parsed.Form
}

// key is the masking key that the case asks for, or one from the seed.
func (e *encoder) key(digits string) (key [4]byte) {
	if digits != "" {
		if raw, err := hex.DecodeString(digits); err == nil && len(raw) == 4 {
			return [4]byte(raw)
		}
	}
	v := e.random.Uint32()
	return [4]byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)}
}
