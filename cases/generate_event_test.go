package cases

import "time"

func (g generator) answer() Expectation {
	e := Expect(g.response())
	for range g.IntN(3) {
		e = e.or(pick(g, Pass, Info, Lax, Failed), []Event{g.response()})
	}
	return e
}

func (g generator) response() Event {
	if g.chance() {
		return Refuse(some(g, 4, 5, 426, 501)...)
	}
	a := Answer(some(g, 101, 4, 5, 200, 599)...)
	for range g.IntN(3) {
		g.one(func() { a = a.With("x"+g.text(), g.text()) },
			func() { a = a.Equal("x"+g.text(), g.text()) },
			func() { a = a.Without("x" + g.text()) },
			func() { a = a.Has("x" + g.text()) })
	}
	return a
}

func (g generator) expectation() Expectation {
	var e Expectation
	for range 1 + g.IntN(3) {
		grade := pick(g, Pass, Info, Lax, Failed)
		e = e.or(grade, g.events())
	}
	e.Within = 1 + g.duration() // that Wait is allowed
	if g.chance() {
		e.Within = time.Second
	}
	e.Else = pick(g, Pass, Info, Lax)
	return e
}

func (g generator) events() []Event {
	var list []Event
	for range g.IntN(3) {
		message := Frame{Opcode: pick(g, OpText, OpBinary, OpPong), Payload: g.payload()}
		if g.chance() {
			list = append(list, message)
		} else {
			list = append(list, Maybe(message))
		}
	}
	return append(list, pick[Event](g, End(), Wait(), Anything(), Closes(), Closes(1000, NoCode),
		Maybe(End()), Maybe(Closes(3000)), Closes(1000).Because(Lit("a")), Fail(1002), Fail(1007, 4999)))
}
