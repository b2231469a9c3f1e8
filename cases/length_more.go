package cases

import (
	"fmt"
	"slices"
)

// lengthMoreForms are frames whose length is written longer than needed, at the
// lengths and for the kinds of frames that lengthForms leaves out.
func lengthMoreForms() []Case {
	var all []Case
	for _, f := range []struct {
		name, what string
		frames     []Frame // the last of them is the one at fault
		back       Frame
	}{
		{"empty-text-in-16-bits", "an empty text frame", []Frame{Text("").InForm(Length16)}, Text("")},
		{"empty-text-in-64-bits", "an empty text frame", []Frame{Text("").InForm(Length64)}, Text("")},
		{"binary-of-1-octet-in-64-bits", "a frame of one octet", []Frame{Binary("x").InForm(Length64)}, Binary("x")},
		{"binary-of-124-octets-in-16-bits", "a frame of 124 octets", []Frame{BinaryOf(Fill("*", 124)).InForm(Length16)}, BinaryOf(Fill("*", 124))},
		{"binary-of-127-octets-in-64-bits", "a frame of 127 octets", []Frame{BinaryOf(Fill("*", 127)).InForm(Length64)}, BinaryOf(Fill("*", 127))},
		{"binary-of-256-octets-in-64-bits", "a frame of 256 octets", []Frame{BinaryOf(Fill("*", 256)).InForm(Length64)}, BinaryOf(Fill("*", 256))},
		{"fragment-of-1-octet-in-16-bits", "a last fragment of one octet", []Frame{Text("a").Part(), Cont("b").InForm(Length16)}, Text("ab")},
		{"fragment-of-1-octet-in-64-bits", "a last fragment of one octet", []Frame{Text("a").Part(), Cont("b").InForm(Length64)}, Text("ab")},
		{"first-fragment-in-16-bits", "a first fragment of one octet", []Frame{Text("a").Part().InForm(Length16), Cont("b")}, Text("ab")},
	} {
		width := "16"
		if f.name[len(f.name)-7:] == "64-bits" {
			width = "64"
		}
		all = append(all, Case{
			ID:    "length/" + f.name,
			Title: fmt.Sprintf("the payload length of %s is not written in %s bits", f.what, width),
			Refs:  refs("6455-5.2-10", "6455-10.7-1"),
			Needs: needs(Echo),
			Note:  lengthFormNote,
			Steps: steps(Send(f.frames...), FailsWith(1002).OrLax(f.back)),
		})
	}
	return slices.Concat(all, lengthMoreControl())
}

// lengthMoreControl are control frames in a form that none can need.
func lengthMoreControl() []Case {
	control := func(id, what string, width int, frame Frame, tolerated ...Event) Case {
		return Case{
			ID:    "length/" + id,
			Title: fmt.Sprintf("the payload length of %s is not written in %d bits", what, width),
			Refs:  refs("6455-5.2-10", "6455-5.5-2", "6455-10.7-1"),
			Note:  lengthFormNote,
			Steps: steps(Send(frame), FailsWith(1002).OrLax(tolerated...)),
		}
	}
	pong := func(id, what string, width int, form LengthForm) Case {
		c := control(id, what, width, Pong("p").InForm(form))
		c.Steps = steps(Send(Pong("p").InForm(form), Ping("behind")), FailsWith(1002).OrLax(Pong("behind")))
		return c
	}
	return []Case{
		control("empty-ping-in-16-bits", "an empty ping", 16, Ping("").InForm(Length16), Pong("")),
		control("empty-ping-in-64-bits", "an empty ping", 64, Ping("").InForm(Length64), Pong("")),
		control("ping-of-125-octets-in-64-bits", "a ping of 125 octets", 64, PingOf(Fill("p", 125)).InForm(Length64), PongOf(Fill("p", 125))),
		pong("pong-in-16-bits", "a pong", 16, Length16),
		pong("pong-in-64-bits", "a pong", 64, Length64),
		control("close-in-64-bits", "a Close frame", 64, CloseFrame(1000).InForm(Length64), Closes(1000, NoCode), End()),
		control("empty-close-in-16-bits", "an empty Close frame", 16, CloseBody("").InForm(Length16), Closes(1000, NoCode), End()),
		control("close-of-125-octets-in-16-bits", "a Close frame of 125 octets", 16,
			CloseFrame(1000, Fill("r", 123)).InForm(Length16), Closes(1000, NoCode), End()),
	}
}

// lengthMoreClaims are further lengths at the ends of integer types.
func lengthMoreClaims() []Case {
	huge := func(id, title string, length uint64, e Expectation) Case {
		return Case{
			ID: "length/" + id, Title: title, Refs: refs("6455-10.4-1", "6455-10.4-2"),
			Note:  "What the peer reserves for the length cannot be seen from here: watch its memory. Waiting is judged after half a second.",
			Steps: steps(Send(Binary("some").Claiming(length)), e.For(lengthWait)),
		}
	}
	some, all := lengthRefused().Or(Wait()), lengthRefused().OrLax(Wait())
	return []Case{
		huge("claims-2-to-24", "a length of 16 MiB is refused or waited for", 1<<24, some),
		huge("claims-2-to-31-minus-1", "the longest length of a 32-bit signed integer is refused or waited for", 1<<31-1, some),
		huge("claims-2-to-32", "a length of 2^32 is not cut to the 0 that its lower half names", 1<<32, some),
		huge("claims-2-to-40", "a length of 2^40 is refused", 1<<40, all),
		huge("claims-2-to-53", "a length of 2^53 is refused", 1<<53, all),
		huge("claims-2-to-63-minus-1-and-some", "the longest length of all is refused when some of the payload has come", 1<<63-1, all),
	}
}

// lengthMoreSigned are further lengths whose highest bit is set.
func lengthMoreSigned() []Case {
	signed := func(id, title string, send ...Frame) Case {
		return Case{
			ID: "length/" + id, Title: title,
			Refs:  refs("6455-5.2-9", "6455-10.7-1"),
			Note:  lengthSignedNote,
			Steps: steps(Send(send...), lengthRefused().OrLax(Wait()).For(lengthWait)),
		}
	}
	const high = 1 << 63
	return []Case{
		signed("high-bit-before-2-to-31", "a 64-bit length of 2^31 with its highest bit set is refused", Binary("some").Claiming(high|1<<31)),
		signed("minus-4", "a 64-bit length that reads as -4 is refused", Binary("some").Claiming(1<<64-4)),
		signed("high-bit-on-a-first-fragment", "a first fragment with the highest bit of its length set is refused",
			Text("some").Part().Claiming(high|4)),
		signed("high-bit-on-a-last-fragment", "a last fragment with the highest bit of its length set is refused",
			Text("frag").Part(), Cont("ment").Claiming(high|4)),
		signed("fragments-sum-to-2-to-64", "a fragment whose length would bring the message to 2^64 octets is refused",
			Binary("some").Part(), Cont("more").Claiming(1<<64-4)),
		signed("high-bit-on-a-ping", "a ping with a 64-bit length whose highest bit is set is refused", Ping("ping").Claiming(high|4)),
	}
}

const lengthSignedNote = "The rule binds the sender. A receiver that takes such a length at its word and waits breaks no rule of " +
	"its own, so waiting for half a second is lax here; reading the rest of the length as if the bit were clear is a failure. " +
	"1009 is as good as 1002: no such length can be handled."

// lengthMoreEnds are ends of TCP at further places of a frame.
func lengthMoreEnds() []Case {
	middle := BinaryOf(Fill("*", 100))
	end := func(id, where string, frames ...Frame) Case {
		return Case{
			ID:    "length/" + id,
			Title: "an end of TCP " + where + " ends the connection and delivers nothing",
			Refs:  refs("6455-6.2-1", "6455-5.2-11", "6455-7.1.5-3"),
			Note:  lengthEndedNote,
			Steps: steps(Send(frames...), Shut(), lengthEnded()),
		}
	}
	key := end("end-behind-masking-key", "behind the masking key", middle.Only(6))
	key.Subject = Server
	return []Case{
		key,
		end("end-behind-header", "behind the header of a frame", middle.Only(2)),
		end("end-in-ping", "inside a ping", Ping("payload").Only(8)),
		end("end-in-close", "inside a Close frame", CloseFrame(1000, Lit("reason")).Only(8)),
		end("end-in-last-fragment", "inside the last fragment of a message", Text("frag").Part(), Cont("ment").Only(5)),
	}
}
