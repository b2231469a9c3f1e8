package cases

import (
	"math"
	"strconv"
)

var eventWords = [...]string{
	"text", "binary", "pong", "close", "end", "fail", "answer", "refuse", "request", "declined",
	"maybe", "wait", "anything", "message",
}

// events reads events with semicolons between them.
func (l *line) events() []Event {
	events := []Event{l.event()}
	for l.accept(";") {
		events = append(events, l.event())
	}
	return events
}

func (l *line) event() Event {
	if !l.tok.is(tokenWord, "maybe") {
		return l.certainEvent()
	}
	l.advance()
	return Maybe(l.certainEvent())
}

// certainEvent reads an event other than a maybe.
func (l *line) certainEvent() Event {
	at := l.tok
	switch name := eventWords[l.oneOf("event", eventWords[:])]; name {
	case "text", "binary", "pong":
		f := Frame{}
		f.Opcode, _ = opcodeOf(name)
		if name != "pong" && l.tok.is(tokenWord, "any") {
			l.advance()
			return MessageEvent{f.Opcode}
		}
		if l.atPayload() {
			f.Payload = l.payload()
		}
		return f
	case "close":
		return l.closeEvent()
	case "end":
		return End()
	case "fail":
		return Fail(l.codes()...)
	case "answer":
		return l.answer()
	case "refuse":
		if l.tok.kind != tokenWord {
			return Refuse()
		}
		return Refuse(l.statuses()...)
	case "request":
		return RequestEvent{Target: l.quoted("the target"), Checks: l.checks()}
	case "declined":
		return Declined()
	case "wait":
		return Wait()
	case "anything":
		return Anything()
	case "message":
		return AnyMessage()
	}
	l.fail(at, nil, "maybe within maybe")
	return End()
}

func (l *line) closeEvent() CloseEvent {
	switch {
	case l.tok.is(tokenWord, "any"):
		l.advance()
		return Closes()
	case l.tok.kind != tokenWord:
		l.fail(l.tok, nil, "the close code is missing; write %d for none, any for whatever is legal", NoCode)
	}
	e := Closes(l.codes()...)
	if l.atPayload() {
		e.Reason = l.payload()
	}
	return e
}

func (l *line) codes() []uint16 {
	var codes []uint16
	for _, n := range l.numbers("the close code", 0, math.MaxUint16) {
		codes = append(codes, uint16(n))
	}
	return codes
}

// answer reads an HTTP response and what its fields must hold.
func (l *line) answer() AnswerEvent {
	return AnswerEvent{Status: l.statuses(), Checks: l.checks()}
}

func (l *line) checks() (checks []FieldCheck) {
	for l.tok.kind == tokenWord {
		c := FieldCheck{Op: FieldOp(l.oneOf("check", checkWords[:]))}
		c.Name = l.quoted("the name of the field")
		if c.Op.hasValue() {
			c.Value = l.quoted("the value")
		}
		checks = append(checks, c)
	}
	return checks
}

func (l *line) statuses() []int {
	list := []int{l.status()}
	for l.accept(",") {
		list = append(list, l.status())
	}
	return list
}

// status reads a status code, or a class of them as 4 or 5.
func (l *line) status() int {
	at := l.tok
	switch w := l.word("the status"); w {
	case "4xx":
		return 4
	case "5xx":
		return 5
	default:
		n, err := strconv.Atoi(w)
		if err != nil || n < 100 || n > 599 {
			l.fail(at, nil, "the status is %q, not a number within 100 and 599, nor 4xx or 5xx", w)
		}
		return n
	}
}
