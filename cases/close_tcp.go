package cases

import "time"

// closeTCPCases are about the end of TCP: after the closing handshake, and
// without one.
func closeTCPCases() []Case {
	return append(closePromptly(), closeByFIN()...)
}

func closePromptly() []Case {
	return []Case{
		{
			ID:    "close/answered-soon",
			Title: "a Close frame is answered as soon as is practical",
			Refs:  refs("6455-5.5.1-9", "6455-5.5.1-8"),
			Note:  "Soon is taken to be one second; a later answer is lax.",
			Steps: steps(
				Send(CloseFrame(1000)),
				Expect(Closes()).For(time.Second).ElseLax(),
				Expect(Maybe(Closes()), End()),
			),
		},
		{
			ID:      "close/server-ends-tcp",
			Title:   "a server ends TCP at once when the closing handshake is complete",
			Refs:    refs("6455-5.5.1-13", "6455-5.5.1-12", "6455-7.1.1-3", "6455-7.1.1-5"),
			Subject: Server,
			Note:    "At once is taken to be one second; a later end is lax, and none fails.",
			Steps: steps(
				Send(CloseFrame(1000)),
				Expect(Closes()),
				Expect(End()).For(time.Second).ElseLax(),
				Expect(End()),
			),
		},
		{
			ID:      "close/client-waits-for-end",
			Title:   "a client leaves it to the server to end TCP when the closing handshake is complete",
			Refs:    refs("6455-5.5.1-14", "6455-7.1.1-6"),
			Subject: Client,
			Note:    "A client may end TCP at any time, and should wait. Half a second stands for that.",
			Steps: steps(
				Send(CloseFrame(1000)),
				Expect(Closes()),
				Expect(Wait()).OrLax(End()).For(500*time.Millisecond),
			),
		},
		{
			ID:      "close/then-fin",
			Title:   "a Close frame is answered although FIN follows it",
			Refs:    refs("6455-5.5.1-8", "6455-7.1.1-1"),
			Subject: Server,
			Steps: steps(
				Send(CloseFrame(1000)),
				Shut(),
				closeAnswer(1000, NoCode),
				Expect(End()),
			),
		},
	}
}

const closeFINNote = "The RFC has a client fail a connection whose transport is lost, and says nothing of servers; " +
	"a Close frame before the end is welcome. To keep the connection open for more than a second is lax: " +
	"who does leaks connections whenever peers leave. Only time can show it."

// closeByFIN ends our direction of TCP without a Close frame.
func closeByFIN() []Case {
	return []Case{
		{
			ID:    "close/fin-without-close",
			Title: "an endpoint gives up a connection that ends without a Close frame",
			Refs:  refs("6455-7.2.1-2", "6455-7.1.5-3", "6455-7.1.4-1"),
			Level: Should, // no rule sets a time
			Note:  closeFINNote,
			Steps: steps(Shut(), closeGivesUp()),
		},
		{
			ID:      "close/fin-behind-a-message",
			Title:   "a server gives up a connection that ends behind a message",
			Refs:    refs("6455-7.2.1-2", "6455-7.1.5-3"),
			Subject: Server,
			Note:    closeFINNote + " The echo may come back or not.",
			Steps: steps(
				Send(Text("Hello")),
				Shut(),
				closeGivesUp(Maybe(Text("Hello"))),
			),
		},
	}
}

// closeGivesUp is the end of TCP within a second, after what may come before.
func closeGivesUp(before ...Event) Expectation {
	return Expect(append(before, Maybe(Closes()), End())...).For(time.Second).ElseLax()
}
