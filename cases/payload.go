package cases

import (
	"math/rand/v2"
)

// A Payload describes octets as chunks that follow each other; the octets
// themselves are never stored in a case.
type Payload []Chunk

// A Chunk is a pattern, repeated and cut to Size octets, or Size octets of a
// random stream or of a corpus.
type Chunk struct {
	Pattern string
	Size    int
	// Stream, when not zero, stands for octets that the run's seed gives instead
	// of a pattern. The same stream has the same octets wherever it appears in a
	// run, so that what was sent can be expected back.
	Stream int
	// Corpus, when not empty, names the text or document that the octets are from;
	// see Slice. From is where they begin.
	Corpus string
	From   int
}

// Lit is a payload of exactly these octets.
func Lit(s string) Payload {
	if s == "" {
		return nil
	}
	return Payload{{Pattern: s, Size: len(s)}}
}

// Fill is the pattern repeated and cut to size octets.
func Fill(pattern string, size int) Payload {
	if size == 0 {
		return nil
	}
	return Payload{{Pattern: pattern, Size: size}}
}

// Random is size octets of the numbered random stream; numbers begin at 1.
func Random(size, stream int) Payload { return Payload{{Size: size, Stream: stream}} }

// Join is the payloads one after the other.
func Join(parts ...Payload) Payload {
	var p Payload
	for _, part := range parts {
		p = append(p, part...)
	}
	return p
}

// Len is the number of octets.
func (p Payload) Len() int {
	n := 0
	for _, c := range p {
		n += c.Len()
	}
	return n
}

// Len is the number of octets.
func (c Chunk) Len() int {
	if isTextCorpus(c.Corpus) {
		return len(c.Shared())
	}
	return c.Size
}

// Append appends the octets to dst. The seed is that of the run.
func (p Payload) Append(dst []byte, seed uint64) []byte {
	for _, c := range p {
		dst = c.append(dst, seed)
	}
	return dst
}

func (c Chunk) append(dst []byte, seed uint64) []byte {
	if c.Corpus != "" {
		return append(dst, c.Shared()...)
	}
	if c.Stream != 0 {
		return appendRandom(dst, c.Size, seed, uint64(c.Stream))
	}
	if c.Size <= len(c.Pattern) {
		return append(dst, c.Pattern[:c.Size]...)
	}
	start, end := len(dst), len(dst)+c.Size
	dst = append(dst, c.Pattern...)
	for len(dst) < end { // double what is there: few copies for large sizes
		dst = append(dst, dst[start:min(len(dst), start+end-len(dst))]...)
	}
	return dst
}

func appendRandom(dst []byte, size int, seed, stream uint64) []byte {
	source := rand.NewPCG(seed, stream)
	for size > 0 {
		v := source.Uint64()
		for range min(size, 8) {
			dst = append(dst, byte(v))
			v >>= 8
		}
		size -= 8
	}
	return dst
}

// Equal reports whether b holds exactly the octets of the payload.
func (p Payload) Equal(b []byte, seed uint64) bool {
	if len(b) != p.Len() {
		return false
	}
	return string(p.Append(make([]byte, 0, len(b)), seed)) == string(b)
}
