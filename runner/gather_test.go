package runner

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// deflated are the octets of a compressed text message, in frames of at most n
// octets each.
func deflated(c *wire.Compressor, message string, n int) string {
	var b []byte
	payload := c.Compress(nil, []byte(message))
	opcode, rsv := wire.Text, byte(4)
	for {
		part := payload[:min(n, len(payload))]
		payload = payload[len(part):]
		b = wire.AppendFrame(b, wire.Header{FIN: len(payload) == 0, RSV: rsv, Opcode: opcode, Length: uint64(len(part))}, part)
		if opcode, rsv = wire.Continuation, 0; len(payload) == 0 {
			return string(b)
		}
	}
}

func random(n int) string {
	r := rand.New(rand.NewPCG(1, 1))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())&0x3f + ' ' // text that hardly compresses
	}
	return string(b)
}

func TestCompressedMessagesAreRead(t *testing.T) {
	c := &wire.Compressor{}
	o := &observer{keep: 1 << 16, inflater: &wire.Inflater{}}
	for _, message := range []string{"Hello", "Hello", "", strings.Repeat("Hello ", 10000), random(1 << 16)} {
		broken, seen := feed(t, o, deflated(c, message, 1000))
		if len(broken) > 0 || len(seen) != 1 || string(seen[0].payload) != message || !seen[0].whole() {
			t.Errorf("%d octets: breaches %q, seen %d", len(message), broken, len(seen))
		}
	}
}

// A message that does not compress takes more octets than it has; it must be
// kept all the same.
func TestACompressedMessageMayBeLargerThanItsContent(t *testing.T) {
	message := []byte(random(1 << 12))
	w := &wire.Blocks{}
	for part := range slices.Chunk(message, 16) {
		w.Stored(false, part)
	}
	payload := w.Sync().Bytes()
	if len(payload) <= len(message) {
		t.Fatal("it does compress")
	}
	o := &observer{keep: len(message), inflater: &wire.Inflater{}}
	frame := wire.AppendFrame(nil, wire.Header{FIN: true, RSV: 4, Opcode: wire.Text, Length: uint64(len(payload))}, payload)
	broken, seen := feed(t, o, string(frame))
	if len(broken) > 0 || len(seen) != 1 || string(seen[0].payload) != string(message) {
		t.Errorf("breaches %q, seen %d", broken, len(seen))
	}
}

// A compressed message that nobody expects, larger than what is kept, is no
// breach; nor are those that refer to it.
func TestACompressedMessageThatIsTooLargeIsNotBroken(t *testing.T) {
	c := &wire.Compressor{}
	o := &observer{keep: 1000, inflater: &wire.Inflater{}}
	large := random(100 << 10)
	for _, message := range []string{large, large[50<<10:][:100], "x"} {
		broken, seen := feed(t, o, deflated(c, message, 4000))
		if len(broken) > 0 || len(seen) != 1 || seen[0].whole() || len(seen[0].payload) > 1000 {
			t.Errorf("%d octets: breaches %q, seen %+v", len(message), broken, len(seen))
		}
	}
}

func TestBreachesOfCompressionAreNoticed(t *testing.T) {
	second := func(c *wire.Compressor) string {
		text := random(600)
		return deflated(c, text, 4000) + deflated(c, text, 4000)
	}
	for _, test := range []struct {
		name       string
		octets     string
		bits       int
		noTakeover bool
		want       []string
	}{
		{"right", second(&wire.Compressor{}), 15, false, nil},
		{"a takeover that is not agreed", second(&wire.Compressor{}), 15, true, []string{"7692-7.2.1-11"}},
		{"no takeover, as agreed", second(&wire.Compressor{NoContextTakeover: true}), 15, true, nil},
		{"a distance beyond the window", second(&wire.Compressor{}), 8, false, []string{"7692-7.2.1-15"}},
		{"a distance within the window", second(&wire.Compressor{WindowBits: 8}), 8, false, nil},
		{"no DEFLATE", "\xc1\x03\xff\xff\xff", 15, false, []string{"7692-7.2.1-1"}},
		{"zeros behind BFINAL", "\xc1\x08\xf3\x48\xcd\xc9\xc9\x07\x00\x00", 15, false, nil},
		{"ones behind BFINAL", "\xc1\x08\xf3\x48\xcd\xc9\xc9\x07\xfc\x00", 15, false, []string{"7692-7.2.1-5"}},
		{"RSV1 on a continuation", "\x41\x01\x00\xc0\x00", 15, false, []string{"6455-5.2-3"}},
		{"RSV1 on a ping", "\xc9\x00", 15, false, []string{"6455-5.2-3"}},
		{"not valid UTF-8", deflated(&wire.Compressor{}, "\xff", 10), 15, false, []string{"6455-5.6-2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := &observer{keep: 1 << 16, inflater: &wire.Inflater{WindowBits: test.bits}, noTakeover: test.noTakeover}
			if got, _ := feed(t, o, test.octets); !slices.Equal(got, test.want) {
				t.Errorf("breaches %q, want %q", got, test.want)
			}
		})
	}
}

// Memory follows what arrives and what is of use, not what a header claims.
func TestRoomIsBounded(t *testing.T) {
	o := &observer{keep: 1 << 20}
	o.header(wire.Header{FIN: true, Opcode: wire.Binary, Length: 1 << 62, Form: wire.Ext64})
	if n := len(o.room(1 << 62)); n > 1<<20 {
		t.Errorf("room of %d octets", n)
	}
	o.header(wire.Header{FIN: true, Opcode: wire.Ping, Length: 1 << 62, Form: wire.Ext64})
	for range 100 {
		o.took(o.room(1 << 62))
	}
	if got := o.end(); len(got) != 1 || len(got[0].payload) != controlKept || got[0].kind != gotPing {
		t.Errorf("got %d observations", len(got))
	}
}

func TestAControlFrameLeavesTheMessageAroundItAlone(t *testing.T) {
	_, seen := feed(t, &observer{keep: 100}, "\x01\x02ab\x89\x03mid\x80\x02cd")
	if len(seen) != 2 || string(seen[0].payload) != "mid" || string(seen[1].payload) != "abcd" || seen[1].opcode != cases.OpText {
		t.Errorf("seen %+v", seen)
	}
}
