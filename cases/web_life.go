package cases

import "time"

// webLife is what ends a WebSocket object, and what does not (WHATWG, section 7).
func webLife() []Case {
	left := Expect(Closes(1001)).OrLax(Closes()).OrLax(End())
	withheld := func(id, title, place string) Case {
		return webCase("life/"+id, title, refs("whatwg-7-4"), moves(Within(place), Construct(), PauseFor(200), Leave()), // by then the request is there
			dialled(), Expect(Requested(""), End()).For(time.Second)).asked()
	}
	worker := webCase("life/terminated", "a worker that is terminated ends its connection", refs("whatwg-7-5"),
		append(moves(Within("worker")), opened(Leave())...), Open(""), left)
	worker.Note = "The standard tells the code 1001 for documents that go away. What a worker sends that is terminated is left open."
	return []Case{
		webCase("life/navigated", "a frame that goes to another document sends a Close frame with 1001", refs("whatwg-7-5"),
			append(moves(Within("frame")), opened(Leave())...), Open(""), left),
		withheld("navigated-before", "a frame that goes to another document before the connection is open ends it", "frame"),
		withheld("terminated-before", "a worker that is terminated before the connection is open ends it", "worker"),
		worker,
		webCase("life/forgotten", "an object that nothing refers to, but its own handlers, still gets its events", refs("whatwg-7-1"),
			opened(Forget(), Collect(), Collect(), Await("message"), Await("close")),
			Open(""), Alive(), Alive(), Send(Text("still there?")), Close(1000)),
		webCase("life/forgotten-before", "an object that nothing refers to while it connects still gets its events", refs("whatwg-7-1"),
			moves(Construct(), Forget(), Collect(), Collect(), Await("open"), Await("message"), Await("close")),
			Open(""), Send(Text("still there?")), Close(1000)),
		webCase("life/forgotten-queue", "what an object has queued is sent when nothing refers to that any more", refs("whatwg-7-2"),
			opened(CallSend(OfKind(Buffer, Fill("0123456789abcdef", 1<<20))), Forget(), Collect(), Collect(), Await("close")),
			Open(""), Expect(BinaryOf(Fill("0123456789abcdef", 1<<20))), Close(1000)),
	}
}
