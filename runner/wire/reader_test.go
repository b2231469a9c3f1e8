package wire

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// The examples of RFC 6455, section 5.7.
func TestExamplesOfTheRFCAreRead(t *testing.T) {
	for _, c := range []struct {
		name, wire string
		want       []Frame
	}{
		{"unmasked text", "81 05 48 65 6c 6c 6f", []Frame{
			{Header: Header{FIN: true, Opcode: Text, Length: 5, Form: Short7}, Payload: []byte("Hello")}}},
		{"masked text", "81 85 37 fa 21 3d 7f 9f 4d 51 58", []Frame{
			{Header: Header{FIN: true, Opcode: Text, Masked: true, Key: sampleKey, Length: 5, Form: Short7}, Payload: []byte("Hello")}}},
		{"fragmented text", "01 03 48 65 6c 80 02 6c 6f", []Frame{
			{Header: Header{Opcode: Text, Length: 3, Form: Short7}, Payload: []byte("Hel")},
			{Header: Header{FIN: true, Opcode: Continuation, Length: 2, Form: Short7}, Payload: []byte("lo")}}},
		{"ping and masked pong", "89 05 48 65 6c 6c 6f 8a 85 37 fa 21 3d 7f 9f 4d 51 58", []Frame{
			{Header: Header{FIN: true, Opcode: Ping, Length: 5, Form: Short7}, Payload: []byte("Hello")},
			{Header: Header{FIN: true, Opcode: Pong, Masked: true, Key: sampleKey, Length: 5, Form: Short7}, Payload: []byte("Hello")}}},
		{"256 octets", "82 7e 01 00" + strings.Repeat("07", 256), []Frame{
			{Header: Header{FIN: true, Opcode: Binary, Length: 256, Form: Ext16}, Payload: bytes.Repeat([]byte{7}, 256)}}},
		{"64 KiB", "82 7f 00 00 00 00 00 01 00 00" + strings.Repeat("07", 65536), []Frame{
			{Header: Header{FIN: true, Opcode: Binary, Length: 65536, Form: Ext64}, Payload: bytes.Repeat([]byte{7}, 65536)}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wire := unhex(t, c.wire)
			at := 0
			for i := range c.want {
				_, n, _ := ParseHeader(wire[at:])
				c.want[i].RawHeader = wire[at : at+n]
				at += n + len(c.want[i].Payload)
			}
			for name, src := range sources(wire) {
				got, err := readAll(newReaderSize(src, 64))
				if err != io.EOF {
					t.Errorf("%s: %v", name, err)
				}
				if diff := cmp.Diff(c.want, got, cmp.Comparer(bytes.Equal)); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
			}
			var again []byte
			for _, f := range c.want {
				again = AppendFrame(again, f.Header, f.Payload)
			}
			if !bytes.Equal(again, wire) {
				t.Errorf("written again: % x", again)
			}
		})
	}
}

func sources(wire []byte) map[string]io.Reader {
	return map[string]io.Reader{
		"at once":        bytes.NewReader(wire),
		"octet by octet": iotest.OneByteReader(bytes.NewReader(wire)),
		"in halves":      iotest.HalfReader(bytes.NewReader(wire)),
		"end with data":  iotest.DataErrReader(bytes.NewReader(wire)),
	}
}

func readAll(r *Reader) ([]Frame, error) {
	var fs []Frame
	for {
		f, err := r.Next()
		if err != nil {
			return fs, err
		}
		fs = append(fs, f.Clone())
	}
}

// stream is three frames: masked and small, plain and larger than the buffer of
// 64 octets, empty.
func stream() []byte {
	b := AppendFrame(nil, Header{FIN: true, Opcode: Text, Masked: true, Key: sampleKey, Length: 20}, pattern(20))
	b = AppendFrame(b, Header{FIN: true, Opcode: Binary, Masked: true, Key: sampleKey, Length: 300}, pattern(300))
	return AppendFrame(b, Header{FIN: true, Opcode: Ping}, nil)
}

func TestEndInsideAFrameGivesWhatWasRead(t *testing.T) {
	whole := stream()
	borders := map[int]bool{0: true, 26: true, 26 + 308: true}
	for cut := range whole {
		r := newReaderSize(iotest.HalfReader(bytes.NewReader(whole[:cut])), 64)
		var got []byte
		var last Frame
		var err error
		for err == nil {
			last, err = r.Next()
			got = append(append(got, last.RawHeader...), masked(last)...)
		}
		if !bytes.Equal(got, whole[:cut]) {
			t.Fatalf("cut at %d: octets lost: % x", cut, got)
		}
		want := io.ErrUnexpectedEOF
		if borders[cut] {
			want = io.EOF
		}
		if err != want || last.Truncated == borders[cut] {
			t.Errorf("cut at %d: %v, truncated %v", cut, err, last.Truncated)
		}
	}
}

// masked is the payload as it was on the wire.
func masked(f Frame) []byte {
	p := bytes.Clone(f.Payload)
	if f.Masked {
		Mask(p, f.Key, 0)
	}
	return p
}

// stopper gives the stream in steps, and at each border once the error of a
// deadline.
type stopper struct {
	b    []byte
	step int
	stop bool
}

func (s *stopper) Read(p []byte) (int, error) {
	if s.stop = !s.stop; s.stop {
		return 0, os.ErrDeadlineExceeded
	}
	if len(s.b) == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), s.step)], s.b)
	s.b = s.b[n:]
	return n, nil
}

func TestAfterADeadlineTheSameCallGoesOn(t *testing.T) {
	want, _ := readAll(NewReader(bytes.NewReader(stream())))
	for step := 1; step < 100; step++ {
		r := newReaderSize(&stopper{b: stream(), step: step}, 64)
		var got []Frame
		stops := 0
		for {
			f, err := r.Next()
			if errors.Is(err, os.ErrDeadlineExceeded) {
				stops++
				continue
			}
			if err != nil {
				if err != io.EOF {
					t.Fatal(err)
				}
				break
			}
			got = append(got, f.Clone())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("step %d, %d stops: %s", step, stops, diff)
		}
	}
}

func TestPayloadOverTheLimitCanBeReadInPieces(t *testing.T) {
	r := newReaderSize(bytes.NewReader(stream()), 64)
	r.MaxPayload = 299
	if _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	f, err := r.Next()
	if err != ErrPayloadTooLong || f.Length != 300 || len(f.RawHeader) != 8 || f.Payload != nil {
		t.Fatalf("%+v, %v", f, err)
	}
	if _, err := r.Next(); err != ErrPayloadUnread {
		t.Fatal(err)
	}
	var got []byte
	p := make([]byte, 7)
	for {
		n, err := r.ReadPayload(p)
		got = append(got, p[:n]...)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got, pattern(300)) {
		t.Errorf("% x", got)
	}
	if f, err := r.Next(); err != nil || f.Opcode != Ping {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestDiscardDropsTheRestOfAFrame(t *testing.T) {
	for step := 1; step < 400; step += 13 {
		r := newReaderSize(bytes.NewReader(stream()), step)
		for i, size := range []uint64{20, 300, 0} {
			h, _, err := r.NextHeader()
			if err != nil || h.Length != size {
				t.Fatal(i, h, err)
			}
			p := make([]byte, 5)
			n, _ := r.ReadPayload(p)
			if dropped, err := r.Discard(); dropped+uint64(n) != size || err != nil {
				t.Fatal(i, dropped, n, err)
			}
		}
		if _, _, err := r.NextHeader(); err != io.EOF || r.Offset() != int64(len(stream())) {
			t.Fatal(err, r.Offset())
		}
	}
	r := NewReader(bytes.NewReader(stream()[:100]))
	_, _, _ = r.NextHeader()
	_, _ = r.Discard()
	_, _, _ = r.NextHeader()
	if dropped, err := r.Discard(); err != io.ErrUnexpectedEOF || dropped != 100-26-8 {
		t.Error(dropped, err)
	}
}

func TestMemoryFollowsWhatArrivesAndNotTheHeader(t *testing.T) {
	b := Header{FIN: true, Opcode: Binary, Length: 1 << 40, Form: Ext64}.Append(nil)
	r := NewReader(bytes.NewReader(append(b, "abc"...)))
	r.MaxPayload = 1 << 50
	f, err := r.Next()
	if err != io.ErrUnexpectedEOF || !f.Truncated || string(f.Payload) != "abc" {
		t.Fatalf("%+v %v", f, err)
	}
	if cap(r.big) > 1<<20 {
		t.Errorf("%d octets allocated for 3", cap(r.big))
	}
}

func TestReadAndPeekSeeTheStreamAsItIs(t *testing.T) {
	for name, src := range sources(pattern(1000)) {
		r := newReaderSize(src, 64)
		head, err := r.Peek(10)
		if err != nil || !bytes.Equal(head, pattern(1000)[:10]) {
			t.Fatalf("%s: % x %v", name, head, err)
		}
		if _, err := r.Peek(65); err != ErrPeekTooLong {
			t.Error(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, pattern(1000)) {
			t.Errorf("%s: %d octets, %v", name, len(got), err)
		}
		if rest, err := r.Peek(1); err != io.EOF || len(rest) != 0 {
			t.Error(rest, err)
		}
	}
}

func TestSourceThatGivesNothingEndsTheReading(t *testing.T) {
	if _, err := NewReader(idle{}).Next(); err != io.ErrNoProgress {
		t.Error(err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestSmallFramesDoNotAllocate(t *testing.T) {
	b := bytes.Repeat(AppendFrame(nil, Header{FIN: true, Opcode: Text, Masked: true, Key: sampleKey, Length: 64}, pattern(64)), 1000)
	src := bytes.NewReader(b)
	r := NewReader(src)
	allocs := testing.AllocsPerRun(20, func() {
		src.Reset(b)
		for range 1000 {
			if _, err := r.Next(); err != nil {
				t.Fatal(err)
			}
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations for 1000 frames", allocs)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(stream(), 64, 7)
	f.Add(unhex(f, "817f 8000000000000000 41"), 14, 1)
	f.Add(unhex(f, "0d0a 8105 48656c6c6f"), 20, 3)
	f.Fuzz(func(t *testing.T, b []byte, size, step int) {
		size, step = size&0xff, step&0x3f+1
		r := newReaderSize(&stopper{b: b, step: step}, size)
		r.MaxPayload = 1 << 10
		var again []byte
		for {
			f, err := r.Next()
			if errors.Is(err, os.ErrDeadlineExceeded) {
				continue
			}
			again = append(append(again, f.RawHeader...), masked(f)...)
			if err == ErrPayloadTooLong {
				again = readPieces(t, r, again, f.Header)
				continue
			}
			if err != nil {
				if err == io.EOF && f.Truncated || err == io.ErrUnexpectedEOF && !f.Truncated {
					t.Fatalf("%v, truncated %v", err, f.Truncated)
				}
				break
			}
		}
		if !bytes.Equal(again, b) {
			t.Fatalf("% x was read as % x", b, again)
		}
	})
}

func readPieces(t *testing.T, r *Reader, again []byte, h Header) []byte {
	p := make([]byte, 100)
	offset := 0
	for {
		n, err := r.ReadPayload(p)
		if h.Masked {
			Mask(p[:n], h.Key, offset)
		}
		offset += n
		again = append(again, p[:n]...)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded), err == nil:
		case err == io.EOF && uint64(offset) == h.Length:
			return again
		case err == io.ErrUnexpectedEOF && uint64(offset) < h.Length:
			// The next header cannot come either: leave the frame.
			r.left, r.state = 0, betweenFrames
			return again
		default:
			t.Fatalf("%v after %d of %d octets", err, offset, h.Length)
		}
	}
}
