package cases

import "slices"

// clientDeflateRefuses plays an answer that the client must not live with. RFC
// 7692, section 5.1, has a client that does not go on with what is agreed close
// with 1010, though section 7 fails the connection before it is established.
func clientDeflateRefuses(r Response) []Step {
	return steps(r, Expect(Closes(1010), End()).Or(Refuse()))
}

// clientDeflatesRefused test answers whose parameters no server may send (RFC
// 7692, section 7).
func clientDeflatesRefused() []Case {
	agrees := func(params string) Response { return clientAgrees("permessage-deflate; " + params) }
	return clientNeeding(slices.Concat(
		clientTable("client/deflate/refused/", refs("7692-7-4", "7692-7.1.2.1-5"), clientDeflateRefuses,
			clientRow{"server-bits-without-value", "server_max_window_bits without a value is refused", agrees("server_max_window_bits")},
			clientRow{"server-bits-0", "server_max_window_bits of 0 is refused", agrees("server_max_window_bits=0")},
			clientRow{"server-bits-7", "server_max_window_bits of 7 is refused", agrees("server_max_window_bits=7")},
			clientRow{"server-bits-16", "server_max_window_bits of 16 is refused", agrees("server_max_window_bits=16")},
			clientRow{"server-bits-08", "server_max_window_bits of 08 is refused", agrees("server_max_window_bits=08")},
			clientRow{"server-bits-010", "server_max_window_bits of 010 is refused", agrees("server_max_window_bits=010")},
			clientRow{"server-bits-minus-8", "server_max_window_bits of -8 is refused", agrees("server_max_window_bits=-8")},
			clientRow{"server-bits-plus-8", "server_max_window_bits of +8 is refused", agrees("server_max_window_bits=+8")},
			clientRow{"server-bits-266", "server_max_window_bits of 266, which is 10 in eight bits, is refused", agrees("server_max_window_bits=266")},
			clientRow{"server-bits-word", "server_max_window_bits of abc is refused", agrees("server_max_window_bits=abc")},
			clientRow{"server-bits-10x", "server_max_window_bits of 10x is refused", agrees("server_max_window_bits=10x")},
			clientRow{"server-bits-empty", "server_max_window_bits of an empty value in quotes is refused", agrees(`server_max_window_bits=""`)},
		),
		clientTable("client/deflate/refused/", refs("7692-7-4", "7692-7.1.2.2-4"), clientDeflateRefuses,
			clientRow{"client-bits-without-value", "client_max_window_bits without a value is refused in an answer", agrees("client_max_window_bits")},
			clientRow{"client-bits-0", "client_max_window_bits of 0 is refused", agrees("client_max_window_bits=0")},
			clientRow{"client-bits-7", "client_max_window_bits of 7 is refused", agrees("client_max_window_bits=7")},
			clientRow{"client-bits-16", "client_max_window_bits of 16 is refused", agrees("client_max_window_bits=16")},
			clientRow{"client-bits-08", "client_max_window_bits of 08 is refused", agrees("client_max_window_bits=08")},
			clientRow{"client-bits-word", "client_max_window_bits of abc is refused", agrees("client_max_window_bits=abc")},
			clientRow{"client-bits-empty", "client_max_window_bits of an empty value in quotes is refused", agrees(`client_max_window_bits=""`)},
		),
		clientTable("client/deflate/refused/", refs("7692-7-4"), clientDeflateRefuses,
			clientRow{"server-takeover-value", "server_no_context_takeover with a value is refused", agrees("server_no_context_takeover=1")},
			clientRow{"client-takeover-value", "client_no_context_takeover with a value is refused", agrees("client_no_context_takeover=0")},
			clientRow{"client-takeover-true", "client_no_context_takeover with the value true is refused", agrees(`client_no_context_takeover="true"`)},
			clientRow{"server-takeover-twice", "server_no_context_takeover twice is refused", agrees("server_no_context_takeover; server_no_context_takeover")},
			clientRow{"client-takeover-twice", "client_no_context_takeover twice is refused", agrees("client_no_context_takeover; client_no_context_takeover")},
			clientRow{"server-bits-twice", "server_max_window_bits twice is refused", agrees("server_max_window_bits=10; server_max_window_bits=10")},
			clientRow{"server-bits-two-values", "server_max_window_bits with two values is refused", agrees("server_max_window_bits=10; server_max_window_bits=11")},
			clientRow{"client-bits-twice", "client_max_window_bits twice is refused", agrees("client_max_window_bits=10; client_max_window_bits=10")},
			clientRow{"client-bits-two-values", "client_max_window_bits with two values is refused", agrees("client_max_window_bits=10; client_max_window_bits=11")},
			clientRow{"unknown-parameter", "an unknown parameter is refused", agrees("x-unknown")},
			clientRow{"unknown-parameter-with-value", "an unknown parameter with a value is refused", agrees("x-unknown=1")},
			clientRow{"unknown-parameter-beside-known", "an unknown parameter beside two that are known is refused",
				agrees("server_no_context_takeover; client_no_context_takeover; x-unknown")},
			clientRow{"parameter-in-other-case", "Server_No_Context_Takeover is an unknown parameter", agrees("Server_No_Context_Takeover")},
			clientRow{"parameter-of-prototype", "the parameter __proto__ is not found among the properties of an object", agrees("__proto__=1")},
		),
	), Deflate)
}
