package cases

import (
	"fmt"
	"slices"
	"time"
)

// patienceCases wait for a timer of the peer's, or see that it has none that is
// too short. No standard sets a time, so that most of them only tell what the
// peer does. They are played with --patient alone, side by side.
func patienceCases() []Case {
	all := slices.Concat(patienceHandshakes(), patienceSlowHandshakes(), patienceIdle(), patienceHalves(), patienceSlowFrames(), patienceEnds())
	for i := range all {
		all[i].Needs = append(all[i].Needs, Patience)
	}
	return all
}

const patienceGivesUpNote = "No standard sets a time. A server that waits for ever can be kept busy by clients that send nothing, " +
	"so that most give up after some time; one that still waits after 40 seconds is not judged."

// patienceHandshakes are connections on which no request ever becomes whole.
func patienceHandshakes() []Case {
	const rest = "\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
	var all []Case
	for _, r := range []struct{ name, title, begin string }{
		{"first-octet", "a server does not wait for ever behind the first octet of a request", "G"},
		{"half-a-request-line", "a server does not wait for ever for the second half of a request line", "GET {target} HT"},
		{"half-a-header", "a server does not wait for ever for the second half of a header", "GET {target} HTTP/1.1\r\nHost: {host}\r\nUpgrade: web"},
		{"no-empty-line", "a server does not wait for ever for the empty line that ends a header", "GET {target} HTTP/1.1" + rest},
		{"half-a-body", "a server does not wait for ever for the body of a request", "GET {target} HTTP/1.1" + rest + "Content-Length: 5\r\n\r\nhe"},
	} {
		all = append(all, Case{
			ID: "patience/" + r.name, Title: r.title,
			Refs:    refs("6455-7.2.2-1", "6455-10.1-1"),
			Subject: Server,
			Timeout: 50 * time.Second,
			Note:    patienceGivesUpNote,
			Steps:   steps(RawRequest(r.begin), Expect(End()).Or(handshakeRefusal()).OrInfo(Answer(101)).OrInfo(Wait()).For(40*time.Second)),
		})
	}
	return all
}

// patienceSlowly sends the octets one by one with a second between them, to a
// peer that may give up in ways that are told apart.
func patienceSlowly(times int, octets string, givesUp ...Expectation) RepeatStep {
	wait := Expect(Wait())
	for _, e := range givesUp {
		wait.Alternatives = append(wait.Alternatives, e.Alternatives...)
	}
	return Repeat(times, wait.For(time.Second), Send(Raw(octets)))
}

// patienceSlowHandshakes are requests that become whole, but slowly.
func patienceSlowHandshakes() []Case {
	const begin = "GET {target} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nX-Slow: "
	slow := func(id, title, note string, times int, octets string, tooSlow, late Expectation) Case {
		return Case{
			ID: "patience/" + id, Title: title,
			Refs:    refs("6455-4.2.2-1", "6455-10.1-1"),
			Subject: Server,
			Level:   Should,
			Timeout: time.Duration(times+10) * time.Second,
			Note:    note,
			Steps: steps(
				RawRequest(begin),
				patienceSlowly(times, octets, tooSlow),
				Send(Raw("\r\n\r\n")),
				late, Alive(), Close(1000),
			),
		}
	}
	tooSlow := Expectation{}.OrLax(Refuse(408)).OrLax(End())
	endless := Expectation{}.Or(End()).Or(Refuse(408, 413, 431, 400))
	return []Case{
		slow("slow-request", "a request that takes five seconds is answered",
			"No standard sets a time. Five seconds are what a bad connection costs, so that to give up is lax.",
			5, "x", tooSlow, handshakeOpened().OrLax(Refuse(408)).OrLax(End())),
		slow("endless-request", "a request that goes on for 65 seconds is given up",
			"No standard sets a time. A server that gives a slow client more time has to end it somewhere; one that opens the connection after all is not judged.",
			65, "\r\nX-Filler: 0123456789", endless, Expect(End()).Or(Refuse(408, 413, 431, 400)).OrInfo(Answer(101))),
	}
}

// patienceIdle are open connections on which nothing happens.
func patienceIdle() []Case {
	idle := func(id, title string, subject Subject, e Expectation, rules ...string) Case {
		return Case{
			ID: "patience/" + id, Title: title, Refs: rules,
			Subject: subject,
			Timeout: 50 * time.Second,
			Note:    "Pings of the peer are answered meanwhile.",
			Steps:   steps(e.For(30*time.Second), Alive(), Close(1000)),
		}
	}
	server := idle("idle-server", "a server keeps a connection open on which nothing happens for 30 seconds", Server,
		Expect(Wait()).OrInfo(End()).OrInfo(Closes(), End()), "6455-7.3-1")
	server.Note += " A server may close whenever it wishes (section 7.3), so that one which does is not judged."
	client := idle("idle-client", "a client keeps a connection open on which nothing happens for 30 seconds", Client,
		Expect(Wait()).OrLax(End()).OrLax(Closes(), End()), "6455-7.1.7-8", "6455-7.3-2")
	return []Case{server, client}
}

// patienceHalves are frames and messages of which the rest comes late. The
// masking keys are zero, so that the rest can follow as it is.
func patienceHalves() []Case {
	const pause = 10 * time.Second
	half := func(id, title string, back Event, first Frame, rest Frame) Case {
		c := Case{
			ID: "patience/" + id, Title: title,
			Refs:    refs("6455-6.2-1", "6455-5.4-2"),
			Timeout: 30 * time.Second,
			Note:    patienceSlowNote,
			Steps: steps(
				Send(first),
				Expect(Wait()).OrInfo(End()).OrInfo(Closes(), End()).For(pause),
				Send(rest),
				Expect(back).OrInfo(End()).OrInfo(Closes(), End()),
			),
		}
		if f, ok := back.(Frame); ok && !f.Opcode.IsControl() {
			c.Needs = needs(Echo)
		}
		return c
	}
	return []Case{
		half("half-a-frame", "a frame whose second half comes ten seconds later is put together", Text("Hello"),
			Text("He").Claiming(5).WithKey("00000000"), Raw("llo")),
		half("half-a-message", "a message whose last fragment comes ten seconds later is put together", Text("fragment"),
			Text("frag").Part(), Cont("ment")),
		half("half-a-character", "a character whose last octet comes ten seconds later is put together", Text("€"),
			Text("\xe2\x82").Part(), Cont("\xac")),
		half("half-a-ping", "a ping whose second half comes ten seconds later is answered once it is whole", Pong("ping"),
			Ping("pi").Claiming(4).WithKey("00000000"), Raw("ng")),
	}
}

const patienceSlowNote = "No standard sets a time; an endpoint that gives up before is not judged. What must not happen is that half is taken for the whole."

// patienceSlowFrames arrive an octet a second.
func patienceSlowFrames() []Case {
	gone := Expectation{}.OrInfo(End()).OrInfo(Closes(), End())
	slow := func(id, title string, first Frame, back Expectation) Case {
		return Case{
			ID: "patience/" + id, Title: title,
			Refs:    refs("6455-6.2-1", "6455-5.2-11"),
			Timeout: 30 * time.Second,
			Note:    patienceSlowNote,
			Steps:   steps(Send(first.WithKey("00000000").Claiming(8)), patienceSlowly(7, "a", gone), back),
		}
	}
	const whole = "aaaaaaaa"
	text := slow("slow-text", "a text that arrives an octet a second is put together", Text("a"), Expect(Text(whole)).OrInfo(End()).OrInfo(Closes(), End()))
	text.Needs = needs(Echo)
	return []Case{
		text,
		slow("slow-ping", "a ping that arrives an octet a second is answered once it is whole", Ping("a"),
			Expect(Pong(whole)).OrInfo(End()).OrInfo(Closes(), End())),
		{
			ID: "patience/slow-close", Title: "a Close frame that arrives in pieces with seconds between them is answered once it is whole",
			Refs:    refs("6455-6.2-1", "6455-7.1.5-1", "6455-5.5.1-8"),
			Timeout: 30 * time.Second,
			Note:    "Who answers before the frame is whole takes it for one without a code, or with another.",
			Steps: steps(
				Send(CloseBody("\x0f").Claiming(5).WithKey("00000000")),
				Expect(Wait()).OrInfo(End()).For(2*time.Second),
				Send(Raw("\xa1")),
				Expect(Wait()).OrInfo(End()).For(2*time.Second),
				Send(Raw("bye")),
				closeAnswer(4001, 1000, NoCode),
				Expect(End()),
			),
		},
		{
			ID: "patience/a-message-a-second", Title: "messages with a second between them all come back",
			Refs:    refs("6455-6.1-9", "6455-6.2-4"),
			Needs:   needs(Echo),
			Timeout: 30 * time.Second,
			Steps:   steps(Repeat(10, Send(Text("tick")), Expect(Text("tick")), Expect(Wait()).For(time.Second)), Close(1000)),
		},
	}
}

// patienceEnds are ends of TCP behind which a peer may wait for more.
func patienceEnds() []Case {
	ended := func(id, what string, rules []string, dialogue ...Step) Case {
		return Case{
			ID:      "patience/fin-" + id,
			Title:   fmt.Sprintf("an endpoint gives up a connection that ended %s before 40 seconds have passed", what),
			Refs:    append(rules, "6455-7.1.5-3", "6455-7.1.4-1", "6455-7.2.1-2"),
			Timeout: 50 * time.Second,
			Note:    "No standard sets a time. Nothing can come any more, so that to keep such a connection is lax: it is lost until the process ends.",
			Steps:   append(dialogue, Shut(), Expect(Maybe(Closes()), End()).OrLax(Wait()).For(40*time.Second)),
		}
	}
	return []Case{
		ended("without-close", "without a Close frame", nil),
		ended("inside-a-frame", "inside a frame", refs("6455-6.2-1"), Send(Text("Hello").Only(4))),
		ended("inside-a-message", "between two fragments", refs("6455-5.4-2"), Send(Text("frag").Part())),
	}
}
