package runner

import (
	"bytes"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// A fragmented is what the frames of a message hold.
type fragmented struct {
	headers []wire.Header
	payload []byte
}

// fragmentsOf reads the frames of one Send.
func fragmentsOf(t *testing.T, b []byte) (f fragmented) {
	t.Helper()
	for len(b) > 0 {
		h, n, ok := wire.ParseHeader(b)
		if !ok || uint64(len(b)-n) < h.Length {
			t.Fatal("an incomplete frame")
		}
		part := b[n:][:h.Length]
		if b = b[n+len(part):]; h.Masked {
			wire.Mask(part, h.Key, 0)
		}
		f.headers, f.payload = append(f.headers, h), append(f.payload, part...)
	}
	return f
}

func TestAMessageIsCutIntoFragments(t *testing.T) {
	for _, test := range []struct {
		name         string
		size, n      int
		frames, last int
	}{
		{"empty", 0, 4, 1, 0},
		{"less than a fragment", 3, 4, 1, 3},
		{"one fragment", 4, 4, 1, 4},
		{"a fragment and an octet", 5, 4, 2, 1},
		{"two fragments", 8, 4, 3, 0},
		{"octets", 3, 1, 4, 0},
		{"many fragments", 4 << 20, 64, 1<<16 + 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := newEncoder(true)
			o := e.frames([]cases.Frame{cases.TextOf(cases.Fill("Hello", test.size)).InFragments(test.n).WithRSV(2), cases.Ping("p")})
			kept := len(o.log.entries())
			got := fragmentsOf(t, o.bytes)
			headers := got.headers[:len(got.headers)-1]
			if len(headers) != test.frames || int(headers[len(headers)-1].Length) != test.last {
				t.Fatalf("%d frames, the last with %d octets; want %d and %d", len(headers), headers[len(headers)-1].Length, test.frames, test.last)
			}
			for i, h := range headers {
				opcode := wire.Continuation
				if i == 0 {
					opcode = wire.Text
				}
				if last := i == len(headers)-1; h.FIN != last || h.Opcode != opcode || h.RSV != 2 || !last && h.Length != uint64(test.n) {
					t.Fatalf("frame %d of %d is %+v", i, len(headers), h)
				}
			}
			if want := cases.Fill("Hello", test.size).Append(nil, 1); !bytes.Equal(got.payload, append(want, 'p')) {
				t.Errorf("%d octets of payload", len(got.payload))
			}
			if all := len(headers) + 1; kept+o.log.lost != all || kept != min(all, firstLines+lastLines) {
				t.Errorf("%d lines in the transcript, %d left out, of %d", kept, o.log.lost, all)
			}
		})
	}
}

// The compressed payload is cut, and RSV1 stands on the first frame alone.
func TestACompressedMessageIsCutIntoFragments(t *testing.T) {
	e := newEncoder(true)
	e.compressor = &wire.Compressor{}
	for range 3 { // each refers to the one before
		text := cases.Slice("prose", 5000)
		got := fragmentsOf(t, e.frames([]cases.Frame{cases.BinaryOf(text).InFragments(256).Deflate()}).bytes)
		for i, h := range got.headers {
			if (h.RSV == 4) != (i == 0) || h.Length > 256 {
				t.Errorf("frame %d is %+v", i, h)
			}
		}
		if len(got.headers) != len(got.payload)/256+1 {
			t.Errorf("%d frames for %d octets", len(got.headers), len(got.payload))
		}
		if plain, _, err := new(wire.Inflater).Inflate(nil, got.payload, 0); err != nil || !text.Equal(plain, 1) {
			t.Errorf("%d octets, %v", len(plain), err)
		}
		e.compressor.NoContextTakeover = true
	}
}
