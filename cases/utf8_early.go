package cases

import (
	"fmt"
	"slices"
	"time"
)

// utf8EarlyCases send octets after which no text can be valid any more, and
// hold the rest of the message back.
func utf8EarlyCases() []Case {
	return slices.Concat(utf8EarlyAfterText(), utf8EarlyOctets(), utf8EarlyInFrame())
}

const utf8EarlyNote = "The RFC asks for a failure and does not say when: a peer that waits for the end of the message is lax. " +
	"It buffers, and may process, what cannot become valid."

// utf8Early is a message whose fragments become ill-formed before its end.
func utf8Early(id, title string, bad Frame, rest string, alias ...string) Case {
	c := utf8Refused(id, title, "", alias...)
	c.Note = utf8EarlyNote
	c.Steps = steps(
		Send(bad.Part()),
		FailsWith(1007).ElseLax(),
		Send(Cont(rest)),
		FailsWith(1007),
	)
	return c
}

// utf8EarlyAfterText has a valid fragment first, which must not end the connection.
func utf8EarlyAfterText() []Case {
	after := func(c Case, valid string, between ...Step) Case {
		c.Steps = slices.Concat(steps(Send(Text(valid).Part())), between, c.Steps)
		return c
	}
	return []Case{
		after(utf8Early("early-code-point", "a fragment with a code point above U+10FFFF is refused before the message ends",
			Cont("\xf4\x90\x80\x80"), "edited", "6.4.1"), utf8Greek, Alive()),
		after(utf8Early("early-second-octet", "a fragment with an octet that cannot follow the fragment before is refused before the message ends",
			Cont("\x90"), "\x80\x80edited", "6.4.2"), utf8Greek+"\xf4", Alive()),
		after(utf8Early("early-behind-pings", "an ill-formed fragment behind a ping and a pong is refused before the message ends",
			Cont("\xff"), "edited"), "Hello", Send(Ping("between"), Pong("unasked")), Expect(Pong("between"))),
	}
}

// utf8EarlyOctets are first fragments that end with an octet that cannot stand
// there.
func utf8EarlyOctets() []Case {
	var all []Case
	for _, octet := range []string{"\xc0", "\xc1", "\xf5", "\xfe", "\xff"} {
		all = append(all, utf8Early(fmt.Sprintf("early-octet-%x", octet),
			fmt.Sprintf("the octet %x at the end of a fragment is refused before the message ends", octet),
			Text("a"+octet), "b"))
	}
	for _, octets := range []string{
		"\xe0\x80", "\xe0\x9f", "\xed\xa0", "\xed\xbf", "\xf0\x80", "\xf0\x8f", "\xf4\x90", "\xf4\xbf",
	} {
		rest := "\x80"
		if octets[0] >= 0xf0 {
			rest = "\x80\x80"
		}
		all = append(all, utf8Early(fmt.Sprintf("early-octets-%x-%x", octets[:1], octets[1:]),
			fmt.Sprintf("the octets % x at the end of a fragment are refused before the message ends", octets),
			Text(octets), rest))
	}
	return all
}

// utf8EarlyInFrame holds back the rest of a frame. With a masking key of zeros
// the rest is the same octets in both roles, and can go out as it is.
func utf8EarlyInFrame() []Case {
	inFrame := func(id, title, first string, rest Payload, alias ...string) Case {
		c := utf8Refused(id, title, "", alias...)
		c.Note = utf8EarlyNote + " Nothing can be sent inside a frame to see whether the peer carries on, so it has half a second. " +
			"The masking key is zero, so that the rest of the frame can follow later."
		c.Steps = steps(
			Send(Text(first).Claiming(uint64(len(first)+rest.Len())).WithKey("00000000")),
			FailsWith(1007).For(500*time.Millisecond).ElseLax(),
			Send(RawOf(rest)),
			FailsWith(1007),
		)
		return c
	}
	return []Case{
		inFrame("early-in-frame-code-point", "a code point above U+10FFFF is refused before its frame ends",
			utf8Greek+"\xf4\x90\x80\x80", Lit("edited"), "6.4.3"),
		inFrame("early-in-frame-second-octet", "an octet that cannot follow its lead octet is refused before the frame ends",
			utf8Greek+"\xf4\x90", Lit("\x80\x80edited"), "6.4.4"),
		inFrame("early-in-long-frame", "the octet ff at the beginning of a frame of 64 KiB is refused before the frame ends",
			"long \xff text", Fill("a", 65536-11)),
	}
}
