package runner

import (
	"bytes"

	"github.com/wsspec/wsspec/cases"
)

// samePayload is p.Equal(b, seed), and does not make octets that repeat, of
// which there may be many.
func samePayload(p cases.Payload, b []byte, seed uint64) bool {
	if len(b) != p.Len() {
		return false
	}
	for _, c := range p {
		n := c.Len()
		if !sameChunk(c, b[:n], seed) {
			return false
		}
		b = b[n:]
	}
	return true
}

func sameChunk(c cases.Chunk, b []byte, seed uint64) bool {
	if c.Corpus != "" {
		return bytes.Equal(b, c.Shared())
	}
	if c.Stream != 0 {
		return cases.Payload{c}.Equal(b, seed)
	}
	n := min(len(c.Pattern), c.Size)
	// Octets that repeat a pattern are the same one pattern further on.
	return string(b[:n]) == c.Pattern[:n] && bytes.Equal(b[n:], b[:len(b)-n])
}
