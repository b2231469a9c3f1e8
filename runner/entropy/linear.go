package entropy

import "fmt"

// complexitySample is how many keys of a connection the linear complexity is
// found from: it shows generators with up to 297 bits of state.
const complexitySample = 640

// leastGap is by how much twice the linear complexity of one bit stays below its
// number of values: of 2^n sequences of n bits at most 2^(2m) have a complexity
// up to m, so that a gap of 40 has a probability of 2^-40, which is 1e-12.
const leastGap = 40

// shiftRegister finds generators that are linear over bits, such as xorshift and
// other shift registers, and the low bits of those that multiply and add: each
// bit of such a key is a sum of the same few earlier values of it.
func shiftRegister(all []Connection) *Finding {
	longest := longestOf(all)
	if len(longest) > complexitySample {
		longest = longest[:complexitySample]
	}
	for bit := range 32 {
		s := make([]byte, len(longest))
		for i, k := range longest {
			s[i] = k[bit/8] >> (7 - bit%8) & 1
		}
		if m := complexity(s); 2*m+leastGap <= len(s) {
			return &Finding{Predictable, fmt.Sprintf("bit %d of the masking key follows from %d earlier ones in all of %d keys, as of a shift register", bit, m, len(s))}
		}
	}
	return nil
}

// longestOf are the keys of the connection that has the most.
func longestOf(all []Connection) (keys [][4]byte) {
	for _, c := range all {
		if len(c.Keys) > len(keys) {
			keys = c.Keys
		}
	}
	return keys
}

// complexity is the length of the shortest linear feedback shift register that
// makes the bits (Berlekamp and Massey).
func complexity(s []byte) int {
	c, b := make([]byte, len(s)+1), make([]byte, len(s)+1)
	c[0], b[0] = 1, 1
	length, gap := 0, 1
	for n := range s {
		d := s[n]
		for i := 1; i <= length; i++ {
			d ^= c[i] & s[n-i]
		}
		if d == 0 {
			gap++
			continue
		}
		before := append([]byte(nil), c...)
		for i := 0; i+gap < len(c); i++ {
			c[i+gap] ^= b[i]
		}
		if 2*length > n {
			gap++
			continue
		}
		length, b, gap = n+1-length, before, 1
	}
	return length
}

const (
	twisterSize  = 624
	twisterShift = 397
)

// twister finds the Mersenne twister MT19937, whose 624 numbers foretell all that
// follow; random numbers are foretold so one in 2^32 times.
func twister(all []Connection) *Finding {
	for _, r := range readings {
		hits, tries := 0, 0
		for _, c := range all {
			k := numbers(c.Keys, r.read)
			if len(k) <= twisterSize {
				continue
			}
			for i, x := range k {
				k[i] = untemper(x)
			}
			for i := twisterSize; i < len(k); i++ {
				tries++
				if k[i] == twist(k[i-twisterSize], k[i-twisterSize+1], k[i-twisterSize+twisterShift]) {
					hits++
				}
			}
		}
		if rare(hits, float64(tries)/keySpace) {
			return &Finding{Predictable, fmt.Sprintf("%d of %d masking keys follow from the %d before by the Mersenne twister (%s)", hits, tries, twisterSize, r.name)}
		}
	}
	return nil
}

// twist is the state that follows three others.
func twist(oldest, next, middle uint32) uint32 {
	y := oldest&0x80000000 | next&0x7fffffff
	x := middle ^ y>>1
	if y&1 != 0 {
		x ^= 0x9908b0df
	}
	return x
}

// untemper finds the state that gave a number.
func untemper(y uint32) uint32 {
	y ^= y >> 18
	y ^= y << 15 & 0xefc60000
	x := y
	for range 4 { // each round puts 7 more bits right
		x = y ^ x<<7&0x9d2c5680
	}
	y = x
	for range 2 { // 11 more each
		x = y ^ x>>11
	}
	return x
}
