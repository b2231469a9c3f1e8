package entropy

import (
	"encoding/binary"
	"fmt"
)

// A Connection is what a client chose at random on one connection, in its order.
type Connection struct {
	Nonce []byte    // decoded, of the opening handshake; nil when it had none
	Keys  [][4]byte // masking keys
}

// keySpace is the number of different masking keys.
const keySpace = 1 << 32

// Keys judges the masking keys of all connections.
func Keys(all []Connection) []Finding {
	var found []Finding
	for _, judge := range []func([]Connection) *Finding{
		repeatedKeys, weakKeys, steps, multiples, javaRandom, additive, shiftRegister, twister, fromNonce,
	} {
		if f := judge(all); f != nil {
			found = append(found, *f)
		}
	}
	return found
}

// CountKeys is the number of masking keys.
func CountKeys(all []Connection) (n int) {
	for _, c := range all {
		n += len(c.Keys)
	}
	return n
}

// repeatedKeys counts keys that came before, on whatever connection. Of n keys
// the k-th is one of those before it with a probability of at most k/2^32, which
// makes n*n/2^33 in the mean: 0.002 for 4096 keys, where 5 are too many.
func repeatedKeys(all []Connection) *Finding {
	seen, repeated, last := map[[4]byte]bool{}, 0, [4]byte{}
	n := CountKeys(all)
	for _, c := range all {
		for _, k := range c.Keys {
			if seen[k] {
				repeated, last = repeated+1, k
			}
			seen[k] = true
		}
	}
	if !rare(repeated, float64(n)*float64(n)/2/keySpace) {
		return nil
	}
	detail := fmt.Sprintf("%d of %d masking keys were used before, %x among them", repeated, n, last)
	if len(seen) == 1 {
		detail = fmt.Sprintf("all of %d masking keys are %x", n, last)
	}
	return &Finding{Repeated, detail}
}

// weakKeys looks at each of the 32 bits by itself.
func weakKeys(all []Connection) *Finding {
	var values, changes [][]byte
	for _, c := range all {
		for i, k := range c.Keys {
			values = append(values, k[:])
			if i > 0 {
				changes = append(changes, xor(c.Keys[i-1][:], k[:]))
			}
		}
	}
	if bit, ones := lopsidedBit(values); bit >= 0 {
		return &Finding{Weak, fmt.Sprintf("bit %d of the masking key is set in %d of %d keys", bit, ones, len(values))}
	}
	if bit, ones := lopsidedBit(changes); bit >= 0 {
		return &Finding{Weak, fmt.Sprintf("bit %d of the masking key changes from one frame to the next in %d of %d cases", bit, ones, len(changes))}
	}
	return nil
}

func xor(a, b []byte) []byte {
	c := make([]byte, len(a))
	for i := range c {
		c[i] = a[i] ^ b[i]
	}
	return c
}

// lopsidedBit is the first bit, counted from the first octet's highest, that is
// set too often or too seldom; -1 when there is none.
func lopsidedBit(values [][]byte) (bit, ones int) {
	if len(values) == 0 {
		return -1, 0
	}
	for bit := range 8 * len(values[0]) {
		ones := 0
		for _, v := range values {
			ones += int(v[bit/8] >> (7 - bit%8) & 1)
		}
		if lopsided(ones, len(values)) {
			return bit, ones
		}
	}
	return -1, 0
}

// fromNonce counts keys that stand in the nonce of their connection, as octets or
// in base64: 13 and 21 places, which a random key meets once in 126 million.
func fromNonce(all []Connection) *Finding {
	hits, tries := 0, 0
	for _, c := range all {
		places := map[[4]byte]bool{}
		for _, s := range [][]byte{c.Nonce, base64Of(c.Nonce)} {
			for i := 0; i+4 <= len(s); i++ {
				places[[4]byte(s[i:])] = true
			}
		}
		tries += len(places) * len(c.Keys)
		for _, k := range c.Keys {
			if places[k] {
				hits++
			}
		}
	}
	if !rare(hits, float64(tries)/keySpace) {
		return nil
	}
	return &Finding{Derived, fmt.Sprintf("%d masking keys stand in the Sec-WebSocket-Key of their connection", hits)}
}

// readings are the two ways to read a key as a number.
var readings = [...]struct {
	name string
	read func([4]byte) uint32
}{
	{"big-endian", func(k [4]byte) uint32 { return binary.BigEndian.Uint32(k[:]) }},
	{"little-endian", func(k [4]byte) uint32 { return binary.LittleEndian.Uint32(k[:]) }},
}

// numbers are the keys as numbers.
func numbers(keys [][4]byte, read func([4]byte) uint32) []uint32 {
	list := make([]uint32, len(keys))
	for i, k := range keys {
		list[i] = read(k)
	}
	return list
}
