package reference

import (
	"crypto/rand"
	"encoding/binary"
	"math/bits"
)

// highBits are those that no octet of ASCII has.
const highBits = 0x8080808080808080

// mask XORs b with the masking key, which is the same for masking and
// unmasking (RFC 6455, section 5.3). The key's octet for b[0] is its lowest;
// next is the key turned so that the following octets of the payload can be
// masked in another call. That b has become ASCII is known at no cost, and saves
// looking at text a second time.
//
// What maskFast leaves is done here. The loop over 64 octets is fast without
// unsafe code: the compiler turns each line into one load and one store.
func mask(b []byte, key uint32) (next uint32, ascii bool) {
	k := uint64(key)<<32 | uint64(key)
	var seen uint64
	n, ascii := maskFast(b, key)
	b = b[n:]
	for len(b) >= 64 {
		c := b[:64:64]
		w0 := binary.LittleEndian.Uint64(c[0:]) ^ k
		binary.LittleEndian.PutUint64(c[0:], w0)
		w1 := binary.LittleEndian.Uint64(c[8:]) ^ k
		binary.LittleEndian.PutUint64(c[8:], w1)
		w2 := binary.LittleEndian.Uint64(c[16:]) ^ k
		binary.LittleEndian.PutUint64(c[16:], w2)
		w3 := binary.LittleEndian.Uint64(c[24:]) ^ k
		binary.LittleEndian.PutUint64(c[24:], w3)
		w4 := binary.LittleEndian.Uint64(c[32:]) ^ k
		binary.LittleEndian.PutUint64(c[32:], w4)
		w5 := binary.LittleEndian.Uint64(c[40:]) ^ k
		binary.LittleEndian.PutUint64(c[40:], w5)
		w6 := binary.LittleEndian.Uint64(c[48:]) ^ k
		binary.LittleEndian.PutUint64(c[48:], w6)
		w7 := binary.LittleEndian.Uint64(c[56:]) ^ k
		binary.LittleEndian.PutUint64(c[56:], w7)
		seen |= (w0 | w1) | (w2 | w3) | (w4 | w5) | (w6 | w7)
		b = b[64:]
	}
	for len(b) >= 8 {
		c := b[:8:8]
		w := binary.LittleEndian.Uint64(c) ^ k
		binary.LittleEndian.PutUint64(c, w)
		seen |= w
		b = b[8:]
	}
	for i := range b {
		b[i] ^= byte(key)
		seen |= uint64(b[i])
		key = bits.RotateLeft32(key, -8)
	}
	return key, ascii && seen&highBits == 0
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
