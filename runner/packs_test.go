package runner

import (
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

func newPacking() *encoder {
	e := newEncoder(true)
	e.compressor = &wire.Compressor{NoContextTakeover: true}
	e.packs = &packs{known: map[cases.Chunk][]byte{}}
	return e
}

func TestNoMessageIsCompressedTwice(t *testing.T) {
	e := newPacking()
	slice := cases.Slice("json", 3000)
	first := e.compressed(slice)
	for _, same := range []cases.Payload{slice, slice.Round(0), slice.Round(64)} {
		if again := e.compressed(same); &again[0] != &first[0] {
			t.Errorf("%+v is compressed again", same)
		}
	}
	for _, other := range []cases.Payload{
		slice.Round(1), cases.Slice("json", 3001), cases.Slice("prose", 3000), cases.Fill("x", 3000), cases.Fill("y", 3000), cases.Random(300, 1),
		cases.Random(300, 2), cases.Join(slice, cases.Lit("x")), cases.Join(slice, cases.Lit("y")), cases.Lit("x"), nil,
	} {
		packed := e.compressed(other)
		if plain, _, err := new(wire.Inflater).Inflate(nil, packed, 0); err != nil || !other.Equal(plain, e.seed) {
			t.Errorf("%+v becomes %d octets by itself, %v", other, len(plain), err)
		}
	}
	if again := e.compressed(slice); &again[0] != &first[0] {
		t.Error("it is forgotten")
	}
}

// What is sent is masked, and what is kept is not touched.
func TestWhatIsKeptIsSentUnchanged(t *testing.T) {
	e := newPacking()
	frame := cases.TextOf(cases.Slice("html", 9000)).Deflate()
	for _, f := range []cases.Frame{frame, frame, frame.InFragments(100), frame.InFragments(64), frame} {
		got := fragmentsOf(t, e.frames([]cases.Frame{f}).bytes)
		if plain, _, err := new(wire.Inflater).Inflate(nil, got.payload, 0); err != nil || !f.Payload.Equal(plain, e.seed) {
			t.Errorf("in %d frames: %d octets, %v", len(got.headers), len(plain), err)
		}
	}
}

func TestWhatIsCompressedIsKeptWithinBounds(t *testing.T) {
	e := newPacking()
	for stream := range 30 {
		e.compressed(cases.Random(200<<10, stream+1))
	}
	kept := 0
	for _, pack := range e.packs.known {
		kept += len(pack)
	}
	if kept != e.packs.kept || kept > packsOctets || kept < packsOctets*3/4 {
		t.Errorf("%d octets kept, %d counted", kept, e.packs.kept)
	}
}
