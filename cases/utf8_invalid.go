package cases

import (
	"fmt"
	"strings"
)

// utf8InvalidCases are the classes of octets that are not UTF-8, each in one
// text frame.
func utf8InvalidCases() []Case {
	var all []Case
	all = append(all, utf8TooLong()...)
	all = append(all, utf8Stray()...)
	all = append(all, utf8LoneLeads()...)
	all = append(all, utf8Cut()...)
	all = append(all, utf8Impossible()...)
	all = append(all, utf8Overlong()...)
	return append(all, utf8Surrogates()...)
}

// utf8TooLong are sequences for numbers above U+10FFFF.
func utf8TooLong() []Case {
	return []Case{
		utf8Refused("first-above-10ffff", "the first sequence above U+10FFFF is refused", "\xf4\x90\x80\x80", "6.11.5"),
		utf8Refused("highest-of-form-4", "the highest sequence of four octets is refused", "\xf7\xbf\xbf\xbf", "6.10.1"),
		utf8Refused("lowest-of-form-5", "the lowest sequence of five octets is refused", "\xf8\x88\x80\x80\x80", "6.8.1"),
		utf8Refused("highest-of-form-5", "the highest sequence of five octets is refused", "\xfb\xbf\xbf\xbf\xbf", "6.10.2"),
		utf8Refused("lowest-of-form-6", "the lowest sequence of six octets is refused", "\xfc\x84\x80\x80\x80\x80", "6.8.2"),
		utf8Refused("highest-of-form-6", "the highest sequence of six octets is refused", "\xfd\xbf\xbf\xbf\xbf\xbf", "6.10.3"),
	}
}

// utf8Stray are continuation octets that continue nothing.
func utf8Stray() []Case {
	all := []Case{
		utf8Refused("stray-80", "the continuation octet 80 without a lead octet is refused", "\x80", "6.12.1"),
		utf8Refused("stray-bf", "the continuation octet bf without a lead octet is refused", "\xbf", "6.12.2"),
	}
	const alternating = "\x80\xbf\x80\xbf\x80\xbf\x80"
	for n := 2; n <= 6; n++ {
		all = append(all, utf8Refused(fmt.Sprintf("stray-%d-octets", n),
			fmt.Sprintf("%d continuation octets without a lead octet are refused", n),
			alternating[:n], fmt.Sprintf("6.12.%d", n+1)))
	}
	return append(all, utf8Refused("stray-80-to-be", "the continuation octets 80 to be without a lead octet are refused",
		utf8Octets(0x80, 0xbe, ""), "6.12.8"))
}

// utf8LoneLeads are lead octets with a space where the next octet should be.
func utf8LoneLeads() []Case {
	var all []Case
	for i, r := range []struct{ first, last byte }{{0xc0, 0xde}, {0xe0, 0xee}, {0xf0, 0xf6}, {0xf8, 0xfa}, {0xfc, 0xfc}} {
		all = append(all, utf8Refused(fmt.Sprintf("lone-lead-of-form-%d", i+2),
			fmt.Sprintf("lead octets of sequences of %d octets, each before a space, are refused", i+2),
			utf8Octets(r.first, r.last, " "), fmt.Sprintf("6.13.%d", i+1)))
	}
	return all
}

// utf8Octets is the octets from first to last, with the separator behind each.
func utf8Octets(first, last byte, separator string) string {
	var b strings.Builder
	for octet := int(first); octet <= int(last); octet++ {
		b.WriteByte(byte(octet))
		b.WriteString(separator)
	}
	return b.String()
}

// utf8Cut are sequences without their last octet.
func utf8Cut() []Case {
	lowest := []string{"\xc0", "\xe0\x80", "\xf0\x80\x80", "\xf8\x80\x80\x80", "\xfc\x80\x80\x80\x80"}
	highest := []string{"\xdf", "\xef\xbf", "\xf7\xbf\xbf", "\xfb\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf"}
	var all []Case
	for i := range lowest {
		all = append(all,
			utf8CutCase("lowest", i+2, lowest[i], fmt.Sprintf("6.14.%d", i+1)),
			utf8CutCase("highest", i+2, highest[i], fmt.Sprintf("6.14.%d", i+6)))
	}
	return append(all, utf8Refused("cut-all", "sequences without their last octets, one after the other, are refused",
		strings.Join(lowest, "")+strings.Join(highest, ""), "6.15.1"))
}

func utf8CutCase(end string, form int, octets, alias string) Case {
	return utf8Refused(fmt.Sprintf("cut-%s-of-form-%d", end, form),
		fmt.Sprintf("the %s sequence of %d octets, without its last octet, is refused", end, form), octets, alias)
}

// utf8Impossible are octets that no sequence has.
func utf8Impossible() []Case {
	return []Case{
		utf8Refused("octet-fe", "the octet fe is refused", "\xfe", "6.16.1"),
		utf8Refused("octet-ff", "the octet ff is refused", "\xff", "6.16.2"),
		utf8Refused("octets-fe-and-ff", "the octets fe and ff in a row are refused", "\xfe\xfe\xff\xff", "6.16.3"),
	}
}

// utf8Overlong are characters in more octets than they need.
func utf8Overlong() []Case {
	var all []Case
	for group, form := range []struct {
		name, what string
		octets     []string
	}{
		{"slash", "an overlong slash", []string{"\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xf8\x80\x80\x80\xaf", "\xfc\x80\x80\x80\x80\xaf"}},
		{"highest", "the highest overlong sequence", []string{"\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xf8\x87\xbf\xbf\xbf", "\xfc\x83\xbf\xbf\xbf\xbf"}},
		{"nul", "an overlong U+0000", []string{"\xc0\x80", "\xe0\x80\x80", "\xf0\x80\x80\x80", "\xf8\x80\x80\x80\x80", "\xfc\x80\x80\x80\x80\x80"}},
	} {
		for i, octets := range form.octets {
			all = append(all, utf8Refused(fmt.Sprintf("overlong-%s-of-form-%d", form.name, i+2),
				fmt.Sprintf("%s of %d octets is refused", form.what, i+2), octets, fmt.Sprintf("6.%d.%d", group+17, i+1)))
		}
	}
	return all
}

// utf8Surrogates are surrogates, which UTF-16 has and UTF-8 has not, in the
// three octets that a code point in their place would take: alone, and in the
// pairs that CESU-8 and hasty converters write for a character above U+FFFF.
func utf8Surrogates() []Case {
	var all []Case
	for i, s := range []rune{0xd800, 0xdb7f, 0xdb80, 0xdbff, 0xdc00, 0xdf80, 0xdfff} {
		all = append(all, utf8Refused(fmt.Sprintf("surrogate-%04x", s),
			fmt.Sprintf("the lone surrogate U+%04X is refused", s),
			utf8Surrogate(s), fmt.Sprintf("6.20.%d", i+1)))
	}
	number := 0
	for _, high := range []rune{0xd800, 0xdb7f, 0xdb80, 0xdbff} {
		for _, low := range []rune{0xdc00, 0xdfff} {
			number++
			all = append(all, utf8Pair(high, low, fmt.Sprintf("6.21.%d", number)))
		}
	}
	return append(all, utf8Pair(0xd83d, 0xde00))
}

func utf8Pair(high, low rune, alias ...string) Case {
	return utf8Refused(fmt.Sprintf("surrogate-pair-%04x-%04x", high, low),
		fmt.Sprintf("the surrogates U+%04X and U+%04X as a pair are refused", high, low),
		utf8Surrogate(high)+utf8Surrogate(low), alias...)
}

// utf8Surrogate is the form of three octets, which the standard library rightly
// does not write for a surrogate.
func utf8Surrogate(s rune) string {
	return string([]byte{0xe0 | byte(s>>12), 0x80 | byte(s>>6)&0x3f, 0x80 | byte(s)&0x3f})
}
