package cases

import "slices"

// closeCases test the closing handshake (RFC 6455, sections 5.5.1 and 7).
func closeCases() []Case {
	return slices.Concat(
		closeHandshakeCases(),
		closeCodeCases(),
		closeBodyCases(),
		closeOrderCases(),
		closeTCPCases(),
		closeMoreCases(),
	)
}

// closeAnswer is the answer to a legal Close frame: a Close with one of these
// codes. An error code claims a fault that there was not, and fails. Any other
// legal code is the peer's to choose (section 7.4), but no one expects it.
func closeAnswer(codes ...uint16) Expectation {
	alarms := slices.DeleteFunc([]uint16{1002, 1003, 1007, 1009, 1010}, func(code uint16) bool {
		return slices.Contains(codes, code)
	})
	return Expect(Closes(codes...)).OrFail(Closes(alarms...)).OrLax(Closes())
}

func closeHandshakeCases() []Case {
	return []Case{
		{
			ID:    "close/answered",
			Title: "a Close frame is answered with a Close frame, and the connection ends",
			Refs:  refs("6455-5.5.1-8", "6455-5.5.1-1", "6455-5.5.1-6", "6455-5.5.1-12", "6455-7.1.2-2"),
			Alias: autobahn("7.3.3"),
			Steps: steps(
				Send(CloseFrame(1000)),
				closeAnswer(1000, NoCode),
				Expect(End()),
			),
		},
		{
			ID:    "close/empty",
			Title: "a Close frame without a body is answered",
			Refs:  refs("6455-5.5.1-8", "6455-5.5.1-2", "6455-7.4-1", "6455-7.4.1-7"),
			Alias: autobahn("7.3.1"),
			Note: "The status code is optional, so the answer may be empty as well, or 1000. " +
				"1005 stands for a missing code in an application and must not appear in the answer.",
			Steps: steps(
				Send(CloseBody("")),
				closeAnswer(NoCode, 1000),
				Expect(End()),
			),
		},
		{
			ID:    "close/after-a-message",
			Title: "a Close frame after a message that came back is answered",
			Refs:  refs("6455-5.5.1-8", "6455-5.5.1-12"),
			Needs: needs(Echo),
			Alias: autobahn("7.1.1"),
			Steps: steps(
				Send(Text("Hello World!")),
				Expect(Text("Hello World!")),
				Send(CloseFrame(1000)),
				closeAnswer(1000, NoCode),
				Expect(End()),
			),
		},
		{
			ID:    "close/in-single-octets",
			Title: "a Close frame that arrives octet by octet is answered once it is whole",
			Refs:  refs("6455-6.2-1", "6455-5.5.1-8"),
			Steps: steps(
				Send(CloseFrame(4321, Lit("in pieces")).Chopped(1)),
				closeAnswer(4321, 1000, NoCode),
			),
		},
		closeServerLeaves(),
	}
}

// closeServerLeaves is for clients alone: towards a server close/after-a-message
// and close/code-1001 say the same.
func closeServerLeaves() Case {
	return Case{
		ID:      "close/server-leaves",
		Title:   "a client answers the Close of a server that leaves after a message",
		Refs:    refs("6455-5.5.1-8", "6455-7.3-1", "6455-7.4.1-3"),
		Subject: Client,
		Needs:   needs(Echo),
		Steps: steps(
			Send(Text("last")),
			Expect(Text("last")),
			Send(CloseFrame(1001)),
			closeAnswer(1001, 1000, NoCode),
			Expect(End()),
		),
	}
}
