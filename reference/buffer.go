package reference

import (
	"math/bits"
	"sync"
)

// Sizes of the buffers behind reads and writes. A connection starts with a
// small one and takes a large one when it has use for it.
const (
	smallBlock = 4 << 10
	largeBlock = 256 << 10
)

const (
	minBlockBits = 9  // 512 octets
	maxBlockBits = 26 // 64 MiB; larger ones are left to the garbage collector
)

// A block is a buffer that connections lend each other. An idle connection has
// none, which is what keeps many of them cheap.
type block struct {
	b []byte // its full capacity is its length
}

// blocks keeps free blocks by the logarithm of their size.
var blocks [maxBlockBits + 1]sync.Pool

// getBlock returns a block of at least size octets, with any content.
func getBlock(size int) *block {
	n := max(bits.Len(uint(size-1)), minBlockBits)
	if n > maxBlockBits {
		return &block{make([]byte, size)}
	}
	if b, ok := blocks[n].Get().(*block); ok {
		return b
	}
	return &block{make([]byte, 1<<n)}
}

// putBlock gives a block back; nobody may use it from then on. It may be nil.
func putBlock(b *block) {
	if b == nil {
		return
	}
	n := bits.Len(uint(len(b.b) - 1))
	if n <= maxBlockBits && len(b.b) == 1<<n {
		blocks[n].Put(b)
	}
}
