package runner

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/runner/wire"
)

// packedFrames are the frames of a compressed message, of n octets each.
func packedFrames(opcode wire.Opcode, packed []byte, n int) []byte {
	var b []byte
	for rsv := byte(4); ; opcode, rsv = wire.Continuation, 0 {
		part := packed[:min(n, len(packed))]
		packed = packed[len(part):]
		b = wire.AppendFrame(b, wire.Header{FIN: len(packed) == 0, RSV: rsv, Opcode: opcode, Length: uint64(len(part))}, part)
		if len(packed) == 0 {
			return b
		}
	}
}

// A chatter is compressed messages, many of which come more than once, in one way or
// another.
type chatter struct {
	random           *rand.Rand
	together, single *wire.Compressor
	narrow           *wire.Compressor
	sent             [][]byte // as they were compressed
	texts            []string
}

func newChatter(seed uint64) *chatter {
	t := &chatter{
		random:   rand.New(rand.NewPCG(seed, 7)),
		together: &wire.Compressor{}, single: &wire.Compressor{NoContextTakeover: true}, narrow: &wire.Compressor{WindowBits: 8},
	}
	t.texts = []string{"", "Hello", "Hello Hello", random(900), random(900)[1:] + "x", strings.Repeat("abcde", 100), "Grüße " + random(300), "\xff" + random(40)}
	return t
}

// packed is the next message.
func (t *chatter) packed() []byte {
	text := t.texts[t.random.IntN(len(t.texts))]
	var packed []byte
	switch n := t.random.IntN(20); {
	case n < 8:
		packed = t.single.Compress(nil, []byte(text))
	case n < 13:
		packed = t.together.Compress(nil, []byte(text))
	case n < 15:
		packed = t.narrow.Compress(nil, []byte(text))
	case n < 18 && len(t.sent) > 0: // whatever stands in the window now
		packed = slices.Clone(t.sent[t.random.IntN(len(t.sent))])
	case n < 19 && len(t.sent) > 0:
		packed = slices.Clone(t.sent[t.random.IntN(len(t.sent))])
		packed[t.random.IntN(len(packed))] ^= 1 << t.random.IntN(8)
	default:
		packed = (&wire.Blocks{}).Fixed(false).Match(3+t.random.IntN(200), 1+t.random.IntN(300)).End().Sync().Bytes()
	}
	t.sent = append(t.sent, packed)
	return packed
}

// What an observer with a memo sees is what one without it sees, whatever the
// peer sends.
func TestAMemoHidesNothing(t *testing.T) {
	hits := 0
	for seed := range uint64(60) {
		bits, noTakeover := 8+7*int(seed%2), seed%3 == 0
		plain := &observer{keep: 2000, inflater: &wire.Inflater{WindowBits: bits}, noTakeover: noTakeover}
		knows := &observer{keep: 2000, inflater: &wire.Inflater{WindowBits: bits}, noTakeover: noTakeover, memo: newMemo(0)}
		chatter := newChatter(seed)
		for i := range 200 {
			opcode := wire.Text
			if chatter.random.IntN(3) == 0 {
				opcode = wire.Binary
			}
			packed := chatter.packed()
			frames := string(packedFrames(opcode, packed, 1+chatter.random.IntN(600)))
			if k := knows.memo.find(packed, knows.inflater); k != nil {
				hits++
			}
			want, wantSeen := feed(t, plain, frames)
			got, gotSeen := feed(t, knows, frames)
			if d := cmp.Diff(summary(want, wantSeen), summary(got, gotSeen)); d != "" {
				t.Fatalf("seed %d, message %d: with a memo (+) differs\n%s", seed, i, d)
			}
		}
	}
	if hits < 1000 {
		t.Errorf("%d messages were known: the test tests little", hits)
	}
}

// summary is what was seen, with the octets of what was kept as a whole.
func summary(broken []string, seen []observation) []string {
	list := slices.Clone(broken)
	for _, o := range seen {
		if o.whole() {
			list = append(list, fmt.Sprintf("%d %d %x", o.kind, o.opcode, o.payload))
		} else {
			list = append(list, fmt.Sprintf("%d %d, too long", o.kind, o.opcode))
		}
	}
	return list
}

// The same octets mean another message when they refer to another one.
func TestAMemoComparesTheWindow(t *testing.T) {
	o := &observer{keep: 1 << 16, inflater: &wire.Inflater{}, memo: newMemo(0)}
	again := (&wire.Blocks{}).Fixed(false).Match(5, 5).End().Sync().Bytes()
	stored := func(s string) []byte { return (&wire.Blocks{}).Stored(false, []byte(s)).Sync().Bytes() }
	var octets []byte
	for _, packed := range [][]byte{stored("first"), again, stored("other"), again, stored("first"), again} {
		octets = append(octets, packedFrames(wire.Text, packed, 100)...)
	}
	broken, seen := feed(t, o, string(octets))
	var got []string
	for _, s := range seen {
		got = append(got, string(s.payload))
	}
	if d := cmp.Diff([]string{"first", "first", "other", "other", "first", "first"}, got); d != "" || len(broken) > 0 {
		t.Errorf("breaches %q\n%s", broken, d)
	}
}

// A message that was right as binary is wrong as text.
func TestAKnownMessageIsCheckedAsText(t *testing.T) {
	o := &observer{keep: 1 << 16, inflater: &wire.Inflater{}, memo: newMemo(0)}
	packed := (&wire.Compressor{}).Compress(nil, []byte("\xff\xfe"))
	for _, test := range []struct {
		opcode wire.Opcode
		want   []string
	}{{wire.Binary, nil}, {wire.Text, []string{"6455-5.6-2"}}, {wire.Binary, nil}, {wire.Text, []string{"6455-5.6-2"}}} {
		if got, _ := feed(t, o, string(packedFrames(test.opcode, packed, 100))); !slices.Equal(got, test.want) {
			t.Errorf("as %s, breaches %q, want %q", test.opcode, got, test.want)
		}
	}
}

// A message may be much larger than its content; the observer then does not wait
// for its end.
func TestAKnownMessageMayBeLargerThanItsContent(t *testing.T) {
	message := []byte(random(1 << 12))
	w := &wire.Blocks{}
	for part := range slices.Chunk(message, 4) {
		w.Stored(false, part)
	}
	frames := string(packedFrames(wire.Text, w.Sync().Bytes(), 1000))
	o := &observer{keep: len(message), inflater: &wire.Inflater{}, memo: newMemo(0)}
	for range 3 {
		broken, seen := feed(t, o, frames)
		if len(broken) > 0 || len(seen) != 1 || !bytes.Equal(seen[0].payload, message) || !o.streams {
			t.Errorf("breaches %q, seen %d", broken, len(seen))
		}
	}
}

func TestAMemoIsBounded(t *testing.T) {
	m, f, c := newMemo(0), &wire.Inflater{}, &wire.Compressor{NoContextTakeover: true}
	text := []byte(random(64 << 10))
	for i := range 400 {
		copy(text, fmt.Sprintf("%08d", i))
		packed := c.Compress(nil, text)
		if m.find(packed, f) != nil {
			t.Fatal("a message is known that never came")
		}
		m.inflate(f, packed, 1<<20)
	}
	kept := 0
	for _, alike := range m.known {
		for _, k := range alike {
			kept += cap(k.packed) + cap(k.plain) + cap(k.past)
		}
	}
	if m.left < 0 || kept > memoOctets*5/4 || kept < memoOctets/2 {
		t.Errorf("%d octets kept, room for %d more", kept, m.left)
	}
	again := (&wire.Blocks{}).Fixed(false).Match(5, 5).End().Sync().Bytes()
	m = newMemo(0)
	for i := range 100 { // always with another window
		f.Add(fmt.Appendf(nil, "%05d", i))
		m.inflate(f, again, 1<<20)
	}
	if n := len(m.known); n != 1 {
		t.Errorf("%d kinds of one message", n)
	}
	for _, alike := range m.known {
		if len(alike) > memoAlike {
			t.Errorf("%d messages with the same octets", len(alike))
		}
	}
}

// What all connections get is decompressed once, for all that measure by the same
// window.
func TestConnectionsShareAMemo(t *testing.T) {
	want := strings.Repeat("Hello ", 100_000)
	packed := (&wire.Compressor{}).Compress(nil, []byte(want))
	m := newMemo(len(want))
	plains := make([][]byte, 12)
	beyond := make([]int, len(plains))
	var unpacking sync.WaitGroup
	for i := range plains {
		unpacking.Go(func() {
			f := &wire.Inflater{WindowBits: 15}
			if i%4 == 3 {
				f.WindowBits = 1 // so small that every distance is beyond it
			}
			plain, _, report, err := m.unpack(f, packed, len(want), true)
			if err != nil || string(plain) != want || !strings.HasSuffix(want, string(f.History())) {
				t.Errorf("connection %d: %d octets, %v", i, len(plain), err)
			}
			plains[i], beyond[i] = plain, report.BeyondWindow
		})
	}
	unpacking.Wait()
	for i, plain := range plains {
		same := i % 4 / 3 * 3 // the first that measures by the same window
		if &plain[0] != &plains[same][0] || beyond[i] != beyond[same] {
			t.Errorf("connection %d has a message of its own, or another report", i)
		}
	}
	if beyond[0] > 0 || beyond[3] == 0 {
		t.Errorf("distances beyond the window: %d and %d", beyond[0], beyond[3])
	}
}
