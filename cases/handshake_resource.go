package cases

import "strconv"

// handshakeOrigins test what a server does with Origin when nothing is known of
// its policy (RFC 6455, section 4.2.2, item 4).
func handshakeOrigins() []Case {
	origin := func(value string) Request { return Baseline(Set("Origin", value)) }
	foreign := handshakeNoted("A server that is open to pages of any site does not verify Origin, which is legal; one that serves a site of its own "+
		"with cookies has to (section 10.2).",
		handshakeTable("handshake/origin/", refs("6455-10.2-2", "6455-4.2.2-6", "6455-4.2.2-7"), Expect(Refuse(403)).OrInfo(Answer(101)),
			handshakeRow{"foreign", "a foreign origin is refused with 403, if the server has a policy", origin("http://foreign.example")},
			handshakeRow{"null", "the origin null is refused with 403, if the server has a policy", origin("null")},
		))
	return append(foreign, handshakeTable("handshake/origin/", refs("6455-4.2.2-6", "6455-4.2.2-7"), handshakeOpened().Or(handshakeRefusal()),
		handshakeRow{"missing", "a request without Origin is answered", Baseline(Drop("Origin"))},
		handshakeRow{"empty", "an empty Origin is answered", origin("")},
		handshakeRow{"garbage", "an Origin that is no origin is answered", origin("://?#[")},
		handshakeRow{"two-fields", "two Origin fields are answered",
			Baseline(Set("Origin", "http://one.example"), Add("Origin", "http://two.example"))},
	)...)
}

// handshakeCrossProtocol is a right handshake as the body of a form that a page
// could submit.
const handshakeCrossProtocol = "GET / HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
	"Sec-WebSocket-Key: " + handshakeSampleKey + "\r\nSec-WebSocket-Version: 13\r\n\r\n"

// handshakeResources test requests that are no handshakes, or name no WebSocket
// service (RFC 6455, sections 1.6 and 4.2.2).
func handshakeResources() []Case {
	plain := []Edit{Drop("Upgrade"), Drop("Connection"), Drop("Sec-WebSocket-Key"), Drop("Sec-WebSocket-Version"), Drop("Sec-WebSocket-Protocol")}
	form := append(plain, Method("POST"), Add("Content-Type", "text/plain"), Add("Content-Length", strconv.Itoa(len(handshakeCrossProtocol))))
	return []Case{
		{
			ID:    "handshake/resource/unknown",
			Title: "a resource that is no WebSocket service is refused with an error",
			Refs:  refs("6455-4.2.2-10"),
			Note:  "A server that offers its service under every name may open the connection. One that opens it and closes it at once fails.",
			Steps: handshakeThen(Baseline(Target("/wsspec-no-such-service")), handshakeError().OrInfo(Answer(101))),
		},
		{
			ID:    "handshake/resource/well-known",
			Title: "a resource under /.well-known/ is one like any other",
			Refs:  refs("8307-1-1", "6455-4.2.2-10"),
			Steps: handshakeThen(Baseline(Target("/.well-known/wsspec?x=1")), handshakeAny()),
		},
		{
			ID:    "handshake/resource/plain-get",
			Title: "a plain GET of the resource is answered as one, and a 426 names websocket in Upgrade",
			Refs:  refs("9110-7.8-3", "6455-1.6-2"),
			Steps: handshakeThen(Baseline(plain...),
				Expect(Answer(426).With("Upgrade", "websocket")).OrFail(Answer(426).Without("Upgrade")).Or(handshakeOrdinaryAnswer())),
		},
		{
			ID:    "handshake/resource/form-post",
			Title: "a form whose text is a right handshake opens no connection",
			Refs:  refs("6455-1.6-2", "6455-4.2.1-2"),
			Steps: handshakeThen(Baseline(form...).Followed(Raw(handshakeCrossProtocol)), handshakeOrdinary()),
		},
	}
}
