package cases

import (
	"slices"
	"strings"
)

// handshakeNumbers test versions and keys that careless functions read as right
// ones: those that skip white space, take digits of other scripts, underscores
// and exponents, or ignore what they do not know.
func handshakeNumbers() []Case {
	return slices.Concat(handshakeOddVersions(), handshakeDraftVersions(), handshakeOddKeys(), handshakeOddHTTP())
}

func handshakeOddVersions() []Case {
	version := func(value string) Request { return Baseline(Set("Sec-WebSocket-Version", value)) }
	list := handshakeTable("handshake/version/", refs("6455-4.2.1-9", "6455-4.3-5"), handshakeError(),
		handshakeRow{"underscore", "a version with an underscore between its digits is refused", version("1_3")},
		handshakeRow{"space-inside", "a version with a space between its digits is refused", version("1 3")},
		handshakeRow{"comma-inside", "a version with a comma between its digits is refused", version("1,3")},
		handshakeRow{"full-width", "a version in full-width digits is refused", version("\uff11\uff13")},
		handshakeRow{"arabic-indic", "a version in Arabic-Indic digits is refused", version("\u0661\u0663")},
		handshakeRow{"superscript", "a version in superscript digits is refused", version("\u00b9\u00b3")},
		handshakeRow{"no-break-space-before", "a no-break space before the version is refused", version("\u00a013")},
		handshakeRow{"form-feed-behind", "a form feed behind the version is refused", version("13\f")},
		handshakeRow{"vertical-tab-before", "a vertical tab before the version is refused", version("\v13")},
		handshakeRow{"octal", "an octal version is refused", version("0o15")},
		handshakeRow{"octal-of-c", "version 015, which is 13 for C, is refused", version("015")},
		handshakeRow{"binary", "a binary version is refused", version("0b1101")},
		handshakeRow{"exponent-of-zero", "version 13e0 is refused", version("13e0")},
		handshakeRow{"comma-fraction", "version 13,0 is refused", version("13,0")},
		handshakeRow{"quoted", "a version in quotes is refused", version(`"13"`)},
		handshakeRow{"in-brackets", "a version in brackets is refused", version("[13]")},
		handshakeRow{"comment", "a version with a comment is refused", version("13 (RFC 6455)")},
		handshakeRow{"range", "a range of versions is refused", version("8-13")},
		handshakeRow{"prefix", "a version with a letter before it is refused", version("v13")},
		handshakeRow{"65549", "version 65549, which is 13 in 16 bits, is refused", version("65549")},
		handshakeRow{"4294967309", "version 4294967309, which is 13 in 32 bits, is refused", version("4294967309")},
		handshakeRow{"of-1000-digits", "a version of 1000 digits is refused", Baseline(SetOf("Sec-WebSocket-Version", Join(Lit("13"), Fill("0", 998))))},
		handshakeRow{"list-13-twice", "the version 13 twice in one field is refused", version("13, 13")},
		handshakeRow{"fields-13-empty", "an empty version behind version 13 is refused",
			Baseline(Add("Sec-WebSocket-Version", ""))},
	)
	for i := range list {
		if list[i].ID == "handshake/version/fields-13-empty" {
			list[i].Note = "Several lines are the same as one with commas (RFC 9110 5.2), and the version of a request is no list."
		}
	}
	return append(list, handshakeNoted("A list of HTTP may have empty elements (RFC 9110 5.6.1), but the version of a request is no list.",
		handshakeTable("handshake/version/", refs("6455-4.2.1-9", "6455-4.3-5"), handshakeError(),
			handshakeRow{"comma-behind", "a version with a comma behind it is refused", version("13,")},
			handshakeRow{"comma-before", "a version with a comma before it is refused", version(",13")},
		))...)
}

// handshakeDraftVersions are the versions of drafts that handshakeVersions
// leaves out, and further ones that nobody speaks.
func handshakeDraftVersions() []Case {
	version := func(value string) Request { return Baseline(Set("Sec-WebSocket-Version", value)) }
	requirements := refs("6455-4.2.2-9", "6455-4.4-1", "6455-11.6-1")
	return slices.Concat(
		handshakeNoted("The drafts of these versions open a connection with the same key and accept value, and a server may still speak one.",
			handshakeTable("handshake/version/", requirements, handshakeError().OrInfo(Answer(101)),
				handshakeRow{"1", "version 1, that of a draft, is refused unless the server still speaks it", version("1")},
				handshakeRow{"2", "version 2, that of a draft, is refused unless the server still speaks it", version("2")},
				handshakeRow{"3", "version 3, that of a draft, is refused unless the server still speaks it", version("3")},
				handshakeRow{"5", "version 5, that of a draft, is refused unless the server still speaks it", version("5")},
			)),
		handshakeTable("handshake/version/", requirements, handshakeError(),
			handshakeRow{"15", "version 15 is refused", version("15")},
			handshakeRow{"26", "version 26 is refused", version("26")},
			handshakeRow{"130", "version 130 is refused", version("130")},
			handshakeRow{"113", "version 113 is refused", version("113")},
		))
}

func handshakeOddKeys() []Case {
	key := func(value string) Request { return Baseline(Set("Sec-WebSocket-Key", value)) }
	const note = "Decoders that skip what is not of their alphabet see 16 octets here. RFC 4648 3.3 has such octets refused, " +
		"and section 4.2.2 spares the server the decoding where it computes the accept value, not where it looks at the request."
	skipped := handshakeNoted(note, handshakeTable("handshake/key/", refs("6455-4.2.1-8", "6455-4.3-3"), handshakeError(),
		handshakeRow{"tab-inside", "a key with a tab in it is refused", key("AQIDBAUGBwgJ\tCgsMDQ4PEA==")},
		handshakeRow{"cr-inside", "a key with a CR in it is refused", key("AQIDBAUGBwgJ\rCgsMDQ4PEA==")},
		handshakeRow{"nul-inside", "a key with a NUL in it is refused", key("AQIDBAUGBwgJ\x00CgsMDQ4PEA==")},
		handshakeRow{"hyphen-inside", "a key with a hyphen in it is refused", key("AQIDBAUGBwgJ-CgsMDQ4PEA==")},
		handshakeRow{"folded", "a key that is folded over two lines in its middle is refused", key("AQIDBAUGBwgJ\r\n CgsMDQ4PEA==")},
		handshakeRow{"space-before-padding", "a key with a space before its padding is refused", key("AQIDBAUGBwgJCgsMDQ4PEA ==")},
		handshakeRow{"padding-inside", "a key with padding in its middle is refused", key("AQIDBAUGBwg=CgsMDQ4PEA==")},
		handshakeRow{"padding-first", "a key with its padding in front is refused", key("==AQIDBAUGBwgJCgsMDQ4PEA")},
		handshakeRow{"comma-behind", "a key with a comma behind it is refused", key("AQIDBAUGBwgJCgsMDQ4PEA==,")},
		handshakeRow{"semicolon-behind", "a key with a parameter is refused", key("AQIDBAUGBwgJCgsMDQ4PEA==;x")},
	))
	return append(skipped, handshakeTable("handshake/key/", refs("6455-4.2.1-8", "6455-4.3-3"), handshakeError(),
		handshakeRow{"full-width-padding", "a key with full-width equals signs is refused", key("AQIDBAUGBwgJCgsMDQ4PEA\uff1d\uff1d")},
		handshakeRow{"not-ascii", "a key of 24 characters beyond ASCII is refused", key(strings.Repeat("\u00e9", 22) + "==")},
		handshakeRow{"hexadecimal", "a key in hexadecimal is refused", key("0102030405060708090a0b0c0d0e0f10")},
		handshakeRow{"plain", "a key of 16 plain characters is refused", key("the sample nonce")},
		handshakeRow{"of-19-octets", "a key of 19 octets is refused", key("AQIDBAUGBwgJCgsMDQ4PEBESEw==")},
		handshakeRow{"of-14-octets", "a key of 14 octets is refused", key("AQIDBAUGBwgJCgsMDQ4=")},
	)...)
}

// handshakeOddHTTP are further HTTP versions outside the grammar.
func handshakeOddHTTP() []Case {
	return append(handshakeTable("handshake/http-version/", refs("6455-4.2.1-1", "6455-4.2.1-3"), handshakeError(),
		handshakeRow{"no-dot", "the HTTP version 11 is refused", Baseline(Proto("HTTP/11"))},
		handshakeRow{"comma", "an HTTP version with a comma is refused", Baseline(Proto("HTTP/1,1"))},
		handshakeRow{"more-behind", "an HTTP version with a letter behind it is refused", Baseline(Proto("HTTP/1.1x"))},
		handshakeRow{"no-slash", "an HTTP version without its slash is refused", Baseline(Proto("HTTP1.1"))},
		handshakeRow{"minus-sign", "a negative HTTP version is refused", Baseline(Proto("HTTP/-1.1"))},
		handshakeRow{"number-alone", "the HTTP version 1.1 without a name is refused", Baseline(Proto("1.1"))},
	), handshakeNoted("RFC 2616, which RFC 6455 refers to, has numbers of several digits; RFC 9112 no longer knows them.",
		asShould(handshakeTable("handshake/http-version/", refs("6455-4.2.1-1", "6455-4.2.1-3"), handshakeTolerated(),
			handshakeRow{"1.10", "the HTTP version 1.10 is refused", Baseline(Proto("HTTP/1.10"))},
			handshakeRow{"12.1", "the HTTP version 12.1 is refused", Baseline(Proto("HTTP/12.1"))},
		)))...)
}
