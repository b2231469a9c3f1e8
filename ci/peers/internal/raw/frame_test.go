package raw

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAppendMasksAndUsesTheShortestLength(t *testing.T) {
	tests := []struct {
		frame Frame
		head  []byte
	}{
		{Frame{Fin: true, Opcode: Text, Payload: []byte("Hello")},
			[]byte{0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58}},
		{Frame{RSV: 4, Opcode: Binary}, []byte{0x42, 0x80, 0x37, 0xfa, 0x21, 0x3d}},
		{Frame{Fin: true, Opcode: Binary, Payload: make([]byte, 126)}, []byte{0x82, 0xfe, 0, 126, 0x37}},
		{Frame{Fin: true, Opcode: Binary, Payload: make([]byte, 65536)},
			[]byte{0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 0x37}},
	}
	for _, test := range tests {
		if got := test.frame.Append(nil); !bytes.HasPrefix(got, test.head) {
			t.Errorf("got % x, want % x first", got[:len(test.head)], test.head)
		}
	}
}

// serverFrames are frames as a server sends them, and what they mean.
func serverFrames() map[string]Frame {
	return map[string]Frame{
		"\x81\x05Hello": {Fin: true, Opcode: Text, Payload: []byte("Hello")},
		"\x42\x00":      {RSV: 4, Opcode: Binary, Payload: []byte{}},
		"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58":        {Fin: true, Masked: true, Opcode: Text, Payload: []byte("Hello")},
		"\x80\x7e\x00\x02ab":                                  {Fin: true, Payload: []byte("ab")},
		"\x8a\x7f" + "\x00\x00\x00\x00\x00\x00\x00\x01" + "a": {Fin: true, Opcode: Pong, Payload: []byte("a")},
	}
}

func TestReadUnderstandsServerFramesAndCutOnesFail(t *testing.T) {
	for octets, want := range serverFrames() {
		got, err := read(bytes.NewReader([]byte(octets)))
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("% x: %v (-want +got)\n%s", octets, err, diff)
		}
		for i := range octets {
			if f, err := read(bytes.NewReader([]byte(octets[:i]))); err == nil {
				t.Errorf("% x: got %+v", octets[:i], f)
			}
		}
	}
	if _, err := read(bytes.NewReader(nil)); !errors.Is(err, io.EOF) {
		t.Errorf("end of TCP between frames: got %v, want io.EOF", err)
	}
}

func TestReadRefusesFramesWithoutBounds(t *testing.T) {
	octets := "\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff"
	if f, err := read(bytes.NewReader([]byte(octets))); err == nil {
		t.Errorf("% x: got %+v", octets, f)
	}
}

func FuzzRead(f *testing.F) {
	for octets := range serverFrames() {
		f.Add([]byte(octets))
	}
	f.Fuzz(func(t *testing.T, octets []byte) {
		if len(octets) > 9 && octets[1]&127 == 127 {
			t.Skip("a 64-bit length may make the client allocate up to its limit of 128 MiB, too much for each try of a fuzzer")
		}
		frame, err := read(bytes.NewReader(octets))
		if err == nil && len(frame.Payload) > len(octets) {
			t.Errorf("%d octets out of %d", len(frame.Payload), len(octets))
		}
	})
}
