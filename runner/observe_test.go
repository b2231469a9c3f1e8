package runner

import (
	"slices"
	"testing"

	"github.com/wsspec/wsspec/runner/wire"
)

// feed gives an observer the frames that the octets hold, and returns the
// requirements that they break and what else was seen.
func feed(t *testing.T, o *observer, octets string) (broken []string, seen []observation) {
	t.Helper()
	b := []byte(octets)
	for len(b) > 0 {
		h, n, ok := wire.ParseHeader(b)
		if !ok {
			t.Fatalf("incomplete header % x", b)
		}
		payload := b[n : n+int(h.Length&0xffff)]
		b = b[n+len(payload):]
		if h.Masked {
			wire.Mask(payload, h.Key, 0)
		}
		if v := o.header(h); v != nil {
			broken = append(broken, v.requirement)
		}
		for rest := payload; len(rest) > 0; {
			room := o.room(uint64(len(rest)))
			n := copy(room, rest)
			o.took(room[:n])
			rest = rest[n:]
		}
		for _, x := range o.end() {
			if x.kind == gotBreach {
				broken = append(broken, x.breach.requirement)
			} else {
				seen = append(seen, x)
			}
		}
	}
	return broken, seen
}

func TestBreachesAreNoticedInPassing(t *testing.T) {
	for _, test := range []struct {
		name   string
		octets string
		want   []string
	}{
		{"a right message", "\x81\x01a", nil},
		{"fragments with a pong between", "\x01\x01a\x8a\x00\x80\x01b", nil},
		{"RSV1 without an extension", "\xc1\x01a", []string{"6455-5.2-3"}},
		{"RSV3", "\x91\x01a", []string{"6455-5.2-3"}},
		{"reserved data opcode", "\x83\x00", []string{"6455-5.2-6"}},
		{"reserved control opcode", "\x8b\x00", []string{"6455-5.2-6"}},
		{"masked server frame", "\x81\x81\x00\x00\x00\x00a", []string{"6455-5.1-4"}},
		{"length longer than needed, 16 bits", "\x81\x7e\x00\x01a", []string{"6455-5.2-10"}},
		{"length longer than needed, 64 bits", "\x81\x7f\x00\x00\x00\x00\x00\x00\x00\x01a", []string{"6455-5.2-10"}},
		{"fragmented ping", "\x09\x00", []string{"6455-5.5-3"}},
		{"continuation of nothing", "\x80\x00", []string{"6455-5.4-1"}},
		{"a message inside another", "\x01\x01a\x81\x01b", []string{"6455-5.4-3"}},
		{"text that is not UTF-8", "\x81\x01\xff", []string{"6455-5.6-2"}},
		{"text cut in a character", "\x01\x01\xc3\x80\x01\xa9", nil},
		{"binary of any octets", "\x82\x01\xff", nil},
		{"close of one octet", "\x88\x01\x03", []string{"6455-5.5.1-3"}},
		{"close 1005 on the wire", "\x88\x02\x03\xed", []string{"6455-7.4.1-7"}},
		{"close 1006 on the wire", "\x88\x02\x03\xee", []string{"6455-7.4.1-8"}},
		{"close 1015 on the wire", "\x88\x02\x03\xf7", []string{"6455-7.4.1-15"}},
		{"close reason that is not UTF-8", "\x88\x03\x03\xe8\xff", []string{"6455-5.5.1-4"}},
		{"a message after close", "\x88\x00\x81\x01a", []string{"6455-5.5.1-7"}},
		{"the rest of a message after close", "\x01\x01a\x88\x00\x80\x01a", []string{"6455-5.5.1-7"}},
		{"a ping and a pong after close", "\x88\x00\x89\x00\x8a\x00", nil},
		{"a second close", "\x88\x00\x88\x00", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, _ := feed(t, &observer{keep: 1 << 16}, test.octets); !slices.Equal(got, test.want) {
				t.Errorf("breaches %q, want %q", got, test.want)
			}
		})
	}
}

func TestAClientMustMask(t *testing.T) {
	got, _ := feed(t, &observer{fromClient: true, keep: 1 << 16}, "\x81\x01a")
	if !slices.Equal(got, []string{"6455-5.1-1"}) {
		t.Errorf("breaches %q", got)
	}
}

func TestNoMoreOfAMessageIsKeptThanAskedFor(t *testing.T) {
	_, seen := feed(t, &observer{keep: 3}, "\x01\x02ab\x80\x02cd")
	if len(seen) != 1 || string(seen[0].payload) != "abc" || seen[0].size != 4 || seen[0].whole() {
		t.Errorf("seen %+v", seen)
	}
}
