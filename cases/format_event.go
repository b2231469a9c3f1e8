package cases

import "strconv"

// appendExpectation writes an expectation. Its first alternative, when it passes,
// has a line for each event; every other alternative has one line.
func appendExpectation(dst []byte, e Expectation, indent string) []byte {
	for i, a := range e.Alternatives {
		if i == 0 && a.Grade == Pass {
			for _, event := range a.Events {
				dst = append(append(dst, indent...), "< "...)
				dst = append(appendEvent(dst, event), '\n')
			}
			continue
		}
		dst = append(append(dst, indent...), "| "...)
		dst = append(dst, a.Grade.String()...)
		for j, event := range a.Events {
			if j > 0 {
				dst = append(dst, ';')
			}
			dst = appendEvent(append(dst, ' '), event)
		}
		dst = append(dst, '\n')
	}
	if e.Within != 0 {
		dst = append(append(dst, indent...), "within "...)
		dst = append(appendDuration(dst, e.Within), '\n')
	}
	if e.Else != Pass {
		dst = append(append(dst, indent...), "else "...)
		dst = append(append(dst, e.Else.String()...), '\n')
	}
	return dst
}

func appendEvent(dst []byte, e Event) []byte {
	switch e := e.(type) {
	case Frame:
		return appendMessage(dst, e)
	case MessageEvent:
		if e.Type == 0 {
			return append(dst, "message"...)
		}
		return append(appendOpcode(dst, e.Type), " any"...)
	case CloseEvent:
		if len(e.Codes) == 0 {
			return append(dst, "close any"...)
		}
		dst = appendNumbers(append(dst, "close "...), e.Codes)
		if e.Reason != nil {
			dst = appendPayload(append(dst, ' '), e.Reason)
		}
		return dst
	case EndEvent:
		return append(dst, "end"...)
	case FailEvent:
		return appendNumbers(append(dst, "fail "...), e.Codes)
	case AnswerEvent:
		return appendAnswer(dst, e)
	case RefuseEvent:
		if len(e.Status) == 0 {
			return append(dst, "refuse"...)
		}
		return appendStatus(append(dst, "refuse "...), e.Status)
	case RequestEvent:
		return appendChecks(strconv.AppendQuote(append(dst, "request "...), e.Target), e.Checks)
	case DeclinedEvent:
		return append(dst, "declined"...)
	case MaybeEvent:
		return appendEvent(append(dst, "maybe "...), e.Event)
	case WaitEvent:
		return append(dst, "wait"...)
	case AnyEvent:
		return append(dst, "anything"...)
	}
	return append(dst, '?')
}

func appendAnswer(dst []byte, a AnswerEvent) []byte {
	return appendChecks(appendStatus(append(dst, "answer "...), a.Status), a.Checks)
}

func appendChecks(dst []byte, checks []FieldCheck) []byte {
	for _, c := range checks {
		dst = append(append(dst, ' '), word(checkWords[:], int(c.Op))...)
		dst = strconv.AppendQuote(append(dst, ' '), c.Name)
		if c.Op.hasValue() {
			dst = strconv.AppendQuote(append(dst, ' '), c.Value)
		}
	}
	return dst
}

// appendStatus writes status codes, and a class as 4xx.
func appendStatus(dst []byte, status []int) []byte {
	for i, s := range status {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendInt(dst, int64(s), 10)
		if 0 < s && s < 10 {
			dst = append(dst, "xx"...)
		}
	}
	return dst
}
