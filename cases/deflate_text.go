package cases

import (
	"fmt"
	"slices"
)

// deflateTexts are compressed texts, which are text when they are inflated, and
// anything before (RFC 7692, section 6.1).
func deflateTexts() []Case {
	list := deflateRead("deflate/utf8/", refs("7692-6.1-6", "6455-5.6-2"),
		deflateRow{"over-blocks", "a character that is cut by two blocks is read", Text("a€b"),
			[]Frame{deflateText(new(deflateWriter).stored(false, "a\xe2").stored(false, "\x82\xacb").sync())}},
		deflateRow{"over-fragments", "a character that is cut by two fragments is read", Text("a€b"),
			[]Frame{
				deflateText(new(deflateWriter).stored(false, "a\xe2").octets()).Part(),
				Cont(new(deflateWriter).stored(false, "\x82\xacb").sync()),
			}},
		deflateRow{"over-flushed-fragments", "a character that is cut where a fragment was flushed is read", Text("a𤭢b"),
			[]Frame{
				deflateText(new(deflateWriter).fixed(false).literals("a\xf0\xa4").end().flush().octets()).Part(),
				Cont(new(deflateWriter).fixed(false).literals("\xad\xa2b").end().sync()),
			}},
		deflateRow{"by-a-match", "a character of which a match brings one half is read", Text("¢¢£"),
			[]Frame{deflateText(new(deflateWriter).fixed(false).literals("¢").match(3, 2).literals("\xa3").end().sync())}},
	)
	refused := deflateRefused("deflate/utf8/", refs("7692-6.1-6", "6455-8.1-1"), FailsWith(1007),
		deflateRow{name: "ill-formed", title: "a compressed text that is ill-formed when it is inflated is refused",
			frames: []Frame{deflateText("\x00\x02\x00\xfd\xff\xc3\x28\x00")}},
		deflateRow{name: "ill-formed-in-fragments", title: "a compressed text in fragments that is ill-formed when it is inflated is refused",
			frames: []Frame{deflateText("\x00\x02\x00\xfd").Part(), Cont("\xff\xc3").Part(), Cont("\x28\x00")}},
		deflateRow{name: "ill-formed-over-blocks", title: "a compressed text whose second block cannot follow the first is refused",
			frames: []Frame{deflateText(new(deflateWriter).stored(false, "a\xe2\x82").stored(false, "b").sync())}},
		deflateRow{name: "surrogate", title: "a compressed text with a surrogate is refused",
			frames: []Frame{deflateText(new(deflateWriter).fixed(false).literals("\xed\xa0\x80").end().sync())}},
		deflateRow{name: "ends-inside-a-character", title: "a compressed text that ends inside a character is refused",
			frames: []Frame{deflateText(new(deflateWriter).fixed(false).literals("a\xe2\x82").end().sync())}},
		deflateRow{name: "not-inflated", title: "compressed octets in a text message without RSV1 are refused, since they are not UTF-8",
			frames: []Frame{Text(deflateHello)}},
	)
	early := func(id, title string, rest Frame) Case {
		return Case{
			ID: "deflate/utf8/" + id, Title: title, Refs: refs("7692-6.1-6", "6455-8.1-1"), Needs: needs(Deflate), Note: utf8EarlyNote,
			Steps: steps(Open(deflateOffer),
				Send(deflateText("\x00\x02\x00\xfd\xff\xc3\x28").Part()), FailsWith(1007).ElseLax(), Send(rest), FailsWith(1007)),
		}
	}
	binary := deflateRead("deflate/utf8/", refs("7692-6.1-6", "6455-5.6-3"),
		deflateRow{"binary", "a compressed binary message need not be text when it is inflated", Binary("\xc3\x28\xed\xa0\x80"),
			[]Frame{deflateBinary(new(deflateWriter).stored(false, "\xc3\x28\xed\xa0\x80").sync())}},
	)
	return slices.Concat(list, refused, binary, []Case{
		early("early", "a compressed text is refused before it ends when it cannot become valid", Cont("\x00")),
		early("early-in-a-large-message", "a compressed text of which much is still to come is refused when it cannot become valid",
			ContOf(Join(deflateStored(Fill("edited ", 60000)), Lit("\x00")))),
	})
}

// deflateGarbage are payloads that no compressor makes.
func deflateGarbage() []Case {
	block := func() *deflateWriter { return new(deflateWriter).fixed(false) }
	refused := func(name, title, octets string) deflateRow {
		return deflateRow{name: name, title: title, frames: []Frame{deflateText(octets)}}
	}
	return deflateRefused("deflate/garbage/", refs("7692-7.2.2-1", "1951-3.2.3-1"), deflateBadData(),
		refused("block-type-3", "a block of the reserved type 3 is refused", "\x06"),
		refused("block-type-3-final", "a block of the reserved type 3 with BFINAL is refused", "\xff\xff\xff"),
		refused("block-type-3-behind-a-block", "a block of the reserved type 3 behind a good one is refused",
			block().literals("Hello").end().header(false, 3).octets()),
		refused("stored-length", "a stored block whose length and its complement do not agree is refused",
			"\x00\x05\x00\x00\x00\x48\x65\x6c\x6c\x6f\x00"),
		refused("distance-before-the-start", "a match that begins before the first octet is refused", block().match(3, 1).end().sync()),
		refused("distance-one-too-far", "a match that begins one octet before the first is refused", block().literals("Hello").match(3, 6).end().sync()),
		refused("distance-32768", "a match at distance 32768 in a short message is refused", block().literals("Hello").match(258, 32768).end().sync()),
		refused("distance-code-30", "the distance code 30, which stands for nothing, is refused",
			block().literals("Hello").symbol(257).code(30, 5).end().sync()),
		refused("distance-code-31", "the distance code 31, which stands for nothing, is refused",
			block().literals("Hello").symbol(257).code(31, 5).end().sync()),
		refused("length-code-286", "the length code 286, which stands for nothing, is refused",
			block().literals("Hello").symbol(286).code(0, 5).end().sync()),
		refused("length-code-287", "the length code 287, which stands for nothing, is refused",
			block().literals("Hello").symbol(287).code(0, 5).end().sync()),
		refused("too-many-literal-codes", "codes for more literals than can be shared out are refused",
			"\x04\xc0\x81\x00\x00\x00\x00\x00\x90\x56\xfe\x23\x00"),
		refused("too-many-distance-codes", "codes for more distances than can be shared out are refused",
			"\x04\xc2\x05\x01\x00\x00\x00\x00\x90\xad\xfe\x9f\x10\x00"),
		refused("too-many-length-codes", "codes for more code lengths than can be shared out are refused",
			"\x04\xc0\x81\x04\x00\x00\x00\x00\x10\xd6\xfe\x12\x03"),
		refused("288-literal-codes", "a block that announces 288 codes for literals and lengths, of which there are 286, is refused",
			"\xfc\xc0\x81\x00\x00\x00\x00\x00\x90\x56\xff\x13\x52\x08"),
		refused("repeat-of-nothing", "code lengths that begin with a repetition are refused",
			"\x04\xc0\x05\x01\x00\x00\x00\x00\x90\x30\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
		refused("repeat-too-far", "a repeated code length that goes on behind the last is refused",
			"\x04\xc0\x81\x00\x00\x00\x00\x00\x90\x56\xff\x13\x02\x00"),
		refused("zlib", "a message in the format of zlib is refused", "\x78\x9c\xf3\x48\xcd\xc9\xc9\x07\x00\x05\x8c\x01\xf5"),
		refused("gzip", "a message in the format of gzip is refused",
			"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xf3\x48\xcd\xc9\xc9\x07\x00\x82\x89\xd1\xf7\x05\x00\x00\x00"),
		refused("plain-text", "a text that was not compressed, in a message with RSV1, is refused", "Hello"),
		deflateRow{name: "binary", title: "a binary message that does not decompress is refused", frames: []Frame{deflateBinary("\xff\xff\xff")}},
		deflateRow{name: "in-fragments", title: "a message in fragments that does not decompress is refused",
			frames: []Frame{deflateText(deflateHello).Part(), Cont("\x06")}},
	)
}

// deflateCutOff are messages that end too early. What the receiver appends
// completes some of them to other text, and an inflater cannot know.
func deflateCutOff() []Case {
	const note = "The octets 00 00 ff ff, which every receiver appends, go on where the message was cut off, and plain zlib puts out what " +
		"they happen to mean. The standard does not ask to notice it, so that a message that is delivered is not judged."
	list := deflateRefused("deflate/cut-off/", refs("7692-7.2.2-1"), deflateBadData().OrInfo(Anything()),
		deflateRow{name: "stored-length", title: "a message that ends inside the length of a stored block is refused",
			frames: []Frame{deflateText("\x00\x05")}},
		deflateRow{name: "stored-block", title: "a message that ends inside a stored block is refused",
			frames: []Frame{deflateText("\x00\x0a\x00\xf5\xffHello")}},
		deflateRow{name: "dynamic-header", title: "a message that ends inside the lengths of a dynamic block's codes is refused",
			frames: []Frame{deflateText(deflateAllCodes[:10])}},
		deflateRow{name: "dynamic-block", title: "a message that ends behind the lengths of a dynamic block's codes is refused",
			frames: []Frame{deflateText(deflateAllCodes[:52])}},
		deflateRow{name: "last-fragment", title: "a message whose last fragments are missing is refused",
			frames: []Frame{deflateText(deflateHello[:3]).Part(), Cont("")}},
	)
	for n := 1; n < len(deflateHello); n++ {
		list = append(list, deflateRefused("deflate/cut-off/", refs("7692-7.2.2-1"), deflateBadData().OrInfo(Anything()), deflateRow{
			name:   fmt.Sprintf("fixed-block-at-%d", n),
			title:  fmt.Sprintf("a message that ends after %s of a block is refused", deflateOctetCount(n)),
			frames: []Frame{deflateText(deflateHello[:n])},
		})...)
	}
	for i := range list {
		list[i].Steps = append(list[i].Steps, Alive(), Close(1000)) // one that carries on is not stuck
	}
	return deflateNoted(note, list)
}
