package cases

import (
	"regexp"
	"slices"
	"strconv"
)

// page reads a line of the page, behind its sign.
func (c *caseParser) page(l *line) {
	if c.isQuick {
		l.fail(l.tok, nil, "what the page does stands before quick, and is the same for both")
	}
	s := PageStep{Do: PageAction(l.oneOf("step of a page", actionWords[:]))}
	if names := pageNames(s.Do); names != nil {
		s.Name = names[l.oneOf("name", names)]
	}
	switch s.Do {
	case PageConstruct, PageClose, PageSend, PageAssign, PageEvent, PagePause:
		for l.fault == nil && l.atPageValue() {
			s.Args = append(s.Args, l.pageValue())
		}
	case PageRead, PageUntil:
		s.Want.Value = l.pageValue()
	}
	if l.tok.is(tokenWord, "throws") {
		s.Want = l.outcome(&s)
	}
	for l.tok.is(tokenWord, "or") {
		l.advance()
		grade := [...]Verdict{Pass, Info, Lax}[l.oneOf("grade", []string{Pass.String(), Info.String(), Lax.String()})]
		s.Or = append(s.Or, PageOption{grade, l.outcome(&s)})
	}
	if l.fault == nil {
		c.c.Page = append(c.c.Page, s)
	}
}

// pageNames are the names that an action can have; nil when it has none.
func pageNames(do PageAction) []string {
	switch do {
	case PageWithin:
		return pagePlaces[:]
	case PageAssign, PageRead, PageUntil:
		return pageAttributes[:]
	case PageAwait, PageMaybe:
		return pageEvents[:]
	}
	return nil
}

// outcome reads how a step may end.
func (l *line) outcome(s *PageStep) (o PageOutcome) {
	switch {
	case l.tok.is(tokenWord, "throws"):
		l.advance()
		o.Throws = l.word("the name of the exception")
	case s.Do == PageUntil && l.tok.is(tokenWord, "event"):
		l.advance()
		o.Event = pageEvents[l.oneOf("event", pageEvents[:])]
	case s.HasValue():
		o.Value = l.pageValue()
	default:
		l.oneOf("outcome", []string{"returns", "throws"})
	}
	return o
}

// atPageValue reports whether a value begins here.
func (l *line) atPageValue() bool {
	return l.atPayload() || l.tok.kind == tokenWord && (l.tok.text == "true" || l.tok.text == "false" ||
		numeral.MatchString(l.tok.text) || slices.Contains(kindWords[1:], l.tok.text))
}

// numeral is a number as FormatFloat writes it.
var numeral = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// pageValue reads a value.
func (l *line) pageValue() PageValue {
	at := l.tok
	if l.atPayload() {
		return PageValue{Kind: String, Octets: l.payload()}
	}
	w := l.word("a value")
	switch kind := PageKind(slices.Index(kindWords[:], w)); {
	case w == "true", w == "false":
		return Truth(w == "true")
	case numeral.MatchString(w):
		n, err := strconv.ParseFloat(w, 64)
		if err != nil {
			l.fail(at, nil, "%s is out of the range of numbers", w)
		}
		return Num(n)
	case w == "list":
		v := PageValue{Kind: StringList}
		for l.tok.kind == tokenString {
			v.List = append(v.List, l.quoted("a string"))
		}
		return v
	case w == "buffer", w == "blob", w == "view":
		return PageValue{Kind: kind, Octets: l.payload()}
	case w == "undefined", w == "null", w == "NaN":
		return PageValue{Kind: kind}
	}
	l.fail(at, kindWords[1:], `a value is "...", a number, true, false, list "..." "...", or one of undefined, null, NaN, buffer, blob and view`)
	return PageValue{}
}
