package cases

// webProtocols is what the constructor makes of its protocols (WHATWG, section 3.1).
func webProtocols() []Case {
	var list []Case
	for _, p := range []struct {
		id, what string
		value    PageValue
	}{
		{"twice", "the same twice", Strs("a", "a")},
		{"empty", "an empty one", Strs("")},
		{"empty-string", "an empty string", Str("")},
		{"space", "one with a space", Strs("a b")},
		{"comma", "one with a comma", Strs("a,b")},
		{"control", "one with NUL", Strs("a\x00")},
		{"delete", "one with DEL", Strs("a\x7f")},
		{"c1", "one with U+0080", Strs("a\u0080")},
		{"not-ascii", "one that is not ASCII", Strs("\u00e9")},
		{"slash", "one with a slash", Strs("a/b")},
		{"quotes", "one in quotes", Str(`"a"`)},
		{"second", "a second one that is no token", Strs("a", "b=c")},
	} {
		list = append(list, webCase("protocols/"+p.id, "the constructor throws SyntaxError for protocols with "+p.what,
			refs("whatwg-3.1-10"), throwing(Str(caseURL), p.value)))
	}
	for _, p := range []struct {
		id, title, field, answer string
		value                    PageValue
	}{
		{"string", "a string of protocols is a list of one", "chat", "chat", Str("chat")},
		{"list", "protocols are offered in their order", "b, a, c", "a", Strs("b", "a", "c")},
		{"case", "protocols that differ in case alone are different", "a, A", "A", Strs("a", "A")},
		{"signs", "a protocol may have all characters of a token", "!#$%&'*+-.^_`|~0aZ", "!#$%&'*+-.^_`|~0aZ", Str("!#$%&'*+-.^_`|~0aZ")},
	} {
		list = append(list, webCase("protocols/"+p.id, p.title, refs("whatwg-3.1-9", "whatwg-2.2-8", "whatwg-4-2"),
			moves(Construct(Str(caseURL), p.value), Await("open"), Read("protocol", Str(p.answer)), Await("close")),
			dialled(), Expect(Requested("").Equal("Sec-WebSocket-Protocol", p.field)),
			Respond(Set("Sec-WebSocket-Protocol", p.answer)), Close(1000)).asked())
	}
	none := func(id, title string, args ...PageValue) Case {
		return webCase("protocols/"+id, title, refs("whatwg-2.2-8"),
			moves(Construct(args...), Await("open"), Read("protocol", Str("")), Await("close")),
			dialled(), Expect(Requested("").Without("Sec-WebSocket-Protocol")), Respond(), Close(1000)).asked()
	}
	return append(list, none("none", "without protocols there is no such field", Str(caseURL)),
		none("empty-list", "an empty list of protocols is none", Str(caseURL), Strs()))
}
