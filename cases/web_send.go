package cases

import "strconv"

// webSend is what send puts on the wire (WHATWG, section 3.1).
func webSend() []Case {
	var list []Case
	sends := func(id, title, ref string, message Frame, data ...PageValue) {
		page := opened()
		for _, d := range data {
			page = append(page, CallSend(d))
		}
		list = append(list, webCase("send/"+id, title, refs(ref), append(page, Await("close")), Open(""), Expect(message), Close(1000)))
	}
	sends("text", "a string is a text message in UTF-8", "whatwg-3.1-28", Text("Gr\u00fc\u00dfe \U0001f600"), Str("Gr\u00fc\u00dfe \U0001f600"))
	sends("empty-text", "an empty string is an empty text message", "whatwg-3.1-28", Text(""), Str(""))
	sends("last-character", "U+10FFFF is sent as it is", "whatwg-3.1-28", Text("\U0010ffff"), Str("\U0010ffff"))
	sends("nul", "U+0000 is sent as it is", "whatwg-3.1-28", Text("a\x00b"), Str("a\x00b"))
	sends("high-surrogate", "a high surrogate alone is sent as U+FFFD", "whatwg-3.1-28", Text("\ufffdx"), Str("\xed\xa0\x80x"))
	sends("low-surrogate", "a low surrogate alone is sent as U+FFFD", "whatwg-3.1-28", Text("x\ufffd"), Str("x\xed\xb0\x80"))
	sends("swapped-surrogates", "surrogates in the wrong order are sent as two U+FFFD", "whatwg-3.1-28", Text("\ufffd\ufffd"), Str("\xed\xb0\x80\xed\xa0\x80"))
	sends("number", "what is no string, buffer or blob is sent as the string that it is turned into", "whatwg-3.1-28", Text("1.5"), Num(1.5))
	sends("null", "null is sent as the string that it is turned into", "whatwg-3.1-28", Text("null"), PageValue{Kind: Null})
	for _, n := range []int{0, 1, 125, 126, 65535, 65536} {
		payload := Fill("\x00\x7f\x80\xff", n)
		size := strconv.Itoa(n)
		sends("buffer-"+size, "an ArrayBuffer of "+size+" octets is a binary message", "whatwg-3.1-30",
			BinaryOf(payload), OfKind(Buffer, payload))
	}
	sends("blob", "a Blob is a binary message", "whatwg-3.1-29", Binary("a\x00\xff"), OfKind(Blob, Lit("a\x00\xff")))
	sends("empty-blob", "an empty Blob is an empty binary message", "whatwg-3.1-29", Binary(""), OfKind(Blob, nil))
	sends("view", "a view is sent without what is around it", "whatwg-3.1-31", Binary("middle"), OfKind(View, Lit("middle")))
	sends("empty-view", "a view of nothing is an empty message", "whatwg-3.1-31", Binary(""), OfKind(View, nil))
	return append(list,
		webCase("send/order", "a Blob keeps its place before a string that is sent behind it", refs("whatwg-3.1-29"),
			opened(CallSend(OfKind(Blob, Fill("b", 70000))), CallSend(Str("after")), CallSend(OfKind(Buffer, Lit("last"))), Await("close")),
			Open(""), Expect(BinaryOf(Fill("b", 70000)), Text("after"), Binary("last")), Close(1000)),
		webCase("send/connecting", "send before the connection is open throws InvalidStateError", refs("whatwg-3.1-27"),
			moves(Construct(), CallSend(Str("early")).Throws("InvalidStateError"), CallSend(OfKind(Blob, nil)).Throws("InvalidStateError"),
				Await("open"), CallSend(Str("late")), Await("close")),
			Open(""), Expect(Text("late")), Close(1000)),
		webCase("send/then-close", "what is sent before close goes out before the Close frame", refs("whatwg-3.1-23"),
			opened(CallSend(OfKind(Buffer, Fill("0123456789abcdef", 1<<20))), CallClose(Num(1000)), Await("close"), Read("wasClean", Truth(true))),
			Open(""), Expect(BinaryOf(Fill("0123456789abcdef", 1<<20))), Expect(Closes(1000))),
		webCase("send/blob-then-close", "a Blob that is sent before close goes out before the Close frame", refs("whatwg-3.1-23", "whatwg-3.1-29"),
			opened(CallSend(OfKind(Blob, Lit("blob"))), CallClose(Num(1000)), Await("close"), Read("wasClean", Truth(true))),
			Open(""), Expect(Binary("blob")), Expect(Closes(1000))),
	)
}
