package cases

import (
	"fmt"
	"slices"
	"strings"
)

// subprotocolMore are offers with every separator in a name, and lists of
// further forms.
func subprotocolMore() []Case {
	return slices.Concat(subprotocolSeparators(), subprotocolMoreLists())
}

// subprotocolSeparators are names that hold what no token may (RFC 2616,
// section 2.2), besides those of subprotocolsMalformed.
func subprotocolSeparators() []Case {
	const note = "The request is malformed (section 4.2.1). A server that opens the connection without a subprotocol may not have read the field, " +
		"which is only lax."
	var rows []handshakeRow
	for _, s := range []struct{ name, what, octets string }{
		{"colon", "a colon", ":"}, {"backslash", "a backslash", `\`}, {"less-than", "a less-than sign", "<"},
		{"greater-than", "a greater-than sign", ">"}, {"question-mark", "a question mark", "?"}, {"quote-inside", "a quote in its middle", `"`},
		{"bracket", "a bracket", "["}, {"brace", "a brace", "}"}, {"tab-inside", "a tab", "\t"},
		{"del", "a DEL", "\x7f"}, {"control-character", "a control character", "\x01"}, {"cr", "a CR", "\r"}, {"latin-1", "an octet of Latin-1", "\xe9"},
	} {
		rows = append(rows, handshakeRow{s.name, "a name with " + s.what + " in it is refused", subprotocolOffer("{chat}" + s.octets + "x")})
	}
	return handshakeNoted(note, handshakeTable("subprotocol/malformed/", refs("6455-4.2.1-11", "6455-4.1-36", "6455-4.2.2-13"),
		Expect(handshakeRefusal()).OrLax(Answer(101).Without(subprotocolField)), rows...))
}

const subprotocolLikeNote = "To answer with the other name is only lax, since the server may support that, too."

// subprotocolMoreLists are lists in which a supported name has to be found.
func subprotocolMoreLists() []Case {
	chat := Expect(Answer(101).Equal(subprotocolField, "{chat}")).OrLax(Answer(101).Without(subprotocolField))
	either := Expect(Answer(101).Equal(subprotocolField, "{chat}")).Or(Answer(101).Equal(subprotocolField, "{superchat}")).
		OrLax(Answer(101).Without(subprotocolField))
	var hundred strings.Builder
	for i := range 100 {
		fmt.Fprintf(&hundred, "x%d, ", i)
	}
	return subprotocolNeeded(
		handshakeNoted(subprotocolLikeNote, handshakeTable("subprotocol/", refs("6455-4.2.2-11", "6455-1.9-1"),
			chat.OrLax(Answer(101).Equal(subprotocolField, "{chat}x")),
			handshakeRow{"supported-behind-prefix", "a supported subprotocol is chosen behind a name that begins with its own", subprotocolOffer("{chat}x, {chat}")},
		)),
		handshakeNoted(subprotocolLikeNote, handshakeTable("subprotocol/", refs("6455-4.2.2-11", "6455-1.9-1"),
			chat.OrLax(Answer(101).Equal(subprotocolField, "x{chat}")),
			handshakeRow{"supported-behind-suffix", "a supported subprotocol is chosen behind a name that ends with its own", subprotocolOffer("x{chat}, {chat}")},
		)),
		handshakeNoted(subprotocolLikeNote, handshakeTable("subprotocol/", refs("6455-4.2.2-11", "6455-1.9-1"),
			chat.OrLax(Answer(101).Equal(subprotocolField, "{CHAT}")),
			handshakeRow{"supported-behind-upper-case", "a supported subprotocol is chosen behind itself in upper case", subprotocolOffer("{CHAT}, {chat}")},
		)),
		handshakeTable("subprotocol/", refs("6455-4.2.2-11", "6455-1.9-1", "6455-4.3-6"), chat,
			handshakeRow{"supported-in-the-middle", "a supported subprotocol is chosen between two unknown ones",
				subprotocolOffer("unknown.wsspec, {chat}, other.wsspec")},
			handshakeRow{"supported-behind-100", "a supported subprotocol is chosen behind 100 unknown ones",
				subprotocolOffer(hundred.String() + "{chat}")},
			handshakeRow{"supported-in-third-field", "a supported subprotocol is chosen from the third of three fields",
				Baseline(Set(subprotocolField, "unknown.wsspec"), Add(subprotocolField, "other.wsspec"), Add(subprotocolField, "{chat}"))},
			handshakeRow{"supported-in-second-list", "a supported subprotocol is chosen from the list in the second of two fields",
				Baseline(Set(subprotocolField, "unknown.wsspec, other.wsspec"), Add(subprotocolField, "third.wsspec, {chat}"))},
			handshakeRow{"name-of-field-in-lower-case", "a subprotocol is found whatever the case of the field's name",
				Baseline(Add("sec-websocket-protocol", "{chat}"))},
		),
		handshakeTable("subprotocol/", refs("6455-11.3.4-1", "6455-4.2.2-11"), either,
			handshakeRow{"both-in-two-fields", "one of two supported subprotocols in two fields is chosen, and no more",
				Baseline(Set(subprotocolField, "{chat}"), Add(subprotocolField, "{superchat}"))},
			handshakeRow{"both-among-unknown", "one of two supported subprotocols among unknown ones is chosen, and no more",
				subprotocolOffer("unknown.wsspec, {superchat}, other.wsspec, {chat}")},
		),
	)
}
