package cases

import (
	"fmt"
	"slices"
)

// controlCases test ping, pong and what holds for all control frames (RFC 6455, section 5.5).
func controlCases() []Case {
	return slices.Concat(controlPings(), controlPingPayloads(), controlPongs(), controlSeries(), controlBusy(),
		controlTooLong(), controlFragmented(), controlContinued(), controlMore(), controlMoreFaults())
}

// controlPing is a case about one ping and its pong.
func controlPing(id, title string, alias []string, ping Frame) Case {
	return Case{
		ID: "control/" + id, Title: title,
		Refs:  refs("6455-5.5.2-3", "6455-5.5.3-2", "6455-5.5.2-2", "6455-5.5.3-1", "6455-6.2-2"),
		Alias: alias,
		Steps: steps(Send(ping), Expect(PongOf(ping.Payload)), Close(1000)),
	}
}

// controlPings are the pings of Autobahn.
func controlPings() []Case {
	long := PingOf(Fill("\xfe", 125))
	return []Case{
		controlPing("ping-empty", "a ping without a payload is answered", autobahn("2.1"), Ping("")),
		controlPing("ping-with-text", "the pong repeats the text of the ping", autobahn("2.2"), Ping("Hello, world!")),
		controlPing("ping-with-octets", "the pong repeats octets that are no text", autobahn("2.3"),
			Ping("\x00\xff\xfe\xfd\xfc\xfb\x00\xff")),
		controlPing("ping-of-125-octets", "a ping with the longest payload is answered", autobahn("2.4"), long),
		controlPing("ping-in-single-octets", "a ping that arrives octet by octet is answered", autobahn("2.6"), long.Chopped(1)),
	}
}

// controlPingPayloads are payloads that a peer may take for something else.
func controlPingPayloads() []Case {
	return []Case{
		controlPing("ping-with-broken-utf-8", "the payload of a ping is not checked as text", nil, Ping("\xff\xfe\xc3")),
		controlPing("ping-with-nuls", "a ping of 125 NULs is answered with all of them", nil, PingOf(Fill("\x00", 125))),
		controlPing("ping-with-random-octets", "the pong repeats 125 random octets", nil, PingOf(Random(125, 1))),
	}
}

const controlPongNote = "Section 5.5.3 expects no reply to a pong. A reply is lax and no failure, since a pong may be sent at any time, " +
	"but two peers that do this never stop. Autobahn fails it."

// controlPongs are pongs that nobody asked for.
func controlPongs() []Case {
	unsolicited := func(id, title, alias string, pong Frame, sends ...Step) Case {
		return Case{
			ID: "control/" + id, Title: title,
			Refs:  refs("6455-5.5.3-4", "6455-5.5.2-3"),
			Level: Must,
			Alias: messageAlias(alias),
			Note:  controlPongNote,
			Steps: append(sends,
				Expect(Pong("ping payload")).OrLax(pong, Pong("ping payload")),
				Close(1000),
			),
		}
	}
	empty, text, longest := Pong(""), Pong("unsolicited pong payload"), PongOf(Fill("\xfe", 125))
	ping := Ping("ping payload")
	return []Case{
		unsolicited("pong-unsolicited-empty", "an unsolicited pong without a payload is not answered", "2.7",
			empty, Send(empty), Send(ping)),
		unsolicited("pong-unsolicited", "an unsolicited pong is not answered", "2.8",
			text, Send(text), Send(ping)),
		unsolicited("pong-unsolicited-before-ping", "a ping in one write with an unsolicited pong is answered with its own payload", "2.9",
			text, Send(text, ping)),
		unsolicited("pong-unsolicited-of-125-octets", "an unsolicited pong with the longest payload is not answered", "",
			longest, Send(longest), Send(ping)),
	}
}

// controlSeries are ten pings in a row.
func controlSeries() []Case {
	series := func(id, title, alias string, shape func(Frame) Frame) Case {
		var pings []Frame
		var pongs []Event
		for i := range 10 {
			payload := fmt.Sprintf("payload-%d", i)
			pings, pongs = append(pings, shape(Ping(payload))), append(pongs, Pong(payload))
		}
		return Case{
			ID: "control/" + id, Title: title,
			Refs:  refs("6455-5.5.2-3", "6455-5.5.3-2", "6455-5.5.3-3"),
			Alias: autobahn(alias),
			Note: "Autobahn demands all ten pongs. RFC 6455, section 5.5.3 lets a peer answer the latest ping alone, " +
				"so only the last pong must come; those that come must be in order.",
			Steps: steps(Send(pings...), Expect(pongs...), Close(1000)),
		}
	}
	return []Case{
		series("ten-pings", "of ten pings in one write at least the last is answered", "2.10",
			func(f Frame) Frame { return f }),
		series("ten-pings-in-single-octets", "of ten pings that arrive octet by octet at least the last is answered", "2.11",
			func(f Frame) Frame { return f.Chopped(1) }),
	}
}

// controlBusy are pings at times when a peer has something else to do.
func controlBusy() []Case {
	large := BinaryOf(Fill("\xfe", 1<<20))
	return []Case{{
		ID:     "control/ping-behind-1048576-octets",
		Title:  "a ping behind a large message is answered, and never inside a frame of the echo",
		Refs:   refs("6455-5.5.2-3", "6455-5.5.2-4"),
		Needs:  needs(Echo),
		Weight: Heavy,
		Note:   messageLimitNote,
		Steps: steps(
			Send(large, Ping("behind")),
			Expect(large, Pong("behind")).OrInfo(Closes(1009), End()),
		),
	}, {
		ID:      "control/ping-in-the-write-of-the-request",
		Title:   "a ping in the same write as the request is not lost",
		Refs:    refs("6455-6.2-1", "6455-5.5.2-3", "6455-4.1-41"),
		Subject: Server,
		Note: "A client has to wait for the answer to its opening handshake, so a server may refuse the request or fail the connection. " +
			"To lose the frame alone is lax; to lose one's place in the stream is a failure.",
		Steps: steps(
			Baseline().Followed(Ping("early")),
			Expect(Answer(101)).Or(Refuse(4, 5)),
			Expect(Pong("early")).Or(End()).Or(Fail(1002)).ElseLax(),
		),
	}}
}
