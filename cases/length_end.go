package cases

import "time"

// lengthEnds are frames in whose middle TCP ends.
func lengthEnds() []Case {
	middle := BinaryOf(Fill("*", 100))
	in16, in64 := BinaryOf(Fill("*", 126)), BinaryOf(Fill("*", 65536))
	ends := []struct {
		id, where string
		frame     Frame
		subject   Subject
	}{
		{"end-after-1-octet", "after the first octet of a frame", middle.Only(1), Both},
		{"end-before-16-bit-length", "in front of a 16-bit length", in16.Only(2), Both},
		{"end-in-16-bit-length", "inside a 16-bit length", in16.Only(3), Both},
		{"end-in-64-bit-length", "inside a 64-bit length", in64.Only(5), Both},
		{"end-before-last-octet-of-64-bit-length", "in front of the last octet of a 64-bit length", in64.Only(9), Both},
		{"end-in-masking-key", "inside the masking key", middle.Only(4), Server},
		{"end-in-payload", "inside a payload", middle.Only(50), Both},
		{"end-in-huge-payload", "inside the payload of a frame that claims the longest length of all",
			Binary("some").Claiming(1<<63 - 1), Both},
	}
	var all []Case
	for _, e := range ends {
		all = append(all, Case{
			ID:      "length/" + e.id,
			Title:   "an end of TCP " + e.where + " ends the connection and delivers nothing",
			Refs:    refs("6455-6.2-1", "6455-5.2-11", "6455-7.1.5-3"),
			Subject: e.subject,
			Note:    lengthEndedNote,
			Steps:   steps(Send(e.frame), Shut(), lengthEnded()),
		})
	}
	return all
}

const lengthEndedNote = "No rule tells how to react to a FIN inside a message, so a Close frame may come or not, with any legal code. " +
	"A peer that has not ended TCP on its side after two seconds is lax: it leaks connections."

// lengthEnded is what follows a FIN inside a message. The wait is long because a
// peer that reacts at all reacts at once, and a slow machine must not decide.
func lengthEnded() Expectation {
	return Expect(End()).
		Or(Closes(), End()).
		Or(Closes(NoCode), End()).
		OrLax(Wait()).
		For(2 * time.Second)
}
