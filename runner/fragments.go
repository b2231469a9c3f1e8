package runner

import "github.com/wsspec/wsspec/cases"

// fragments appends a message in fragments of the size that the frame asks for.
func (e *encoder) fragments(out *octets, f cases.Frame) {
	payload := f.Payload.Append(nil, e.seed)
	if f.Deflated && e.compressor != nil {
		payload = e.compressor.Compress(nil, payload)
		f.RSV |= 4
	}
	size := f.Fragments
	f.Fragments, f.Deflated = 0, false
	whole := len(payload) <= size
	for first := true; first || f.More; first = false {
		n := min(size, len(payload))
		f.Payload, payload = cases.Lit(string(payload[:n])), payload[n:]
		f.More = n == size && !whole
		e.frame(out, f)
		f.Opcode, f.RSV = cases.OpContinuation, f.RSV&^4
	}
}
