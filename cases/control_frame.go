package cases

// controlUndefinedNote is why a rule that speaks of the frame binds who reads it.
const controlUndefinedNote = "Section 6.2 has the receiver handle control frames as section 5.5 defines them, and 5.5 defines none like this: " +
	"there is nothing to act on, and section 10.7 asks to validate what comes in."

// controlTooLong are control frames of more than 125 octets.
func controlTooLong() []Case {
	long := func(id, title string, f Frame) Case {
		return Case{
			ID: "control/" + id, Title: title,
			Refs:  refs("6455-5.5-2", "6455-10.7-1", "6455-7.1.7-5"),
			Note:  controlUndefinedNote,
			Steps: steps(Send(f), FailsWith(1002)),
		}
	}
	ping := long("ping-of-126-octets", "a ping of more than 125 octets fails the connection", PingOf(Fill("\xfe", 126)))
	ping.Alias = autobahn("2.5")
	return []Case{
		ping,
		long("ping-of-65536-octets", "a ping with a 64-bit length fails the connection", PingOf(Fill("\xfe", 65536))),
		long("pong-of-126-octets", "a pong of more than 125 octets fails the connection", PongOf(Fill("\xfe", 126))),
		reservedHeader("control/ping-of-126-octets-in-header-alone", "a ping with a 16-bit length", "6455-5.5-2",
			PingOf(Fill("\xfe", 126))),
	}
}

// controlFragmented are control frames without FIN.
func controlFragmented() []Case {
	fragmented := func(id, title, alias string, frames ...Frame) Case {
		return Case{
			ID: "control/" + id, Title: title,
			Refs:  refs("6455-5.4-6", "6455-5.5-3", "6455-10.7-1"),
			Alias: messageAlias(alias),
			Note:  controlUndefinedNote,
			Steps: steps(Send(frames...), FailsWith(1002)),
		}
	}
	return []Case{
		fragmented("ping-in-two-fragments", "a ping in two fragments fails the connection", "5.1",
			Ping("fragment1").Part(), Cont("fragment2")),
		fragmented("pong-in-two-fragments", "a pong in two fragments fails the connection", "5.2",
			Pong("fragment1").Part(), Cont("fragment2")),
		fragmented("close-in-two-fragments", "a Close frame in two fragments fails the connection", "",
			CloseFrame(1000).Part(), Cont("")),
		fragmented("pong-without-fin", "an empty pong without FIN fails the connection", "", Pong("").Part()),
		fragmented("close-without-fin", "an empty Close frame without FIN fails the connection", "", CloseBody("").Part()),
		fragmented("ping-without-fin-between-fragments", "a ping without FIN between two fragments fails the connection", "",
			Text("a").Part(), Ping("").Part(), Cont("b")),
	}
}

// controlContinued is a continuation frame behind a control frame.
func controlContinued() []Case {
	return []Case{{
		ID:    "control/ping-continued",
		Title: "a continuation frame behind a ping has nothing to continue and fails the connection",
		Refs:  refs("6455-5.4-1", "6455-5.4-6"),
		Note:  "Both frames travel in one write, so a peer may fail before it has written the pong.",
		Steps: steps(Send(Ping("p"), Cont("")), Expect(Maybe(Pong("p")), Fail(1002))),
	}}
}
