package cases

import (
	"slices"
	"strings"
	"time"
)

const subprotocolField = "Sec-WebSocket-Protocol"

// subprotocolCases test how a server chooses a subprotocol (RFC 6455, section 4.2.2).
func subprotocolCases() []Case {
	return handshakeForServers(
		subprotocolsUnknown(), subprotocolsChosen(), subprotocolLists(), subprotocolsMalformed(), subprotocolsLarge(), subprotocolMore(),
	)
}

// subprotocolOffer is a request with this offer.
func subprotocolOffer(value string) Request { return Baseline(Set(subprotocolField, value)) }

// subprotocolNone expects an open connection without a subprotocol. A server
// that has no use for a client without one may refuse the connection.
func subprotocolNone() Expectation {
	return Expect(Answer(101).Without(subprotocolField)).Or(handshakeRefusal())
}

// subprotocolsUnknown are offers that a server cannot take up.
func subprotocolsUnknown() []Case {
	const note = "A server that agrees to any name says of itself that it speaks a subprotocol it cannot know."
	list := []Case{{
		ID:    "subprotocol/none-offered",
		Title: "a response to a request without subprotocols has none",
		Refs:  refs("6455-4.2.2-12"),
		Steps: handshakeThen(Baseline(Drop(subprotocolField)), subprotocolNone()),
	}}
	for _, o := range []struct{ name, title, offer string }{
		{"unknown", "an unknown subprotocol is not agreed to", "unknown.wsspec"},
		{"unknown-twice", "none of two unknown subprotocols is agreed to", "unknown.wsspec, other.wsspec"},
		{"constructor", "the subprotocol constructor is not found among the properties of an object", "constructor"},
		{"proto", "the subprotocol __proto__ is not found among the properties of an object", "__proto__"},
		{"to-string", "the subprotocol toString is not found among the properties of an object", "toString"},
		{"has-own-property", "the subprotocol hasOwnProperty is not found among the properties of an object", "hasOwnProperty"},
	} {
		first, _, _ := strings.Cut(o.offer, ",")
		list = append(list, Case{
			ID:    "subprotocol/" + o.name,
			Title: o.title,
			Refs:  refs("6455-4.2.2-12", "6455-4.2.2-11", "6455-4.2.2-13"),
			Note:  note,
			Steps: handshakeThen(subprotocolOffer(o.offer), subprotocolNone().OrLax(Answer(101).Equal(subprotocolField, first))),
		})
	}
	return append(list, Case{
		ID:    "subprotocol/other-case",
		Title: "a supported subprotocol written in upper case is another one",
		Refs:  refs("7936-2-1", "6455-4.2.2-11"),
		Needs: needs(Subprotocol),
		Note:  "To answer in the case that was not offered fails. To answer as offered is only lax, since the server may support that name too.",
		Steps: handshakeThen(subprotocolOffer("{CHAT}"), subprotocolNone().OrLax(Answer(101).Equal(subprotocolField, "{CHAT}"))),
	})
}

// subprotocolNeeded marks the cases of servers that support {chat} and {superchat}.
func subprotocolNeeded(groups ...[]Case) []Case {
	list := slices.Concat(groups...)
	for i := range list {
		list[i].Needs = needs(Subprotocol)
	}
	return list
}

// subprotocolsChosen are offers from which a server can choose.
func subprotocolsChosen() []Case {
	chat := Expect(Answer(101).Equal(subprotocolField, "{chat}")).OrLax(Answer(101).Without(subprotocolField))
	fields := func(first, second string) Request {
		return Baseline(Set(subprotocolField, first), Add(subprotocolField, second))
	}
	return subprotocolNeeded(
		handshakeTable("subprotocol/", refs("6455-4.2.2-11", "6455-1.9-1", "6455-4.3-6"), chat,
			handshakeRow{"supported", "a supported subprotocol is answered as it was offered", subprotocolOffer("{chat}")},
			handshakeRow{"supported-last", "a supported subprotocol is chosen behind an unknown one", subprotocolOffer("unknown.wsspec, {chat}")},
			handshakeRow{"supported-first", "a supported subprotocol is chosen before an unknown one", subprotocolOffer("{chat}, unknown.wsspec")},
			handshakeRow{"every-token-character", "a supported subprotocol is chosen behind a name of every character that a token may have",
				subprotocolOffer(subprotocolTokenCharacters + ", {chat}")},
		),
		handshakeTable("subprotocol/", refs("6455-11.3.4-1", "9110-5.3-1", "6455-4.2.2-11"), chat,
			handshakeRow{"second-field", "a supported subprotocol is chosen from the second of two fields", fields("unknown.wsspec", "{chat}")},
			handshakeRow{"first-field", "a supported subprotocol is chosen from the first of two fields", fields("{chat}", "unknown.wsspec")},
		),
		handshakeTable("subprotocol/", refs("6455-4.2.2-12", "6455-4.2.2-11"), subprotocolNone().OrLax(Answer(101).Equal(subprotocolField, "{chat}x")),
			handshakeRow{"longer-name", "a name that begins with that of a supported subprotocol is another one",
				subprotocolOffer("{chat}x, x{chat}")},
		),
		subprotocolPreference("{chat}", "{superchat}"),
		subprotocolPreference("{superchat}", "{chat}"),
	)
}

// subprotocolPreference offers two subprotocols, of which the first is preferred.
func subprotocolPreference(first, second string) []Case {
	name := strings.Trim(first, "{}")
	return []Case{{
		ID:    "subprotocol/preference-" + name,
		Title: "the first of two supported subprotocols, " + name + ", is preferred",
		Refs:  refs("6455-4.2.2-11", "6455-4.1-35"),
		Note:  "The order of the offer is the client's preference, by which the server need not go.",
		Steps: handshakeThen(subprotocolOffer(first+", "+second),
			Expect(Answer(101).Equal(subprotocolField, first)).
				OrInfo(Answer(101).Equal(subprotocolField, second)).
				OrLax(Answer(101).Without(subprotocolField))),
	}}
}

// subprotocolTokenCharacters are all characters of a token (RFC 2616, section
// 2.2; RFC 9110, section 5.6.2 agrees).
const subprotocolTokenCharacters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// subprotocolLists are lists in unusual forms.
func subprotocolLists() []Case {
	either := Expect(Answer(101).Equal(subprotocolField, "{chat}")).Or(Answer(101).Equal(subprotocolField, "{superchat}")).
		OrLax(Answer(101).Without(subprotocolField))
	chat := Expect(Answer(101).Equal(subprotocolField, "{chat}")).OrLax(Answer(101).Without(subprotocolField)).OrLax(handshakeRefusal())
	once := Expect(handshakeRefusal()).OrLax(Answer(101).Equal(subprotocolField, "{chat}")).OrLax(Answer(101).Without(subprotocolField))
	return subprotocolNeeded(
		handshakeTable("subprotocol/list/", refs("6455-4.3-2", "6455-4.2.1-11", "6455-4.2.2-11"), either,
			handshakeRow{"no-space", "a list without spaces is read", subprotocolOffer("{chat},{superchat}")},
			handshakeRow{"whitespace", "a list with spaces and tabs around the comma is read", subprotocolOffer("{chat} ,\t {superchat}")},
		),
		handshakeNoted("RFC 9110 5.6.1 has empty elements ignored; RFC 6455 4.1 forbids the client to send them.",
			handshakeTable("subprotocol/list/", refs("6455-4.2.1-11", "9110-5.6.1-1"), chat,
				handshakeRow{"empty-elements", "empty elements around a subprotocol are ignored", subprotocolOffer(",{chat},,")},
				handshakeRow{"comma-behind", "a comma behind a subprotocol is ignored", subprotocolOffer("{chat},")},
			)),
		handshakeNoted("Only the client is told to send a name once. The answer holds it once in any case.",
			handshakeTable("subprotocol/list/", refs("6455-4.2.1-11", "6455-4.1-37", "6455-4.3-6"), once,
				handshakeRow{"twice", "a subprotocol that is offered twice is refused", subprotocolOffer("{chat}, {chat}")},
				handshakeRow{"twice-in-two-fields", "a subprotocol that is offered in each of two fields is refused",
					Baseline(Set(subprotocolField, "{chat}"), Add(subprotocolField, "{chat}"))},
			)),
	)
}

// subprotocolsMalformed are values outside the grammar 1#token.
func subprotocolsMalformed() []Case {
	const note = "The request is malformed (section 4.2.1). A server that opens the connection without a subprotocol may not have read the field, " +
		"which is only lax."
	return handshakeNoted(note, handshakeTable("subprotocol/malformed/", refs("6455-4.2.1-11", "6455-4.1-36", "6455-4.2.2-13"),
		Expect(handshakeRefusal()).OrLax(Answer(101).Without(subprotocolField)),
		handshakeRow{"empty", "an empty offer is refused", subprotocolOffer("")},
		handshakeRow{"spaces", "an offer of spaces alone is refused", subprotocolOffer("   ")},
		handshakeRow{"comma", "an offer of a comma alone is refused", subprotocolOffer(",")},
		handshakeRow{"space-inside", "a name with a space in it is refused", subprotocolOffer("{chat} x")},
		handshakeRow{"slash", "a name with a slash in it is refused", subprotocolOffer("{chat}/1")},
		handshakeRow{"parameter", "a name with a parameter is refused", subprotocolOffer("{chat};v=1")},
		handshakeRow{"equals-sign", "a name with an equals sign is refused", subprotocolOffer("{chat}=1")},
		handshakeRow{"quoted", "a name in quotes is refused", subprotocolOffer(`"{chat}"`)},
		handshakeRow{"comment", "a name with a comment is refused", subprotocolOffer("{chat}(x)")},
		handshakeRow{"at-sign", "a name with an at sign is refused", subprotocolOffer("{chat}@x")},
		handshakeRow{"not-ascii", "a name with octets beyond ASCII is refused", subprotocolOffer("{chat}\xc3\xa9")},
		handshakeRow{"nul", "a name with a NUL in it is refused", subprotocolOffer("{chat}\x00x")},
	))
}

// subprotocolsLarge are offers that take a careless parser far longer than their
// size: the answer has to come within two seconds.
func subprotocolsLarge() []Case {
	offer := func(value Payload) Request { return Baseline(SetOf(subprotocolField, value)) }
	list := handshakeTable("subprotocol/large/", refs("6455-10.4-1", "6455-10.1-1"), handshakeOpened().Or(End()).Or(handshakeRefusal()),
		handshakeRow{"1000-names", "an offer of 1000 names is answered at once", offer(Fill("unknown.wsspec, ", 1000*16-2))},
		handshakeRow{"list-of-64-kib", "an offer of 64 KiB of names is answered at once", offer(Fill("a,b,c,d,", 64<<10-1))},
		handshakeRow{"name-of-64-kib", "a name of 64 KiB is answered at once", offer(Fill("x", 64<<10))},
		handshakeRow{"spaces-inside", "an offer with 32000 spaces between two letters is answered at once",
			offer(Join(Lit("b"), Fill(" ", 32000), Lit("x")))},
	)
	for i := range list {
		list[i].Level = Should // no standard sets a time
		list[i].Timeout = 2 * time.Second
	}
	list[3].Note = "Splitting by a pattern that tries the spaces again from each of them takes quadratic time (CVE-2021-32640)."
	return list
}
