package runner

import (
	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// fragments appends a message in fragments of the size that the frame asks for.
func (e *encoder) fragments(out *octets, f cases.Frame) {
	var payload []byte
	if f.Deflated && e.compressor != nil {
		payload = e.compressed(f.Payload)
		f.RSV |= 4
	} else {
		payload = e.octets(f.Payload)
	}
	size := f.Fragments
	out.bytes = e.spares.grow(out.bytes, len(payload)+(len(payload)/size+1)*wire.MaxHeader)
	whole := len(payload) <= size
	for first := true; first || f.More; first = false {
		n := min(size, len(payload))
		f.More = n == size && !whole
		e.whole(out, f, payload[:n])
		payload = payload[n:]
		f.Opcode, f.RSV = cases.OpContinuation, f.RSV&^4
	}
}
