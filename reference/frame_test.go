package reference

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeaderSurvivesAppendAndParse(t *testing.T) {
	lengths := []uint64{0, 1, 125, 126, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 65537, 1 << 31, 1<<63 - 1}
	for _, length := range lengths {
		for _, fin := range []bool{false, true} {
			for _, masked := range []bool{false, true} {
				for first := range 0x80 {
					h := header{fin: fin, rsv: byte(first) & bitsRSV, opcode: opcode(first & 15), masked: masked, length: length}
					if masked {
						h.key = 0x04030201
					}
					checkHeaderRoundTrip(t, h)
				}
			}
		}
	}
}

func checkHeaderRoundTrip(t *testing.T, h header) {
	t.Helper()
	b := appendHeader(nil, h)
	got, n, ok := parseHeader(append(bytes.Clone(b), "payload"...))
	h.form = b[1] & 0x7f
	if !ok || n != len(b) || got != h {
		t.Fatalf("%x: got %+v, %d, %v, want %+v", b, got, n, ok, h)
	}
	for cut := range len(b) {
		part, n, ok := parseHeader(b[:cut])
		if ok || n > cut {
			t.Fatalf("%x cut to %d octets: got %d, %v", b, cut, n, ok)
		}
		if n >= 1 && (part.fin != h.fin || part.rsv != h.rsv || part.opcode != h.opcode) ||
			n >= 2 && (part.masked != h.masked || part.form != h.form) ||
			n > 2 && part.length != h.length {
			t.Fatalf("%x cut to %d octets: got %+v", b, cut, part)
		}
	}
}

// The frames of RFC 6455, section 5.7.
func TestSampleFramesOfTheRFC(t *testing.T) {
	tests := []struct {
		octets string
		header header
		body   string
	}{
		{"\x81\x05Hello", header{fin: true, opcode: opText, form: 5, length: 5}, "Hello"},
		{"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58",
			header{fin: true, opcode: opText, form: 5, length: 5, masked: true, key: 0x3d21fa37}, "Hello"},
		{"\x01\x03Hel", header{opcode: opText, form: 3, length: 3}, "Hel"},
		{"\x80\x02lo", header{fin: true, opcode: opContinuation, form: 2, length: 2}, "lo"},
		{"\x89\x05Hello", header{fin: true, opcode: opPing, form: 5, length: 5}, "Hello"},
		{"\x8a\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58",
			header{fin: true, opcode: opPong, form: 5, length: 5, masked: true, key: 0x3d21fa37}, "Hello"},
		{"\x82\x7e\x01\x00", header{fin: true, opcode: opBinary, form: 126, length: 256}, ""},
		{"\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00", header{fin: true, opcode: opBinary, form: 127, length: 65536}, ""},
	}
	for _, test := range tests {
		h, n, ok := parseHeader([]byte(test.octets))
		if diff := cmp.Diff(test.header, h, cmp.AllowUnexported(header{})); diff != "" || !ok {
			t.Errorf("%x: %v %s", test.octets, ok, diff)
		}
		body := []byte(test.octets[n:])
		mask(body, h.key)
		if string(body) != test.body {
			t.Errorf("%x: got payload %q, want %q", test.octets, body, test.body)
		}
		if b := append(appendHeader(nil, h), test.octets[n:]...); string(b) != test.octets {
			t.Errorf("%x came back as %x", test.octets, b)
		}
	}
}

func TestLongerFormsThanNeededKeepTheirLength(t *testing.T) {
	for _, test := range []struct {
		octets string
		form   byte
		length uint64
	}{
		{"\x82\x7e\x00\x7d", 126, 125},
		{"\x82\x7f\x00\x00\x00\x00\x00\x00\x00\x01", 127, 1},
		{"\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 127, 1<<64 - 1},
	} {
		h, _, ok := parseHeader([]byte(test.octets))
		if !ok || h.form != test.form || h.length != test.length {
			t.Errorf("%x: got %+v", test.octets, h)
		}
	}
}

func FuzzHeader(f *testing.F) {
	f.Add([]byte("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"))
	f.Add([]byte("\x82\xff\x00\x00\x00\x00\x00\x01\x00\x00abcd"))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, n, ok := parseHeader(b)
		if n > len(b) || n > maxHeader {
			t.Fatalf("%d octets of %d", n, len(b))
		}
		if !ok {
			return
		}
		short := appendHeader(nil, h)
		if len(short) > n {
			t.Fatalf("%x became %x", b[:n], short)
		}
		again, _, ok := parseHeader(short)
		again.form = h.form
		if !ok || again != h {
			t.Fatalf("%+v became %+v", h, again)
		}
	})
}

func TestMaskingIsXORWithTheKey(t *testing.T) {
	const key = 0xd4c3b2a1
	octets := binary.LittleEndian.AppendUint32(nil, key)
	for n := range 700 { // vectors and what is left of them
		p := payloadOf(n)
		want := make([]byte, n)
		for i := range p {
			want[i] = p[i] ^ octets[i%4]
		}
		whole := bytes.Clone(p)
		mask(whole, key)
		if !bytes.Equal(whole, want) {
			t.Fatalf("%d octets: got %x, want %x", n, whole, want)
		}
		cut := n * 2 / 3
		parts := bytes.Clone(p)
		next, _ := mask(parts[:cut], key)
		mask(parts[cut:], next)
		if !bytes.Equal(parts, want) {
			t.Fatalf("%d octets cut at %d: got %x, want %x", n, cut, parts, want)
		}
	}
}

func TestUnmaskingSeesWhatIsNotASCII(t *testing.T) {
	for _, n := range []int{1, 7, 8, 63, 64, 65, 200, 255, 256, 257, 383, 384, 511, 640} {
		for at := -1; at < n; at++ {
			p := make([]byte, n)
			if at >= 0 {
				p[at] = 0x80
			}
			mask(p, 0xd4c3b2a1)
			if _, ascii := mask(p, 0xd4c3b2a1); ascii != (at < 0) {
				t.Fatalf("%d octets, not ASCII at %d: %v", n, at, ascii)
			}
		}
	}
}

func TestMaskingKeysAreFresh(t *testing.T) {
	var k maskingKeys
	seen := map[uint32]bool{}
	const n = 4000
	for range n {
		seen[k.next()] = true
	}
	if len(seen) < n-10 { // a few may be equal by chance
		t.Errorf("%d of %d keys are different", len(seen), n)
	}
}

func BenchmarkMask(b *testing.B) {
	for _, n := range []int{64, 1 << 10, 64 << 10, 16 << 20} {
		b.Run(sizeName(n), func(b *testing.B) {
			p := make([]byte, n)
			b.SetBytes(int64(n))
			for b.Loop() {
				mask(p, 0x04030201)
			}
		})
	}
}
