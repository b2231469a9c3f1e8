package runner

import (
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

const (
	controlKept   = 125      // octets of a control frame that are kept: all that it may have
	scratchOctets = 32 << 10 // room for octets that are not kept as they are
)

// A gathering is octets that arrive in pieces. No more than limit are kept, so
// that memory grows with what a case has use for and not with what a peer sends
// or claims.
type gathering struct {
	octets []byte
	size   int // of all that arrived
	limit  int
}

func (g *gathering) free() int { return g.limit - len(g.octets) }

// room is where the next n octets go.
func (g *gathering) room(n int, spares *spares) []byte {
	if cap(g.octets)-len(g.octets) < n {
		g.octets = spares.grow(g.octets, max(n, min(len(g.octets), g.free())))
	}
	return g.octets[len(g.octets):][:n]
}

// begin gets ready for the payload of a frame.
func (o *observer) begin(h wire.Header) {
	o.frame, o.into = h, &o.message
	switch {
	case cases.Opcode(h.Opcode).IsControl():
		o.into = &gathering{limit: controlKept}
	case h.Opcode != wire.Continuation:
		o.opcode, o.compressed = cases.Opcode(h.Opcode), h.RSV&4 != 0 && o.inflater != nil
		o.message = gathering{limit: o.keep}
		if o.compressed {
			o.beginPacked()
		}
	}
}

// inflates reports whether the payload of the frame is to be decompressed.
func (o *observer) inflates() bool { return o.into == &o.message && o.compressed }

// room is where the next octets of the payload go, of which there are n.
func (o *observer) room(n uint64) []byte {
	switch free := o.into.free(); {
	case o.inflates() && !o.streams:
		return o.roomPacked(n)
	case free > 0 && !o.inflates():
		return o.into.room(int(min(n, uint64(free))), o.spares)
	}
	if o.scratch == nil {
		o.scratch = make([]byte, scratchOctets)
	}
	return o.scratch[:min(n, uint64(len(o.scratch)))]
}

// took takes octets of the payload that are in the room for them.
func (o *observer) took(b []byte) {
	switch g := o.into; {
	case o.inflates():
		o.tookPacked(b)
	default:
		g.octets = g.octets[:min(len(g.octets)+len(b), g.limit)]
		g.size += len(b)
	}
}

// end is the end of a frame: what it, or the message that it ends, means.
func (o *observer) end() []observation {
	got := observation{payload: o.into.octets, size: o.into.size}
	switch o.frame.Opcode {
	case wire.Ping:
		got.kind = gotPing
		return []observation{got}
	case wire.Pong:
		got.kind = gotPong
		return []observation{got}
	case wire.Close:
		if o.closed {
			return []observation{{kind: gotCloseAgain}}
		}
		return o.closeFrame(got.payload)
	}
	if o.open = !o.frame.FIN; o.open {
		return nil
	}
	got.kind, got.opcode, got.compressed = gotMessage, o.opcode, o.compressed
	o.message = gathering{limit: o.keep}
	if cap(got.payload) >= spareFrom && len(o.large) < sparesKept {
		o.large = append(o.large, got.payload)
	}
	valid := got.opcode != cases.OpText
	if o.compressed {
		if b := o.unpacked(&got, &valid); b != nil {
			return []observation{{kind: gotBreach, breach: b}}
		}
	}
	if !valid && got.whole() && !utf8.Valid(got.payload) {
		return append(breaches("6455-5.6-2", "it sends a text message that is not valid UTF-8"), got)
	}
	return []observation{got}
}
