package cases

import (
	"fmt"
	"strings"
)

// utf8Row is a row of the grammar of UTF-8 (RFC 3629, section 4): for the lead
// octets first to last, the second octet lies between low and high, and others
// follow up to length, each between 80 and bf.
type utf8Row struct {
	first, last byte
	low, high   byte
	length      int
}

func utf8Rows() []utf8Row {
	return []utf8Row{
		{0xc2, 0xdf, 0x80, 0xbf, 2},
		{0xe0, 0xe0, 0xa0, 0xbf, 3},
		{0xe1, 0xec, 0x80, 0xbf, 3},
		{0xed, 0xed, 0x80, 0x9f, 3},
		{0xee, 0xef, 0x80, 0xbf, 3},
		{0xf0, 0xf0, 0x90, 0xbf, 4},
		{0xf1, 0xf3, 0x80, 0xbf, 4},
		{0xf4, 0xf4, 0x80, 0x8f, 4},
	}
}

// leads are the lead octets at the two ends of the row.
func (r utf8Row) leads() []byte {
	if r.first == r.last {
		return []byte{r.first}
	}
	return []byte{r.first, r.last}
}

// sequence is the lead and the second octet, filled up to the row's length.
func (r utf8Row) sequence(lead, second byte) string {
	return string([]byte{lead, second}) + strings.Repeat("\xa5", r.length-2)
}

// utf8SequenceCases walk along the borders of the grammar: each kind of lead
// octet with the second octets on both sides of both ends of what may follow.
// All sequences have their full length, so that nothing but the octet is wrong.
func utf8SequenceCases() []Case {
	var legal []Payload
	var refused []Case
	for _, r := range utf8Rows() {
		for _, lead := range r.leads() {
			legal = append(legal, Lit(r.sequence(lead, r.low)), Lit(r.sequence(lead, r.high)))
			for _, second := range []byte{r.low - 1, r.high + 1} {
				refused = append(refused, utf8Refused(fmt.Sprintf("second-octet-%02x-%02x", lead, second),
					fmt.Sprintf("the octet %02x behind the lead octet %02x is refused", second, lead),
					r.sequence(lead, second)))
			}
		}
	}
	all := []Case{utf8EchoedEach("utf8/second-octets",
		"each lead octet with the lowest and the highest octet that may follow comes back", legal...)}
	all = append(all, refused...)
	all = append(all, utf8LaterOctets()...)
	return append(all, utf8TwoOctets()...)
}

// utf8LaterOctets have an octet next to the range of continuation octets in the
// third or the fourth place.
func utf8LaterOctets() []Case {
	var all []Case
	for _, s := range []struct{ place, octets string }{
		{"third", "\xe1\xa5\x7f"}, {"third", "\xe1\xa5\xc0"},
		{"third", "\xf1\xa5\x7f\xa5"}, {"third", "\xf1\xa5\xc0\xa5"},
		{"fourth", "\xf1\xa5\xa5\x7f"}, {"fourth", "\xf1\xa5\xa5\xc0"},
	} {
		dashed := strings.ReplaceAll(fmt.Sprintf("% x", s.octets), " ", "-")
		all = append(all, utf8Refused(s.place+"-octet-"+dashed,
			fmt.Sprintf("the octets % x, with a wrong %s octet, are refused", s.octets, s.place), s.octets))
	}
	return all
}

// utf8TwoOctets are texts of two octets, one of each class of those that are
// not UTF-8 and not above: of all 65536 such texts, 18304 are valid.
func utf8TwoOctets() []Case {
	var all []Case
	for _, s := range []struct{ what, octets string }{
		{"a character and a continuation octet", "A\xa5"},
		{"a continuation octet and a character", "\xa5A"},
		{"a character and a lead octet", "A\xc2"},
		{"two lead octets", "\xc2\xc2"},
		{"the lead octet c0, which is never used, and a continuation octet", "\xc0\xa5"},
		{"the lead octet c1, which is never used, and a continuation octet", "\xc1\xa5"},
		{"two octets of a character of three", "\xe1\xa5"},
		{"two octets of a character of four", "\xf1\xa5"},
		{"the octet f5, which is never used, and a continuation octet", "\xf5\xa5"},
		{"the octet ff, which is never used, and a continuation octet", "\xff\xa5"},
	} {
		dashed := strings.ReplaceAll(fmt.Sprintf("% x", s.octets), " ", "-")
		all = append(all, utf8Refused("two-octets-"+dashed, s.what+" are refused", s.octets))
	}
	return all
}
