package cases

// webBuffered is bufferedAmount (WHATWG, section 3.1).
func webBuffered() []Case {
	amount := func(n int) PageStep { return Read("bufferedAmount", Num(float64(n))) }
	counts := func(id, title string, about []string, page []PageStep, wire ...Step) Case {
		return webCase("buffered/"+id, title, about, page, wire...)
	}
	return []Case{
		counts("octets", "bufferedAmount counts octets of UTF-8, and neither headers nor masks", refs("whatwg-3.1-24"),
			opened(CallSend(Str("\u20ac")), amount(3), CallSend(OfKind(Buffer, Lit("12345"))), amount(8), CallSend(OfKind(Blob, Lit("ab"))), amount(10),
				CallSend(Str("")), amount(10), Await("close")),
			Open(""), Expect(Text("\u20ac"), Binary("12345"), Binary("ab"), Text("")), Close(1000)),
		counts("surrogate", "bufferedAmount counts the three octets of the U+FFFD that stands for an unpaired surrogate", refs("whatwg-3.1-24", "whatwg-3.1-28"),
			opened(CallSend(Str("\xed\xa0\x80")), amount(3), Await("close")), Open(""), Expect(Text("\ufffd")), Close(1000)),
		counts("drained", "bufferedAmount is 0 again when all has been sent", refs("whatwg-3.1-24"),
			opened(CallSend(OfKind(Buffer, Fill("x", 4096))), amount(4096), Await("message"), amount(0), Await("close")),
			Open(""), Expect(BinaryOf(Fill("x", 4096))), Send(Text("got it")), Close(1000)),
		counts("view", "bufferedAmount grows by the length of a view", refs("whatwg-3.1-24", "whatwg-3.1-31"),
			opened(CallSend(OfKind(View, Lit("view"))), amount(4).OrInfo(PageOutcome{Value: Num(11)}), Await("close")),
			Open(""), Expect(Binary("view")), Close(1000)),
		counts("closing", "what is sent behind close is not transmitted, and counts", refs("whatwg-3.1-25", "whatwg-3.1-32"),
			opened(CallClose(), CallSend(Str("12345")), amount(5), CallSend(OfKind(Buffer, Lit("678"))), amount(8), Await("close"),
				amount(8), CallSend(OfKind(Blob, Lit("9"))), amount(9)),
			Open(""), Expect(Closes(NoCode))),
		counts("closed", "bufferedAmount does not go back to 0 when the connection has ended", refs("whatwg-3.1-25"),
			opened(Await("close"), CallSend(Str("late")), amount(4), CallSend(Str("r")), amount(5)), Open(""), Close(1000)),
		counts("failed", "what is sent behind a failure counts", refs("whatwg-3.1-25"),
			append(append(moves(Construct()), fails()...), CallSend(Str("late")), amount(4)),
			Respond(Status("404 Not Found"), Set("Content-Length", "0")), Expect(Refuse())),
		counts("closed-by-peer", "what is sent behind the peer's Close frame is not transmitted", refs("whatwg-3.1-32"),
			opened(closingOrOver(), CallSend(Str("late")), amount(4), Await("close"), amount(4)),
			Open(""), Send(CloseFrame(1000)), Expect(Closes(1000)), Expect(Wait()).For(heldOpen)),
	}
}
