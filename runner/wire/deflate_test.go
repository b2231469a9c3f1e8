package wire

import (
	"bytes"
	stdflate "compress/flate"
	"fmt"
	"io"
	"strings"
	"testing"

	kflate "github.com/klauspost/compress/flate"
)

func TestExamplesOfTheDeflateRFCAreWrittenByHand(t *testing.T) {
	hello := []byte("Hello")
	for _, c := range []struct {
		name string
		w    *Blocks
		want string
	}{
		{"one block", new(Blocks).Fixed(false).Literals(hello).End().Sync(), "f2 48 cd c9 c9 07 00"},
		{"shared window", new(Blocks).Fixed(false).Literals(hello[:1]).Match(4, 5).End().Sync(), "f2 00 11 00 00"},
		{"stored block", new(Blocks).Stored(false, hello).Sync(), "00 05 00 fa ff 48 65 6c 6c 6f 00"},
		{"BFINAL", new(Blocks).Fixed(true).Literals(hello).End().Sync(), "f3 48 cd c9 c9 07 00 00"},
		{"two blocks", new(Blocks).Fixed(false).Literals(hello[:2]).End().Flush().Fixed(false).Literals(hello[2:]).End().Sync(),
			"f2 48 05 00 00 00 ff ff ca c9 c9 07 00"},
		{"empty fragment", new(Blocks).Sync(), "00"},
		{"A 259 times", new(Blocks).Fixed(false).Literals([]byte("A")).Match(258, 1).End().Sync(), "72 1c 05 00 00"},
		{"block type 3", new(Blocks).Header(false, 3), "06"},
		{"wrong complement", new(Blocks).StoredLength(false, 5, 0).Octets(hello...).Sync(), "00 05 00 00 00 48 65 6c 6c 6f 00"},
		{"distance before the start", new(Blocks).Fixed(false).Match(3, 1).End().Sync(), "02 02 00 00"},
		{"distance symbol 30", new(Blocks).Fixed(false).Literals([]byte("A")).Symbol(257).DistanceSymbol(30).End().Sync(), "72 04 3e 00 00"},
		{"length symbol 286", new(Blocks).Fixed(false).Symbol(286).End().Sync(), "1a 03 00"},
	} {
		if got := c.w.Bytes(); !bytes.Equal(got, unhex(t, c.want)) || c.w.Err() != nil {
			t.Errorf("%s: % x, want %s", c.name, got, c.want)
		}
	}
}

func TestEveryLengthAndDistanceIsWritten(t *testing.T) {
	past := pattern(maxWindow)
	check := func(length, distance int) {
		t.Helper()
		w := new(Blocks).Stored(false, past).Fixed(true).Match(length, distance).End().Sync()
		want, err := io.ReadAll(stdflate.NewReader(bytes.NewReader(w.Bytes())))
		got, rep, err2 := new(Inflater).Inflate(nil, w.Bytes(), 0)
		if err != nil || err2 != nil || !bytes.Equal(got, want) || len(got) != maxWindow+length || rep.MaxDistance != distance {
			t.Fatalf("length %d, distance %d: %v, %v, %+v", length, distance, err, err2, rep)
		}
	}
	for length := 3; length <= maxMatch; length++ {
		check(length, 1+length*97%maxWindow)
	}
	for i, base := range distanceBase {
		check(5, int(base))
		check(300-258+i, int(base)+1<<distanceExtra[i]-1)
	}
	for _, m := range [][2]int{{2, 1}, {259, 1}, {3, 0}, {3, maxWindow + 1}} {
		if new(Blocks).Match(m[0], m[1]).Err() == nil {
			t.Errorf("match %v is possible", m)
		}
	}
}

func TestLongStoredDataTakesSeveralBlocks(t *testing.T) {
	for _, n := range []int{0, 1, 65535, 65536, 200000} {
		data := pattern(n)
		got, rep, err := new(Inflater).Inflate(nil, new(Blocks).Stored(true, data).Sync().Bytes(), 0)
		if err != nil || !bytes.Equal(got, data) || rep.Final != 1 || rep.Blocks[Stored] != max(1, (n+65534)/65535) {
			t.Errorf("%d octets: %v, %+v", n, err, rep)
		}
	}
}

func TestWhatIsCompressedIsInflatedWithinTheWindow(t *testing.T) {
	for bits := 8; bits <= 15; bits++ {
		for _, fresh := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d bits, no takeover %v", bits, fresh), func(t *testing.T) {
				c := Compressor{WindowBits: bits, NoContextTakeover: fresh}
				f := Inflater{WindowBits: bits, NoContextTakeover: fresh}
				far := 0
				for i, message := range messages() {
					payload := c.Compress([]byte("x"), message)
					if payload[0] != 'x' {
						t.Fatal("dst was overwritten")
					}
					got, rep, err := f.Inflate(nil, payload[1:], 0)
					if err != nil || !bytes.Equal(got, message) {
						t.Fatalf("message %d of %d octets: %v", i, len(message), err)
					}
					if rep.BeyondWindow != 0 || rep.KeptTail || rep.Padding != 0 || rep.Final != 0 {
						t.Fatalf("message %d of %d octets: %+v", i, len(message), rep)
					}
					if fresh && rep.IntoHistory != 0 {
						t.Fatalf("message %d refers to one before", i)
					}
					far = max(far, rep.MaxDistance)
				}
				if far < 1<<bits*3/4 {
					t.Errorf("the farthest distance is %d: the window is not used", far)
				}
			})
		}
	}
}

func TestPartsOfAMessageAreCompressedOneByOne(t *testing.T) {
	text := jsonText(5000)
	for _, fresh := range []bool{false, true} {
		c := Compressor{NoContextTakeover: fresh}
		f := Inflater{NoContextTakeover: fresh}
		for _, size := range []int{1, 20, 127, 128, 1000, 4999, 5000, 6000} {
			var payload []byte
			for rest := text; ; {
				n := min(size, len(rest))
				last := n == len(rest)
				payload = c.CompressPart(payload, rest[:n], last)
				if last {
					break
				}
				if !bytes.HasSuffix(payload, []byte{0, 0, 0xff, 0xff}) {
					t.Fatal("a part without the tail")
				}
				rest = rest[n:]
			}
			got, _, err := f.Inflate(nil, payload, 0)
			if err != nil || !bytes.Equal(got, text) {
				t.Fatalf("parts of %d: %v", size, err)
			}
		}
	}
}

func TestShortMessagesReferToEachOther(t *testing.T) {
	var c Compressor
	var f Inflater
	for i, message := range []string{"Hello", "Hello", strings.Repeat("long ", 50) + "Hello", "Hello", "long long"} {
		payload := c.Compress(nil, []byte(message))
		got, rep, err := f.Inflate(nil, payload, 0)
		if err != nil || string(got) != message {
			t.Fatalf("%d: %q, %v", i, got, err)
		}
		if i != 0 && i != 2 && rep.IntoHistory == 0 {
			t.Errorf("%d: % x does not use the history", i, payload)
		}
	}
	if got := c.Compress(nil, nil); !bytes.Equal(got, []byte{0}) {
		t.Errorf("empty message: % x", got)
	}
	first := unhex(t, "f2 48 cd c9 c9 07 00")
	fresh := Compressor{NoContextTakeover: true}
	for range 2 {
		if got := fresh.Compress(nil, []byte("Hello")); !bytes.Equal(got, first) {
			t.Errorf("% x", got)
		}
	}
}

func TestWhatIsCompressedIsReadByOtherLibraries(t *testing.T) {
	tail := []byte{0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff}
	for name, newReader := range map[string]func(io.Reader) io.ReadCloser{
		"compress/flate": stdflate.NewReader, "klauspost": kflate.NewReader,
	} {
		c := Compressor{WindowBits: 11}
		var stream, want []byte
		for _, message := range messages() {
			stream = append(c.Compress(stream, message), tail[:4]...)
			want = append(want, message...)
		}
		got, err := io.ReadAll(newReader(bytes.NewReader(append(stream, tail[4:]...))))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d octets of %d, %v", name, len(got), len(want), err)
		}
	}
}

func TestWindowOutOfRangeIsBroughtIntoRange(t *testing.T) {
	for _, bits := range []int{-1, 1, 5, 7, 16, 100} {
		c := Compressor{WindowBits: bits}
		var f Inflater
		for _, message := range messages()[:5] {
			got, rep, err := f.Inflate(nil, c.Compress(nil, message), 0)
			if err != nil || !bytes.Equal(got, message) || rep.MaxDistance > 1<<min(max(bits, 5), 15) {
				t.Errorf("%d bits: %v %+v", bits, err, rep)
			}
		}
	}
}
