package reference

import (
	"crypto/rand"
	"encoding/binary"
	"math/bits"
)

// mask XORs b with the masking key, which is the same for masking and
// unmasking (RFC 6455, section 5.3). The key's octet for b[0] is its lowest;
// the key that comes back is turned so that the next octets of the payload can
// follow in another call.
//
// The loop over 64 octets is what makes it fast, and needs no unsafe code: the
// compiler turns each line into one load and one store.
func mask(b []byte, key uint32) uint32 {
	k := uint64(key)<<32 | uint64(key)
	for len(b) >= 64 {
		c := b[:64:64]
		binary.LittleEndian.PutUint64(c[0:], binary.LittleEndian.Uint64(c[0:])^k)
		binary.LittleEndian.PutUint64(c[8:], binary.LittleEndian.Uint64(c[8:])^k)
		binary.LittleEndian.PutUint64(c[16:], binary.LittleEndian.Uint64(c[16:])^k)
		binary.LittleEndian.PutUint64(c[24:], binary.LittleEndian.Uint64(c[24:])^k)
		binary.LittleEndian.PutUint64(c[32:], binary.LittleEndian.Uint64(c[32:])^k)
		binary.LittleEndian.PutUint64(c[40:], binary.LittleEndian.Uint64(c[40:])^k)
		binary.LittleEndian.PutUint64(c[48:], binary.LittleEndian.Uint64(c[48:])^k)
		binary.LittleEndian.PutUint64(c[56:], binary.LittleEndian.Uint64(c[56:])^k)
		b = b[64:]
	}
	for len(b) >= 8 {
		c := b[:8:8]
		binary.LittleEndian.PutUint64(c, binary.LittleEndian.Uint64(c)^k)
		b = b[8:]
	}
	for i := range b {
		b[i] ^= byte(key)
		key = bits.RotateLeft32(key, -8)
	}
	return key
}

// maskingKeys hands out the masking keys of a client. Each comes from the
// system's strong source of randomness and is used for one frame only (RFC 6455,
// sections 5.3 and 10.3); asking for many at a time is what makes that cheap.
type maskingKeys struct {
	octets [64]byte
	left   int
}

func (k *maskingKeys) next() uint32 {
	if k.left == 0 {
		rand.Read(k.octets[:]) // never fails
		k.left = len(k.octets)
	}
	k.left -= 4
	return binary.LittleEndian.Uint32(k.octets[k.left:])
}
