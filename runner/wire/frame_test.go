package wire

import (
	"bytes"
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unhex reads octets as the RFCs print them, spaces allowed.
func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var sampleKey = [4]byte{0x37, 0xfa, 0x21, 0x3d}

func TestHeaderIsWrittenAndReadAsItIs(t *testing.T) {
	for _, c := range []struct {
		name string
		h    Header
		wire string
	}{
		{"text of 5", Header{FIN: true, Opcode: Text, Length: 5}, "81 05"},
		{"masked", Header{FIN: true, Opcode: Text, Masked: true, Key: sampleKey, Length: 5}, "81 85 37 fa 21 3d"},
		{"zero key", Header{FIN: true, Opcode: Ping, Masked: true}, "89 80 00 00 00 00"},
		{"unfinished", Header{Opcode: Binary, Length: 3}, "02 03"},
		{"RSV1", Header{FIN: true, RSV: 4, Opcode: Text, Length: 7}, "c1 07"},
		{"RSV2", Header{FIN: true, RSV: 2, Opcode: Text}, "a1 00"},
		{"RSV3", Header{FIN: true, RSV: 1, Opcode: Text}, "91 00"},
		{"reserved opcode", Header{FIN: true, Opcode: 15, Length: 125}, "8f 7d"},
		{"126 minimal", Header{FIN: true, Opcode: Binary, Length: 126}, "82 7e 00 7e"},
		{"65535 minimal", Header{FIN: true, Opcode: Binary, Length: 65535}, "82 7e ff ff"},
		{"65536 minimal", Header{FIN: true, Opcode: Binary, Length: 65536}, "82 7f 00 00 00 00 00 01 00 00"},
		{"5 in 16 bits", Header{FIN: true, Opcode: Text, Length: 5, Form: Ext16}, "81 7e 00 05"},
		{"5 in 64 bits", Header{FIN: true, Opcode: Text, Length: 5, Form: Ext64}, "81 7f 00 00 00 00 00 00 00 05"},
		{"highest bit set", Header{FIN: true, Opcode: Text, Length: 1 << 63, Form: Ext64}, "81 7f 80 00 00 00 00 00 00 00"},
		{"longest, masked", Header{Opcode: Pong, RSV: 7, Masked: true, Key: sampleKey, Length: math.MaxUint64}, "7a ff ff ff ff ff ff ff ff ff 37 fa 21 3d"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := unhex(t, c.wire)
			if got := c.h.Append(nil); !bytes.Equal(got, want) {
				t.Fatalf("Append: % x, want % x", got, want)
			}
			got, n, ok := ParseHeader(append(want, 0xaa))
			if !ok || n != len(want) {
				t.Fatalf("ParseHeader: %d octets, %v", n, ok)
			}
			if c.h.Form == Minimal {
				c.h.Form = shortest(c.h.Length)
			}
			if diff := cmp.Diff(c.h, got); diff != "" {
				t.Error(diff)
			}
			for i := range want {
				if _, _, ok := ParseHeader(want[:i]); ok {
					t.Errorf("complete after %d of %d octets", i, len(want))
				}
			}
		})
	}
}

func TestLengthMayBeCutByItsForm(t *testing.T) {
	for _, c := range []struct {
		h    Header
		wire string
	}{
		{Header{Opcode: Text, Length: 126, Form: Short7}, "01 7e"},
		{Header{Opcode: Text, Length: 127, Form: Short7, Masked: true, Key: sampleKey}, "01 ff 37 fa 21 3d"},
		{Header{Opcode: Text, Length: 128, Form: Short7}, "01 00"},
		{Header{Opcode: Text, Length: 0x12345, Form: Ext16}, "01 7e 23 45"},
	} {
		if got, want := c.h.Append(nil), unhex(t, c.wire); !bytes.Equal(got, want) {
			t.Errorf("%v %d: % x, want % x", c.h.Form, c.h.Length, got, want)
		}
	}
}

func TestMinimalFormIsTheShortest(t *testing.T) {
	for _, c := range []struct {
		length uint64
		form   LengthForm
	}{
		{0, Short7}, {125, Short7}, {126, Ext16}, {65535, Ext16}, {65536, Ext64}, {math.MaxUint64, Ext64},
	} {
		for _, form := range []LengthForm{Minimal, Short7, Ext16, Ext64} {
			h := Header{Length: c.length, Form: form}
			if got, want := h.MinimalForm(), form == Minimal || form == c.form; got != want {
				t.Errorf("%d in form %v: %v", c.length, form, got)
			}
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Continuation.String(), "continuation"}, {Text.String(), "text"}, {Binary.String(), "binary"},
		{Close.String(), "close"}, {Ping.String(), "ping"}, {Pong.String(), "pong"},
		{Opcode(3).String(), "opcode 3"}, {Opcode(11).String(), "opcode 11"},
		{Minimal.String(), "minimal"}, {Short7.String(), "7-bit"}, {Ext16.String(), "16-bit"}, {Ext64.String(), "64-bit"},
		{BareLF.String(), "bare LF"}, {NoFinalEmptyLine.String(), "no empty line at the end"}, {OddityKind(0).String(), "oddity 0"},
		{Dynamic.String(), "dynamic"}, {Chunked.String(), "chunked"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestMaskIsItsOwnInverseAtEveryOffsetAndLength(t *testing.T) {
	plain := pattern(200)
	for offset := range 9 {
		for n := range len(plain) {
			want := make([]byte, n)
			for i := range n {
				want[i] = plain[i] ^ sampleKey[(offset+i)%4]
			}
			got := bytes.Clone(plain[:n])
			Mask(got, sampleKey, offset)
			if !bytes.Equal(got, want) {
				t.Fatalf("offset %d, %d octets: % x, want % x", offset, n, got, want)
			}
			Mask(got, sampleKey, offset)
			if !bytes.Equal(got, plain[:n]) {
				t.Fatalf("offset %d, %d octets: not its own inverse", offset, n)
			}
		}
	}
}

// pattern returns n octets that do not repeat with a short period.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + i>>8*13)
	}
	return b
}

func FuzzHeader(f *testing.F) {
	for _, s := range []string{"8105", "8185 37fa213d", "827e0100", "827f 0000000000010000", "7aff ffffffffffffffff 37fa213d"} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		h, n, ok := ParseHeader(b)
		if !ok {
			if len(b) >= MaxHeader {
				t.Fatalf("no header in %d octets", len(b))
			}
			return
		}
		if n > len(b) || n > MaxHeader {
			t.Fatalf("header of %d octets out of %d", n, len(b))
		}
		if got := h.Append(nil); !bytes.Equal(got, b[:n]) {
			t.Fatalf("% x reads as %+v, which writes % x", b[:n], h, got)
		}
		for i := range n {
			if _, _, ok := ParseHeader(b[:i]); ok {
				t.Fatalf("complete after %d of %d octets", i, n)
			}
		}
	})
}
