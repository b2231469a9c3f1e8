package runner

import (
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

func newEncoder(masks bool) *encoder {
	return &encoder{masks: masks, seed: 1, random: rand.New(rand.NewPCG(1, 2))}
}

// encoded are the octets of one Send in hexadecimal, with a bar where one write
// ends and the next begins.
func encoded(e *encoder, frames ...cases.Frame) string {
	o := e.frames(frames)
	var pieces []string
	for p := range o.pieces() {
		pieces = append(pieces, hex.EncodeToString(p))
	}
	return strings.Join(pieces, "|")
}

func TestEveryFieldOfAFrameIsWrittenAsItSays(t *testing.T) {
	const key = "37fa213d"
	for _, test := range []struct {
		name  string
		frame cases.Frame
		want  string
	}{
		{"text", cases.Text("Hello"), "810548656c6c6f"},
		{"binary", cases.Binary("\x00\xff"), "820200ff"},
		{"continuation", cases.Cont("a"), "800161"},
		{"empty ping", cases.Ping(""), "8900"},
		{"pong", cases.Pong("p"), "8a0170"},
		{"close with a code and a reason", cases.CloseFrame(1000, cases.Lit("bye")), "880503e8627965"},
		{"reserved opcode", cases.Op(3, "a"), "830161"},
		{"opcode beyond four bits keeps its low ones", cases.Op(0x13, ""), "8300"},
		{"FIN 0", cases.Text("a").Part(), "010161"},
		{"RSV1", cases.Text("a").WithRSV(4), "c10161"},
		{"RSV2", cases.Text("a").WithRSV(2), "a10161"},
		{"RSV3", cases.Text("a").WithRSV(1), "910161"},
		{"all reserved bits", cases.Text("a").WithRSV(7), "f10161"},
		{"masked against the role", cases.Text("Hello").Masked().WithKey(key), "818537fa213d7f9f4d5158"},
		{"masked with a key of zeros", cases.Text("a").Masked().WithKey("00000000"), "81810000000061"},
		{"length of 16 bits", cases.Text("a").InForm(cases.Length16), "817e000161"},
		{"length of 64 bits", cases.Text("a").InForm(cases.Length64), "817f000000000000000161"},
		{"claimed length", cases.Text("a").Claiming(5), "810561"},
		{"claimed length takes the form that holds it", cases.Text("").Claiming(126), "817e007e"},
		{"claimed length with all bits", cases.Text("").Claiming(1<<64 - 1), "817fffffffffffffffff"},
		{"claimed length in a form that is too small for it", cases.Text("").Claiming(1 << 16).InForm(cases.Length16), "817e0000"},
		{"only the first octet", cases.Text("Hello").Only(1), "81"},
		{"only the first octets", cases.Text("Hello").Only(4), "81054865"},
		{"only as many as there are", cases.Text("a").Only(3), "810161"},
		{"only more than there are", cases.Text("a").Only(30), "810161"},
		{"chopped", cases.Text("abc").Chopped(2), "8103|6162|63"},
		{"chopped into octets", cases.Ping("").Chopped(1), "89|00"},
		{"chopped into pieces larger than the frame", cases.Ping("").Chopped(9), "8900"},
		{"cut behind the header", cases.Text("abc").Cut(2), "8103|616263"},
		{"cut twice", cases.Text("abc").Cut(1, 3), "81|0361|6263"},
		{"cuts in any order", cases.Text("abc").Cut(3, 1), "81|0361|6263"},
		{"cut from the end", cases.Text("abc").Cut(-1), "81036162|63"},
		{"cuts outside the frame", cases.Text("a").Cut(0, 3, 99, -99), "810161"},
		{"chopped and cut", cases.Text("abc").Chopped(4).Cut(1), "81|036162|63"},
		{"chopped and only the first octets", cases.Text("abc").Only(3).Chopped(2), "8103|61"},
		{"octets as they are", cases.Raw("\xff\x00"), "ff00"},
		{"raw octets, cut", cases.Raw("abc").Cut(1), "61|6263"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := encoded(newEncoder(false), test.frame); got != test.want {
				t.Errorf("sends %s, want %s", got, test.want)
			}
		})
	}
}

func TestMaskingFollowsTheRole(t *testing.T) {
	const key = "37fa213d"
	for _, test := range []struct {
		name  string
		masks bool
		frame cases.Frame
		want  string
	}{
		{"the client masks", true, cases.Text("Hello").WithKey(key), "818537fa213d7f9f4d5158"},
		{"the client masks empty frames", true, cases.Ping("").WithKey(key), "898037fa213d"},
		{"the client, unmasked", true, cases.Text("Hello").WithKey(key).Unmasked(), "810548656c6c6f"},
		{"the server does not mask", false, cases.Text("Hello").WithKey(key), "810548656c6c6f"},
		{"the server, masked", false, cases.Text("Hello").WithKey(key).Masked(), "818537fa213d7f9f4d5158"},
		{"the payload is masked from its first octet on, whatever the header", true,
			cases.Text("Hello").WithKey(key).InForm(cases.Length16), "81fe000537fa213d7f9f4d5158"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := encoded(newEncoder(test.masks), test.frame); got != test.want {
				t.Errorf("sends %s, want %s", got, test.want)
			}
		})
	}
}

func TestFramesOfOneSendGoOutInOneWrite(t *testing.T) {
	e := newEncoder(false)
	if got, want := encoded(e, cases.Text("a"), cases.Ping("")), "8101618900"; got != want {
		t.Errorf("sends %s, want %s", got, want)
	}
	if got, want := encoded(e, cases.Text("a"), cases.Text("bc").Chopped(2), cases.Ping("")), "810161|8102|6263|8900"; got != want {
		t.Errorf("a chopped frame among others: sends %s, want %s", got, want)
	}
	if got, want := encoded(e, cases.Text("a"), cases.Text("bc").Cut(1), cases.Ping("")), "81016181|0262638900"; got != want {
		t.Errorf("a cut frame among others: sends %s, want %s", got, want)
	}
}

func TestKeysComeFromTheSeed(t *testing.T) {
	a, b := newEncoder(true), newEncoder(true)
	first := encoded(a, cases.Text("Hello"))
	if first != encoded(b, cases.Text("Hello")) {
		t.Error("the same seed gives different keys")
	}
	if first == encoded(a, cases.Text("Hello")) {
		t.Error("two frames have the same key")
	}
}

func TestAnIncompleteLastFrameIsKnown(t *testing.T) {
	for _, test := range []struct {
		name   string
		frames []cases.Frame
		want   bool
	}{
		{"whole", []cases.Frame{cases.Text("a")}, false},
		{"claims more than there is", []cases.Frame{cases.Text("a").Claiming(2)}, true},
		{"claims less than there is", []cases.Frame{cases.Text("abc").Claiming(2)}, false},
		{"only the first octets", []cases.Frame{cases.Text("a").Only(1)}, true},
		{"all octets after all", []cases.Frame{cases.Text("a").Only(7)}, false},
		{"a part is no incomplete frame", []cases.Frame{cases.Text("a").Part()}, false},
		{"an incomplete frame and a whole one", []cases.Frame{cases.Text("a").Only(1), cases.Text("a")}, false},
		{"raw octets may be anything", []cases.Frame{cases.Raw("\x81\x01a")}, true},
		{"raw octets and a frame", []cases.Frame{cases.Raw("\x81\x01a"), cases.Text("a")}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := newEncoder(true).frames(test.frames).partial; got != test.want {
				t.Errorf("partial %v, want %v", got, test.want)
			}
		})
	}
}

func TestWhatIsSentIsLoggedAsItIsOnTheWire(t *testing.T) {
	e := newEncoder(true)
	o := e.frames([]cases.Frame{
		cases.Text("Hello").WithKey("37fa213d"),
		cases.BinaryOf(cases.Fill("x", 1000)).Unmasked(),
		cases.Text("Hello").Unmasked().Only(3),
		cases.Text("Hello").Unmasked().Only(1),
		cases.RawOf(cases.Fill("y", 100)),
	})
	type row struct {
		Kind      EntryKind
		Raw       string
		Size      int
		HeaderLen int
		Meaning   string
	}
	var got []row
	for _, x := range o.log.entries() {
		if x.Direction != Sent {
			t.Errorf("%s: direction %c", x.Meaning, x.Direction)
		}
		got = append(got, row{x.Kind, string(x.Raw), x.Size, x.HeaderLen, x.Meaning})
	}
	want := []row{
		{EntryFrame, "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11, 6, `text "Hello", masked`},
		{EntryFrame, "\x82\x7e\x03\xe8" + strings.Repeat("x", shownOctets), 1004, 4,
			`binary "` + strings.Repeat("x", quotedOctets) + `"... (1000 octets)`},
		{EntryFrame, "\x81\x05H", 3, 2, `text "Hello", only its first octets`},
		{EntryFrame, "\x81", 1, 1, `text "Hello", only its first octets`},
		{EntryOctets, strings.Repeat("y", shownOctets), 100, 0, "octets as they are"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestACompressedFrameIsWhatTheInflaterReads(t *testing.T) {
	e, inflater := newEncoder(true), &wire.Inflater{}
	e.compressor = &wire.Compressor{}
	for _, want := range []string{"Hello Hello Hello", "Hello", ""} { // each refers to those before it
		o := e.frames([]cases.Frame{cases.Text(want).Deflate().WithRSV(1)})
		h, n, _ := wire.ParseHeader(o.bytes)
		payload := o.bytes[n:]
		if h.RSV != 5 || h.Length != uint64(len(payload)) || o.partial {
			t.Fatalf("%q: header %+v for %d octets, partial %v", want, h, len(payload), o.partial)
		}
		wire.Mask(payload, h.Key, 0)
		if plain, _, err := inflater.Inflate(nil, payload, 0); string(plain) != want || err != nil {
			t.Errorf("%q decompresses to %q, %v", want, plain, err)
		}
	}
}

func TestACompressedFrameWithoutTheExtensionIsPlain(t *testing.T) {
	if got, want := encoded(newEncoder(false), cases.Text("a").Deflate()), "810161"; got != want {
		t.Errorf("sends %s, want %s", got, want)
	}
}
