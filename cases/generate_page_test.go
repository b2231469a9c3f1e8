package cases

// page makes steps of a page that use all that there is.
func (g generator) page() []PageStep {
	list := []PageStep{Construct()}
	if g.chance() {
		list = []PageStep{Within(pick(g, pagePlaces[:]...)), Construct(Str("ws://{host}/"), pick(g, Str("a"), Strs("a", "b"), Strs()))}
	}
	for range 1 + g.IntN(5) {
		list = append(list, g.pageStep()...)
	}
	if g.chance() {
		list = append(list, Leave())
	}
	return list
}

func (g generator) pageStep() []PageStep {
	attribute := pick(g, pageAttributes[:]...)
	s := pick(g, CallClose(), CallClose(g.pageValue(), g.pageValue()), CallSend(g.pageValue()), Assign(attribute, g.pageValue()),
		Read(attribute, g.pageValue()), Until(attribute, g.pageValue()), Await(pick(g, pageEvents[:]...)),
		MakeEvent(g.pageValue()), Forget(), Collect(), PauseFor(1+g.IntN(100)))
	switch {
	case s.Do == PageAwait:
		return []PageStep{MaybeAwait("error"), s}
	case !s.HasValue() && g.chance():
		s = s.Throws("SyntaxError").OrLax(PageOutcome{}).OrInfo(PageOutcome{Throws: "TypeError"})
	case s.Do == PageUntil && g.chance():
		s = s.OrInfo(PageOutcome{Event: "close"})
	case s.HasValue() && g.chance():
		s = s.OrLax(PageOutcome{Value: g.pageValue()}).OrInfo(PageOutcome{Throws: "TypeError"})
	}
	return []PageStep{s}
}

func (g generator) pageValue() PageValue {
	octets := pick(g, nil, Lit("a\xff\"\n"), Fill("ab", 5))
	return pick(g, Num(1000), Num(-1.5), Num(0), Str(g.text()), Strs("a", "\""), Truth(true), Truth(false), PageValue{Kind: Undefined},
		PageValue{Kind: Null}, PageValue{Kind: NotANumber}, OfKind(Buffer, octets), OfKind(Blob, octets), OfKind(View, octets))
}
