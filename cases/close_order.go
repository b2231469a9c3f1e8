package cases

import "slices"

// closeOrderCases put something before or behind the Close frame.
func closeOrderCases() []Case {
	return slices.Concat(closeBefore(), closeBehind(), []Case{closeBehindFailure()})
}

const closeBeforeNote = "Messages are sent in the OPEN state only (RFC 6455, section 6.1), " +
	"so an endpoint that has already read the Close frame does not echo what came before it."

// closeBefore are messages and then a Close, all in one write.
func closeBefore() []Case {
	long := TextOf(Fill("BAsd7&jh23", 262144))
	return []Case{
		{
			ID:    "close/message-before",
			Title: "a Close frame right behind a message is answered",
			Refs:  refs("6455-5.5.1-8", "6455-5.5.1-10"),
			Note:  closeBeforeNote,
			Steps: steps(
				Send(Text("Hello"), CloseFrame(1000)),
				Expect(Maybe(Text("Hello")), Closes(1000, NoCode), End()).
					OrLax(Maybe(Text("Hello")), Closes(), End()),
			),
		},
		{
			ID:     "close/long-message-before",
			Title:  "a Close frame right behind a long message is answered, between frames",
			Refs:   refs("6455-5.5.1-8", "6455-5.5.1-10", "6455-5.5.1-11", "6455-6.1-3"),
			Weight: Heavy,
			Alias:  autobahn("7.1.6"),
			Note: closeBeforeNote + " Autobahn does not judge this case, and the echo that it describes lacks the long message. " +
				"An endpoint may find the message too big; a pong for the ping behind the Close is lax.",
			Steps: steps(
				Send(long, Text("Hello World!"), CloseFrame(1000), Ping("")),
				Expect(Maybe(long), Maybe(Text("Hello World!")), Closes(1000, NoCode), End()).
					Or(Closes(1009), End()).
					OrLax(Maybe(long), Maybe(Text("Hello World!")), Pong(""), Closes(1000, NoCode), End()).
					OrLax(Maybe(long), Maybe(Text("Hello World!")), Closes(), End()),
			),
		},
	}
}

// closeBehind is what follows a Close in the same write. All of it is discarded.
func closeBehind() []Case {
	var all []Case
	for _, b := range []struct {
		name, title string
		frames      []Frame
		pong        bool // a ping is among the frames
		alias       []string
	}{
		{"then-close", "a second Close frame is not answered", []Frame{CloseFrame(1000), CloseBody("")}, false, autobahn("7.1.2")},
		{"then-ping", "a ping behind a Close frame is discarded", []Frame{CloseFrame(1000), Ping("")}, true, autobahn("7.1.3")},
		{"then-text", "a text message behind a Close frame is discarded", []Frame{CloseFrame(1000), Text("Hello World!")}, false, autobahn("7.1.4")},
		{"then-fragment", "a fragment behind a Close frame is discarded, and its message with it",
			[]Frame{Text("fragment1").Part(), CloseFrame(1000), Cont("fragment2")}, false, autobahn("7.1.5")},
		{"then-binary", "a message of 64 KiB behind a Close frame is discarded", []Frame{CloseFrame(1000), BinaryOf(Random(65536, 1))}, false, nil},
		{"then-garbage", "octets behind a Close frame that are no frame are discarded", []Frame{CloseFrame(1000), Raw("\xff\xff\xff\xff")}, false, nil},
	} {
		all = append(all, Case{
			ID:    "close/" + b.name,
			Title: b.title,
			Refs:  refs("6455-1.4-2", "6455-1.4-1", "6455-5.5.1-7", "6455-5.5.1-8", "6455-6.1-3", "6455-7.1.1-1"),
			Note:  closeBehindNote(b.pong),
			Alias: b.alias,
			Steps: steps(
				Send(b.frames...),
				closeBehindAnswer(b.pong),
			),
		})
	}
	return all
}

func closeBehindNote(pong bool) string {
	note := "Section 1.4 is not normative, but section 6.1 is: a message is sent in the OPEN state only, " +
		"which the Close frame has ended, so an echo fails. To refuse with 1002 what should be discarded is lax."
	if pong {
		note += " A ping need not be answered after a Close (RFC 6455, section 5.5.2), but nothing forbids it: " +
			"a pong before the Close is lax, where Autobahn's case fails it."
	}
	return note
}

func closeBehindAnswer(pong bool) Expectation {
	e := Expect(Closes(1000, NoCode), End()).OrLax(Closes(), End())
	if pong {
		e = e.OrLax(Pong(""), Closes(), End())
	}
	return e
}

// closeBehindFailure is what follows a protocol error in the same write.
func closeBehindFailure() Case {
	return Case{
		ID:    "close/nothing-after-failing",
		Title: "what follows a protocol error is not processed, not even a Close frame",
		Refs:  refs("6455-7.1.7-7", "6455-7.1.7-1", "6455-7.1.7-3", "6455-7.1.7-5"),
		Steps: steps(
			Send(Op(3, ""), Text("Hello"), Ping("Hello"), CloseFrame(1000)),
			FailsWith(1002),
		),
	}
}
