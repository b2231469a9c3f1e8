package wire

import (
	"bytes"
	stdflate "compress/flate"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The examples of RFC 7692, section 7.2.3.
func TestExamplesOfTheDeflateRFCAreInflated(t *testing.T) {
	for _, c := range []struct {
		name, payload, want string
		rep                 Report
	}{
		{"one block", "f2 48 cd c9 c9 07 00", "Hello", Report{Blocks: [3]int{0, 1, 0}}},
		{"stored block", "00 05 00 fa ff 48 65 6c 6c 6f 00", "Hello", Report{Blocks: [3]int{1, 0, 0}}},
		{"BFINAL", "f3 48 cd c9 c9 07 00 00", "Hello", Report{Blocks: [3]int{0, 1, 0}, Final: 1}},
		{"two blocks", "f2 48 05 00 00 00 ff ff ca c9 c9 07 00", "Hello", Report{Blocks: [3]int{1, 2, 0}, Empty: 1}},
		{"empty fragment", "00", "", Report{}},
		{"behind BFINAL", "f3 48 cd c9 c9 07 00 f2 48 cd c9 c9 07 00", "HelloHello", Report{Blocks: [3]int{0, 2, 0}, Final: 1}},
		{"empty fixed block", "02 00", "", Report{Blocks: [3]int{0, 1, 0}, Empty: 1}},
		{"empty fixed block, BFINAL", "03 00 00", "", Report{Blocks: [3]int{0, 1, 0}, Empty: 1, Final: 1}},
		{"A 259 times", "72 1c 05 00 00", strings.Repeat("A", 259),
			Report{Blocks: [3]int{0, 1, 0}, Matches: 1, MaxDistance: 1}},
		{"padding of the end is not zero", "f2 48 cd c9 c9 07 e0", "Hello", Report{Blocks: [3]int{0, 1, 0}, Padding: 1}},
		{"padding behind BFINAL is not zero", "f3 48 cd c9 c9 07 fc 00", "Hello", Report{Blocks: [3]int{0, 1, 0}, Final: 1, Padding: 1, FinalPadding: 1}},
		{"BFINAL in the end", "01", "", Report{Final: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			payload := unhex(t, c.payload)
			got, rep, err := new(Inflater).Inflate(nil, payload, 0)
			if err != nil || string(got) != c.want {
				t.Fatalf("%q, %v", got, err)
			}
			c.rep.Input, c.rep.Output = int64(len(payload)), int64(len(c.want))
			if diff := cmp.Diff(c.rep, rep); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWindowIsSharedBetweenMessages(t *testing.T) {
	first, second := unhex(t, "f2 48 cd c9 c9 07 00"), unhex(t, "f2 00 11 00 00")
	var f Inflater
	for range 2 {
		if got, rep, err := f.Inflate(nil, first, 0); string(got) != "Hello" || err != nil || rep.IntoHistory != 0 {
			t.Fatalf("%q %+v %v", got, rep, err)
		}
	}
	got, rep, err := f.Inflate([]byte("> "), second, 0)
	if string(got) != "> Hello" || err != nil {
		t.Fatalf("%q %v", got, err)
	}
	if rep.IntoHistory != 1 || rep.MaxDistance != 5 || rep.Matches != 1 {
		t.Errorf("%+v", rep)
	}
	f.NoContextTakeover = true
	if _, _, err := f.Inflate(nil, first, 0); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Inflate(nil, second, 0); !errors.Is(err, ErrDistance) {
		t.Errorf("without context takeover: %v", err)
	}
}

func TestPayloadsThatAreNoDeflateData(t *testing.T) {
	for _, c := range []struct {
		name, payload string
		want          error
		bit           int64
		output        string
	}{
		{"no octet", "", ErrUnterminated, 0, ""},
		{"tail kept", "f2 48 cd c9 c9 07 00 00 00 ff ff", ErrUnterminated, 88, "Hello"},
		{"BFINAL and nothing behind", "f3 48 cd c9 c9 07 00", ErrUnterminated, 56, "Hello"},
		{"stored block and nothing behind", "00 01 00 fe ff 41", ErrUnterminated, 48, "A"},
		{"last octet missing", "f2 48 cd c9 c9 07", ErrTruncated, 43, "Hello"},
		{"half of the tail kept", "f2 48 cd c9 c9 07 00 00 00", ErrTruncated, 56, "Hello"},
		{"inside a fixed block", "f2 48 cd", ErrTruncated, 19, "He"},
		{"inside a stored block", "00 05 00 fa ff 48 65", ErrTruncated, 56, "He"},
		{"tail taken for stored data", "00 09 00 f6 ff 48 65 6c 6c 6f", ErrTruncated, 80, "Hello"},
		{"inside a dynamic header", "04 c0", ErrTruncated, 3, ""},
		{"inside a block header", "fa ff ff ff 7f c0", ErrTruncated, 46, "\xff\xff\xff\xff"},
		{"block type 3", "06", ErrBlockType, 0, ""},
		{"ones", "ff ff ff", ErrBlockType, 0, ""},
		{"complement of the length", "00 05 00 00 00 48 65 6c 6c 6f 00", ErrStoredLength, 8, ""},
		{"distance before the start", "02 02 00 00", ErrDistance, 3, ""},
		{"distance symbol 30", "72 04 3e 00 00", ErrSymbol, 11, "A"},
		{"length symbol 286", "1a 03 00 00", ErrSymbol, 3, ""},
		{"zlib", "78 9c f3 48 cd c9 c9 07 00 05 8c 01 f5", ErrStoredLength, 8, ""},
		{"gzip", "1f 8b 08 00 00 00 00 00", ErrBlockType, 0, ""},
		{"text that was not compressed", "48 65 6c 6c 6f", ErrStoredLength, 8, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, rep, err := new(Inflater).Inflate(nil, unhex(t, c.payload), 0)
			var e *InflateError
			if !errors.As(err, &e) || !errors.Is(err, c.want) {
				t.Fatalf("%q, %v", got, err)
			}
			if c.name == "gzip" {
				return // which of its octets is the bad one does not matter
			}
			if e.Bit != c.bit || string(got) != c.output || rep.Output != int64(len(got)) {
				t.Errorf("bit %d, %q, %+v", e.Bit, got, rep)
			}
			if rep.KeptTail != (c.name == "tail kept") {
				t.Errorf("kept tail: %v", rep.KeptTail)
			}
		})
	}
}

func TestCodeLengthsThatMakeNoCode(t *testing.T) {
	// header writes the counts and the lengths of the code length codes, in the
	// order of the wire: 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15.
	header := func(literals, distances int, lengths ...uint32) *Blocks {
		w := new(Blocks).Header(false, Dynamic)
		w.Bits(uint32(literals-257), 5).Bits(uint32(distances-1), 5).Bits(uint32(len(lengths)-4), 4)
		for _, n := range lengths {
			w.Bits(n, 3)
		}
		return w
	}
	// Code lengths 18 and 1 have one bit each: 0 is length 1, 1 repeats zeros.
	ones := []uint32{0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
	one := func(w *Blocks) *Blocks { return w.Bits(0, 1) }
	zeros := func(w *Blocks, n int) *Blocks { return w.Bits(1, 1).Bits(uint32(n-11), 7) }
	for _, c := range []struct {
		name string
		w    *Blocks
		want error
		says string
	}{
		{"287 literal codes", header(287, 1, 0, 0, 0, 0), ErrCodeLengths, "287"},
		{"31 distance codes", header(257, 31, 0, 0, 0, 0), ErrCodeLengths, "31"},
		{"no code length code", header(257, 1, 0, 0, 0, 0), ErrCodeLengths, "use up"},
		{"one code length code", header(257, 1, 0, 0, 0, 1), ErrCodeLengths, "use up"},
		{"three codes of one bit", header(257, 1, 1, 1, 1, 0), ErrCodeLengths, "more codes"},
		{"repeat at the start", header(257, 1, 1, 1, 0, 0).Bits(0, 1), ErrCodeLengths, "repeat"},
		{"too many lengths", zeros(zeros(header(257, 1, ones...), 138), 138), ErrCodeLengths, "more than 258"},
		{"no end of block", one(zeros(one(zeros(header(257, 1, ones...), 138)), 118)).Bits(0, 8), ErrCodeLengths, "end of the block"},
		{"three literals of one bit", one(zeros(zeros(one(one(header(257, 1, ones...))), 138), 116)).Bits(0, 2), ErrCodeLengths, "literal"},
		{"one code of one bit, used", one(one(zeros(zeros(header(257, 1, ones...), 138), 118))).Bits(0, 1).Sync(), nil, ""},
		{"one code of one bit, the other used", one(one(zeros(zeros(header(257, 1, ones...), 138), 118))).Bits(1, 1).Sync(), ErrSymbol, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := new(Inflater).Inflate(nil, c.w.Bytes(), 0)
			if !errors.Is(err, c.want) || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Error(err)
			}
		})
	}
}

func TestDistancesAreMeasuredAndNotEnforced(t *testing.T) {
	for bits := 8; bits <= 15; bits++ {
		f := Inflater{WindowBits: bits}
		long := pattern(maxWindow)
		payload := new(Blocks).Stored(false, long).Fixed(false).
			Match(3, 1<<bits).Match(258, 1<<bits-1).Match(10, maxWindow).End().Sync().Bytes()
		got, rep, err := f.Inflate(nil, payload, 0)
		if err != nil {
			t.Fatal(err)
		}
		want := bytes.Clone(long)
		for _, m := range [][2]int{{3, 1 << bits}, {258, 1<<bits - 1}, {10, maxWindow}} {
			for range m[0] {
				want = append(want, want[len(want)-m[1]])
			}
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%d bits: wrong output", bits)
		}
		beyond := 1
		if bits == 15 {
			beyond = 0
		}
		if rep.MaxDistance != maxWindow || rep.BeyondWindow != beyond || rep.Matches != 3 {
			t.Errorf("%d bits: %+v", bits, rep)
		}
	}
}

func TestOutputStopsAtTheLimit(t *testing.T) {
	bomb := func(matches int) []byte {
		w := new(Blocks).Fixed(false).Literals([]byte("a"))
		for range matches {
			w.Match(maxMatch, 1)
		}
		return w.End().Sync().Bytes()
	}
	const size = 1 + 20_000*maxMatch
	for _, c := range []struct{ matches, limit, want int }{
		{20_000, 1, 1}, {20_000, 1000, 1000}, {20_000, 1 << 20, 1 << 20}, {20_000, size - 1, size - 1},
		{defaultLimit/maxMatch + 1, 0, defaultLimit},
	} {
		got, rep, err := new(Inflater).Inflate(nil, bomb(c.matches), c.limit)
		if !errors.Is(err, ErrOutputTooLong) || len(got) != c.want || rep.Output != int64(c.want) {
			t.Errorf("limit %d: %d octets, %v", c.limit, len(got), err)
		}
	}
	if got, _, err := new(Inflater).Inflate(nil, bomb(20_000), size); err != nil || len(got) != size {
		t.Errorf("limit as large as the message: %d octets, %v", len(got), err)
	}
}

func TestMessageMayBeCutAnywhere(t *testing.T) {
	text := jsonText(3000)
	c := Compressor{}
	payload := c.CompressPart(nil, text, false)
	payload = new(Blocks).Octets(payload...).Stored(true, text[:50]).Fixed(true).Literals(text[:9]).Match(20, 50).End().Sync().Bytes()
	want, rep, err := new(Inflater).Inflate(nil, payload, 0)
	if err != nil || rep.Blocks[Dynamic] == 0 {
		t.Fatal(rep, err)
	}
	for step := 1; step < len(payload); step++ {
		var f Inflater
		var got []byte
		f.Start(0)
		for rest := payload; len(rest) > 0; {
			n := min(step, len(rest))
			if got, err = f.Append(got, rest[:n]); err != nil {
				t.Fatal(step, err)
			}
			rest = rest[n:]
		}
		got, again, err := f.Finish(got)
		if err != nil || !bytes.Equal(got, want) || again != rep {
			t.Fatalf("parts of %d: %v, %s", step, err, cmp.Diff(rep, again))
		}
	}
}

func TestEveryPrefixGivesAPrefix(t *testing.T) {
	text := jsonText(2000)
	payload := new(Compressor).Compress(nil, text)
	for cut := range payload {
		got, _, err := new(Inflater).Inflate(nil, payload[:cut], 0)
		if !errors.Is(err, ErrTruncated) && !errors.Is(err, ErrUnterminated) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if !bytes.HasPrefix(text, got) {
			t.Fatalf("cut at %d: no prefix", cut)
		}
	}
}

func TestWhatOtherLibrariesCompressIsInflated(t *testing.T) {
	for _, level := range []int{stdflate.HuffmanOnly, stdflate.NoCompression, stdflate.BestSpeed, 6, stdflate.BestCompression} {
		var b bytes.Buffer
		w, _ := stdflate.NewWriter(&b, level)
		var f Inflater
		for i, message := range messages() {
			b.Reset()
			_, _ = w.Write(message)
			_ = w.Flush()
			got, rep, err := f.Inflate(nil, bytes.TrimSuffix(b.Bytes(), []byte{0, 0, 0xff, 0xff}), 0)
			if err != nil || !bytes.Equal(got, message) {
				t.Fatalf("level %d, message %d of %d octets: %v", level, i, len(message), err)
			}
			if rep.MaxDistance > maxWindow || rep.Padding != 0 || rep.Final != 0 {
				t.Errorf("level %d: %+v", level, rep)
			}
		}
	}
}

// messages are of many sizes and kinds, the same for each test.
func messages() [][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	ms := [][]byte{nil, []byte("Hello"), []byte("Hello"), {0}, jsonText(100000), bytes.Repeat([]byte("a"), 70000)}
	for _, n := range []int{1, 3, 20, 126, 127, 128, 129, 300, 4096, 32768, 65535, 65536, 65540, 65535 + 127, 131072} {
		noise := make([]byte, n)
		for i := range noise {
			noise[i] = byte(r.Uint32())
		}
		ms = append(ms, noise, jsonText(n), noise, jsonText(n/2))
	}
	return ms
}

// jsonText is n octets of records that compress to about a quarter.
func jsonText(n int) []byte {
	r := rand.New(rand.NewPCG(3, 4))
	words := strings.Fields("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu")
	var b bytes.Buffer
	for b.Len() < n {
		fmt.Fprintf(&b, `{"id":%d,"name":"%s %s","value":%.6f,"tags":["%s"],"ok":%v},`+"\n", r.IntN(1e6),
			words[r.IntN(len(words))], words[r.IntN(len(words))], r.Float64(), words[r.IntN(len(words))], r.IntN(2) == 1)
	}
	return b.Bytes()[:n]
}

func FuzzInflate(f *testing.F) {
	for _, s := range []string{
		"f248cdc9c90700", "f200110000", "000500faff48656c6c6f00", "f348cdc9c9070000", "f248050000 00ffffcac9c90700",
		"721c050000", "06", "1a030000", "72043e0000",
	} {
		f.Add(unhex(f, s), 3)
	}
	f.Add(new(Compressor).Compress(nil, jsonText(2000)), 100)
	f.Add(new(Compressor).Compress(nil, jsonText(60)), 1)
	f.Fuzz(func(t *testing.T, payload []byte, step int) {
		const limit = 1 << 20
		got, rep, err := new(Inflater).Inflate(nil, payload, limit)
		if rep.Output != int64(len(got)) || rep.Input != int64(len(payload)) {
			t.Fatalf("%d octets from %d: %+v", len(got), len(payload), rep)
		}
		checkParts(t, payload, step&0xff+1, got, rep, err)
		if errors.Is(err, ErrOutputTooLong) {
			return
		}
		checkStandard(t, payload, got, rep, err)
	})
}

// checkParts inflates the payload once more, in parts.
func checkParts(t *testing.T, payload []byte, step int, want []byte, rep Report, wantErr error) {
	var f Inflater
	var got []byte
	f.Start(1 << 20)
	for rest := payload; len(rest) > 0; {
		n := min(step, len(rest))
		got, _ = f.Append(got, rest[:n])
		rest = rest[n:]
	}
	got, again, err := f.Finish(got)
	if !bytes.Equal(got, want) || (err == nil) != (wantErr == nil) || err == nil && again != rep {
		t.Fatalf("in parts of %d: %d octets instead of %d, %v instead of %v", step, len(got), len(want), err, wantErr)
	}
	if err != nil && err.Error() != wantErr.Error() && !errors.Is(err, ErrOutputTooLong) {
		t.Fatalf("in parts of %d: %v instead of %v", step, err, wantErr)
	}
}

// checkStandard compares with compress/flate, which stops at BFINAL.
func checkStandard(t *testing.T, payload, got []byte, rep Report, err error) {
	tail := []byte{0, 0, 0xff, 0xff}
	r := stdflate.NewReader(io.MultiReader(bytes.NewReader(payload), bytes.NewReader(tail)))
	want, stdErr := io.ReadAll(io.LimitReader(r, 2<<20))
	var corrupt stdflate.CorruptInputError
	switch {
	case err == nil && !bytes.HasPrefix(got, want):
		t.Fatalf("output %q, of the standard library %q", got, want)
	case err == nil && rep.Final == 0 && (stdErr != io.ErrUnexpectedEOF || !bytes.Equal(got, want)):
		t.Fatalf("accepted, by the standard library not: %v", stdErr)
	case stdErr == nil && rep.Final == 0 && !errors.Is(err, ErrTruncated):
		t.Fatalf("the standard library found BFINAL, and this one not: %v", err)
	case stdErr == nil && !bytes.HasPrefix(got, want) && !errors.Is(err, ErrTruncated):
		t.Fatalf("standard library: %q, and here %q: %v", want, got, err)
	case errors.As(stdErr, &corrupt) && rep.Final == 0 && err == nil:
		t.Fatalf("accepted, by the standard library not: %v", stdErr)
	case stdErr == io.ErrUnexpectedEOF && rep.Final == 0 && !endsEarly(err) && !stricter(err):
		t.Fatalf("refused with %v, by the standard library not", err)
	}
}

func endsEarly(err error) bool {
	return err == nil || errors.Is(err, ErrTruncated) || errors.Is(err, ErrUnterminated)
}

// stricter tells whether err is about a code that zlib refuses too, and that
// the standard library only stumbles over later, if the data goes on so long.
func stricter(err error) bool {
	return errors.Is(err, ErrCodeLengths) &&
		(strings.Contains(err.Error(), "end of the block") || strings.Contains(err.Error(), "code length codes"))
}

// What a message refers to is the end of the history, as far as the report says,
// and nothing else.
func TestAMessageDependsOnWhatItReachesAlone(t *testing.T) {
	c, f := &Compressor{}, &Inflater{}
	reached := 0
	for i, message := range append(messages(), messages()...) {
		packed := c.Compress(nil, message)
		before := bytes.Clone(f.History())
		plain, rep, err := f.Inflate(nil, packed, 0)
		if err != nil || !bytes.Equal(plain, message) {
			t.Fatalf("message %d: %v", i, err)
		}
		reached = max(reached, rep.Reach)
		if (rep.Reach > 0) != (rep.IntoHistory > 0) || rep.Reach > len(before) {
			t.Errorf("message %d reaches %d octets back of %d, in %d matches", i, rep.Reach, len(before), rep.IntoHistory)
		}
		var other Inflater
		other.Add(before[len(before)-rep.Reach:])
		again, sameRep, err := other.Inflate(nil, packed, 0)
		if err != nil || !bytes.Equal(again, plain) || sameRep != rep {
			t.Errorf("message %d: with nothing but that history, %d octets and %+v, error %v; want %d and %+v", i, len(again), sameRep, err, len(plain), rep)
		}
		if rep.Reach > 0 {
			var short Inflater
			short.Add(before[len(before)-rep.Reach+1:])
			if _, _, err := short.Inflate(nil, packed, 0); !errors.Is(err, ErrDistance) {
				t.Errorf("message %d: with one octet less, %v", i, err)
			}
		}
	}
	if reached == 0 {
		t.Error("no message reaches back")
	}
}

// A message that is known leaves the same history behind as one that was
// decompressed.
func TestWhatIsAddedCanBeReferredTo(t *testing.T) {
	sizes := []int{0, 1, 100, 5000, maxWindow - 1, maxWindow, maxWindow + 1, inflateSize, inflateSize + 1, 7, 3 * inflateSize, 30000, 30000, 30000}
	text := jsonText(4 * inflateSize)
	c, added, inflated := &Compressor{}, &Inflater{}, &Inflater{}
	for i, size := range sizes {
		message := text[i*997:][:size]
		packed := c.Compress(nil, message)
		if i%3 == 2 { // some are decompressed by both
			if got, _, err := added.Inflate(nil, packed, 0); err != nil || !bytes.Equal(got, message) {
				t.Fatalf("message %d behind known ones: %d octets, %v", i, len(got), err)
			}
		} else {
			added.Add(message)
		}
		if _, _, err := inflated.Inflate(nil, packed, 0); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(added.History(), inflated.History()) {
			t.Fatalf("message %d of %d octets leaves %d octets behind, want %d", i, size, len(added.History()), len(inflated.History()))
		}
	}
}

// Room for a large message is made in few steps, and for no more than the limit.
func TestRoomForOutputIsMadeInFewSteps(t *testing.T) {
	const size = 16 << 20
	packed := new(Compressor).Compress(nil, make([]byte, size))
	f := new(Inflater)
	f.Start(size)
	var got []byte
	steps := 0
	for part := range slices.Chunk(packed, 256) {
		room := cap(got)
		got, _ = f.Append(got, part)
		if cap(got) != room {
			steps++
		}
	}
	if got, _, err := f.Finish(got); err != nil || len(got) != size || steps > 6 {
		t.Errorf("%d octets in %d steps, %v", len(got), steps, err)
	}
	if cap(got) > size+size/4 {
		t.Errorf("room for %d octets", cap(got))
	}
}
