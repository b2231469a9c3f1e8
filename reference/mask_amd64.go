package reference

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// vectorPiece is what maskVectors masks in one round; below some of them the
// call is not worth it.
const (
	vectorPiece = 128
	vectorMin   = 2 * vectorPiece
)

// maskVectors masks n pieces with AVX2. No bit of high is set when all of them
// have become ASCII.
//
//go:noescape
func maskVectors(p *byte, n int, key uint32) (high uint32)

// maskFast masks as much of b as whole vectors hold, and returns how many octets
// that is; they end on a multiple of four, so that the key need not be turned.
func maskFast(b []byte, key uint32) (n int, ascii bool) {
	if len(b) < vectorMin || !cpu.X86.HasAVX2 {
		return 0, true
	}
	pieces := len(b) / vectorPiece
	return pieces * vectorPiece, maskVectors(unsafe.SliceData(b), pieces, key) == 0
}
