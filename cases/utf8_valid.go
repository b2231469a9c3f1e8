package cases

import (
	"fmt"
	"unicode/utf8"
)

// utf8Greek is the word that the cases cut: an octet less or more at its end
// tells a decoder that counts characters from one that guesses.
const utf8Greek = "κ\u1f79σμε" // with an omicron of three octets

func utf8ValidCases() []Case {
	return []Case{
		utf8Echoed("empty", "an empty text comes back", "", "6.1.1"),
		utf8Echoed("mixed", "text with characters of one and two octets comes back", "Hello-µ@ßöäüàá-UTF-8!!", "6.2.1"),

		utf8Echoed("characters-of-1-octet", "text of characters of one octet comes back", "hello$world", "6.5.1"),
		utf8Echoed("character-of-2-octets", "text with a character of two octets comes back", "hello¢world", "6.5.2"),
		utf8Echoed("character-of-3-octets", "text with a character of three octets comes back", "hello€world", "6.5.3"),
		utf8Echoed("character-of-4-octets", "text with a character of four octets comes back", "hello𤭢world", "6.5.4"),

		utf8Echoed("lowest-of-1-octet", "U+0000, the lowest character of one octet, comes back", "\x00", "6.7.1"),
		utf8Echoed("lowest-of-2-octets", "U+0080, the lowest character of two octets, comes back", "\u0080", "6.7.2"),
		utf8Echoed("lowest-of-3-octets", "U+0800, the lowest character of three octets, comes back", "\u0800", "6.7.3"),
		utf8Echoed("lowest-of-4-octets", "U+10000, the lowest character of four octets, comes back", "\U00010000", "6.7.4"),

		utf8Echoed("highest-of-1-octet", "U+007F, the highest character of one octet, comes back", "\x7f", "6.9.1"),
		utf8Echoed("highest-of-2-octets", "U+07FF, the highest character of two octets, comes back", "\u07ff", "6.9.2"),
		utf8Echoed("highest-of-3-octets", "U+FFFF, the highest code point of three octets, comes back", "\uffff", "6.9.3", "6.22.2", "6.23.7"),
		utf8Echoed("highest-of-4-octets", "U+10FFFF, the highest code point there is, comes back", "\U0010ffff", "6.9.4", "6.11.4", "6.22.34"),

		utf8Echoed("below-surrogates", "U+D7FF, the last before the surrogates, comes back", "\ud7ff", "6.11.1"),
		utf8Echoed("above-surrogates", "U+E000, the first after the surrogates, comes back", "\ue000", "6.11.2"),
		utf8Echoed("special-fff9", "U+FFF9 comes back", "\ufff9", "6.23.1"),
		utf8Echoed("special-fffa", "U+FFFA comes back", "\ufffa", "6.23.2"),
		utf8Echoed("special-fffb", "U+FFFB comes back", "\ufffb", "6.23.3"),
		utf8Echoed("special-fffc", "U+FFFC comes back", "\ufffc", "6.23.4"),
		utf8Echoed("replacement-character", "U+FFFD comes back, where a lenient decoder has its own meaning for it", "\ufffd", "6.11.3", "6.23.5"),
		utf8Echoed("byte-order-mark", "U+FEFF at the beginning of a text comes back and is not dropped", "\ufefftext"),
	}
}

// utf8NoncharacterCases are the last two code points of each plane, and the
// block of noncharacters. Unicode sets them apart; UTF-8 does not.
func utf8NoncharacterCases() []Case {
	all := []Case{utf8Noncharacter(0xfffe, "6.22.1", "6.23.6")}
	for plane := 1; plane <= 15; plane++ {
		last := rune(plane<<16 | 0xffff)
		all = append(all,
			utf8Noncharacter(last-1, fmt.Sprintf("6.22.%d", 2*plane+1)),
			utf8Noncharacter(last, fmt.Sprintf("6.22.%d", 2*plane+2)))
	}
	all = append(all, utf8Noncharacter(0x10fffe, "6.22.33"))
	var block []rune
	for r := rune(0xfdd0); r <= 0xfdef; r++ {
		block = append(block, r)
	}
	return append(all, utf8Echoed("noncharacters-fdd0-to-fdef",
		"the noncharacters U+FDD0 to U+FDEF are valid and come back", string(block)))
}

func utf8Noncharacter(r rune, alias ...string) Case {
	return utf8Echoed(fmt.Sprintf("noncharacter-%x", r),
		fmt.Sprintf("the noncharacter U+%04X is valid and comes back", r), string(r), alias...)
}

// utf8PrefixCases are all prefixes of a word, of which those that end inside a
// character are not UTF-8.
func utf8PrefixCases() []Case {
	var all []Case
	for n := 1; n <= len(utf8Greek); n++ {
		id, alias := fmt.Sprintf("prefix-of-%d-octets", n), []string{fmt.Sprintf("6.6.%d", n)}
		if n == len(utf8Greek) {
			alias = append(alias, "6.5.5") // the whole word
		}
		if utf8.ValidString(utf8Greek[:n]) {
			all = append(all, utf8Echoed(id,
				fmt.Sprintf("a text of %d octets that ends with a character comes back", n), utf8Greek[:n], alias...))
			continue
		}
		all = append(all, utf8Refused(id,
			fmt.Sprintf("a text of %d octets that ends inside a character is refused", n), utf8Greek[:n], alias...))
	}
	return all
}
