package cases

import (
	"fmt"
	"slices"
	"strconv"
)

// handshakeVersions test Sec-WebSocket-Version where a connection is to be
// opened, and what a refusal says (RFC 6455, sections 4.2.2 and 4.4).
func handshakeVersions() []Case {
	version := func(value string) Request { return Baseline(Set("Sec-WebSocket-Version", value)) }
	trimmed := handshakeNoted("RFC 9110 5.5 has whitespace around a field value removed before it is used.",
		handshakeTable("handshake/version/", refs("6455-4.2.1-9"), handshakeOpened(),
			handshakeRow{"space-behind", "a space behind the version is no part of it", version("13 ")},
			handshakeRow{"tab-before", "a tab before the version is no part of it", version("\t13")},
		))
	return append(trimmed,
		Case{
			ID:    "handshake/version/advertised",
			Title: "the error for an unknown version lists 13 in Sec-WebSocket-Version",
			Refs:  refs("6455-4.4-1", "6455-4.2.2-9", "6455-4.3-7", "6455-11.3.5-1"),
			Note: "Sections 4.2.2 and 4.4 both ask for the field by a MUST. The cases of single versions ask for no more than the error, " +
				"so that a missing field is counted once.",
			Steps: handshakeThen(version("25"),
				Expect(Answer(4, 501, 505).With("Sec-WebSocket-Version", "13")).OrLax(End())),
		},
		Case{
			ID:    "handshake/version/upgrade-in-426",
			Title: "an error with status 426 names websocket in Upgrade",
			Refs:  refs("9110-7.8-3"),
			Note:  "RFC 9110 15.5.22 asks for the field by a MUST. An error with another status passes.",
			Steps: handshakeThen(version("25"),
				Expect(Answer(426).With("Upgrade", "websocket")).OrFail(Answer(426).Without("Upgrade")).Or(handshakeRefusal())),
		},
	)
}

// handshakeVersionsRefused test versions that a server does not understand.
func handshakeVersionsRefused() []Case {
	version := func(value string) Request { return Baseline(Set("Sec-WebSocket-Version", value)) }
	row := func(v int, title string) handshakeRow {
		return handshakeRow{strconv.Itoa(v), fmt.Sprintf(title, v), version(strconv.Itoa(v))}
	}
	var rows, drafts []handshakeRow
	for _, v := range []int{0, 9, 10, 11, 12, 14, 25, 255} {
		rows = append(rows, row(v, "version %d is refused"))
	}
	for _, v := range []int{4, 6, 7, 8} {
		drafts = append(drafts, row(v, "version %d, that of a draft, is refused unless the server still speaks it"))
	}
	requirements := refs("6455-4.2.2-9", "6455-4.4-1", "6455-11.6-1")
	absent := handshakeTable("handshake/version/", refs("6455-4.2.1-9"), handshakeError(),
		handshakeRow{"missing", "a request without a version is refused", Baseline(Drop("Sec-WebSocket-Version"))},
		handshakeRow{"empty", "an empty version is refused", version("")},
	)
	malformed := handshakeTable("handshake/version/", refs("6455-4.2.1-9", "6455-4.3-5"), handshakeError(),
		handshakeRow{"256", "a version beyond 255 is refused", version("256")},
		handshakeRow{"1313", "version 1313 is refused", version("1313")},
		handshakeRow{"269", "version 269, which is 13 in eight bits, is refused", version("269")},
		handshakeRow{"leading-zero", "a version with a leading zero is refused", version("013")},
		handshakeRow{"plus-sign", "a version with a plus sign is refused", version("+13")},
		handshakeRow{"minus-sign", "a version with a minus sign is refused", version("-13")},
		handshakeRow{"fraction", "version 13.0 is refused", version("13.0")},
		handshakeRow{"hexadecimal", "a hexadecimal version is refused", version("0x0d")},
		handshakeRow{"exponent", "version 1e1 is refused", version("1e1")},
		handshakeRow{"word", "the version thirteen is refused", version("thirteen")},
		handshakeRow{"parameter", "a version with a parameter is refused", version("13;q=1")},
		handshakeRow{"more-behind", "a version with more behind it is refused", version("13x")},
	)
	return slices.Concat(
		absent,
		handshakeTable("handshake/version/", requirements, handshakeError(), rows...),
		handshakeNoted("The drafts of these versions open a connection with the same key and accept value, and a server may still speak one.",
			handshakeTable("handshake/version/", requirements, handshakeError().OrInfo(Answer(101)), drafts...)),
		malformed, handshakeVersionsTwice())
}

// handshakeVersionsTwice are requests with more than one version.
func handshakeVersionsTwice() []Case {
	version := func(value string) Request { return Baseline(Set("Sec-WebSocket-Version", value)) }
	second := func(first, second string) Request {
		return Baseline(Set("Sec-WebSocket-Version", first), Add("Sec-WebSocket-Version", second))
	}
	list := handshakeNoted("The version of a request is one number. Several lines are the same as one with commas (RFC 9110 5.2).",
		handshakeTable("handshake/version/", refs("6455-4.2.1-9", "6455-11.3.5-2"), handshakeError(),
			handshakeRow{"list-13-8", "the versions 13 and 8 in one field are refused", version("13, 8")},
			handshakeRow{"list-8-13", "the versions 8 and 13 in one field are refused", version("8, 13")},
			handshakeRow{"fields-13-8", "the versions 13 and 8 in two fields are refused", second("13", "8")},
			handshakeRow{"fields-8-13", "the versions 8 and 13 in two fields are refused", second("8", "13")},
		))
	return append(list, Case{
		ID:    "handshake/version/twice",
		Title: "version 13 in two fields is refused",
		Refs:  refs("6455-4.2.1-9", "6455-11.3.5-2"),
		Level: Should,
		Note:  "Only the client is told outright to send one version, and equal ones leave no doubt.",
		Steps: handshakeThen(second("13", "13"), handshakeTolerated()),
	})
}
