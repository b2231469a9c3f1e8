package cases

// webAttributes is what the object has before it is open (WHATWG, section 3.1).
func webAttributes() []Case {
	constants := moves(Construct())
	for i, name := range []string{"CONNECTING", "OPEN", "CLOSING", "CLOSED"} {
		value := Num(float64(i))
		constants = append(constants, Read(name, value), Read("WebSocket."+name, value),
			Assign(name, Num(7)).Throws("TypeError"), Read(name, value))
	}
	at := func(id, title, ref string, page ...PageStep) Case {
		return webCase("attributes/"+id, title, refs(ref), append(page, Await("open"), Await("close")), leavesOpen()...)
	}
	return []Case{
		at("ready-state", "readyState is 0 behind the constructor, which returns before any event", "whatwg-3.1-2",
			Construct(), Read("readyState", Num(0))),
		at("binary-type", "binaryType is blob at first", "whatwg-3.1-1", Construct(), Read("binaryType", Str("blob"))),
		at("protocol-and-extensions", "protocol and extensions are empty before the event open", "whatwg-3.1-13",
			Construct(), Read("protocol", Str("")), Read("extensions", Str(""))),
		at("buffered-amount", "bufferedAmount is 0 at first", "whatwg-3.1-24", Construct(), Read("bufferedAmount", Num(0))),
		at("url", "url is that of the constructor", "whatwg-3.1-12", Construct(), Read("url", Str(caseURL))),
		at("constants", "the constants are on the object and on its interface, and cannot be changed", "whatwg-3.1-3", constants...),
		at("in-parallel", "the connection is made in parallel, and no event comes before the constructor has returned", "whatwg-3.1-11",
			Construct(), Read("readyState", Num(0))),
		at("read-only", "readyState cannot be set", "whatwg-3.1-2",
			Construct(), Assign("readyState", Num(1)).Throws("TypeError"), Read("readyState", Num(0))),
	}
}
