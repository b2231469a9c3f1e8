package runner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// An answer is what a server sent in answer to an opening handshake.
type answer struct {
	head   *wire.Head
	status int    // 0: not an HTTP response
	err    string // what is wrong with it as HTTP, empty for a response
	// faults are what a client must not accept in a 101 (RFC 6455, section 4.1,
	// with the requirement that binds the server). Nil for an open connection.
	faults []breach
	// grammar is what is wrong with it by the grammar of HTTP alone, so that
	// clients open the connection all the same.
	grammar []breach
	// advice is plain words about octets that have a known cause.
	advice []string
}

// open reports whether the connection is open after the answer.
func (a *answer) open() bool { return a.status == 101 && len(a.faults) == 0 }

// meets reports whether the answer is one that the event expects.
func (a *answer) meets(e cases.AnswerEvent) bool {
	if !fitsStatus(e.Status, a.status) || a.status == 101 && !a.open() {
		return false
	}
	return holdsAll(a.head, e.Checks)
}

// claims reports whether the answer is a 101, right or not, where a 101 is the
// wrong reaction.
func (a *answer) claims(e cases.AnswerEvent) bool {
	return a.status == 101 && slices.Contains(e.Status, 101) && holdsAll(a.head, e.Checks)
}

// holdsAll reports whether the header fields are as the checks demand.
func holdsAll(head *wire.Head, checks []cases.FieldCheck) bool {
	return !slices.ContainsFunc(checks, func(c cases.FieldCheck) bool { return !holds(head, c) })
}

func holds(head *wire.Head, c cases.FieldCheck) bool {
	values := head.Values(c.Name)
	switch c.Op {
	case cases.Present:
		return len(values) > 0
	case cases.Absent:
		return len(values) == 0
	case cases.Equals:
		return len(values) == 1 && values[0] == c.Value || wire.EqualFold(c.Name, "Sec-WebSocket-Extensions") && sameExtensions(values, []string{c.Value})
	}
	return slices.ContainsFunc(listElements(values), func(e string) bool { return wire.EqualFold(e, c.Value) })
}

// words says what came, with the reasons why a 101 does not open a connection.
func (a *answer) words() string {
	if a.status == 0 {
		return a.err
	}
	s := fmt.Sprintf("HTTP %d", a.status)
	if a.status == 101 && !a.open() {
		details := make([]string, len(a.faults))
		for i, f := range a.faults {
			details[i] = f.detail
		}
		s += a.defect() + strings.Join(details, "; ")
	}
	for _, name := range []string{"Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Sec-WebSocket-Version"} {
		for _, v := range a.head.Values(name) {
			s += fmt.Sprintf(", %s: %s", name, quoteText(v))
		}
	}
	return s
}

// defect says what a 101 with faults is worth: those that are of grammar alone keep
// no client from opening the connection.
func (a *answer) defect() string {
	if len(a.faults) <= len(a.grammar) && slices.Contains(a.grammar, a.faults[0]) {
		return " that is not as it has to be: "
	}
	return " that does not open the connection: "
}

// judgeAnswer reads a response as a client must (RFC 6455, section 4.1), given
// the request that was sent.
func judgeAnswer(head *wire.Head, request *wire.Head) *answer {
	a := &answer{head: head}
	proto, status, _, ok := head.StatusLine()
	if !ok {
		a.err = "no HTTP response: " + quoteText(head.StartLine)
		return a
	}
	a.status = status
	if status != 101 {
		return a
	}
	a.advice = adviseOn(head)
	if proto != "HTTP/1.1" {
		a.fault("6455-4.2.2-16", "the status line says %s instead of HTTP/1.1", quoteText(proto))
	}
	a.judgeUpgrade()
	a.judgeAccept(strings.TrimSpace(request.Get("Sec-WebSocket-Key")))
	a.judgeSubprotocol(listElements(request.Values("Sec-WebSocket-Protocol")))
	a.judgeExtensions(request.Values("Sec-WebSocket-Extensions"))
	a.grammar = judgeAnswerGrammar(head)
	return a
}

func (a *answer) fault(requirement, format string, args ...any) {
	a.faults = append(a.faults, breach{requirement, fmt.Sprintf(format, args...)})
}

func (a *answer) judgeUpgrade() {
	switch values := a.head.Values("Upgrade"); {
	case len(values) == 0:
		a.fault("6455-4.2.2-18", "there is no Upgrade field")
	case !wire.EqualFold(strings.Join(values, ", "), "websocket"):
		a.fault("6455-4.2.2-18", "the Upgrade field is %s instead of websocket", quoteValues(values))
	}
	values := a.head.Values("Connection")
	if !slices.ContainsFunc(listElements(values), func(e string) bool { return wire.EqualFold(e, "upgrade") }) {
		a.fault("6455-4.2.2-19", "the Connection field does not hold Upgrade: %s", quoteValues(values))
	}
}

func (a *answer) judgeAccept(key string) {
	values := a.head.Values("Sec-WebSocket-Accept")
	want := acceptValue(key)
	switch {
	case len(values) == 0:
		a.fault("6455-4.2.2-20", "there is no Sec-WebSocket-Accept field")
	case len(values) > 1:
		a.fault("6455-11.3.3-1", "there are %d Sec-WebSocket-Accept fields", len(values))
	case values[0] != want:
		a.fault("6455-4.2.2-20", "Sec-WebSocket-Accept is %s; for the key %q it is %q", quoteValues(values), key, want)
		a.advice = append(a.advice, adviseOnAccept(values[0], key)...)
	}
	if odd, ok := a.head.Odd(wire.EarlyEnd); ok {
		a.fault("6455-4.2.2-16", "the header ends too early: %s", odd.Text)
	}
}

func (a *answer) judgeSubprotocol(offered []string) {
	values := a.head.Values("Sec-WebSocket-Protocol")
	switch {
	case len(values) == 0:
	case len(values) > 1:
		a.fault("6455-11.3.4-2", "there are %d Sec-WebSocket-Protocol fields", len(values))
	case values[0] == "":
		a.fault("6455-4.2.2-13", "Sec-WebSocket-Protocol is empty")
	case len(offered) == 0:
		a.fault("6455-4.2.2-12", "it answers the subprotocol %s, though none was offered", quoteValues(values))
	case !slices.Contains(offered, values[0]):
		a.fault("6455-4.2.2-11", "it answers the subprotocol %s, which was not offered", quoteValues(values))
	}
}

func (a *answer) judgeExtensions(offers []string) {
	if !a.head.Has("Sec-WebSocket-Extensions") {
		return
	}
	accepted, err := parseExtensions(a.head.Values("Sec-WebSocket-Extensions"))
	if err != nil {
		a.fault("6455-9.1-1", "Sec-WebSocket-Extensions breaks the grammar: %v", err)
		return
	}
	offered, err := parseExtensions(offers)
	if err != nil && len(offers) > 0 {
		a.fault("6455-9.1-1", "it accepts %s from an offer that breaks the grammar: %v", accepted[0].name, err)
		return
	}
	for _, x := range accepted {
		if !slices.ContainsFunc(offered, func(o extension) bool { return o.name == x.name }) {
			a.fault("6455-4.2.2-15", "it answers the extension %q, which was not offered", x.name)
		}
	}
	a.judgeDeflate(accepted, offered)
}

func quoteValues(values []string) string {
	return quoteText(strings.Join(values, ", "))
}

// listElements are the elements of a comma-separated list that may be spread
// over several fields (RFC 9110, section 5.6.1).
func listElements(values []string) []string {
	var elements []string
	for _, v := range values {
		for e := range strings.SplitSeq(v, ",") {
			if e = strings.Trim(e, " \t"); e != "" {
				elements = append(elements, e)
			}
		}
	}
	return elements
}
