package cases

import "slices"

// extensionMore are offers with every separator where a token stands, and bits
// behind each kind of offer that was declined.
func extensionMore() []Case {
	return slices.Concat(extensionSeparators(), extensionMoreQuoted(), extensionMoreNames(), extensionMoreBits())
}

// extensionSeparators are values outside the grammar, besides those of
// extensionsMalformed.
func extensionSeparators() []Case {
	const note = "Section 9.1 has whoever receives such a value fail the connection. A server that opens it without an extension may not " +
		"have read the field, which is only lax; to accept any part of it fails."
	e := Expect(handshakeRefusal()).OrLax(Answer(101).Without(extensionField))
	rows := []handshakeRow{
		{"value-with-slash", "an unquoted value with a slash is refused", extensionOffer("x; a=b/c")},
		{"value-of-two-words", "an unquoted value of two words is refused", extensionOffer("x; a=b c")},
		{"value-with-colon", "an unquoted value with a colon is refused", extensionOffer("x; a=b:c")},
		{"value-not-ascii", "an unquoted value beyond ASCII is refused", extensionOffer("x; a=caf\xc3\xa9")},
		{"value-with-nul", "a value with a NUL in it is refused", extensionOffer("x; a=b\x00c")},
		{"quote-in-value", "a quote in the middle of a value is refused", extensionOffer(`x; a=b"c"`)},
		{"quoted-slash", "a quoted value with a slash in it is refused", extensionOffer(`x; a="b/c"`)},
		{"quoted-comma", "a quoted value with a comma in it is refused", extensionOffer(`x; a="b,c"`)},
		{"quoted-semicolon", "a quoted value with a semicolon in it is refused", extensionOffer(`x; a="b;c"`)},
		{"quoted-escape", "a quoted value with an escaped space in it is refused", extensionOffer(`x; a="b\ c"`)},
		{"quoted-not-ascii", "a quoted value beyond ASCII is refused", extensionOffer("x; a=\"caf\xc3\xa9\"")},
		{"two-quoted", "two quoted values in a row are refused", extensionOffer(`x; a="b""c"`)},
		{"open-quote-in-last-element", "a value that opens a quote in the list's last element is refused", extensionOffer(`permessage-deflate, x; a="`)},
		{"quoted-parameter-name", "a parameter name in quotes is refused", extensionOffer(`permessage-deflate; "client_max_window_bits"`)},
		{"parameter-name-with-slash", "a parameter name with a slash is refused", extensionOffer("permessage-deflate; client/max")},
		{"parameter-of-two-words", "a parameter name of two words is refused", extensionOffer("permessage-deflate; client max")},
		{"three-semicolons", "semicolons alone behind a name are refused", extensionOffer("permessage-deflate; ; ;")},
		{"semicolon-before-comma", "a semicolon before a comma is refused", extensionOffer("permessage-deflate;, x")},
		{"equals-sign-alone", "an equals sign alone is refused", extensionOffer("=")},
		{"parameter-alone-behind-comma", "a parameter behind a comma is refused", extensionOffer("permessage-deflate, =1")},
		{"value-without-quotes-behind-quoted", "a second value behind a quoted one is refused", extensionOffer(`x; a="b"=c`)},
		{"first-field", "a malformed value in the first of two fields is refused",
			Baseline(Set(extensionField, "x; =1"), Add(extensionField, "permessage-deflate"))},
	}
	for _, s := range []struct{ name, what, octets string }{
		{"at-sign", "an at sign", "@"}, {"colon", "a colon", ":"}, {"backslash", "a backslash", `\`}, {"question-mark", "a question mark", "?"},
		{"bracket", "a bracket", "["}, {"brace", "a brace", "}"}, {"parenthesis", "a parenthesis", "("}, {"less-than", "a less-than sign", "<"},
		{"not-ascii", "an octet beyond ASCII", "\xe9"}, {"nul", "a NUL", "\x00"}, {"del", "a DEL", "\x7f"}, {"cr", "a CR", "\r"},
	} {
		rows = append(rows, handshakeRow{"name-with-" + s.name, "an extension name with " + s.what + " in it is refused",
			extensionOffer("permessage" + s.octets + "deflate")})
	}
	return handshakeNoted(note, handshakeTable("extension/malformed/", refs("6455-9.1-1", "6455-4.2.1-12", "6455-4.3-4"), e, rows...))
}

// extensionMoreQuoted are quoted values that are tokens once unquoted.
func extensionMoreQuoted() []Case {
	return handshakeNoted("A server may decline the offer. One that accepts it answers as if the quotes were not there.",
		handshakeTable("extension/quoted/", refs("6455-4.3-1", "6455-9.1-2", "7692-5.2-1"), handshakeOpened(),
			handshakeRow{"all-escaped", `the value "\1\0" with an escape before each digit is the value 10`,
				extensionOffer(`permessage-deflate; client_max_window_bits="\1\0"`)},
			handshakeRow{"no-space", "a quoted value behind a semicolon without a space is read",
				extensionOffer(`permessage-deflate;server_max_window_bits="15"`)},
			handshakeRow{"both-values", "two quoted values are read", extensionOffer(`permessage-deflate; server_max_window_bits="12"; client_max_window_bits="12"`)},
			handshakeRow{"before-another", "an offer behind a quoted value is read",
				extensionOffer(`permessage-deflate; server_max_window_bits="10", permessage-deflate`)},
		))
}

// extensionMoreNames are further names that are not those of an extension.
func extensionMoreNames() []Case {
	return handshakeNoted(extensionUnregistered,
		handshakeTable("extension/", refs("6455-4.2.2-14", "6455-9-2", "6455-9.1-4"), extensionDeclined().OrLax(handshakeRefusal()),
			handshakeRow{"longer-name", "an extension whose name begins with permessage-deflate is another one", extensionOffer("permessage-deflate2")},
			handshakeRow{"shorter-name", "an extension whose name is the beginning of permessage-deflate is another one", extensionOffer("permessage-deflat")},
			handshakeRow{"prefixed-name", "x-permessage-deflate is another extension than permessage-deflate", extensionOffer("x-permessage-deflate")},
			handshakeRow{"underscore", "permessage_deflate is another extension than permessage-deflate", extensionOffer("permessage_deflate")},
			handshakeRow{"permessage-compress", "the extension permessage-compress of a draft is declined",
				extensionOffer("permessage-compress; method=deflate")},
			handshakeRow{"perframe-deflate", "the extension perframe-deflate of a draft is declined", extensionOffer("perframe-deflate")},
			handshakeRow{"deflate-stream", "the extension deflate-stream of a draft is declined", extensionOffer("deflate-stream")},
			handshakeRow{"mux", "the extension mux of a draft is declined", extensionOffer("mux")},
			handshakeRow{"every-token-character", "an extension whose name has every character of a token is declined",
				extensionOffer(subprotocolTokenCharacters)},
			handshakeRow{"subprotocol", "a name offered as a subprotocol is no extension",
				Baseline(Set(subprotocolField, "permessage-deflate"), Set(extensionField, "x-unknown"))},
		))
}

// extensionMoreBits show that an offer which was declined or could not be read
// gives RSV1 no meaning.
func extensionMoreBits() []Case {
	bit := func(id, what, offer string, e Expectation) Case {
		return Case{
			ID:    "extension/" + id,
			Title: "a frame with RSV1 is refused when " + what,
			Refs:  refs("6455-5.2-4", "6455-9.1-6", "7692-5-14"),
			Steps: steps(extensionOffer(offer), e, Send(Text("Hello").WithRSV(reserved1)), FailsWith(1002)),
		}
	}
	empty := bit("malformed/bit-behind-empty", "the offer was empty and passed over", "",
		Expect(handshakeRefusal()).Or(Answer(101).Without(extensionField)))
	empty.Note = "That the connection is open at all is judged by the case about the offer."
	return []Case{
		bit("declined-bit-registered", "a registered extension was offered and declined", "bbf-usp-protocol", extensionDeclined().Or(handshakeRefusal())),
		empty,
	}
}
