package bench

import (
	"slices"
	"testing"

	"github.com/wsspec/wsspec/ci/peers/internal/raw"
)

// stream is a text of two fragments, an empty message, and one of each length
// form, as a server sends them and, the last one, as the ceiling does.
func stream() (octets []byte, messages int) {
	octets = append(octets, 0x01, 2, 'a', 'b', 0x80, 1, 'c', 0x82, 0)
	octets = append(octets, 0x82, 126, 1, 0)
	octets = append(octets, make([]byte, 256)...)
	octets = append(octets, 0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0)
	octets = append(octets, make([]byte, 65536)...)
	octets = raw.Frame{Fin: true, Opcode: raw.Binary, Payload: make([]byte, 300)}.Append(octets)
	return octets, 5
}

func TestScannerCountsMessagesHoweverTheStreamIsCut(t *testing.T) {
	octets, want := stream()
	for _, size := range []int{1, 2, 3, 7, 100, 4096, len(octets)} {
		var s scanner
		got := 0
		for piece := range slices.Chunk(octets, size) {
			n, err := s.scan(piece)
			if err != nil {
				t.Fatal(err)
			}
			got += n
		}
		if got != want {
			t.Errorf("pieces of %d octets: got %d messages, want %d", size, got, want)
		}
	}
}

func TestScannerCountsOnlyCompleteMessages(t *testing.T) {
	octets, total := stream()
	last := 0
	for i := range octets {
		var s scanner
		n, err := s.scan(octets[:i])
		if err != nil || n < last || n >= total {
			t.Fatalf("%d octets: got %d messages after %d, %v", i, n, last, err)
		}
		last = n
	}
}

func TestScannerRefusesControlFrames(t *testing.T) {
	for _, opcode := range []byte{raw.Close, raw.Ping, raw.Pong} {
		if _, err := new(scanner).scan([]byte{0x80 | opcode, 0}); err == nil {
			t.Errorf("opcode %d was taken", opcode)
		}
	}
}

func FuzzScanner(f *testing.F) {
	octets, _ := stream()
	f.Add(octets)
	f.Add([]byte{0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, octets []byte) {
		var whole, pieces scanner
		want, wantErr := whole.scan(octets)
		got, gotErr := 0, error(nil)
		for _, o := range octets {
			n, err := pieces.scan([]byte{o})
			got += n
			if gotErr = err; err != nil {
				break
			}
		}
		if got != want || (gotErr == nil) != (wantErr == nil) {
			t.Errorf("whole: %d, %v; octet by octet: %d, %v", want, wantErr, got, gotErr)
		}
	})
}
