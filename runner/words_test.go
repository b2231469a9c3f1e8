package runner

import (
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

func TestPayloadsAreQuotedAndCut(t *testing.T) {
	long := strings.Repeat("x", 39)
	for _, test := range []struct{ payload, want string }{
		{"", `""`},
		{"Hello", `"Hello"`},
		{"ä€😀", `"ä€😀"`},
		{"\x00\x1b[31m\u202e\xff", `"\x00\x1b[31m\u202e\xff"`},
		{long + "yz", `"` + long + `y"... (41 octets)`},
		{long + "€", `"` + long + `"... (42 octets)`},            // a cut character is left out
		{long + "\xe2", `"` + long + `\xe2"`},                    // what is no character is shown
		{long + "\xff\xff", `"` + long + `\xff"... (41 octets)`}, //
		{long[1:] + "€z", `"` + long[1:] + `"... (42 octets)`},   //
		{long[2:] + "€z", `"` + long[2:] + `€"... (41 octets)`},  //
		{long[3:] + "😀z", `"` + long[3:] + `😀"... (41 octets)`},  //
		{long[2:] + "😀z", `"` + long[2:] + `"... (42 octets)`},   //
		{strings.Repeat("\xe2", 50), `"` + strings.Repeat(`\xe2`, 40) + `"... (50 octets)`},
	} {
		if got := quoteText(test.payload); got != test.want {
			t.Errorf("%q is shown as %s, want %s", test.payload, got, test.want)
		}
	}
}

func TestWhatAPeerDidIsToldInWords(t *testing.T) {
	some := func(n int, o observation) (list []observation) {
		for range n {
			list = append(list, o)
		}
		return list
	}
	for _, test := range []struct {
		seen   []observation
		opened bool
		want   string
	}{
		{nil, true, ""},
		{[]observation{text("a"), closed(1000), tcpEnd}, true, `text "a", then close 1000, then end of TCP (FIN)`},
		{[]observation{{kind: gotClose, code: cases.NoCode}, {kind: gotEnd, reset: true}}, true, "close without a code, then end of TCP (RST)"},
		{[]observation{{kind: gotClose, code: 1002, payload: []byte("why"), size: 3}}, true, `close 1002 "why"`},
		{[]observation{pong("a"), pong("")}, true, `pong "a", then pong`},
		{some(4, pong("a")), true, "4 pongs"},
		{some(10, text("a")), true, strings.Repeat(`text "a", then `, 7) + `3 more, then text "a"`},
		{[]observation{timeUp}, true, "nothing, and TCP stays open"},
		{[]observation{text("a"), timeUp}, true, `text "a", then nothing more, and TCP stays open`},
		{[]observation{timeUp}, false, "no HTTP response in time"},
		{[]observation{status(400), timeUp}, false, "HTTP 400, then nothing more, and TCP stays open"},
		{[]observation{answered, timeUp}, true, "a pong to a ping sent after the frames, then nothing more, and TCP stays open"},
		{[]observation{{kind: gotFlood}}, true, "more octets than anything expected could have"},
		{[]observation{{kind: gotMessage, opcode: cases.OpBinary, payload: []byte("ab"), size: 1 << 20}}, true, `binary "ab"... (1048576 octets)`},
	} {
		for _, o := range test.seen {
			if o.kind == gotAnswer && o.answer.head == nil {
				o.answer.head = &wire.Head{}
			}
		}
		if got := gotWords(test.seen, test.opened); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

func TestFramesAreToldInWords(t *testing.T) {
	for _, test := range []struct {
		h       wire.Header
		payload string
		want    string
	}{
		{wire.Header{FIN: true, Opcode: wire.Text, Length: 1}, "a", `text "a"`},
		{wire.Header{Opcode: wire.Binary, RSV: 7}, "", "binary, FIN 0, RSV1, RSV2, RSV3"},
		{wire.Header{FIN: true, Opcode: 3, Masked: true, Length: 1, Form: wire.Ext64}, "a", `opcode 3 "a", masked, 64-bit length`},
		{wire.Header{FIN: true, Opcode: wire.Close, Length: 5}, "\x03\xe8bye", `close 1000 "bye"`},
		{wire.Header{FIN: true, Opcode: wire.Close, Length: 1}, "\x03", `close "\x03"`},
		{wire.Header{FIN: true, Opcode: wire.Close}, "", "close"},
		{wire.Header{FIN: true, Opcode: wire.Binary, Length: 1 << 62}, "", "binary of 4611686018427387904 octets"},
	} {
		if got := frameWords(test.h, []byte(test.payload)); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
