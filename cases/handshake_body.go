package cases

import "slices"

// handshakeSmuggled is a ping that hides in the body of a request: a server that
// takes the body for frames answers it.
func handshakeSmuggled() Frame { return Ping("Hello").WithKey("37fa213d") }

// The octets of that ping on the wire, and how many they are.
const (
	handshakeSmuggledOctets = "\x89\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"
	handshakeSmuggledLength = "11"
)

// handshakeBodies test requests with a body. It belongs to the request, and ends
// before the protocol is switched (RFC 9110, section 7.8; RFC 9112, section 6).
func handshakeBodies() []Case {
	const note = "The server may refuse a body or read it first. What it must not do is take the body for frames, " +
		"since another reader of the same octets, such as a proxy, takes them for a body."
	length := func(n string) Request { return Baseline(Add("Content-Length", n)) }
	chunked := func(more ...Edit) Request { return Baseline(append(more, Add("Transfer-Encoding", "chunked"))...) }
	list := handshakeNoted(note, handshakeTable("handshake/body/", refs("9112-6-1"), handshakeOpened().Or(handshakeRefusal()),
		handshakeRow{"content-length", "a body of five octets is not taken for frames", length("5").Followed(Raw("hello"))},
		handshakeRow{"frame", "a body that looks like a ping is not answered", length(handshakeSmuggledLength).Followed(handshakeSmuggled())},
		handshakeRow{"chunked-empty", "the last chunk of an empty body is not taken for a frame", chunked().Followed(Raw("0\r\n\r\n"))},
		handshakeRow{"chunked", "a body in chunks is not taken for frames", chunked().Followed(Raw("5\r\nhello\r\n0\r\n\r\n"))},
		handshakeRow{"chunked-frame", "a chunk that looks like a ping is not answered",
			chunked().Followed(Raw("b\r\n" + handshakeSmuggledOctets + "\r\n0\r\n\r\n"))},
		handshakeRow{"both-framings", "Transfer-Encoding together with Content-Length is refused, or the body not taken for frames",
			chunked(Add("Content-Length", "5")).Followed(Raw("0\r\n\r\n"))},
	))
	return slices.Concat(list, []Case{
		{
			ID:    "handshake/body/content-length-0",
			Title: "Content-Length: 0 is no reason to refuse a connection",
			Refs:  refs("6455-4.2.1-13", "9112-6-1"),
			Level: Should,
			Note:  "An empty body is no body. A server that refuses every Content-Length is careful rather than wrong.",
			Steps: handshakeThen(Baseline(Add("Content-Length", "0")), handshakeOpened().OrLax(handshakeRefusal())),
		},
		{
			ID:    "handshake/body/expect-100-continue",
			Title: "a request with Expect: 100-continue and no body is answered",
			Refs:  refs("6455-4.2.1-13", "9110-7.8-7"),
			Note: "A 100 that comes before the 101 is passed over, and so is its absence: RFC 9110 10.1.1 lets it be left out when " +
				"there is no body.",
			Steps: handshakeThen(Baseline(Add("Expect", "100-continue")), handshakeOpened().Or(handshakeRefusal())),
		},
		{
			ID:    "handshake/body/expect-100-continue-and-body",
			Title: "a client that waits for 100 with a body does not get a 101 first",
			Refs:  refs("9110-7.8-7", "9112-6-1"),
			Note: "RFC 9110 7.8 has the server send 100 before 101, or a final status that refuses. The body belongs to the request, " +
				"and would come behind the 101 in place of frames. It is not sent: the case is over with the 100.",
			Steps: steps(Baseline(Add("Expect", "100-continue"), Add("Content-Length", "5")),
				Expect(handshakeRefusal()).Or(Answer(100))),
		},
	})
}
