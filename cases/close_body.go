package cases

import (
	"fmt"
	"slices"
)

// closeBodyCases are Close frames by what is in their body besides the code.
func closeBodyCases() []Case {
	return slices.Concat(closeMalformedBodies(), closeLegalReasons(), closeIllFormedReasons())
}

// closeMalformedBodies are too short for a code, or too long for a control frame.
func closeMalformedBodies() []Case {
	var all []Case
	for _, octet := range []byte{0x61, 0x03, 0x00, 0xff} {
		all = append(all, closeOneOctet(octet))
	}
	all[0].Alias = autobahn("7.3.2")
	return append(all,
		Case{
			ID:    "close/body-of-126-octets",
			Title: "a Close frame with a body of 126 octets is refused",
			Refs:  refs("6455-5.5-2"),
			Alias: autobahn("7.3.6"),
			Steps: steps(
				Send(CloseFrame(1000, Fill("*", 124))),
				FailsWith(1002),
			),
		},
	)
}

func closeOneOctet(octet byte) Case {
	return Case{
		ID:    fmt.Sprintf("close/body-of-one-octet-%02x", octet),
		Title: fmt.Sprintf("a Close frame with the single octet %02x as its body is refused", octet),
		Refs:  refs("6455-5.5.1-3", "6455-10.7-3", "6455-10.7-1"),
		Note: "A body begins with a code of two octets; the rule binds the sender. The receiver must validate what comes in " +
			"and should close with a fitting code (RFC 6455, section 10.7). One that answers as if the Close were empty, " +
			"or with 1000, closes the connection without telling why, which is lax; Autobahn fails 1000 and takes the empty answer. " +
			"To send the single octet back fails.",
		Steps: steps(
			Send(CloseBody(string([]byte{octet}))),
			FailsWith(1002).OrLax(Closes(1000, 1001, NoCode)),
		),
	}
}

func closeLegalReasons() []Case {
	var all []Case
	for _, r := range []struct {
		name, what string
		reason     Payload
		alias      []string
	}{
		{"ascii", "in ASCII", Lit("Hello World!"), autobahn("7.3.4")},
		{"of-123-octets", "of 123 octets, the longest there can be,", Fill("*", 123), autobahn("7.3.5")},
		{"of-41-euro-signs", "of 41 characters in 123 octets", Fill("€", 123), nil},
		{"with-nul", "that holds U+0000", Lit("a\x00b"), nil},
		{"with-noncharacter", "that holds the noncharacter U+FFFF", Lit("\uffff"), nil},
		{"with-byte-order-mark", "that begins with U+FEFF", Lit("\ufeffreason"), nil},
		{"with-emoji", "that holds a character of 4 octets", Lit("\U0001f44b"), nil},
	} {
		all = append(all, Case{
			ID:    "close/reason-" + r.name,
			Title: "a Close frame with a reason " + r.what + " is answered",
			Refs:  refs("6455-5.5.1-8", "6455-5.5.1-4", "6455-8.1-2"),
			Alias: r.alias,
			Steps: steps(
				Send(CloseFrame(1000, r.reason)),
				closeAnswer(1000, NoCode),
			),
		})
	}
	return all
}

func closeIllFormedReasons() []Case {
	var all []Case
	for _, r := range []struct {
		name, what string
		reason     Payload
		alias      []string
	}{
		{"surrogate-inside", "with a surrogate between valid characters", Lit(utf8Greek + "\xed\xa0\x80edited"), autobahn("7.5.1")},
		{"surrogate", "that is a lone surrogate", Lit("\xed\xa0\x80"), nil},
		{"overlong", "that is an overlong NUL", Lit("\xc0\x80"), nil},
		{"above-10ffff", "that is a code point above U+10FFFF", Lit("\xf4\x90\x80\x80"), nil},
		{"stray-octet", "that is a continuation octet", Lit("\x80"), nil},
		{"cut-character", "that ends inside a character", Lit("\xe2\x82"), nil},
		{"cut-at-123-octets", "whose last character was cut to fit 123 octets", Join(Fill("*", 121), Lit("\xe2\x82")), nil},
		{"ff", "that is the octet ff", Lit("\xff"), nil},
	} {
		all = append(all, closeIllFormedReason("close/reason-not-utf8-"+r.name, r.what, r.reason, r.alias))
	}
	return all
}

func closeIllFormedReason(id, what string, reason Payload, alias []string) Case {
	return Case{
		ID:    id,
		Title: "a Close frame with a reason " + what + " is refused",
		Refs:  refs("6455-8.1-1", "6455-5.5.1-4"),
		Alias: alias,
		Note: "1002 is as good as 1007, since 1007 speaks of data within a message. " +
			"The rule binds an endpoint that takes the reason for text; whether this one does cannot be seen, " +
			"so an ordinary answer is lax. An answer that repeats the ill-formed reason fails.",
		Steps: steps(
			Send(CloseFrame(1000, reason)),
			FailsWith(1007, 1002).OrLax(Closes(1000, 1001, NoCode)),
		),
	}
}
