package cases

// webMessages is the event message (WHATWG, section 4).
func webMessages() []Case {
	gets := func(id, title string, about []string, sent Frame, page ...PageStep) Case {
		return webCase("message/"+id, title, about, opened(append(page, Await("close"))...), Open(""), Send(sent), Close(1000))
	}
	data := func(v PageValue) PageStep { return Read("data", v) }
	buffers := Assign("binaryType", Str("arraybuffer"))
	list := []Case{
		gets("text", "a text message is a string", refs("whatwg-4-4", "whatwg-3.1-34"), Text("Gr\u00fc\u00dfe"), Await("message"), data(Str("Gr\u00fc\u00dfe")), Read("type", Str("message"))),
		gets("empty-text", "an empty text message is an empty string", refs("whatwg-4-4"), Text(""), Await("message"), data(Str(""))),
		gets("nul", "U+0000 in a text message stays", refs("whatwg-4-4"), Text("a\x00b"), Await("message"), data(Str("a\x00b"))),
		gets("byte-order-mark", "a byte order mark in front of a text message stays", refs("whatwg-4-4"), Text("\ufeffa"), Await("message"), data(Str("\ufeffa"))),
		gets("last-character", "U+10FFFF in a text message stays", refs("whatwg-4-4"), Text("\U0010ffff"), Await("message"), data(Str("\U0010ffff"))),
		gets("blob", "a binary message is a Blob at first", refs("whatwg-4-5", "whatwg-3.1-1"), Binary("a\x00\xff"), Await("message"), data(OfKind(Blob, Lit("a\x00\xff")))),
		gets("empty-blob", "an empty binary message is an empty Blob", refs("whatwg-4-5"), Binary(""), Await("message"), data(OfKind(Blob, nil))),
		gets("buffer", "a binary message is an ArrayBuffer where binaryType says so", refs("whatwg-4-5"), Binary("a\x00\xff"), buffers, Await("message"), data(OfKind(Buffer, Lit("a\x00\xff")))),
		gets("empty-buffer", "an empty binary message is an empty ArrayBuffer", refs("whatwg-4-5"), Binary(""), buffers, Await("message"), data(OfKind(Buffer, nil))),
		gets("origin", "the origin of a message is that of the URL", refs("whatwg-4-6"), Text("x"), Await("message"), Read("origin", Str("ws://{host}"))),
		gets("large", "a message of 1 MiB comes whole", refs("whatwg-4-5"), BinaryOf(Fill("0123456789abcdef", 1<<20)), buffers, Await("message"), data(OfKind(Buffer, Fill("0123456789abcdef", 1<<20)))),
	}
	both := func(id, title, about string, page []PageStep, wire ...Step) {
		list = append(list, webCase("message/"+id, title, refs(about), append(page, Await("close")), append(append(steps(Open("")), wire...), Close(1000))...))
	}
	both("binary-type-between", "binaryType decides when a message is delivered", "whatwg-4-5",
		opened(Await("message"), data(OfKind(Blob, Lit("1"))), buffers, Await("message"), data(OfKind(Buffer, Lit("2"))),
			Assign("binaryType", Str("blob")), Await("message"), data(OfKind(Blob, Lit("3")))), Send(Binary("1"), Binary("2"), Binary("3")))
	both("pings", "pings and pongs are no events", "whatwg-5-3",
		opened(Await("message"), data(Str("text"))), Send(Ping("a"), Pong("b"), Ping("c"), Text("text")), Expect(Pong("a"), Pong("c")))
	both("fragments", "a message in fragments, with a ping between them, is one event", "whatwg-4-4",
		opened(Await("message"), data(Str("frag\u00e9"))), Send(Text("frag\xc3").Part(), Ping("x"), Cont("\xa9")), Expect(Pong("x")))
	for _, bad := range []struct{ id, value string }{{"unknown", "foo"}, {"empty", ""}, {"upper-case", "Blob"}, {"other-case", "arrayBuffer"}} {
		list = append(list, webCase("binary-type/"+bad.id, "binaryType does not take another value: "+bad.id, refs("whatwg-3.1-26"),
			opened(buffers, Assign("binaryType", Str(bad.value)), Read("binaryType", Str("arraybuffer")), Await("close")), leavesOpen()...))
	}
	return append(list,
		webCase("binary-type/set", "binaryType takes blob and arraybuffer, also before the connection is open", refs("whatwg-3.1-26"),
			moves(Construct(), buffers, Read("binaryType", Str("arraybuffer")), Await("open"), Read("binaryType", Str("arraybuffer")),
				Assign("binaryType", Str("blob")), Read("binaryType", Str("blob")), Await("close")), leavesOpen()...),
		webCase("message/behind-close", "a message that comes behind close is not delivered", refs("whatwg-4-3"),
			opened(Await("message"), CallClose(Num(1000)), Await("close")),
			Open(""), Send(Text("first"), Text("second"), Binary("third")), Expect(Closes(1000))),
		webCase("message/behind-close-in-open", "a message that comes with the response is not delivered where the handler of open closes", refs("whatwg-4-3"),
			opened(CallClose(Num(3000)), Await("close")),
			Respond().Followed(Text("early")), Expect(Closes(3000))),
		webCase("message/with-close", "a message in front of a Close frame in the same segment is delivered", refs("whatwg-4-3", "whatwg-4-4"),
			opened(Await("message"), data(Str("last")), Await("close")),
			Open(""), Send(Text("last"), CloseFrame(1000)), Expect(Closes(1000))),
		webCase("message/with-response", "a message in the same segment as the response comes behind the event open", refs("whatwg-4-1", "whatwg-4-4"),
			opened(Await("message"), data(Str("early")), Await("close")),
			Respond().Followed(Text("early")), Close(1000)),
	)
}
