package reference

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	kflate "github.com/klauspost/compress/flate"
)

// inflateAll feeds octets in pieces and collects what comes out.
func inflateAll(z *inflater, src []byte, piece int) ([]byte, error) {
	var out []byte
	for {
		n := min(piece, len(src))
		taken, part, err := z.step(src[:n])
		out = append(out, part...)
		if err != nil {
			return out, err
		}
		src = src[taken:]
		if len(src) == 0 && len(part) == 0 {
			return out, nil
		}
	}
}

func freshInflater(bits int) *inflater {
	z := newInflater()
	z.strict, z.windowRule = true, "window"
	z.begin(bits, false)
	return z
}

// The payloads of RFC 7692, section 7.2.3, and others that mean the same.
func TestInflateTakesTheSamplesOfTheRFC(t *testing.T) {
	for name, test := range map[string]struct{ octets, want string }{
		"one block":                {"\xf2\x48\xcd\xc9\xc9\x07\x00", "Hello"},
		"stored block":             {"\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00", "Hello"},
		"last block":               {"\xf3\x48\xcd\xc9\xc9\x07\x00\x00", "Hello"},
		"last block at the end":    {"\xf3\x48\xcd\xc9\xc9\x07\x00", "Hello"},
		"two blocks":               {"\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00", "Hello"},
		"blocks behind a last one": {"\xf3\x48\xcd\xc9\xc9\x07\x00\xf2\x48\xcd\xc9\xc9\x07\x00", "HelloHello"},
		"nothing, stored":          {"\x00", ""},
		"nothing, fixed":           {"\x02\x00", ""},
		"nothing, last":            {"\x03\x00\x00", ""},
		"tail was not cut off":     {"\xf2\x48\xcd\xc9\xc9\x07\x00\x00\x00\xff\xff", "Hello"},
		"match overlapping itself": {"\x4a\x4c\x44\x05\x00", "aaaaaaaaaaaaaaaa"},
	} {
		for piece := 1; piece <= len(test.octets); piece++ {
			z := freshInflater(15)
			got, err := inflateAll(z, []byte(test.octets), piece)
			if err == nil {
				err = z.end(false)
			}
			if err != nil || string(got) != test.want {
				t.Errorf("%s in pieces of %d: got %q, %v, want %q", name, piece, got, err, test.want)
			}
		}
	}
}

func TestInflateKeepsItsWindowBetweenMessages(t *testing.T) {
	z := freshInflater(15)
	for _, octets := range []string{"\xf2\x48\xcd\xc9\xc9\x07\x00", "\xf2\x00\x11\x00\x00"} {
		z.begin(15, true)
		got, err := inflateAll(z, []byte(octets), 3)
		if err != nil || string(got) != "Hello" {
			t.Errorf("got %q, %v", got, err)
		}
	}
	z.begin(15, false)
	if _, err := inflateAll(z, []byte("\xf2\x00\x11\x00\x00"), 3); err == nil {
		t.Error("refers to a message from before the window was emptied, and is taken")
	}
}

func TestInflateRefuses(t *testing.T) {
	for name, test := range map[string]struct{ octets, requirement string }{
		"block type 3":               {"\x06", "1951-3.2.3-1"},
		"bad stored length":          {"\x00\x05\x00\xfa\xfe", "7692-7.2.2-1"},
		"too many literal codes":     {"\xf4\xff\xff", "7692-7.2.2-1"},
		"too many distance codes":    {"\x04\xfe\xff", "7692-7.2.2-1"},
		"oversubscribed length code": {"\x04\x00\xfe\xff\xff\xff\xff\xff\xff", "7692-7.2.2-1"},
		"distance before the start":  {"\x4a\x04\x62\x00", "1951-3.2.3-1"},
		"length symbol 286":          {"\x1a\x03\x00\x00", "7692-7.2.2-1"},
		"distance symbol 30":         {"\x4a\x04\x3e\x00\x00", "7692-7.2.2-1"},
		"garbage":                    {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "1951-3.2.3-1"},
		"padding of a last block":    {"\xf3\x48\xcd\xc9\xc9\x07\xf0\x00", "7692-7.2.1-5"},
	} {
		for piece := 1; piece <= len(test.octets); piece++ {
			_, err := inflateAll(freshInflater(15), []byte(test.octets), piece)
			var bad *inflateError
			if !errors.As(err, &bad) || bad.requirement != test.requirement {
				t.Errorf("%s in pieces of %d: got %v, want a breach of %s", name, piece, err, test.requirement)
			}
		}
	}
}

func TestInflateRefusesCutMessages(t *testing.T) {
	for level := range 10 {
		whole := deflated(t, payloadOf(700), level)
		for cut := 1; cut < len(whole)-1; cut++ {
			z := freshInflater(15)
			_, err := inflateAll(z, whole[:cut], cut)
			if err == nil {
				err = z.end(false)
			}
			if err == nil && z.state != atBlock && cut > 1 { // the first octet may be an empty message
				t.Errorf("level %d: the first %d of %d octets are taken", level, cut, len(whole))
			}
		}
	}
}

// deflated compresses as one message.
func deflated(t testing.TB, p []byte, level int) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(p)
	w.Flush()
	return bytes.TrimSuffix(b.Bytes(), []byte(tail))
}

func TestInflateAgreesWithOtherCompressors(t *testing.T) {
	random := make([]byte, 100000)
	r := rand.NewChaCha8([32]byte{1})
	r.Read(random)
	inputs := [][]byte{{}, {0}, random, bytes.Repeat([]byte{7}, 1<<20), payloadOf(300000), bytes.Repeat(random[:40000], 3)}
	for i, in := range inputs {
		for level := -2; level < 10; level++ {
			octets := deflated(t, in, level)
			for _, piece := range []int{1, 7, 4096, len(octets)} {
				if piece < 10 && len(in) > 100000 && level != 6 {
					continue
				}
				z := freshInflater(15)
				got, err := inflateAll(z, octets, piece)
				if err == nil {
					err = z.end(false)
				}
				if err != nil || !bytes.Equal(got, in) {
					t.Fatalf("input %d, level %d, pieces of %d: %d octets, %v", i, level, piece, len(got), err)
				}
			}
		}
	}
}

func TestInflateSeesDistancesBeyondTheWindow(t *testing.T) {
	for bits := 8; bits < 15; bits++ {
		for _, distance := range []int{1 << bits, 1<<bits + 1} {
			octets := matchAt(distance)
			_, err := inflateAll(freshInflater(bits), octets, len(octets))
			if (err == nil) != (distance <= 1<<bits) {
				t.Errorf("window of %d bits, distance %d: %v", bits, distance, err)
			}
			var bad *inflateError
			if err != nil && (!errors.As(err, &bad) || bad.requirement != "window") {
				t.Errorf("got %v", err)
			}
		}
	}
}

// matchAt is a stored block and a match that reaches back distance octets.
func matchAt(distance int) []byte {
	b := []byte{0, byte(distance), byte(distance >> 8), ^byte(distance), ^byte(distance >> 8)}
	b = append(b, make([]byte, distance)...)
	bits, n := uint64(2)|0x40<<3, 10 // fixed block, length 3: 0000001 turned round
	symbol, base, extra := 0, 1, 0
	for i := range 30 {
		e := max(i/2-1, 0)
		if distance < base+1<<e {
			symbol, extra = i, e
			break
		}
		base += 1 << e
	}
	for i := range 5 {
		bits |= uint64(symbol>>(4-i)&1) << n
		n++
	}
	bits |= uint64(distance-base) << n
	n += extra + 7 // the end of the block is seven zeros
	for ; n > 0; n -= 8 {
		b = append(b, byte(bits))
		bits >>= 8
	}
	return append(b, 0)
}

func TestWindowOfThePeerIsNeverExceeded(t *testing.T) {
	for bits := 8; bits <= 15; bits++ {
		t.Run(fmt.Sprint(bits), func(t *testing.T) {
			var b bytes.Buffer
			w, err := kflate.NewWriterWindow(&b, 1<<bits)
			if err != nil {
				t.Fatal(err)
			}
			z := freshInflater(bits)
			r := rand.New(rand.NewPCG(uint64(bits), 2))
			text := payloadOf(200000)
			for range 60 {
				at := r.IntN(len(text) / 2)
				p := text[at : at+r.IntN(len(text)/4)]
				b.Reset()
				w.Write(p)
				w.Flush()
				z.begin(bits, true)
				got, err := inflateAll(z, bytes.TrimSuffix(b.Bytes(), []byte(tail)), 4096)
				if err != nil || !bytes.Equal(got, p) {
					t.Fatalf("%d octets, %v", len(got), err)
				}
			}
		})
	}
}

func FuzzInflate(f *testing.F) {
	f.Add([]byte("\xf2\x48\xcd\xc9\xc9\x07\x00"), 3)
	f.Add(deflated(f, payloadOf(1000), 9), 100)
	f.Add(deflated(f, payloadOf(1000), -2), 1)
	f.Add(deflated(f, bytes.Repeat([]byte{1}, 100000), 1), 9)
	f.Fuzz(func(t *testing.T, octets []byte, piece int) {
		if len(octets) > 1<<12 {
			return
		}
		z := freshInflater(15)
		got, err := inflateAll(z, octets, max(piece, 1))
		one, oneErr := inflateAll(freshInflater(15), octets, 1)
		if (err == nil) != (oneErr == nil) || err == nil && !bytes.Equal(got, one) {
			t.Fatalf("%v or %v, %d or %d octets, depending on the pieces", err, oneErr, len(got), len(one))
		}
		compareInflate(t, octets, got, err)
	})
}

// compareInflate compares with the standard library up to the first last block.
func compareInflate(t *testing.T, octets, got []byte, err error) {
	want, wantErr := io.ReadAll(flate.NewReader(bytes.NewReader(octets)))
	if !bytes.HasPrefix(got, want) && (err == nil || !bytes.HasPrefix(want, got)) {
		t.Fatalf("got %d octets %v, the standard library %d %v", len(got), err, len(want), wantErr)
	}
	if err == nil && wantErr != nil && wantErr != io.ErrUnexpectedEOF {
		t.Fatalf("taken, but the standard library says %v", wantErr)
	}
}

func BenchmarkInflate(b *testing.B) {
	for _, n := range []int{300, 64 << 10} {
		octets := deflated(b, payloadOf(n), 6)
		b.Run(sizeName(n), func(b *testing.B) {
			z := newInflater()
			b.SetBytes(int64(n))
			b.ReportAllocs()
			for b.Loop() {
				z.begin(15, false)
				for src := octets; ; {
					taken, out, err := z.step(src)
					if err != nil {
						b.Fatal(err)
					}
					if src = src[taken:]; len(out) == 0 {
						break
					}
				}
			}
		})
		b.Run(sizeName(n)+"/klauspost", func(b *testing.B) {
			b.SetBytes(int64(n))
			z := kflate.NewReader(nil)
			buf := make([]byte, 64<<10)
			src := append(bytes.Clone(octets), "\x00\x00\xff\xff\x01\x00\x00\xff\xff"...)
			for b.Loop() {
				z.(kflate.Resetter).Reset(bytes.NewReader(src), nil)
				for {
					if _, err := z.Read(buf); err != nil {
						break
					}
				}
			}
		})
	}
}
