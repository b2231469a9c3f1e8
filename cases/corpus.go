package cases

import (
	"math/rand/v2"
	"slices"
	"sync"
)

// A corpus is data that a message is cut from, so that compression has something
// to find. It is made by a generator with a seed of its own and is the same for
// ever, whatever the seed of a run is: the tests hold the hash of each.
type corpus struct {
	text bool // UTF-8 that may be sent as text
	make func() []byte
}

// corpusWords name the corpora, in their order.
var corpusWords = [...]string{"json", "bitmap", "prose", "html", "document"}

// corpora are in the order of their names. Size, type and how far each can be
// compressed are those of the files that Autobahn|Testsuite takes its messages
// from, which cannot be passed on.
var corpora = [len(corpusWords)]corpus{
	{true, sync.OnceValue(corpusJSON)},
	{false, sync.OnceValue(corpusBitmap)},
	{true, sync.OnceValue(corpusProse)},
	{true, sync.OnceValue(corpusHTML)},
	{false, sync.OnceValue(corpusDocument)},
}

// Corpora is the names of the corpora:
//
//	json      194056 octets, ASCII; deflate leaves 4 % of it
//	bitmap    263222 octets, a grey picture of 512 by 512; 85 %
//	prose     222218 octets, UTF-8 with characters of one to four octets; 39 %
//	html      263647 octets, UTF-8 with 27 characters of two octets; 5 %
//	document  1042328 octets, mostly compressed before; 76 %
func Corpora() []string { return slices.Clone(corpusWords[:]) }

// Corpus is the octets of the corpus with this name; nil if there is none. They
// are made by the first call and shared by all: nobody may change them.
func Corpus(name string) []byte {
	if i := slices.Index(corpusWords[:], name); i >= 0 {
		return corpora[i].make()
	}
	return nil
}

// isTextCorpus reports whether the corpus is UTF-8.
func isTextCorpus(name string) bool {
	i := slices.Index(corpusWords[:], name)
	return i >= 0 && corpora[i].text
}

// corpusDice are the choices of a generator. Of the standard library they use
// nothing but the PCG itself, whose output is specified.
type corpusDice struct{ source *rand.PCG }

func newCorpusDice(seed uint64) corpusDice { return corpusDice{rand.NewPCG(seed, 0x777373706563)} }

// below is a number from 0 to n-1.
func (d corpusDice) below(n int) int { return int(d.source.Uint64() % uint64(n)) }

// between is a number from low to high, both included.
func (d corpusDice) between(low, high int) int { return low + d.below(high-low+1) }

// oneIn is true once in n times.
func (d corpusDice) oneIn(n int) bool { return d.below(n) == 0 }

// pick is one of the list.
func (d corpusDice) pick(list []string) string { return list[d.below(len(list))] }

// octets appends n octets that nothing can compress.
func (d corpusDice) octets(dst []byte, n int) []byte {
	for n > 0 {
		v := d.source.Uint64()
		for range min(n, 8) {
			dst = append(dst, byte(v))
			v >>= 8
		}
		n -= 8
	}
	return dst
}
