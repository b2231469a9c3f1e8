package cases

import "strconv"

// webClosing is the closing handshake that a page begins (WHATWG, section 3.1).
func webClosing() []Case {
	var list []Case
	sends := func(id, title string, about []string, call PageStep, frame CloseEvent) {
		page := opened(call, Read("readyState", Num(2)), Await("close"), Read("code", Num(float64(frame.Codes[0]))),
			Read("wasClean", Truth(true)), Read("readyState", Num(3)))
		list = append(list, webCase("close/"+id, title, about, page, Open(""), Expect(frame)))
	}
	sends("no-arguments", "close without arguments sends a Close frame without a body", refs("whatwg-3.1-20", "whatwg-3.1-19"), CallClose(), Closes(NoCode))
	sends("undefined", "close with undefined is close without arguments", refs("whatwg-3.1-20"), CallClose(PageValue{Kind: Undefined}), Closes(NoCode))
	for _, code := range []uint16{1000, 3000, 3999, 4000, 4999} {
		n := strconv.Itoa(int(code))
		sends("code-"+n, "close with the code "+n+" sends that", refs("whatwg-3.1-21", "whatwg-3.1-19"), CallClose(Num(float64(code))), Closes(code))
	}
	for _, r := range []struct {
		id, what   string
		said, sent Payload
	}{
		{"short", "a reason follows the code", Lit("bye"), Lit("bye")},
		{"utf8", "a reason is sent in UTF-8", Lit("\u20ac\U0001f600"), Lit("\u20ac\U0001f600")},
		{"surrogate", "an unpaired surrogate in a reason is sent as U+FFFD", Lit("\u20ac\xed\xa0\x80"), Lit("\u20ac\ufffd")},
		{"nul", "U+0000 in a reason is sent as it is", Lit("a\x00b"), Lit("a\x00b")},
		{"123", "a reason of 123 octets is sent", Fill("x", 123), Fill("x", 123)},
		{"41-euros", "a reason of 41 characters of three octets is sent", Fill("\u20ac", 123), Fill("\u20ac", 123)},
	} {
		sends("reason-"+r.id, r.what, refs("whatwg-3.1-22", "whatwg-3.1-15"), CallClose(Num(3000), OfKind(String, r.said)), Closes(3000).Because(r.sent))
	}
	return append(list, webCloseTwice()...)
}

// webCloseTwice is close where it does nothing.
func webCloseTwice() []Case {
	return []Case{
		webCase("close/twice", "close behind close does nothing", refs("whatwg-3.1-17"),
			opened(CallClose(Num(3000)), CallClose(Num(3001)), CallClose(), Read("readyState", Num(2)), Await("close"), Read("code", Num(3000)),
				CallClose(Num(3002)), Read("readyState", Num(3))),
			Open(""), Expect(Closes(3000))),
		webCase("close/behind-the-peers", "close behind the Close frame of the server does nothing", refs("whatwg-3.1-17"),
			append(opened(closingOrOver(), CallClose(Num(3000))), closesWith(1000, "", true)...),
			Open(""), Send(CloseFrame(1000)), Expect(Closes(1000)), Expect(Wait()).For(heldOpen)),
	}
}
