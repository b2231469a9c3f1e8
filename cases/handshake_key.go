package cases

import (
	"encoding/base64"
	"fmt"
	"slices"
)

// handshakeKeys test keys that are right (RFC 6455, section 4.2.1, item 5). That
// the accept value fits the key is part of every open connection.
func handshakeKeys() []Case {
	key := func(value string) Request { return Baseline(Set("Sec-WebSocket-Key", value)) }
	line := func(line string) Request { return Baseline(Drop("Sec-WebSocket-Key"), Octets(line)) }
	fixed := handshakeTable("handshake/key/", refs("6455-4.2.2-20", "6455-4.2.2-8"), handshakeOpened(),
		handshakeRow{"all-zeros", "a key of sixteen octets 00 is accepted", key("AAAAAAAAAAAAAAAAAAAAAA==")},
		handshakeRow{"all-ones", "a key of sixteen octets ff, which begins with slashes, is accepted", key("/////////////////////w==")},
		handshakeRow{"plus-signs", "a key of plus signs is accepted", key("+++++++++++++++++++++w==")},
		handshakeRow{"plus-and-slash", "a key with plus signs and slashes is accepted", key("+/+/+/+/+/+/+/+/+/+/+g==")},
	)
	trimmed := handshakeNoted("RFC 9110 5.5 has whitespace around a field value removed before it is used.",
		handshakeTable("handshake/key/", refs("6455-1.3-2", "6455-4.2.2-8"), handshakeOpened(),
			handshakeRow{"no-space-before", "a key right behind the colon is read", line("Sec-WebSocket-Key:{key}\r\n")},
			handshakeRow{"spaces-before", "spaces before the key are no part of it", key("   {key}")},
			handshakeRow{"whitespace-behind", "spaces and tabs behind the key are no part of it", key("{key} \t ")},
		))
	return slices.Concat(fixed, trimmed, []Case{
		{
			ID:    "handshake/key/erratum-sample",
			Title: "the sample key of section 4.1, as erratum 3150 corrects it, is accepted",
			Refs:  refs("6455-4.2.2-20", "6455-errata-1"),
			Steps: handshakeThen(key("AQIDBAUGBwgJCgsMDQ4PEA=="),
				Expect(Answer(101).Equal("Sec-WebSocket-Accept", "C/0nmHhBztSRGR1CwL6Tf4ZjwpY="))),
		},
		{
			ID:    "handshake/key/pad-bits",
			Title: "a key with bits set in its padding is used as it stands, or refused",
			Refs:  refs("6455-4.2.2-8", "6455-4.2.1-8", "6455-errata-1"),
			Note:  "RFC 6455 4.1 prints this very key; erratum 3150 corrects it. RFC 4648 3.5 lets a decoder refuse such bits or ignore them.",
			Steps: handshakeThen(key("AQIDBAUGBwgJCgsMDQ4PEC=="),
				Expect(Answer(101).Equal("Sec-WebSocket-Accept", "OfS0wDaT5NoxF2gqm7Zj2YtetzM=")).Or(handshakeRefusal())),
		},
		{
			ID:          "handshake/key/one-each",
			Title:       "sixteen connections opened at once get the accept values of their own keys",
			Refs:        refs("6455-4.2.2-20", "6455-4.2.2-8"),
			Connections: 16,
			Steps:       handshakeThen(Baseline(), handshakeOpened()),
		},
	})
}

// handshakeKeysRefused test keys that are not the base64 form of 16 octets.
func handshakeKeysRefused() []Case {
	key := func(value string) Request { return Baseline(Set("Sec-WebSocket-Key", value)) }
	const note = "Section 4.2.2 spares the server the decoding where it computes the accept value. The request is to be refused all the " +
		"same when it is not as section 4.2.1 says, which shows without decoding: 22 characters of the alphabet and ==."
	rows := []handshakeRow{
		{"without-padding", "a key without its padding is refused", key("AQIDBAUGBwgJCgsMDQ4PEA")},
		{"half-the-padding", "a key with one padding character too few is refused", key("AQIDBAUGBwgJCgsMDQ4PEA=")},
		{"more-padding", "a key with one padding character too many is refused", key("AQIDBAUGBwgJCgsMDQ4PEA===")},
		{"padding-alone", "a key of padding alone is refused", key("====")},
		{"not-base64", "a key of 24 exclamation marks is refused", key("!!!!!!!!!!!!!!!!!!!!!!!!")},
		{"one-character-wrong", "a key with one character outside the alphabet is refused", key("AQIDBAUGBwgJ!gsMDQ4PEA==")},
		{"url-alphabet", "a key in the URL form of base64 is refused", key("-_-_-_-_-_-_-_-_-_-_-g==")},
		{"space-inside", "a key with a space in it is refused", key("AQIDBAUGBwgJ CgsMDQ4PEA==")},
		{"more-behind", "a key with more characters behind its padding is refused", key("AQIDBAUGBwgJCgsMDQ4PEA==AAAA")},
		{"quoted", "a key in quotes is refused", key(`"AQIDBAUGBwgJCgsMDQ4PEA=="`)},
		{"of-1-octet", "a key of one octet is refused", key("AQ==")},
	}
	for _, size := range []int{8, 15, 17, 18, 24, 32, 64} {
		octets := make([]byte, size)
		for i := range octets {
			octets[i] = byte(i + 1)
		}
		rows = append(rows, handshakeRow{
			fmt.Sprintf("of-%d-octets", size), fmt.Sprintf("a key of %d octets is refused", size), key(base64.StdEncoding.EncodeToString(octets)),
		})
	}
	absent := handshakeTable("handshake/key/", refs("6455-4.2.1-8", "6455-4.3-3"), handshakeError(),
		handshakeRow{"missing", "a request without a key is refused", Baseline(Drop("Sec-WebSocket-Key"))},
		handshakeRow{"empty", "an empty key is refused", key("")},
	)
	malformed := handshakeNoted(note, handshakeTable("handshake/key/", refs("6455-4.2.1-8", "6455-4.3-3"), handshakeError(), rows...))
	return slices.Concat(absent, malformed, handshakeKeysTwice(), handshakeKeysLong())
}

// handshakeKeysTwice are requests with more than one key.
func handshakeKeysTwice() []Case {
	list := handshakeNoted("The value of a field is all its lines joined with commas (RFC 9110 5.2), and so no base64.",
		handshakeTable("handshake/key/", refs("6455-4.2.1-8", "6455-11.3.1-1", "6455-4.3-3"), handshakeError(),
			handshakeRow{"list", "two keys in one field are refused", Baseline(Set("Sec-WebSocket-Key", "{key}, AQIDBAUGBwgJCgsMDQ4PEA=="))},
			handshakeRow{"two-different", "two different keys are refused", Baseline(Add("Sec-WebSocket-Key", "AQIDBAUGBwgJCgsMDQ4PEA=="))},
		))
	return append(list, Case{
		ID:    "handshake/key/twice",
		Title: "the same key in two fields is refused",
		Refs:  refs("6455-4.2.1-8", "6455-11.3.1-1"),
		Note:  "Only the client is told outright to send one key, and equal ones leave no doubt about the accept value.",
		Steps: handshakeThen(Baseline(Add("Sec-WebSocket-Key", "{key}")), handshakeTolerated()),
	})
}

// handshakeKeysLong are keys that are far too long. A server that stops reading
// may reset TCP, and its response then never arrives.
func handshakeKeysLong() []Case {
	long := func(size int) Request { return Baseline(SetOf("Sec-WebSocket-Key", Fill("QUJD", size))) }
	return handshakeTable("handshake/key/", refs("6455-4.2.1-8", "6455-10.4-1"), Expect(End()).Or(handshakeRefusal()),
		handshakeRow{"of-8-kib", "a key of 8 KiB is refused", long(8 << 10)},
		handshakeRow{"of-64-kib", "a key of 64 KiB is refused", long(64 << 10)},
	)
}
