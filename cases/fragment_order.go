package cases

// fragmentFault is a case about fragments in an order that no message has.
func fragmentFault(id, title, alias, ref string, dialogue ...Step) Case {
	return Case{
		ID: "fragment/" + id, Title: title,
		Refs:  refs(ref, "6455-5.4-2", "6455-5.4-8", "6455-7.1.7-7"),
		Alias: messageAlias(alias),
		Steps: append(dialogue, FailsWith(1002)),
	}
}

// fragmentNothingToContinue are continuation frames while no message is open.
func fragmentNothingToContinue() []Case {
	const rule = "6455-5.4-1"
	text := Text("Hello, world!")
	last, middle := Cont("non-continuation payload"), Cont("non-continuation payload").Part()
	behind := fragmentFault("nothing-to-continue-behind-message",
		"a continuation frame behind a finished fragmented message fails the connection", "", rule,
		Send(Text("frag").Part(), Cont("ment")), Expect(Text("fragment")), Send(Cont("more")))
	behind.Needs = needs(Echo)
	return []Case{
		fragmentFault("nothing-to-continue", "a continuation frame with FIN and nothing to continue fails the connection", "5.9", rule,
			Send(last, text)),
		fragmentFault("nothing-to-continue-in-a-write-each",
			"a continuation frame with FIN that arrives by itself with nothing to continue fails the connection", "5.10", rule,
			Send(last), Send(text)),
		fragmentFault("nothing-to-continue-in-single-octets",
			"a continuation frame with FIN that arrives octet by octet with nothing to continue fails the connection", "5.11", rule,
			Send(last.Chopped(1), text.Chopped(1))),
		fragmentFault("nothing-to-continue-without-fin",
			"a continuation frame without FIN and nothing to continue fails the connection", "5.12", rule,
			Send(middle, text)),
		fragmentFault("nothing-to-continue-without-fin-in-a-write-each",
			"a continuation frame without FIN that arrives by itself with nothing to continue fails the connection", "5.13", rule,
			Send(middle), Send(text)),
		fragmentFault("nothing-to-continue-without-fin-in-single-octets",
			"a continuation frame without FIN that arrives octet by octet with nothing to continue fails the connection", "5.14", rule,
			Send(middle.Chopped(1), text.Chopped(1))),
		fragmentFault("nothing-to-continue-alone", "a continuation frame as the only frame fails the connection", "", rule,
			Send(Cont("Hello"))),
		fragmentFault("nothing-to-continue-empty", "an empty continuation frame without FIN as the only frame fails the connection", "", rule,
			Send(Cont("").Part())),
		behind,
	}
}

// fragmentNotFinished are new messages while another is open.
func fragmentNotFinished() []Case {
	const rule = "6455-5.4-3"
	open := func(id, title, alias string, first, second Frame) Case {
		return fragmentFault(id, title, alias, rule, Send(first, second))
	}
	return []Case{
		open("text-inside-text", "a text frame inside a fragmented text message fails the connection", "5.18",
			Text("fragment1").Part(), Text("fragment2")),
		open("text-inside-binary", "a text frame inside a fragmented binary message fails the connection", "",
			Binary("a").Part(), Text("b")),
		open("binary-inside-text", "a binary frame inside a fragmented text message fails the connection", "",
			Text("a").Part(), Binary("b")),
		open("binary-inside-binary", "a binary frame inside a fragmented binary message fails the connection", "",
			Binary("a").Part(), Binary("b")),
		open("first-fragment-inside-text", "a second first fragment inside a fragmented text message fails the connection", "",
			Text("a").Part(), Text("b").Part()),
		open("empty-text-inside-empty-text", "an empty text frame behind an empty first fragment fails the connection", "",
			Text("").Part(), Text("")),
	}
}

// fragmentBothFaults mix good messages with frames that continue nothing.
func fragmentBothFaults() []Case {
	const rule = "6455-5.4-1"
	f1, f2, f3 := Cont("fragment1"), Text("fragment2").Part(), Cont("fragment3")
	behind := fragmentFault("nothing-to-continue-between-messages",
		"a continuation frame behind a good fragmented message fails the connection, whatever follows", "5.15", rule,
		Send(Text("fragment1").Part(), Cont("fragment2")),
		Expect(Text("fragment1fragment2")),
		Send(Cont("fragment3").Part(), Text("fragment4")))
	behind.Needs, behind.Note = needs(Echo), reservedAfterNote
	return []Case{
		behind,
		fragmentFault("nothing-to-continue-before-messages-without-fin",
			"a continuation frame without FIN in front of fragmented messages fails the connection", "5.16", rule,
			Send(f1.Part(), f2, f3, f1.Part(), f2, f3)),
		fragmentFault("nothing-to-continue-before-messages",
			"a continuation frame with FIN in front of fragmented messages fails the connection", "5.17", rule,
			Send(f1, f2, f3, f1, f2, f3)),
	}
}
