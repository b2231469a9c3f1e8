package cases

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// utf8FragmentCases cut texts in frames and in writes, which may both happen in
// the middle of a character.
func utf8FragmentCases() []Case {
	return slices.Concat(utf8Fragmented(), utf8Splits(), utf8Unfinished())
}

// utf8Fragments is text in fragments of the given size, with an empty one last.
func utf8Fragments(text string, size int) []Frame {
	var frames []Frame
	for piece := range slices.Chunk([]byte(text), size) {
		frames = append(frames, Cont(string(piece)).Part())
	}
	frames[0].Opcode = OpText
	return append(frames, Cont(""))
}

func utf8Fragmented() []Case {
	const mixed = "Hello-µ@ßöäüàá-UTF-8!!"
	return []Case{
		utf8FragmentsEchoed("empty-fragments", "a text of three empty fragments comes back", "",
			[]Frame{Text("").Part(), Cont("").Part(), Cont("")}, "6.1.2"),
		utf8FragmentsEchoed("text-between-empty-fragments", "a text between two empty fragments comes back", "middle frame payload",
			[]Frame{Text("").Part(), Cont("middle frame payload").Part(), Cont("")}, "6.1.3"),
		utf8FragmentsEchoed("two-fragments", "a text in two fragments, cut between characters, comes back", mixed,
			[]Frame{Text(mixed[:15]).Part(), Cont(mixed[15:])}, "6.2.2"),
		utf8FragmentsEchoed("mixed-in-single-octets", "a text with characters of two octets, in fragments of one octet, comes back", mixed,
			utf8Fragments(mixed, 1), "6.2.3"),
		utf8FragmentsEchoed("greek-in-single-octets", "a text of characters of two and three octets, in fragments of one octet, comes back", utf8Greek,
			utf8Fragments(utf8Greek, 1), "6.2.4"),
		utf8FragmentsEchoed("in-single-octets-on-the-wire", "a text in one frame that arrives octet by octet comes back", utf8Greek+"𤭢",
			[]Frame{Text(utf8Greek + "𤭢").Chopped(1)}),
		utf8Refused("surrogate-inside", "a text with a surrogate between valid characters is refused",
			utf8Greek+"\xed\xa0\x80edited", "6.3.1"),
		utf8FragmentsRefused("surrogate-in-single-octets", "a text with a surrogate, in fragments of one octet, is refused",
			utf8Fragments(utf8Greek+"\xed\xa0\x80edited", 1), "6.3.2"),
	}
}

func utf8FragmentsEchoed(id, title, text string, frames []Frame, alias ...string) Case {
	c := utf8Echoed(id, title, text, alias...)
	c.Refs = refs("6455-5.6-2", "6455-5.4-4", "6455-6.2-1")
	c.Steps[0] = Send(frames...)
	return c
}

func utf8FragmentsRefused(id, title string, frames []Frame, alias ...string) Case {
	c := utf8Refused(id, title, "", alias...)
	c.Refs = refs("6455-8.1-1", "6455-5.6-2", "6455-7.4.1-9")
	c.Steps[0] = Send(frames...)
	return c
}

// utf8Splits cut one character at each of its octets, with an empty fragment
// and a ping in the gap.
func utf8Splits() []Case {
	var all []Case
	for _, character := range []string{"¢", "€", "𤭢"} {
		c := Case{
			ID:    fmt.Sprintf("utf8/split-character-of-%d-octets", len(character)),
			Title: fmt.Sprintf("a character of %d octets, cut by fragments and a ping, comes back", len(character)),
			Refs:  refs("6455-5.6-2", "6455-5.4-4", "6455-5.4-9"),
			Needs: needs(Echo),
		}
		for at := 1; at < len(character); at++ {
			c.Steps = append(c.Steps,
				Send(Text(character[:at]).Part(), Ping("gap"), Cont("").Part(), Cont(character[at:])),
				Expect(Pong("gap"), Text(character)))
		}
		c.Steps = append(c.Steps, Close(1000))
		all = append(all, c)
	}
	return all
}

// utf8Unfinished are messages that end inside a character.
func utf8Unfinished() []Case {
	half := "€"[:utf8.RuneLen('€')-1]
	twoMessages := utf8FragmentsRefused("character-over-two-messages",
		"a character that begins in one message and ends in the next is refused",
		[]Frame{Text(half), Text("€"[len(half):])})
	twoMessages.Refs = append(twoMessages.Refs, "6455-6.2-4")
	return []Case{
		utf8Refused("ends-inside-a-character", "a text that ends inside a character is refused", half),
		utf8FragmentsRefused("ends-inside-a-character-before-an-empty-fragment",
			"a text that ends inside a character is refused when an empty fragment ends it",
			[]Frame{Text(half).Part(), Cont("")}),
		utf8FragmentsRefused("ends-inside-a-character-in-a-later-fragment",
			"a text whose second fragment begins with a wrong octet for its first is refused",
			[]Frame{Text(half).Part(), Cont("A")}),
		twoMessages,
	}
}
