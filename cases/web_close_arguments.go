package cases

import (
	"slices"
	"strings"
)

// webCloseArguments is what close makes of its arguments, in each state of the object
// (WHATWG, section 3.1).
func webCloseArguments() []Case {
	var list []Case
	for _, c := range []struct {
		id   string
		code PageValue
	}{
		{"0", Num(0)}, {"999", Num(999)}, {"1001", Num(1001)}, {"1003", Num(1003)}, {"1005", Num(1005)}, {"1006", Num(1006)},
		{"1011", Num(1011)}, {"1015", Num(1015)}, {"2999", Num(2999)}, {"5000", Num(5000)}, {"65535", Num(65535)},
		{"65536", Num(65536)}, {"minus-1", Num(-1)}, {"nan", PageValue{Kind: NotANumber}}, {"null", PageValue{Kind: Null}}, {"a-word", Str("x")},
		{"false", Truth(false)},
	} {
		throws := CallClose(c.code).Throws("InvalidAccessError")
		list = append(list, webCase("close/code-"+c.id, "close with the code "+strings.ReplaceAll(c.id, "-", " ")+" throws InvalidAccessError in each state",
			refs("whatwg-3.1-14", "whatwg-3.1-16"), inEachState(throws), Open(""), Expect(Closes(NoCode))))
	}
	for _, r := range []struct {
		id, what string
		reason   PageValue
	}{
		{"124", "124 octets", OfKind(String, Fill("x", 124))},
		{"42-euros", "42 characters of three octets", OfKind(String, Fill("\u20ac", 126))},
		{"surrogates", "42 unpaired surrogates, which have three octets as U+FFFD", OfKind(String, Fill("\xed\xa0\x80", 126))},
	} {
		throws := CallClose(Num(1000), r.reason).Throws("SyntaxError")
		list = append(list, webCase("close/reason-"+r.id, "close with a reason of "+r.what+" throws SyntaxError in each state",
			refs("whatwg-3.1-15", "whatwg-3.1-16"), inEachState(throws), Open(""), Expect(Closes(NoCode))))
	}
	return append(list,
		webCase("close/code-before-reason", "close with a wrong code and a reason that is too long throws InvalidAccessError", refs("whatwg-3.1-14"),
			opened(CallClose(Num(999), OfKind(String, Fill("x", 124))).Throws("InvalidAccessError"), Await("close")), leavesOpen()...),
		webCase("close/clamped", "a code is clamped to 16 bits and rounded, and not taken modulo 65536", refs("whatwg-3.1-14", "whatwg-3.1-21"),
			opened(CallClose(Num(66536)).Throws("InvalidAccessError"), CallClose(Num(3000.4)), Await("close")),
			Open(""), Expect(Closes(3000))))
}

// inEachState makes a step while the connection is made, open, being closed, and ended.
func inEachState(s PageStep) []PageStep {
	return slices.Concat(moves(Construct(), s), moves(Await("open"), s, Read("readyState", Num(1))),
		moves(CallClose(), s, Read("readyState", Num(2))), moves(Await("close"), s, Read("readyState", Num(3))))
}
