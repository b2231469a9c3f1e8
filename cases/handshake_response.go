package cases

// The values of the sample handshake in RFC 6455, section 1.3.
const (
	handshakeSampleKey    = "dGhlIHNhbXBsZSBub25jZQ=="
	handshakeSampleAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
)

// handshakeResponses test what the response to a right request holds (RFC 6455,
// section 4.2.2).
func handshakeResponses() []Case {
	return []Case{
		{
			ID:    "handshake/rfc-sample",
			Title: "the key of the sample handshake is answered with the accept value of the sample",
			Refs: refs("6455-4.2.2-1", "6455-4.2.2-16", "6455-4.2.2-17", "6455-4.2.2-18", "6455-4.2.2-19", "6455-4.2.2-20",
				"6455-11.3.3-1", "6455-11.3.4-2", "6455-4.2.2-12", "6455-4.2.2-13", "6455-4.2.2-15", "6455-9.1-1", "9110-7.8-1"),
			Note: "A server that fails here opens no connection at all, so that the cases about frames say nothing of it.",
			Steps: steps(
				Baseline(Set("Sec-WebSocket-Key", handshakeSampleKey)),
				Expect(Answer(101).Equal("Sec-WebSocket-Accept", handshakeSampleAccept)),
				Alive(),
				Close(1000),
			),
		},
		{
			ID:    "handshake/response/ends-once",
			Title: "the response ends with its empty line, and what follows is frames",
			Refs:  refs("6455-4.2.2-16", "6455-4.2.2-22"),
			Note: "A base64 function that appends a line feed to the accept value makes the header end too early: " +
				"the two octets that were meant to end it then begin the first frame.",
			Steps: steps(Baseline(), handshakeOpened(), Alive(), Alive(), Close(1000)),
		},
		{
			ID:    "handshake/response/grammar",
			Title: "the response is what the grammar of HTTP allows, line ends and spaces included",
			Refs:  refs("9110-2.2-1", "9112-4-1", "9112-2.2-5", "9112-5.2-3", "6455-4.2.2-16"),
			Note: "Clients may put up with lines that end in LF alone, with whitespace before a colon, with folded lines and with a status line " +
				"that ends behind the status code; servers must not send them, nor NUL and other control characters.",
			Steps: handshakeThen(Baseline(), handshakeOpened()),
		},
		{
			ID:    "handshake/response/no-body",
			Title: "the response has neither Content-Length nor Transfer-Encoding",
			Refs:  refs("6455-4.2.2-16"),
			Note: "RFC 9110 8.6 and RFC 9112 6.1 forbid both fields in a response with status 101. Content-Length: 0 is only lax, " +
				"since RFC 2616, which RFC 6455 refers to, does not forbid it.",
			Steps: handshakeThen(Baseline(),
				Expect(Answer(101).Without("Content-Length").Without("Transfer-Encoding")).
					OrLax(Answer(101).Equal("Content-Length", "0").Without("Transfer-Encoding"))),
		},
		{
			ID:    "handshake/response/connection-upgrade",
			Title: "the Connection field of the response is Upgrade and nothing else",
			Refs:  refs("6455-4.2.2-19"),
			Note:  "Clients look for the token in a list (RFC 6455 4.1), so that further ones do no harm.",
			Steps: handshakeThen(Baseline(),
				Expect(Answer(101).Equal("Connection", "Upgrade")).Or(Answer(101).Equal("Connection", "upgrade")).
					OrLax(Answer(101))),
		},
	}
}
