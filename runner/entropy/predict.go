package entropy

import "fmt"

// nearby is how far apart two keys are that a counter may have made which other
// connections use as well.
const nearby = 4096

// steps finds counters: differences between neighbours that are small, which 8193
// of 2^32 are, or the same as the one before, of which there is one.
func steps(all []Connection) *Finding {
	for _, r := range readings {
		var pairs, triples, small, same int
		for _, c := range all {
			k := numbers(c.Keys, r.read)
			for i := 1; i < len(k); i++ {
				d := k[i] - k[i-1]
				pairs++
				if d+nearby <= 2*nearby {
					small++
				}
				if i > 1 {
					triples++
					if d == k[i-1]-k[i-2] {
						same++
					}
				}
			}
		}
		switch {
		case rare(small, float64(pairs)*(2*nearby+1)/keySpace):
			return &Finding{Predictable, fmt.Sprintf("%d of %d masking keys differ from the one before by at most %d (%s)", small, pairs, nearby, r.name)}
		case rare(same, float64(triples)/keySpace):
			return &Finding{Predictable, fmt.Sprintf("%d of %d masking keys are as far from the one before as that was from its own (%s)", same, triples, r.name)}
		}
	}
	return nil
}

// multiples finds linear congruential generators modulo 2^32 that give their
// whole state away: differences between neighbours are then each the same multiple
// of the one before, and three keys foretell the fourth.
func multiples(all []Connection) *Finding {
	for _, r := range readings {
		hits, tries := 0, 0
		for _, c := range all {
			k := numbers(c.Keys, r.read)
			for i := 3; i < len(k); i++ {
				first, second := k[i-2]-k[i-3], k[i-1]-k[i-2]
				if first&1 == 0 {
					continue // not invertible
				}
				tries++
				if second*inverse(first)*second == k[i]-k[i-1] {
					hits++
				}
			}
		}
		if rare(hits, float64(tries)/keySpace) {
			return &Finding{Predictable, fmt.Sprintf("%d of %d masking keys follow from the three before by a linear congruential generator (%s)", hits, tries, r.name)}
		}
	}
	return nil
}

// inverse is the number by which an odd one gives 1 modulo 2^32: each of Newton's
// steps doubles the bits that are right, of which there are three at first.
func inverse(odd uint32) uint32 {
	x := odd
	for range 4 {
		x *= 2 - odd*x
	}
	return x
}

// javaTries is how many triples of keys are looked at: each fits by chance with
// a probability of 2^-48, so that one that fits is enough.
const javaTries = 64

// javaRandom finds java.util.Random, which gives away 32 of the 48 bits of its
// state with each number: the rest is found by trying.
func javaRandom(all []Connection) *Finding {
	for _, r := range readings {
		tries := 0
		for _, c := range all {
			k := numbers(c.Keys, r.read)
			for i := 2; i < len(k) && tries < javaTries; i++ {
				tries++
				if followsJava(k[i-2], k[i-1], k[i]) {
					return &Finding{Predictable, fmt.Sprintf("the masking keys are those of java.util.Random (%s): two foretell all that follow", r.name)}
				}
			}
		}
	}
	return nil
}

func followsJava(a, b, c uint32) bool {
	next := func(s uint64) uint64 { return (s*0x5DEECE66D + 0xB) & (1<<48 - 1) }
	for low := range uint64(1 << 16) {
		s := next(uint64(a)<<16 | low)
		if uint32(s>>16) == b && uint32(next(s)>>16) == c {
			return true
		}
	}
	return false
}

// additive finds rand of the GNU C library, called for each octet: an octet is
// the sum of those 3 and 31 before it, or one more, modulo 256. Two in 256 are.
func additive(all []Connection) *Finding {
	hits, tries := 0, 0
	for _, c := range all {
		var o []byte
		for _, k := range c.Keys {
			o = append(o, k[:]...)
		}
		for i := 31; i < len(o); i++ {
			tries++
			if o[i]-o[i-3]-o[i-31] <= 1 {
				hits++
			}
		}
	}
	if !rare(hits, float64(tries)*2/256) {
		return nil
	}
	return &Finding{Predictable, fmt.Sprintf("%d of %d octets of the masking keys follow from those before by the additive generator of rand", hits, tries)}
}
