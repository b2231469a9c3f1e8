package cases

import (
	"strconv"
	"time"
)

// heldOpen is how long the server leaves TCP open behind a closing handshake.
const heldOpen = 200 * time.Millisecond

// closingOrOver waits until the browser has the Close frame of the server. Where it
// does not wait for the end of TCP, nothing more can be seen.
func closingOrOver() PageStep {
	return Until("readyState", Num(2)).OrInfo(PageOutcome{Event: "close"})
}

// webClosed is the event close, and what comes before it (WHATWG, sections 4 and 6).
func webClosed() []Case {
	var list []Case
	for _, c := range []struct {
		id, title, reason string
		code              int
	}{
		{"1000", "a Close frame with 1000 ends the connection cleanly", "", 1000},
		{"1001", "code and reason are those of the Close frame", "going away", 1001},
		{"3000", "a reason is decoded as UTF-8", "\u00e9\U0001f600", 3000},
		{"4999", "the last of the private codes comes to the page", "", 4999},
		{"byte-order-mark", "a byte order mark in front of a reason stays", "\ufeffx", 1000},
		{"longest", "a reason of 123 octets comes to the page", string(Fill("x", 123).Append(nil, 0)), 1000},
	} {
		list = append(list, webCase("closed/"+c.id, c.title, refs("whatwg-4-10", "whatwg-4-8"), opened(closesWith(c.code, c.reason, true)...),
			Open(""), Send(CloseFrame(uint16(c.code), Lit(c.reason))), Expect(Closes(uint16(c.code)))))
	}
	list = append(list,
		webCase("closed/without-a-code", "a Close frame without a body gives 1005", refs("whatwg-4-10"), opened(closesWith(1005, "", true)...),
			Open(""), Send(CloseBody("")), Expect(Closes(NoCode)).OrLax(Closes(1000))),
		webCase("closed/held-open", "readyState is 2 from the Close frame until TCP ends, and the event close comes behind that", refs("whatwg-4-7", "whatwg-4-8"),
			append(opened(Until("readyState", Num(2))), closesWith(1000, "", true)...),
			Open(""), Send(CloseFrame(1000)), Expect(Closes(1000)), Expect(Wait()).For(heldOpen)),
		webCase("closed/dropped", "the end of TCP without a Close frame gives 1006, and is not clean", refs("whatwg-4-10"),
			append(opened(CallSend(Str("ready")), MaybeAwait("error")), closesWith(1006, "", false)...), Open(""), Expect(Text("ready")), Shut(), Expect(End()).Or(Closes(), End())),
		webCase("closed/event", "a new CloseEvent has the initial values", refs("whatwg-6-1"),
			moves(MakeEvent(), Read("code", Num(0)), Read("reason", Str("")), Read("wasClean", Truth(false)), Read("type", Str("close")),
				MakeEvent(Num(3000), Str("why"), Truth(true)), Read("code", Num(3000)), Read("reason", Str("why")), Read("wasClean", Truth(true)))),
	)
	return append(list, webFailed()...)
}

// webFailed are connections that the browser fails when they are open.
func webFailed() []Case {
	var list []Case
	failed := func(id, what string, sent ...Frame) {
		list = append(list, webCase("failed/"+id, what+" gives error, and close 1006", refs("whatwg-4-9", "whatwg-4-10", "whatwg-4-11"),
			opened(append(moves(CallSend(Str("ready"))), fails()...)...), Open(""), Expect(Text("ready")), Send(sent...), FailsWith(1002, 1007)))
	}
	list = append(list, webCase("failed/at-once", "a frame that fails the connection in the same segment as the response gives open, error and close",
		refs("whatwg-4-1", "whatwg-4-9"), opened(fails()...), Respond().Followed(Op(3, "x")), FailsWith(1002)))
	failed("reserved-bit", "RSV2 in a frame", Text("x").WithRSV(reserved2))
	failed("masked", "a masked frame", Text("x").Masked())
	failed("opcode", "a reserved opcode", Op(3, "x"))
	failed("utf8", "a text message that is not UTF-8", Text("\xff"))
	failed("fragmented-ping", "a fragmented ping", Ping("x").Part())
	failed("long-ping", "a ping of 126 octets", PingOf(Fill("x", 126)))
	failed("continuation", "a continuation of nothing", Cont("x"))
	failed("close-body", "a Close frame with a body of one octet", CloseBody("x"))
	for _, code := range []int{1005, 1006, 1015} {
		n := strconv.Itoa(code)
		failed("close-"+n, "a Close frame with the code "+n, CloseFrame(uint16(code)))
	}
	return list
}
