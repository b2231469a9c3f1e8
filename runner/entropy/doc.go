// Package entropy tells whether the random numbers of a client, which a run has
// seen on the wire, can be what RFC 6455 asks for: masking keys that are fresh,
// come from a strong source and give no hint of the next one (section 5.3), and
// nonces chosen at random for each connection (section 4.1).
//
// No statistic proves a good source. These find the bad ones that occur: a
// constant, a counter, a clock, part of the octets only, and the generators of
// common standard libraries.
//
// # How sure a finding is
//
// Each statistic is so set that uniform random numbers meet it with a
// probability of at most 1e-12 in a run, by a bound that is proved and not by an
// approximation. There are less than 400 of them: 32 bits of a masking key, each
// by itself, against its neighbour and for its linear complexity, 128 bits of a
// nonce in two ways, and about twenty others. A right client is so accused at
// most once in 2.5 billion runs.
package entropy

import "math"

// falseAlarm is the probability with which uniform numbers meet one statistic.
const falseAlarm = 1e-12

// A Finding is what is wrong with random numbers.
type Finding struct {
	Fault  Fault
	Detail string // in words, with what was counted
}

// Fault is the kind of a finding.
type Fault byte

// The faults.
const (
	Repeated    Fault = iota // numbers come again that should not (6455-5.3-3, 6455-4.1-29)
	Weak                     // some bits are not as random as others (6455-5.3-4)
	Predictable              // one number tells of the next (6455-5.3-5)
	Derived                  // a key is made of octets that others know (6455-10.3-1)
)

// rare reports whether so many hits are no chance where mean is expected at
// most: the sum, over all tries, of the probability of a hit given all tries
// before. Chernoff's bound for such a sum, exp(n-mean) * (mean/n)^n, needs no
// independence.
func rare(hits int, mean float64) bool {
	n := float64(hits)
	return n > mean && n-mean+n*math.Log(mean/n) < math.Log(falseAlarm)
}

// lopsided reports whether so many of n fair coins cannot be heads, by
// Hoeffding's bound: 2 * exp(-2 * t * t / n) for a distance t from n/2.
func lopsided(heads, n int) bool {
	t := float64(heads) - float64(n)/2
	return 2*t*t > float64(n)*math.Log(2/falseAlarm)
}
