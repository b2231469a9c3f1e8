package cases

import "slices"

// webCases are what the WHATWG standard says of the WebSocket object of a web page.
func webCases() []Case {
	return slices.Concat(webConstructor(), webProtocols(), webAttributes(), webHandshake(), webFailures(),
		webSend(), webBuffered(), webMessages(), webCloseArguments(), webClosing(), webClosed(), webPlaces(), webLife())
}

// webCase is a case for pages: what the page does, and what the wire shows meanwhile.
func webCase(id, title string, refs []string, page []PageStep, wire ...Step) Case {
	return Case{ID: "web/" + id, Title: title, Refs: refs, Subject: Page, Page: page, Steps: wire}
}

// asked makes the case one in which the request of the page is looked at.
func (c Case) asked() Case {
	c.Needs = append(c.Needs, Dialing)
	return c
}

// moves makes the steps of a page read like a program.
func moves(list ...PageStep) []PageStep { return list }

// opened are the steps of a page that is open, and those that follow.
func opened(more ...PageStep) []PageStep {
	return append(moves(Construct(), Await("open")), more...)
}

// closesWith are the steps of a page that awaits the event close, and what it tells.
func closesWith(code int, reason string, clean bool) []PageStep {
	return moves(Await("close"), Read("code", Num(float64(code))), Read("reason", Str(reason)), Read("wasClean", Truth(clean)),
		Read("readyState", Num(3)))
}

// fails are the steps of a page whose connection fails.
func fails() []PageStep {
	return append(moves(Await("error"), Read("readyState", Num(3))), closesWith(1006, "", false)...)
}

// leavesOpen is the wire of a connection that the page leaves open.
func leavesOpen() []Step { return steps(Open(""), Close(1000)) }

// throwing is a page that calls the constructor, which throws.
func throwing(args ...PageValue) []PageStep { return moves(Construct(args...).Throws("SyntaxError")) }

// caseURL is the URL that a case is played at, written out.
const caseURL = "ws://{host}{target}"

// dialled begins the wire of a case that looks at the request: which the page makes,
// without being told.
func dialled() DialStep { return DialStep{} }
