package cases

import (
	"fmt"
	"slices"
	"strings"
)

// utf8BlockCases put what is wrong across the borders of blocks, and all that
// is right into one text.
func utf8BlockCases() []Case {
	return slices.Concat(utf8AcrossBlocks(), utf8EndsOfTexts(), utf8AllOf(), utf8MoreFragments(), utf8MorePairs())
}

// utf8AcrossBlocks are ill-formed sequences that begin with the last octet of a
// block of 8 to 128 octets, or at the first of the next.
func utf8AcrossBlocks() []Case {
	const size = 192
	var all []Case
	for _, border := range []int{8, 16, 32, 64, 128} {
		for _, s := range []struct{ name, what, octets string }{
			{"surrogate", "a surrogate", "\xed\xa0\x80"},
			{"overlong", "an overlong sequence of three octets", "\xe0\x80\xaf"},
			{"above-10ffff", "a code point above U+10FFFF", "\xf4\x90\x80\x80"},
			{"cut-character", "a character without its last octet", "\xe2\x82"},
			{"stray-octet", "a continuation octet behind a whole character", "\xc2\xa2\x80"},
		} {
			c := utf8Refused(fmt.Sprintf("%s-across-octet-%d", s.name, border),
				fmt.Sprintf("%s across the border of a block of %d octets is refused", s.what, border), "")
			c.Steps[0] = Send(TextOf(utf8At(border-1, s.octets, size)))
			all = append(all, c)
		}
	}
	return all
}

// utf8EndsOfTexts are texts of block sizes that end inside a character, or with
// an octet that is none.
func utf8EndsOfTexts() []Case {
	var all []Case
	for _, size := range []int{8, 16, 32, 64, 125, 126, 128, 1024} {
		for _, s := range []struct{ name, what, octets string }{
			{"ff-at-the-end-of", "the octet ff at the end", "\xff"},
			{"cut-character-at-the-end-of", "a character that is cut at the end", "\xf0\xa4\xad"},
		} {
			c := utf8Refused(fmt.Sprintf("%s-%d-octets", s.name, size), fmt.Sprintf("%s of a text of %d octets is refused", s.what, size), "")
			c.Steps[0] = Send(TextOf(utf8At(size-len(s.octets), s.octets, size)))
			all = append(all, c)
		}
	}
	return all
}

// utf8AllOf are texts of many characters at once.
func utf8AllOf() []Case {
	const step = 61 // a prime, so that all last octets come
	var two, three, four strings.Builder
	for r := rune(0x80); r < 0x800; r += step {
		two.WriteRune(r)
	}
	for r := rune(0x800); r < 0x10000; r += step * step {
		if r < 0xd800 || r > 0xdfff {
			three.WriteRune(r)
		}
	}
	for r := rune(0x10000); r < 0x110000; r += step * step * 4 {
		four.WriteRune(r)
	}
	sized := func(n int, character string) Payload { return Fill(character, n*len(character)) }
	return []Case{
		utf8Echoed("many-characters-of-2-octets", "a text of characters from all of the two-octet range comes back", two.String()),
		utf8Echoed("many-characters-of-3-octets", "a text of characters from all of the three-octet range comes back", three.String()),
		utf8Echoed("many-characters-of-4-octets", "a text of characters from all of the four-octet range comes back", four.String()),
		utf8Echoed("combining-marks", "a letter with combining marks comes back as it was, and is not normalised", "e\u0301\u0323 \u00e9 A\u030a \u00c5 \u212b"),
		utf8Echoed("right-to-left", "text with marks of direction comes back as it was", "\u202e\u05d0\u05d1\u202c \u200f\u0627"),
		utf8Echoed("emoji-sequence", "a sequence of emoji with joiners comes back as it was", "\U0001f468\u200d\U0001f469\u200d\U0001f467\ufe0f"),
		utf8Echoed("control-characters", "text of control characters comes back as it was", utf8Octets(0x00, 0x1f, "")+"\x7f"),
		utf8Echoed("line-ends", "line ends of every kind come back as they were", "a\r\nb\nc\rd\u0085e\u2028f\u2029"),
		utf8Echoed("byte-order-mark-alone", "U+FEFF alone comes back and is no empty text", "\ufeff"),
		utf8Echoed("byte-order-mark-inside", "U+FEFF inside a text comes back", "a\ufeffb"),
		utf8Echoed("private-use", "characters for private use come back", "\ue000\uf8ff\U000f0000\U0010fffd"),
		utf8EchoedEach("utf8/long-texts-of-each-width", "long texts of characters of one to four octets come back",
			sized(1000, "a"), sized(1000, "¢"), sized(1000, "€"), sized(1000, "𤭢")),
	}
}

// utf8MoreFragments are faults whose two halves are legal by themselves, and
// texts that a careless check of single fragments refuses.
func utf8MoreFragments() []Case {
	refused := func(id, title string, parts ...string) Case {
		var payloads []Payload
		for _, p := range parts {
			payloads = append(payloads, Lit(p))
		}
		return utf8FragmentsRefused(id, title, fragmentOf(TextOf, payloads...))
	}
	return []Case{
		refused("surrogate-over-two-fragments", "a surrogate whose octets come in two fragments is refused", "\xed", "\xa0\x80"),
		refused("overlong-over-two-fragments", "an overlong sequence whose octets come in two fragments is refused", "\xe0", "\x80\xaf"),
		refused("above-10ffff-over-two-fragments", "a code point above U+10FFFF whose octets come in two fragments is refused", "\xf4", "\x90\x80\x80"),
		refused("above-10ffff-in-single-octets", "a code point above U+10FFFF in fragments of one octet is refused", "\xf4", "\x90", "\x80", "\x80"),
		refused("stray-octet-behind-a-fragment", "a continuation octet behind a fragment that ends with a character is refused", "€", "\x80"),
		refused("lead-octet-over-two-fragments", "a character that another begins inside of, in the next fragment, is refused", "\xe2\x82", "\xc2\xa2"),
		refused("ff-in-the-last-of-ten-fragments", "the octet ff in the last of ten fragments is refused", "a", "b", "c", "d", "e", "f", "g", "h", "i", "\xff"),
		refused("cut-over-empty-fragments", "a character that is cut by empty fragments and never ends is refused", "\xe2", "", "", "\x82", ""),
	}
}

// utf8MorePairs are single octets that begin nothing, alone and at the end.
func utf8MorePairs() []Case {
	var all []Case
	for _, octet := range []byte{0xc1, 0xc2, 0xde, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfb, 0xfc, 0xfd} {
		all = append(all, utf8Refused(fmt.Sprintf("octet-%02x-alone", octet),
			fmt.Sprintf("the octet %02x as a whole text is refused", octet), string([]byte{octet})))
	}
	return all
}
