package cases

import (
	"fmt"
	"slices"
	"strings"
)

// deflateBlocks are messages of stored blocks and of several blocks (RFC 7692,
// section 7.2.1).
func deflateBlocks() []Case {
	hello := Text("Hello")
	stored := deflateRead("deflate/stored/", refs("7692-7.2.2-1", "7692-7.2.1-3", "7692-7.2.3-1"),
		deflateRow{"two-blocks", "a message in two stored blocks is read", hello,
			[]Frame{deflateText(new(deflateWriter).stored(false, "He").stored(false, "llo").sync())}},
		deflateRow{"of-65535-octets", "a message in a stored block of the greatest size is read", BinaryOf(Random(65535, 1)),
			[]Frame{BinaryOf(Join(deflateStored(Random(65535, 1)), Lit("\x00"))).WithRSV(reserved1)}},
		deflateRow{"before-a-fixed-block", "a stored block before one with the fixed codes is read", hello,
			[]Frame{deflateText(new(deflateWriter).stored(false, "Hel").fixed(false).literals("lo").end().sync())}},
		deflateRow{"behind-a-fixed-block", "a stored block behind one with the fixed codes, which ends inside an octet, is read", hello,
			[]Frame{deflateText(new(deflateWriter).fixed(false).literals("Hel").end().stored(false, "lo").sync())}},
		deflateRow{"between-dynamic-blocks", "a stored block between two with codes of their own is read", Text("abcabc stored abcabc"),
			[]Frame{deflateText("\x04\x80\x01\x05\x00\x00\x00\x80\xb6\x56\xff\x3f\x04\xc3\x06" + "\x08\x00\xf7\xff stored " +
				"\x04\x80\x01\x05\x00\x00\x00\x80\xb6\x56\xff\x3f\x04\xc3\x06")}},
	)
	// four blocks of one literal each have 72 bits
	four := new(deflateWriter)
	for _, letter := range []string{"a", "b", "c", "d"} {
		four.fixed(false).literals(letter).end()
	}
	empty := "\x00\x00\x00\xff\xff"
	many := deflateRead("deflate/blocks/", refs("7692-7.2.2-1", "7692-7.2.1-2"),
		deflateRow{"of-one-octet", "a message in 1000 blocks of one octet each is read", TextOf(Fill("abcd", 1000)),
			[]Frame{TextOf(Join(Fill(four.octets(), 9*250), Lit("\x00"))).WithRSV(reserved1)}},
		deflateRow{"empty-before", "empty blocks before the message are read", hello,
			[]Frame{deflateText(strings.Repeat(empty, 3) + new(deflateWriter).fixed(false).end().fixed(false).literals("Hello").end().sync())}},
		deflateRow{"empty-between", "empty blocks between two others are read", hello,
			[]Frame{deflateText(new(deflateWriter).fixed(false).literals("He").end().flush().fixed(false).end().flush().
				fixed(false).literals("llo").end().sync())}},
		deflateRow{"empty-behind", "an empty block with the fixed codes behind the message is read", hello,
			[]Frame{deflateText(new(deflateWriter).fixed(false).literals("Hello").end().fixed(false).end().sync())}},
		deflateRow{"match-into-the-block-before", "a block that refers to the one before it is read", Text("Hello Hello"),
			[]Frame{deflateText(new(deflateWriter).fixed(false).literals("Hello ").end().fixed(false).match(5, 6).end().sync())}},
		deflateRow{"match-into-a-stored-block", "a block that refers to a stored one is read", Text("Hello Hello"),
			[]Frame{deflateText(new(deflateWriter).stored(false, "Hello ").fixed(false).match(5, 6).end().sync())}},
	)
	return append(append(stored, many...), Case{
		ID:    "deflate/blocks/tail-not-removed",
		Title: "a message that still has the 00 00 ff ff of its last block is read",
		Refs:  refs("7692-7.2.2-1", "7692-7.2.1-1"),
		Needs: needs(Echo, Deflate),
		Note: "Section 7.2.1 has the sender remove these octets. Their block is empty, so that the message is complete; " +
			"to refuse it is tolerated, since what the receiver appends is then the beginning of a block that does not end.",
		Steps: steps(Open(deflateOffer), Send(deflateText(deflateHello+"\x00\x00\xff\xff")), Expect(hello).OrLax(Fail(1007, 1002))),
	})
}

// deflateFinal are blocks with BFINAL, which do not end anything but themselves
// (RFC 7692, sections 7.2.1 and 7.2.3.4).
func deflateFinal() []Case {
	const note = "BFINAL ends what zlib takes for a stream. Section 7.2.1 lets blocks follow in the same message, and section 7.2.2 keeps " +
		"the window, so that a receiver has to go on behind it."
	long := new(deflateWriter).fixed(true).literals("A")
	for range 20 {
		long.match(258, 1)
	}
	final := new(deflateWriter).fixed(true).literals("Hello").end().octets()
	list := deflateRead("deflate/final/", refs("7692-7.2.2-1", "7692-7.2.1-4", "7692-7.2.1-2", "7692-7.2.3-1"),
		deflateRow{"stored", "a stored block with BFINAL is read", Text("Hello"),
			[]Frame{deflateText(new(deflateWriter).stored(true, "Hello").sync())}},
		deflateRow{"more-behind", "a block behind one with BFINAL is read", Text("HelloHello"),
			[]Frame{deflateText(final + deflateHello)}},
		deflateRow{"more-behind-that-refers-back", "a block behind one with BFINAL may refer to it", Text("HelloHello"),
			[]Frame{deflateText(final + new(deflateWriter).fixed(false).match(5, 5).end().sync())}},
		deflateRow{"more-behind-stored", "a block behind a stored one with BFINAL is read", Text("Hello, Hello"),
			[]Frame{deflateText(new(deflateWriter).stored(true, "Hello, ").fixed(false).literals("Hello").end().sync())}},
		deflateRow{"more-behind-much", "a block behind one with BFINAL that holds more than 4096 octets is read", TextOf(Join(Fill("A", 5161), Lit("Hello"))),
			[]Frame{deflateText(long.end().octets() + deflateHello)}},
		deflateRow{"three", "three blocks with BFINAL in one message are read", Text("HelloHelloHello"),
			[]Frame{deflateText(strings.Repeat(final, 3) + "\x00")}},
		deflateRow{"more-in-the-next-fragment", "a fragment behind a block with BFINAL is read", Text("HelloHello"),
			[]Frame{deflateText(final).Part(), Cont(deflateHello)}},
	)
	list = append(deflateNoted(note, list), Case{
		ID:    "deflate/final/next-message",
		Title: "a message behind one that ends with BFINAL is read",
		Refs:  refs("7692-7.2.2-1", "7692-7.2.1-4"),
		Needs: needs(Echo, Deflate),
		Note:  note,
		Steps: steps(Open(deflateOffer),
			Send(deflateText(final+"\x00")), Expect(Text("Hello")), Send(deflateText(deflateHello)), Expect(Text("Hello")), Close(1000)),
	}, Case{
		ID:    "deflate/final/next-message-that-refers-back",
		Title: "a message that refers into one that ends with BFINAL is read",
		Refs:  refs("7692-7.2.3-1", "7692-7.2.2-3", "7692-7.2.2-5", "7692-7.2.1-4"),
		Needs: needs(Echo, Deflate),
		Note:  note + " " + deflateTakeoverNote,
		Steps: slices.Concat(steps(Open(deflateOffer)), deflateExchange(Text("Hello")),
			steps(Send(deflateText(final+"\x00")), Expect(Text("Hello"))), deflateExchange(Text("Hello")), steps(Close(1000))),
	})
	return append(list, Case{
		ID:    "deflate/final/no-octet-behind",
		Title: "a message that ends with the block that has BFINAL is read, or refused",
		Refs:  refs("7692-7.2.2-1", "7692-7.2.3-1"),
		Needs: needs(Echo, Deflate),
		Note:  "Section 7.2.3.4 has the sender put the octet 00 behind the block. The message is complete without it.",
		Steps: steps(Open(deflateOffer), Send(deflateText(final)), deflateUnsure(Text("Hello"))),
	})
}

// deflateMatches are back references of every length and distance.
func deflateMatches() []Case {
	overlap := func(s string) string {
		return new(deflateWriter).fixed(false).literals(s).match(258, len(s)).end().sync()
	}
	list := deflateRead("deflate/match/", refs("7692-7.2.2-1"),
		deflateRow{"overlap-1", "a match at distance 1 repeats one octet", TextOf(Fill("A", 259)), []Frame{deflateText(overlap("A"))}},
		deflateRow{"overlap-2", "a match at distance 2 repeats two octets", TextOf(Fill("ab", 260)), []Frame{deflateText(overlap("ab"))}},
		deflateRow{"overlap-3", "a match at distance 3 repeats three octets", TextOf(Fill("abc", 261)), []Frame{deflateText(overlap("abc"))}},
		deflateRow{"overlap-7", "a match at distance 7 repeats seven octets", TextOf(Fill("abcdefg", 265)), []Frame{deflateText(overlap("abcdefg"))}},
		deflateRow{"length-258-by-284", "a match of 258 octets in the longer of its two codes is read", TextOf(Fill("A", 259)),
			[]Frame{deflateText(new(deflateWriter).fixed(false).literals("A").symbol(284).put(31, 5).code(0, 5).end().sync())}},
	)
	lengths := new(deflateWriter).fixed(false).literals("A")
	total := 1
	for n := 3; n <= 258; n++ {
		lengths.match(n, 1)
		total += n
	}
	list = append(list, deflateRead("deflate/match/", refs("7692-7.2.2-1"), deflateRow{
		"every-length", "matches of every length from 3 to 258 are read", TextOf(Fill("A", total)), []Frame{deflateText(lengths.end().sync())},
	})...)
	// the first distance of each code, and the last before a further extra bit
	for base := 5; base < 16384; base = 2*base - 1 {
		for _, distance := range []int{base, base + base/2, 2*base - 2} {
			list = append(list, deflateDistance(distance, refs("7692-7.2.2-1")))
		}
	}
	for _, distance := range []int{16385, 24577, 32767, 32768} {
		list = append(list, deflateDistance(distance, refs("7692-7.2.2-1", "7692-7.2.2-8", "7692-7.2.2-10")))
	}
	return list
}

// deflateDistance is a message with a match at this distance.
func deflateDistance(distance int, requirements []string) Case {
	length := min(distance, 64)
	content := Random(distance, 1)
	return deflateRead("deflate/match/", requirements, deflateRow{
		fmt.Sprintf("distance-%d", distance), fmt.Sprintf("a match at distance %d is read", distance),
		BinaryOf(Join(content, Random(length, 1))), []Frame{BinaryOf(deflateReferring(content, length)).WithRSV(reserved1)},
	})[0]
}
