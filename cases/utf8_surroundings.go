package cases

import "fmt"

// utf8OffsetCases move what matters through a text, since validators that look
// at 8, 16, 32 or 64 octets at a time err at the borders of those blocks.
func utf8OffsetCases() []Case {
	const size = 192
	var all []Case
	for _, offset := range []int{0, 1, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 130, size - 1} {
		c := utf8Refused(fmt.Sprintf("ff-at-offset-%d", offset),
			fmt.Sprintf("the octet ff at offset %d of %d octets is refused", offset, size), "")
		c.Steps[0] = Send(TextOf(utf8At(offset, "\xff", size)))
		all = append(all, c)
	}
	var texts []Payload
	for _, border := range []int{8, 16, 32, 64, 128} {
		texts = append(texts, utf8At(border-2, "€", size), utf8At(border-1, "€", size))
	}
	all = append(all, utf8EchoedEach("utf8/characters-across-blocks",
		"a character of three octets across a border of blocks of 8 to 128 octets comes back", texts...))
	return append(all, utf8LongText())
}

// utf8At is ASCII text of the given size with something else at the offset.
func utf8At(offset int, s string, size int) Payload {
	return Join(Fill("a", offset), Lit(s), Fill("a", size-offset-len(s)))
}

func utf8LongText() Case {
	const size = 1 << 20
	c := utf8Refused("ff-at-the-end-of-a-mebibyte", "the octet ff at the very end of a text of 1 MiB is refused", "")
	c.Weight = Heavy
	c.Note = "An endpoint that finds the message too big may say so with 1009 (RFC 6455, section 10.4)."
	c.Steps = steps(
		Send(TextOf(utf8At(size-1, "\xff", size))),
		FailsWith(1007, 1009),
	)
	return c
}

// utf8NeighbourCases put valid text next to text that is not.
func utf8NeighbourCases() []Case {
	before := utf8Refused("behind-valid-text", "ill-formed text right behind a valid message is refused", "")
	before.Note = "The valid message may come back or not."
	before.Steps = steps(
		Send(Text("before"), Text("\xff")),
		Expect(Maybe(Text("before")), Fail(1007)),
	)
	after := utf8Refused("before-valid-text", "a valid message right behind ill-formed text is not processed", "")
	after.Refs = refs("6455-7.1.7-7", "6455-8.1-1")
	after.Steps[0] = Send(Text("\xff"), Text("after"))

	ping := utf8Refused("behind-a-ping", "ill-formed text is refused when a ping stood between the fragments", "")
	ping.Refs = append(ping.Refs, "6455-5.4-9")
	ping.Note = "The pong may come or not, since the connection fails right after the ping."
	ping.Steps = steps(
		Send(Text("Hello").Part(), Ping("between"), Cont("\xff")),
		Expect(Maybe(Pong("between")), Fail(1007)),
	)
	return []Case{before, after, ping}
}

// utf8BinaryCases are binary messages, which may hold any octets.
func utf8BinaryCases() []Case {
	return []Case{
		utf8Binary("binary-all-octets", "a binary message of all 256 octets comes back",
			[]Frame{Binary(utf8Octets(0x00, 0xff, ""))}, utf8Octets(0x00, 0xff, "")),
		utf8Binary("binary-ill-formed", "a binary message of what would be ill-formed text comes back",
			[]Frame{Binary("\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80\xfe\xe2\x82")}, "\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80\xfe\xe2\x82"),
		utf8Binary("binary-ill-formed-fragments", "fragments of a binary message are not text, whatever they hold",
			[]Frame{Binary("\xe2").Part(), Cont("\xff").Part(), Cont("\x80")}, "\xe2\xff\x80"),
	}
}

func utf8Binary(id, title string, frames []Frame, octets string) Case {
	return Case{
		ID:    "utf8/" + id,
		Title: title,
		Refs:  refs("6455-5.6-3", "6455-5.4-16"),
		Needs: needs(Echo),
		Steps: steps(
			Send(frames...),
			Expect(Binary(octets)),
			Close(1000),
		),
	}
}
