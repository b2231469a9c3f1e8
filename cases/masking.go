package cases

import "slices"

// maskingCases test masking (RFC 6455, sections 5.1 and 5.3).
func maskingCases() []Case {
	return slices.Concat(maskingAbsent(), maskingAbsentLater(), maskingPresent(), maskingPresentLater(),
		maskingKeys(), maskingLengths(), maskingCuts(), maskingKeyPerFrame(), maskingEmpty(),
		maskingAbsentOdd(), maskingPresentOdd(), maskingOffsets(), maskingKeysOfRuns())
}

const maskingNote = "Section 5.1 asks for no more than that the connection be closed; a Close frame with 1002 is a MAY there, and one with " +
	"a fitting code a SHOULD in section 10.7. So an end of TCP alone is lax, and so is a Close frame that blames nobody."

// maskingRefused is the end of a connection on which a frame was masked against
// the role.
func maskingRefused() Expectation {
	return FailsWith(1002).OrLax(Closes(1000, 1001, NoCode), End())
}

// maskingAbsent are frames of a client without a mask.
func maskingAbsent() []Case {
	frames := []struct {
		id, what string
		frame    Frame
	}{
		{"unmasked-text", "text frame", Text("Hello")},
		{"unmasked-empty-text", "empty text frame", Text("")},
		{"unmasked-empty-binary", "empty binary frame", Binary("")},
		{"unmasked-binary-of-126-octets", "binary frame with a 16-bit length", BinaryOf(Fill("*", 126))},
		{"unmasked-binary-of-65536-octets", "binary frame with a 64-bit length", BinaryOf(Fill("*", 65536))},
		{"unmasked-first-fragment", "first fragment", Text("a").Part()},
		{"unmasked-ping", "ping", Ping("p")},
		{"unmasked-empty-ping", "empty ping", Ping("")},
		{"unmasked-empty-pong", "empty pong", Pong("")},
		{"unmasked-close", "Close frame", CloseFrame(1000)},
		{"unmasked-empty-close", "Close frame without a body", CloseBody("")},
	}
	var all []Case
	for _, f := range frames {
		all = append(all, Case{
			ID:      "masking/" + f.id,
			Title:   "a server closes the connection on an unmasked " + f.what,
			Refs:    refs("6455-5.1-2", "6455-5.1-3", "6455-10.7-3"),
			Subject: Server,
			Note:    maskingNote,
			Steps:   steps(Send(f.frame.Unmasked()), maskingRefused()),
		})
	}
	return all
}

// maskingAbsentLater are unmasked frames behind masked ones.
func maskingAbsentLater() []Case {
	return []Case{{
		ID:      "masking/unmasked-last-fragment",
		Title:   "a server closes the connection on an unmasked fragment behind a masked one",
		Refs:    refs("6455-5.1-2", "6455-7.1.7-7"),
		Subject: Server,
		Note:    maskingNote,
		Steps:   steps(Send(Text("a").Part(), Cont("b").Unmasked()), maskingRefused()),
	}, {
		ID:      "masking/unmasked-ping-before-masked-text",
		Title:   "a server processes nothing that follows an unmasked frame",
		Refs:    refs("6455-5.1-2", "6455-7.1.7-7"),
		Subject: Server,
		Needs:   needs(Echo),
		Note:    maskingNote,
		Steps: steps(
			Send(Text("first")),
			Expect(Text("first")),
			Send(Ping("unmasked").Unmasked(), Text("second")),
			maskingRefused(),
		),
	}}
}

// maskingPresent are masked frames of a server.
func maskingPresent() []Case {
	const key = "37fa213d"
	frames := []struct {
		id, what string
		frame    Frame
		key      string
	}{
		{"masked-text", "text frame", Text("Hello"), key},
		{"masked-empty-text", "empty text frame", Text(""), key},
		{"masked-binary", "binary frame", Binary("\xfe"), key},
		{"masked-ping", "ping", Ping("p"), key},
		{"masked-empty-pong", "empty pong", Pong(""), key},
		{"masked-close", "Close frame", CloseFrame(1000), key},
		{"masked-text-with-key-of-zeros", "text frame whose key is zero", Text("Hello"), "00000000"},
	}
	var all []Case
	for _, f := range frames {
		all = append(all, Case{
			ID:      "masking/" + f.id,
			Title:   "a client closes the connection on a masked " + f.what,
			Refs:    refs("6455-5.1-5", "6455-5.1-6", "6455-10.7-3"),
			Subject: Client,
			Note:    maskingNote,
			Steps:   steps(Send(f.frame.Masked().WithKey(f.key)), maskingRefused()),
		})
	}
	return all
}

// maskingPresentLater are masked frames of a server that a client can misread
// in more ways than one.
func maskingPresentLater() []Case {
	misread := Expectation{}.OrFail(Closes(0x1122)).
		Or(Fail(1002)).
		OrLax(Closes(1000, 1001, NoCode), End())
	return []Case{{
		ID:      "masking/masked-last-fragment",
		Title:   "a client closes the connection on a masked fragment behind an unmasked one",
		Refs:    refs("6455-5.1-5", "6455-7.1.7-7"),
		Subject: Client,
		Note:    maskingNote,
		Steps:   steps(Send(Text("a").Part(), Cont("b").Masked()), maskingRefused()),
	}, {
		ID:      "masking/masked-close-with-key-like-a-code",
		Title:   "a client does not take the masking key of a Close frame for its status code",
		Refs:    refs("6455-5.1-5", "6455-5.1-6", "6455-5.2-7"),
		Subject: Client,
		Note:    maskingNote + " A reply with 4386 repeats the first octets of the key, 11 22, so the mask bit was not looked at.",
		Steps:   steps(Send(CloseFrame(1000).Masked().WithKey("11223344")), misread),
	}}
}
