package cases

// maskingAbsentOdd are unmasked frames of a client with something else that a
// server may look at before the mask.
func maskingAbsentOdd() []Case {
	absent := func(id, what string, dialogue ...Step) Case {
		return Case{
			ID:      "masking/unmasked-" + id,
			Title:   "a server closes the connection on " + what,
			Refs:    refs("6455-5.1-2", "6455-5.1-3", "6455-10.7-3"),
			Subject: Server,
			Note:    maskingNote,
			Steps:   append(dialogue, maskingRefused()),
		}
	}
	behind := absent("text-behind-masked-text", "an unmasked text frame when masked ones have come before",
		Send(Text("first")), Expect(Text("first")), Send(Text("second").Unmasked()))
	behind.Needs = needs(Echo)
	alone := absent("text-in-header-alone", "the header of an unmasked frame",
		Send(Text("Hello").Unmasked().Only(2)))
	alone.Title = "a server may close the connection on the header of an unmasked frame, before its payload has come"
	alone.Note = "No rule tells when a server has to close, so one that waits for the payload is not judged. " +
		"Only the first two octets are sent; the wait is judged after half a second."
	alone.Steps[1] = maskingRefused().OrInfo(Wait()).For(lengthWait)
	return []Case{
		absent("pong", "an unmasked pong", Send(Pong("p").Unmasked())),
		absent("ping-of-125-octets", "an unmasked ping with the longest payload", Send(PingOf(Fill("p", 125)).Unmasked())),
		absent("close-with-reason", "an unmasked Close frame with a reason", Send(CloseFrame(1000, Lit("bye")).Unmasked())),
		absent("text-in-single-octets", "an unmasked text frame that arrives octet by octet", Send(Text("Hello").Unmasked().Chopped(1))),
		absent("middle-fragment", "an unmasked fragment between masked ones",
			Send(Text("a").Part(), Cont("b").Part().Unmasked(), Cont("c"))),
		absent("ping-between-fragments", "an unmasked ping between masked fragments",
			Send(Text("a").Part(), Ping("p").Unmasked(), Cont("b"))),
		absent("text-with-16-bit-length", "an unmasked text frame with a length that is too long as well",
			Send(Text("Hello").Unmasked().InForm(Length16))),
		absent("text-that-is-not-utf8", "an unmasked text frame that is not UTF-8 either", Send(Text("\xff").Unmasked())),
		behind, alone,
	}
}

// maskingPresentOdd are masked frames of a server of every kind that
// maskingPresent leaves out.
func maskingPresentOdd() []Case {
	present := func(id, what string, frames ...Frame) Case {
		return Case{
			ID:      "masking/masked-" + id,
			Title:   "a client closes the connection on " + what,
			Refs:    refs("6455-5.1-5", "6455-5.1-6", "6455-10.7-3"),
			Subject: Client,
			Note:    maskingNote,
			Steps:   steps(Send(frames...), maskingRefused()),
		}
	}
	return []Case{
		present("empty-binary", "a masked empty binary frame", Binary("").Masked()),
		present("binary-of-126-octets", "a masked frame with a 16-bit length", BinaryOf(Fill("*", 126)).Masked()),
		present("binary-of-65536-octets", "a masked frame with a 64-bit length", BinaryOf(Fill("*", 65536)).Masked()),
		present("first-fragment", "a masked first fragment", Text("a").Part().Masked()),
		present("middle-fragment", "a masked fragment between unmasked ones", Text("a").Part(), Cont("b").Part().Masked(), Cont("c")),
		present("empty-ping", "a masked empty ping", Ping("").Masked()),
		present("ping-between-fragments", "a masked ping between unmasked fragments", Text("a").Part(), Ping("p").Masked(), Cont("b")),
		present("pong", "a masked pong", Pong("p").Masked()),
		present("empty-close", "a masked Close frame without a body", CloseBody("").Masked()),
		present("close-with-reason", "a masked Close frame with a reason", CloseFrame(1000, Lit("bye")).Masked()),
		present("text-in-single-octets", "a masked text frame that arrives octet by octet", Text("Hello").Masked().Chopped(1)),
		present("ping-before-unmasked-text", "a masked ping, and processes nothing behind it", Ping("masked").Masked(), Text("after")),
		present("ping-with-key-of-zeros", "a masked ping whose key is zero", Ping("p").Masked().WithKey("00000000")),
		present("close-with-key-of-zeros", "a masked Close frame whose key is zero", CloseFrame(1000).Masked().WithKey("00000000")),
	}
}
