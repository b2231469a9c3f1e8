package entropy

import (
	crand "crypto/rand"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// connections are those of a client whose keys are made by next: some short ones
// and a long one, as a run sees them.
func connections(next func() uint32, order binary.ByteOrder) []Connection {
	var all []Connection
	for _, n := range append(make([]int, 0, 31), 1000, 2, 3, 1, 2, 2, 9, 4, 2, 2, 2, 3, 30) {
		c := Connection{Nonce: make([]byte, 16)}
		crand.Read(c.Nonce)
		for range n {
			var k [4]byte
			order.PutUint32(k[:], next())
			c.Keys = append(c.Keys, k)
		}
		all = append(all, c)
	}
	return all
}

func faults(found []Finding) (s string) {
	for _, f := range found {
		s += [...]string{"repeated ", "weak ", "predictable ", "derived "}[f.Fault]
	}
	return strings.TrimSpace(s)
}

// A generator makes masking keys, of which the fault must be found.
type generator struct {
	next   func() uint32
	want   string
	octets bool // made one by one
}

func generators() map[string]generator {
	var counter, lcg, shift32, clock uint32 = 7, 12345, 2463534242, 1 << 30
	java := uint64(42)
	lag := make([]uint32, 31)
	for i := range lag {
		lag[i] = rand.Uint32()
	}
	rand31 := func() uint32 { // of the GNU C library
		x := lag[0] + lag[28]
		lag = append(lag[1:], x)
		return x >> 1
	}
	mt := newTwister(5489)
	weak := rand.New(rand.NewPCG(1, 2))
	return map[string]generator{
		"a constant":             {func() uint32 { return 0 }, "repeated", false},
		"few values":             {func() uint32 { return weak.Uint32N(1 << 12) }, "repeated", false},
		"16 bits":                {func() uint32 { return weak.Uint32() &^ 0xffff }, "weak", false},
		"letters":                {func() uint32 { return weak.Uint32()&0x1f1f1f1f | 0x60606060 }, "weak", false},
		"31 bits":                {func() uint32 { return weak.Uint32() >> 1 }, "weak", false},
		"a counter":              {func() uint32 { counter++; return counter }, "predictable", false},
		"a counter of others":    {func() uint32 { counter += weak.Uint32N(100); return counter }, "predictable", false},
		"a counter in big steps": {func() uint32 { counter += 0x9e3779b8; return counter }, "predictable", false},
		"a clock":                {func() uint32 { clock += 3000 + weak.Uint32N(3000); return clock }, "weak", false},
		"a linear congruential generator": {func() uint32 {
			lcg = 1664525*lcg + 1013904223
			return lcg
		}, "predictable", false},
		"java.util.Random": {func() uint32 {
			java = (java*0x5DEECE66D + 0xB) & (1<<48 - 1)
			return uint32(java >> 16)
		}, "predictable", false},
		"rand for each octet": {func() uint32 {
			return rand31()&0xff<<24 | rand31()&0xff<<16 | rand31()&0xff<<8 | rand31()&0xff
		}, "predictable", true},
		"xorshift": {func() uint32 {
			shift32 ^= shift32 << 13
			shift32 ^= shift32 >> 17
			shift32 ^= shift32 << 5
			return shift32
		}, "predictable", false},
		"the Mersenne twister": {mt.next, "predictable", false},
	}
}

type mersenne struct {
	state [twisterSize]uint32
	at    int
}

func newTwister(seed uint32) *mersenne {
	m := &mersenne{at: twisterSize}
	m.state[0] = seed
	for i := uint32(1); i < twisterSize; i++ {
		m.state[i] = 1812433253*(m.state[i-1]^m.state[i-1]>>30) + i
	}
	return m
}

func (m *mersenne) next() uint32 {
	i := m.at % twisterSize
	m.state[i] = twist(m.state[i], m.state[(i+1)%twisterSize], m.state[(i+twisterShift)%twisterSize])
	m.at++
	y := m.state[i]
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

func TestTheTwisterIsTheRightOne(t *testing.T) {
	m := newTwister(5489)
	for range 9999 {
		m.next()
	}
	if got := m.next(); got != 4123659995 { // the 10000th, as the C++ standard demands
		t.Errorf("the 10000th number is %d", got)
	}
}

func TestBadGeneratorsAreFound(t *testing.T) {
	for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
		for name, g := range generators() {
			if g.octets && order == binary.LittleEndian {
				continue // the octets come in another order
			}
			found := Keys(connections(g.next, order))
			if !strings.Contains(faults(found), g.want) {
				t.Errorf("%s, %v: found %q, want %q", name, order, faults(found), g.want)
			}
		}
	}
}

func TestGoodGeneratorsAreNotFound(t *testing.T) {
	for range 20 {
		all := connections(func() uint32 {
			var b [4]byte
			crand.Read(b[:])
			return binary.BigEndian.Uint32(b[:])
		}, binary.BigEndian)
		if found := append(Keys(all), Nonces(all)...); len(found) > 0 {
			t.Errorf("%+v", found)
		}
	}
	if found := append(Keys(nil), Nonces(nil)...); len(found) > 0 {
		t.Errorf("of nothing, %+v", found)
	}
}

func TestKeysThatStandInTheNonceAreFound(t *testing.T) {
	for name, place := range map[string]func(nonce []byte) []byte{
		"octets": func(nonce []byte) []byte { return nonce[5:] },
		"base64": func(nonce []byte) []byte { return base64Of(nonce)[3:] },
	} {
		all := connections(rand.Uint32, binary.BigEndian)
		for i := range all {
			all[i].Keys = [][4]byte{[4]byte(place(all[i].Nonce))}
		}
		if got := faults(Keys(all)); !strings.Contains(got, "derived") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestBadNoncesAreFound(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	n := uint64(0)
	for name, test := range map[string]struct {
		next func(b []byte)
		want string
	}{
		"a constant":          {func(b []byte) { copy(b, "the sample nonce") }, "repeated"},
		"a counter":           {func(b []byte) { n++; binary.BigEndian.PutUint64(b, n) }, "weak"},
		"letters":             {func(b []byte) { copy(b, "abcdefghijklmnop"); b[0] += byte(n % 26); b[1] += byte(n / 26); n++ }, "weak"},
		"four octets, thrice": {func(b []byte) { binary.BigEndian.PutUint32(b, random.Uint32()); copy(b[4:], b[:4]); copy(b[8:], b[:8]) }, "weak"},
	} {
		var all []Connection
		n = 0
		for range 200 {
			nonce := make([]byte, 16)
			test.next(nonce)
			all = append(all, Connection{Nonce: nonce})
		}
		if got := faults(Nonces(all)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if got := Nonces([]Connection{{Nonce: []byte("short")}, {Nonce: []byte("short")}}); got != nil {
		t.Errorf("of other lengths, %+v", got)
	}
}

// The bounds are above the probabilities themselves.
func TestBoundsHold(t *testing.T) {
	for _, mean := range []float64{1e-9, 0.002, 0.5, 3, 40} {
		hits := 1
		for !rare(hits, mean) {
			hits++
		}
		if tail := poissonTail(hits, mean); tail > falseAlarm {
			t.Errorf("%d hits of a mean of %v have a probability of %g", hits, mean, tail)
		}
	}
	for _, n := range []int{1, 2, 20, 56} {
		if lopsided(0, n) {
			t.Errorf("%d coins are called unfair, though all are the same with a probability of %g", n, math.Exp2(float64(1-n)))
		}
	}
	if !lopsided(0, 57) || lopsided(500, 1000) || lopsided(390, 1000) || !lopsided(380, 1000) {
		t.Error("coins are not judged as they should be")
	}
}

func poissonTail(n int, mean float64) (tail float64) {
	p := math.Exp(-mean)
	for k := 1; k < n+200; k++ {
		p *= mean / float64(k)
		if k >= n {
			tail += p
		}
	}
	return tail
}

func TestComplexityIsThatOfTheShortestRegister(t *testing.T) {
	for s, want := range map[string]int{"": 0, "0000": 0, "1111": 1, "0001": 4, "1010101": 2, "0010111001011": 3} {
		bits := []byte(s)
		for i := range bits {
			bits[i] -= '0'
		}
		if got := complexity(bits); got != want {
			t.Errorf("%s: %d, want %d", s, got, want)
		}
	}
}

func BenchmarkKeys(b *testing.B) {
	all := connections(rand.Uint32, binary.BigEndian)
	for b.Loop() {
		Keys(all)
	}
}
