package cases

import "slices"

// clientAcceptLine is a response whose accept value stands in this line.
func clientAcceptLine(line string) Response { return Respond(Drop(acceptField), Octets(line)) }

// clientAccepts test accept values that are right (RFC 6455, section 4.1, item 4
// of the client's checks).
func clientAccepts() []Case {
	list := clientTable("client/accept/", refs("6455-4.1-46"), clientOpens,
		clientRow{"no-space-before", "an accept value right behind the colon opens the connection",
			clientAcceptLine("Sec-WebSocket-Accept:{accept}\r\n")},
		clientRow{"spaces-before", "spaces before the accept value are no part of it", Respond(Set(acceptField, "   {accept}"))},
		clientRow{"tab-before", "a tab before the accept value is no part of it", clientAcceptLine("Sec-WebSocket-Accept:\t{accept}\r\n")},
		clientRow{"whitespace-behind", "spaces and tabs behind the accept value are no part of it", Respond(Set(acceptField, "{accept} \t "))},
		clientRow{"first-field", "an accept value before the other fields opens the connection", Respond(Reversed())},
	)
	return append(list, Case{
		ID:    "client/accept/twice",
		Title: "the right accept value in two fields is refused",
		Refs:  refs("6455-11.3.3-1", "6455-4.1-49"),
		Note:  "Only the server is told to send the field once; a client that compares each of the two sees nothing wrong.",
		Steps: clientShouldRefuse(Respond(Add(acceptField, "{accept}"))),
	})
}

// clientAcceptsRefused test accept values that are wrong. A client that takes one
// believes any server that merely answers.
func clientAcceptsRefused() []Case {
	value := func(v string) Response { return Respond(Set(acceptField, v)) }
	two := func(first, second string) Response { return Respond(Set(acceptField, first), Add(acceptField, second)) }
	const zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAA="
	return slices.Concat(
		clientTable("client/accept/", refs("6455-4.1-46", "6455-1.3-4"), clientRefuses,
			clientRow{"missing", "a response without an accept value is refused", Respond(Drop(acceptField))},
			clientRow{"empty", "an empty accept value is refused", value("")},
			clientRow{"spaces", "an accept value of spaces alone is refused", clientAcceptLine("Sec-WebSocket-Accept:   \t\r\n")},
			clientRow{"all-zeros", "an accept value of twenty octets 00 is refused", value(zeros)},
			clientRow{"key", "the key itself is no accept value", value("{key}")},
			clientRow{"key-and-guid", "the key with the GUID behind it, neither hashed nor encoded, is no accept value",
				value("{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11")},
			clientRow{"more-padding", "an accept value with one padding character too many is refused", value("{accept}=")},
			clientRow{"word-behind", "an accept value with another word behind it is refused", value("{accept} x")},
			clientRow{"word-before", "an accept value with another word before it is refused", value("x {accept}")},
			clientRow{"character-before", "an accept value with one more character before it is refused", value("A{accept}")},
			clientRow{"parameter-behind", "an accept value with a parameter is refused", value("{accept};v=1")},
			clientRow{"quoted", "an accept value in quotes is refused", value(`"{accept}"`)},
			clientRow{"listed-twice", "a list of the right accept value twice is refused", value("{accept}, {accept}")},
			clientRow{"listed-with-wrong", "a list of a wrong accept value and the right one is refused", value(zeros + ", {accept}")},
			clientRow{"nul-behind", "a NUL does not end the accept value", value("{accept}\x00x")},
			clientRow{"not-base64", "an accept value of 28 exclamation marks is refused", value("!!!!!!!!!!!!!!!!!!!!!!!!!!!!")},
			clientRow{"draft-digest", "the field of an early draft is no accept value", Respond(Drop(acceptField), Add("Sec-WebSocket-Location", "ws://example.com/"))},
			clientRow{"other-name", "the right value in a field of another name is no accept value",
				Respond(Drop(acceptField), Add("X-WebSocket-Accept", "{accept}"), Add("WebSocket-Accept", "{accept}"))},
		),
		clientTable("client/accept/", refs("6455-4.1-46", "6455-11.3.3-1"), clientRefuses,
			clientRow{"wrong-behind-right", "a second accept value that is wrong is refused", two("{accept}", zeros)},
			clientRow{"right-behind-wrong", "a right accept value does not make up for a wrong one before it", two(zeros, "{accept}")},
		),
	)
}
