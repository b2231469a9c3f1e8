package wire

import (
	"encoding/binary"
	"math/bits"
)

// Mask masks or unmasks b in place (RFC 6455, section 5.3). offset is the
// position of b[0] in the payload of the frame; only its low two bits matter.
func Mask(b []byte, key [4]byte, offset int) {
	k32 := bits.RotateLeft32(binary.LittleEndian.Uint32(key[:]), -8*(offset&3))
	if k32 == 0 {
		return
	}
	k := uint64(k32)<<32 | uint64(k32)
	le := binary.LittleEndian
	// Unrolled by hand: twice as fast as the word loop below, and faster than
	// subtle.XORBytes with a repeated key.
	for len(b) >= 64 {
		c := b[:64:64]
		le.PutUint64(c[0:], le.Uint64(c[0:])^k)
		le.PutUint64(c[8:], le.Uint64(c[8:])^k)
		le.PutUint64(c[16:], le.Uint64(c[16:])^k)
		le.PutUint64(c[24:], le.Uint64(c[24:])^k)
		le.PutUint64(c[32:], le.Uint64(c[32:])^k)
		le.PutUint64(c[40:], le.Uint64(c[40:])^k)
		le.PutUint64(c[48:], le.Uint64(c[48:])^k)
		le.PutUint64(c[56:], le.Uint64(c[56:])^k)
		b = b[64:]
	}
	for len(b) >= 8 {
		le.PutUint64(b, le.Uint64(b)^k)
		b = b[8:]
	}
	for i := range b {
		b[i] ^= byte(k)
		k >>= 8
	}
}
