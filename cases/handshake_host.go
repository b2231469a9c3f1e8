package cases

import "slices"

// handshakeHosts test the Host field (RFC 6455, section 4.2.1, item 2; RFC 9112,
// section 3.2).
func handshakeHosts() []Case {
	refused := handshakeTable("handshake/host/", refs("9112-3.2-1", "6455-4.2.1-5"), Expect(Refuse(400)),
		handshakeRow{"missing", "a request without Host is refused with 400", Baseline(Drop("Host"))},
		handshakeRow{"twice", "a request with two equal Host fields is refused with 400", Baseline(Add("Host", "{host}"))},
		handshakeRow{"two-different", "a request with two different Host fields is refused with 400", Baseline(Add("Host", "other.example"))},
	)
	invalid := handshakeNoted("RFC 9112 3.2 has an invalid value refused with 400, just as a missing one.",
		handshakeTable("handshake/host/", refs("9112-3.2-1", "6455-4.2.1-5"), Expect(Refuse(400)),
			handshakeRow{"with-space", "a Host field with a space in it is refused with 400", Baseline(Set("Host", "{host} x"))},
			handshakeRow{"with-userinfo", "a Host field with user information is refused with 400", Baseline(Set("Host", "user@{host}"))},
			handshakeRow{"port-not-a-number", "a Host field whose port is no number is refused with 400",
				Baseline(Set("Host", "other.example:port"))},
			handshakeRow{"with-path", "a Host field with a path is refused with 400", Baseline(Set("Host", "{host}/x"))},
		))
	free := handshakeTable("handshake/host/", refs("6455-4.2.1-5", "6455-4.2.2-10"), handshakeAny(),
		handshakeRow{"port-out-of-range", "a Host field with a port beyond 65535 is answered", Baseline(Set("Host", "other.example:99999"))},
		handshakeRow{"with-comma", "a Host field with a comma in its name is answered", Baseline(Set("Host", "one.example,two.example"))},
	)
	return slices.Concat(refused, invalid, free, []Case{
		{
			ID:    "handshake/host/empty",
			Title: "a request with an empty Host field is refused",
			Refs:  refs("6455-4.2.1-5", "9112-3.2-1"),
			Level: Should,
			Note:  "An empty value is valid HTTP, but does not hold the authority of the server that RFC 6455 asks for.",
			Steps: handshakeThen(Baseline(Set("Host", "")), handshakeTolerated()),
		},
		{
			ID:    "handshake/host/unknown",
			Title: "a Host field that names another server is refused",
			Refs:  refs("6455-4.2.1-5", "6455-4.2.2-10"),
			Note:  "A server may serve any name. One that does is open to DNS rebinding unless it verifies Origin.",
			Steps: handshakeThen(Baseline(Set("Host", "unknown.example")), handshakeOrdinary().OrInfo(Answer(101))),
		},
	})
}
