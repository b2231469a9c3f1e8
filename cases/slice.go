package cases

import (
	"slices"
	"unicode/utf8"
)

// Slice is the next size octets of a corpus: in a Repeat, round k has the slice
// number k, counted from 0, and when fewer octets than that are left, the slices
// begin again. Of a corpus that is text no character is cut: such a slice begins
// and ends where the next character does, and may so be a few octets longer or
// shorter.
func Slice(corpus string, size int) Payload { return Payload{{Corpus: corpus, Size: size}} }

// Round is the payload as it is in round k, counted from 0, of a Repeat.
func (p Payload) Round(k int) Payload {
	if k == 0 || !slices.ContainsFunc(p, func(c Chunk) bool { return c.Corpus != "" }) {
		return p
	}
	p = slices.Clone(p)
	for i, c := range p {
		if c.Corpus != "" {
			p[i].From += k % c.rounds() * c.Size
		}
	}
	return p
}

// rounds is after how many slices they begin again.
func (c Chunk) rounds() int { return max(1, (len(Corpus(c.Corpus))-c.From)/max(1, c.Size)) }

// Shared is the octets of a slice of a corpus, which must not be changed; nil for
// other chunks.
func (c Chunk) Shared() []byte {
	corpus := Corpus(c.Corpus)
	if corpus == nil {
		return nil
	}
	return corpus[c.border(corpus, c.From):c.border(corpus, c.From+c.Size)]
}

// border is the offset, or that of the next character of a text.
func (c Chunk) border(corpus []byte, at int) int {
	at = min(max(at, 0), len(corpus))
	for isTextCorpus(c.Corpus) && at < len(corpus) && !utf8.RuneStart(corpus[at]) {
		at++
	}
	return at
}
