package reference

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// tolerating is the fault of an endpoint that takes some text that is not UTF-8.
func tolerating(id, requirement, title string, ok func(message []byte) bool) departure {
	return departure{Fault: Fault{id, requirement, title, EitherSide}, forgives: []string{"6455-5.6-2"}, text: func(m []byte, _ int) bool { return ok(m) }}
}

// refusingText refuses messages of text, which are right, with 1007.
func refusingText(id, requirement, title string, wrong func(f wireFrame) bool) departure {
	return receiving(EitherSide, id, requirement, title, each(func(f wireFrame) []wireFrame {
		if wrong(f) {
			return pass(f.with([]byte("\xff")))
		}
		return pass(f)
	}))
}

// textFaults are those of UTF-8.
func textFaults() []departure {
	return slices.Concat(lenientText(), strictText(), []departure{
		sending(EitherSide, "text-in-latin-1", "6455-5.6-2", "text is sent in ISO 8859-1", only(opText, func(f wireFrame) []wireFrame {
			if f.rsv != 0 {
				return pass(f)
			}
			var latin []byte
			for _, r := range string(f.payload) {
				latin = append(latin, byte(r))
			}
			return pass(f.with(latin))
		})),
		sending(EitherSide, "text-ends-inside-a-character", "6455-5.6-2", "the last octet of text beyond ASCII is lost", only(opText, func(f wireFrame) []wireFrame {
			if n := len(f.payload); n > 0 && f.rsv == 0 && f.payload[n-1] >= utf8.RuneSelf {
				f.payload = f.payload[:n-1]
			}
			return pass(f)
		})),
		sending(EitherSide, "byte-order-mark-dropped", "6455-8.1-2", "a byte order mark at the start of text is dropped", only(opText, func(f wireFrame) []wireFrame {
			return pass(f.with(bytes.TrimPrefix(f.payload, []byte("\ufeff"))))
		})),
		sending(EitherSide, "astral-characters-replaced", "6455-8.1-2", "characters beyond U+FFFF are sent as question marks", only(opText, func(f wireFrame) []wireFrame {
			if f.rsv != 0 || !utf8.Valid(f.payload) {
				return pass(f)
			}
			return pass(f.with(bytes.Map(func(r rune) rune {
				if r > 0xffff {
					return '?'
				}
				return r
			}, f.payload)))
		})),
	})
}

func lenientText() []departure {
	return []departure{
		forgiving(EitherSide, "utf8-not-checked", "6455-8.1-1", "the endpoint does not check that text is UTF-8", "6455-5.6-2"),
		tolerating("surrogates-accepted", "3629-3-1", "the endpoint takes surrogates in text", func(m []byte) bool { return utf8.Valid(plain(m, surrogate)) }),
		tolerating("overlong-forms-accepted", "6455-8.1-2", "the endpoint takes overlong forms in text", func(m []byte) bool { return utf8.Valid(plain(m, overlong)) }),
		tolerating("above-10ffff-accepted", "6455-8.1-2", "the endpoint takes code points above U+10FFFF in text", func(m []byte) bool { return utf8.Valid(plain(m, tooHigh)) }),
		tolerating("cut-characters-accepted", "6455-8.1-1", "the endpoint takes text that ends inside a character", func(m []byte) bool {
			return utf8.Valid(m[:len(m)-incompleteTail(m)])
		}),
		tolerating("first-octets-alone-checked", "6455-8.1-1", "the endpoint does not check continuation octets", func(m []byte) bool {
			return !slices.ContainsFunc(m, func(c byte) bool { return c == 0xc0 || c == 0xc1 || c >= 0xf5 })
		}),
		tolerating("impossible-octets-accepted", "3629-3-1", "the endpoint takes the octets FE and FF in text", func(m []byte) bool {
			return utf8.Valid(bytes.ReplaceAll(bytes.ReplaceAll(m, []byte{0xfe}, nil), []byte{0xff}, nil))
		}),
		tolerating("short-text-alone-checked", "6455-8.1-1", "the endpoint does not check text of more than 16 octets", func(m []byte) bool { return len(m) > 16 }),
		tolerating("start-of-text-alone-checked", "6455-8.1-1", "the endpoint checks the first eight octets of text", func(m []byte) bool {
			head := m[:min(8, len(m))]
			return utf8.Valid(head[:len(head)-incompleteTail(head)])
		}),
		{
			Fault:    Fault{"fragmented-text-not-checked", "6455-5.6-2", "the endpoint does not check text in fragments", EitherSide},
			forgives: []string{"6455-5.6-2"},
			text:     func(_ []byte, fragments int) bool { return fragments > 1 },
		},
		receiving(EitherSide, "text-checked-at-its-end", "6455-8.1-1", "the endpoint checks text when the whole message is there", func(t *tap) filter {
			return t.whole(func([]byte, int) {})
		}),
		receiving(EitherSide, "close-reason-not-checked", "6455-5.5.1-4", "the endpoint does not check the reason of a Close frame", only(opClose, func(f wireFrame) []wireFrame {
			if len(f.payload) > 2 && len(f.payload) <= maxControl {
				f.payload = append(f.payload[:2:2], bytes.ToValidUTF8(f.payload[2:], nil)...)
			}
			return pass(f)
		})),
	}
}

// plain replaces sequences of one kind by letters, so that the rest can be judged.
func plain(m []byte, size func([]byte) int) []byte {
	var b []byte
	for len(m) > 0 {
		if n := size(m); n > 0 {
			b, m = append(b, 'x'), m[n:]
			continue
		}
		b, m = append(b, m[0]), m[1:]
	}
	return b
}

func continues(m []byte, n int) bool {
	if len(m) < n {
		return false
	}
	for _, c := range m[1:n] {
		if c&0xc0 != 0x80 {
			return false
		}
	}
	return true
}

// surrogate is the size of the surrogate at the start of m, or 0.
func surrogate(m []byte) int {
	if m[0] == 0xed && continues(m, 3) && m[1] >= 0xa0 {
		return 3
	}
	return 0
}

func overlong(m []byte) int {
	switch {
	case m[0] <= 0xc1 && m[0] >= 0xc0 && continues(m, 2):
		return 2
	case m[0] == 0xe0 && continues(m, 3) && m[1] < 0xa0:
		return 3
	case m[0] == 0xf0 && continues(m, 4) && m[1] < 0x90:
		return 4
	case m[0] == 0xf8 && continues(m, 5) && m[1] < 0x88:
		return 5
	case m[0] == 0xfc && continues(m, 6) && m[1] < 0x84:
		return 6
	}
	return 0
}

func tooHigh(m []byte) int {
	switch {
	case m[0] == 0xf4 && continues(m, 4) && m[1] >= 0x90, m[0] >= 0xf5 && m[0] <= 0xf7 && continues(m, 4):
		return 4
	case m[0] >= 0xf8 && m[0] <= 0xfb && continues(m, 5):
		return 5
	case m[0] >= 0xfc && m[0] <= 0xfd && continues(m, 6):
		return 6
	}
	return 0
}

func strictText() []departure {
	text := func(f wireFrame) bool { return f.opcode == opText && f.rsv == 0 }
	has := func(wrong func(r rune) bool) func(wireFrame) bool {
		return func(f wireFrame) bool {
			return text(f) && utf8.Valid(f.payload) && bytes.ContainsFunc(f.payload, wrong)
		}
	}
	return []departure{
		refusingText("noncharacters-refused", "6455-8.1-2", "the endpoint refuses noncharacters in text", has(func(r rune) bool {
			return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
		})),
		refusingText("specials-refused", "6455-8.1-2", "the endpoint refuses the specials and private characters of Unicode", has(func(r rune) bool {
			return r >= 0xfff9 && r <= 0xfffd || r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000
		})),
		refusingText("control-characters-refused", "6455-8.1-2", "the endpoint refuses control characters in text", has(func(r rune) bool { return r < ' ' || r == 0x7f })),
		refusingText("two-octet-characters-refused", "6455-8.1-2", "the endpoint refuses characters of two octets", has(func(r rune) bool { return utf8.RuneLen(r) == 2 })),
		refusingText("three-octet-characters-refused", "6455-8.1-2", "the endpoint refuses characters of three octets", has(func(r rune) bool { return utf8.RuneLen(r) == 3 })),
		refusingText("four-octet-characters-refused", "6455-8.1-2", "the endpoint refuses characters of four octets", has(func(r rune) bool { return utf8.RuneLen(r) == 4 })),
		refusingText("text-checked-by-frame", "6455-5.6-2", "the endpoint refuses text that is cut inside a character between fragments", func(f wireFrame) bool {
			return text(f) && !f.fin && incompleteTail(f.payload) > 0
		}),
	}
}
