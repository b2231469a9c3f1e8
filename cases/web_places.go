package cases

// webPlaces are WebSocket objects elsewhere than in the page itself: in a frame, and in
// a worker.
func webPlaces() []Case {
	var list []Case
	for _, place := range []string{"frame", "worker"} {
		in := func(id, title string, about []string, page []PageStep, wire ...Step) Case {
			return webCase(place+"/"+id, title+" in a "+place, about, append(moves(Within(place)), page...), wire...)
		}
		list = append(list,
			in("messages", "messages come and go", refs("whatwg-4-4", "whatwg-3.1-28"),
				opened(CallSend(Str("up")), CallSend(OfKind(Buffer, Lit("\x00\xff"))), Await("message"), Read("data", Str("down")), Await("close")),
				Open(""), Expect(Text("up"), Binary("\x00\xff")), Send(Text("down")), Close(1000)),
			in("origin", "the request has the origin of the page", refs("whatwg-2.2-5", "6455-4.1-30"), opened(Await("close")),
				dialled(), Expect(Requested("").Equal("Origin", "{origin}").Without("Referer")), Respond(), Close(1000)).asked(),
			in("close", "close sends its code and reason", refs("whatwg-3.1-21", "whatwg-3.1-22"),
				append(opened(CallClose(Num(3000), Str("bye"))), Await("close"), Read("code", Num(3000)), Read("wasClean", Truth(true))),
				Open(""), Expect(Closes(3000).Because(Lit("bye")))),
			in("refused", "a refused connection gives error, and close 1006", refs("whatwg-2.2-10"), append(moves(Construct()), fails()...),
				Respond(Status("404 Not Found"), Set("Content-Length", "0")), Expect(Refuse())),
			in("url", "a wrong URL throws SyntaxError", refs("whatwg-3.1-7"), throwing(Str("ftp://127.0.0.1/"))),
		)
	}
	return list
}
