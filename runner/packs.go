package runner

import "github.com/wsspec/wsspec/cases"

const (
	// manyRounds is from how many rounds on the messages of a case are compressed
	// one by one, so that none has to be compressed twice. In all others each may
	// refer to those before, as far as was agreed.
	manyRounds = 100
	// packsOctets bounds the compressed messages that are kept.
	packsOctets = 4 << 20
)

// packs are the payloads of compressed messages, none of which refers to another.
type packs struct {
	known map[cases.Chunk][]byte
	kept  int // octets
}

// rounds is how often the steps are played that are played most often.
func rounds(steps []cases.Step) int {
	most := 1
	for _, s := range steps {
		if r, ok := s.(cases.RepeatStep); ok {
			most = max(most, r.Times*rounds(r.Steps))
		}
	}
	return most
}

// compressed is the payload of a compressed message. It is not to be changed, and
// valid until the next call.
func (e *encoder) compressed(p cases.Payload) []byte {
	if e.packs == nil || len(p) != 1 {
		return e.compressor.Compress(nil, e.octets(p))
	}
	if known, ok := e.packs.known[p[0]]; ok {
		return known
	}
	pack := e.compressor.Compress(nil, e.octets(p))
	if e.packs.kept+len(pack) <= packsOctets {
		e.packs.kept += len(pack)
		e.packs.known[p[0]] = pack
	}
	return pack
}

// octets are those of a payload, not to be changed, and valid until the next call.
func (e *encoder) octets(p cases.Payload) []byte {
	if len(p) == 1 && p[0].Corpus != "" {
		return p[0].Shared()
	}
	e.plain = p.Append(e.spares.grow(e.plain[:0], p.Len()), e.seed)
	return e.plain
}
