package cases

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Describe says in words what an expectation expects of the peer: what passes,
// "close 1002, then end of TCP", and what is lax, "end of TCP without a close
// frame". Either may be empty. Long payloads are cut, with their length.
func Describe(e Expectation) (expected, lax string) {
	var passes, infos, tolerated []string
	for _, a := range e.Alternatives {
		course := describeEvents(a.Events, e)
		switch a.Grade {
		case Pass:
			passes = append(passes, course)
			tolerated = append(tolerated, toleratedInstead(a.Events)...)
		case Info:
			infos = append(infos, course)
		case Lax:
			tolerated = append(tolerated, course)
		}
	}
	if len(passes) == 0 { // nothing is judged but what is worse
		passes = infos
	}
	expected = strings.Join(passes, "; or ")
	if e.Within > 0 && expected != "" && !expectsSilence(e) {
		expected += ", within " + e.Within.String()
	}
	if e.Else == Lax {
		tolerated = append(tolerated, "no reaction so far")
	}
	return expected, strings.Join(distinct(tolerated), "; or ")
}

// toleratedInstead is what FailEvent and RefuseEvent take as lax by themselves.
func toleratedInstead(events []Event) []string {
	var list []string
	for _, e := range events {
		switch e := e.(type) {
		case FailEvent:
			list = append(list, "end of TCP without a close frame")
		case RefuseEvent:
			if len(e.Status) == 0 {
				list = append(list, "a close frame before the end of TCP")
				continue
			}
			list = append(list, "another refusal", "end of TCP without a response")
		}
	}
	return list
}

func distinct(list []string) []string {
	var once []string
	for _, s := range list {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}

// expectsSilence reports whether the bound is told by a wait already.
func expectsSilence(e Expectation) bool {
	return slices.ContainsFunc(e.Alternatives, func(a Alternative) bool {
		return a.Grade == Pass && slices.Contains(a.Events, Event(Wait()))
	})
}

func describeEvents(events []Event, e Expectation) string {
	parts := make([]string, len(events))
	for i, event := range events {
		parts[i] = DescribeEvent(event)
		if _, waits := event.(WaitEvent); waits && e.Within > 0 {
			parts[i] += " for " + e.Within.String()
		}
	}
	return strings.Join(parts, ", then ")
}

// DescribeEvent says in words what the peer is expected to do.
func DescribeEvent(e Event) string {
	switch e := e.(type) {
	case Frame:
		return DescribeFrame(e)
	case MessageEvent:
		if e.Type == 0 {
			return "any message"
		}
		return "any " + string(appendOpcode(nil, e.Type)) + " message"
	case CloseEvent:
		if e.Reason != nil {
			return describeClose(e.Codes) + " " + preview(e.Reason)
		}
		return describeClose(e.Codes)
	case EndEvent:
		return "end of TCP"
	case FailEvent:
		return describeClose(e.Codes) + ", then end of TCP"
	case AnswerEvent:
		return describeAnswer(e)
	case RefuseEvent:
		if len(e.Status) == 0 {
			return "end of TCP without a frame"
		}
		return "HTTP " + describeStatus(e.Status) + " instead of 101"
	case RequestEvent:
		return describeRequest(e)
	case DeclinedEvent:
		return "no opening handshake"
	case MaybeEvent:
		return "perhaps " + DescribeEvent(e.Event)
	case WaitEvent:
		return "no reaction"
	case AnyEvent:
		return "anything"
	}
	return fmt.Sprintf("unknown event %T", e)
}

func describeClose(codes []uint16) string {
	if len(codes) == 0 {
		return "close with any legal code"
	}
	var words []string
	for _, c := range codes {
		if c != NoCode {
			words = append(words, strconv.Itoa(int(c)))
		}
	}
	if len(words) < len(codes) {
		words = append(words, "without a code")
	}
	return "close " + either(words)
}

func describeStatus(status []int) string {
	words := make([]string, len(status))
	for i, s := range status {
		words[i] = string(appendStatus(nil, []int{s}))
	}
	return either(words)
}

func describeAnswer(a AnswerEvent) string {
	return "HTTP " + describeStatus(a.Status) + describeChecks(a.Checks)
}

func describeRequest(r RequestEvent) string {
	s := "an opening handshake"
	if r.Target != "" {
		s += " for " + strconv.Quote(r.Target)
	}
	return s + describeChecks(r.Checks)
}

// describeChecks begins with a space, unless there is nothing to say.
func describeChecks(checks []FieldCheck) string {
	if len(checks) == 0 {
		return ""
	}
	demands := make([]string, len(checks))
	for i, c := range checks {
		switch c.Op {
		case Holds:
			demands[i] = fmt.Sprintf("with %q in %s", c.Value, c.Name)
		case Equals:
			demands[i] = fmt.Sprintf("with %s %q", c.Name, c.Value)
		case Present:
			demands[i] = "with a field " + c.Name
		default:
			demands[i] = "without " + c.Name
		}
	}
	return " " + enumerate(demands, " and ")
}

// either joins words to "a, b or c".
func either(words []string) string { return enumerate(words, " or ") }

func enumerate(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + last + words[n]
}
