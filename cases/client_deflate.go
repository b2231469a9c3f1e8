package cases

import (
	"fmt"
	"slices"
)

// clientHello and clientHelloAgain are the compressed frames of RFC 7692, section
// 7.2.3: "Hello", and "Hello" again by reference to the first.
const (
	clientHello      = "\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00"
	clientHelloAgain = "\xc1\x05\xf2\x00\x11\x00\x00"
)

// clientDeflates test answers that agree to permessage-deflate as a server may,
// whatever the client has offered (RFC 7692, section 7.1).
func clientDeflates() []Case {
	const unsupported = " RFC 7692 7 lets a client refuse a configuration that it does not support."
	twice := func(m Frame) []Frame { return []Frame{m.Deflate(), m.Deflate()} }
	long := TextOf(Fill("Hello, compression! ", 400))
	taken := func(name, title, answer, note string, refs []string, messages ...Frame) Case {
		return Case{
			ID: "client/deflate/" + name, Title: title, Refs: refs, Needs: needs(Deflate, Echo), Note: note,
			Steps: clientTakes(Open(answer), messages...),
		}
	}
	return slices.Concat([]Case{
		{
			ID: "client/deflate/context", Title: "a client keeps its window for the next message",
			Refs: refs("7692-7.2.2-3", "7692-5-16", "7692-7.2.3-1"), Needs: needs(Deflate, Echo),
			Note: "The second message refers to the first. A client that offers server_no_context_takeover gets messages that stand alone.",
			Steps: steps(
				Open("permessage-deflate"),
				Send(Text("Hello").Deflate()), Expect(Text("Hello")),
				Send(Text("Hello").Deflate()), Expect(Text("Hello")),
				Close(1000),
			),
		},
		{
			ID: "client/deflate/client-no-context-takeover", Title: "a client that is asked to compress each message alone does so",
			Refs: refs("7692-7.1.1.2-3", "7692-7.2.1-8"), Needs: needs(Deflate, Echo),
			Steps: append(append(steps(Open("permessage-deflate; client_no_context_takeover")), clientEach(twice(long)...)...), Close(1000)),
		},
		taken("server-no-context-takeover", "a server may compress each message alone without being asked",
			"permessage-deflate; server_no_context_takeover", "Erratum 4982, which is not verified, forbids a client to refuse it."+unsupported,
			refs("7692-5-16", "7692-7.1.1.1-5", "7692-errata-1"), twice(long)...),
		taken("no-context-takeover", "both sides may compress each message alone",
			"permessage-deflate; server_no_context_takeover; client_no_context_takeover", unsupported[1:],
			refs("7692-7.1.1.2-3", "7692-7.1.1.1-5", "7692-7.2.1-8"), twice(long)...),
		taken("parameters-in-any-order", "the parameters of the answer may come in any order",
			"permessage-deflate; server_max_window_bits=15; client_no_context_takeover; server_no_context_takeover", unsupported[1:],
			refs("7692-5-16", "7692-7-1"), twice(long)...),
		taken("quoted-value", `the value "10" in quotes is the value 10`,
			`permessage-deflate; server_max_window_bits="10"`, unsupported[1:], refs("7692-5.2-1", "6455-9.1-2"), twice(long)...),
		taken("no-spaces", "an answer without spaces is read",
			"permessage-deflate;server_no_context_takeover;client_no_context_takeover", unsupported[1:], refs("6455-4.3-4", "7692-5-16"), twice(long)...),
	}, clientDeclines())
}

// clientTakes plays an agreement that a client may have no support for, and the
// messages there and back.
func clientTakes(open Step, messages ...Frame) []Step {
	back := make([]Event, len(messages))
	for i, m := range messages {
		m.Deflated = false
		back[i] = m
	}
	return steps(open, Send(messages...), Expect(back...).OrLax(End()).OrLax(Closes(1010), End()))
}

// clientEach sends the messages one after the other, each when the one before has
// come back.
func clientEach(messages ...Frame) []Step {
	var list []Step
	for _, m := range messages {
		back := m
		back.Deflated = false
		list = append(list, Send(m), Expect(back))
	}
	return list
}

// clientDeclines are answers that do not agree to the permessage-deflate that the
// client has offered.
func clientDeclines() []Case {
	return []Case{
		{
			ID: "client/deflate/declined", Title: "a client whose offer is declined does not compress",
			Refs: refs("6455-9.1-6", "7692-5-14"), Needs: needs(Deflate, Echo),
			Note:  "A reserved bit in what comes back fails the case.",
			Steps: clientEchoes(Respond(), TextOf(Fill("Hello, compression! ", 400))),
		},
		{
			ID: "client/deflate/declined-bit", Title: "a client whose offer is declined refuses a frame with RSV1",
			Refs: refs("6455-5.2-4", "6455-9.1-6", "7692-5-14"), Needs: needs(Deflate),
			Steps: steps(Respond(), Send(Raw(clientHello)), FailsWith(1002)),
		},
	}
}

// clientWindows test windows of each size, of the server and of the client (RFC
// 7692, section 7.1.2).
func clientWindows() []Case {
	const note = "RFC 7692 7 lets a client refuse a configuration that it does not support."
	var list []Case
	for bits := 8; bits <= 15; bits++ {
		window := 1 << bits
		half := Random(window/2, 1) // its repetitions are as far away as the window reaches
		list = append(list, Case{
			ID:    fmt.Sprintf("client/deflate/server-window-%d", bits),
			Title: fmt.Sprintf("a client takes a server that keeps to a window of %d octets without being asked", window),
			Refs:  refs("7692-5-16", "7692-7.1.2.1-6", "7692-7.1.2.1-7"),
			Needs: needs(Deflate, Echo),
			Note:  note,
			Steps: clientTakes(Open(fmt.Sprintf("permessage-deflate; server_max_window_bits=%d", bits)), BinaryOf(Join(half, half, half)).Deflate()),
		})
		if bits == 15 {
			continue // nothing could be farther away than such a window
		}
		beyond := Random(window+100, 2)
		list = append(list, Case{
			ID:    fmt.Sprintf("client/deflate/client-window-%d", bits),
			Title: fmt.Sprintf("a client that is asked for a window of %d octets refers to none that are farther away", window),
			Refs:  refs("7692-7.2.1-13", "7692-7.1.2.2-3"),
			Needs: needs(Deflate, WindowBits, Echo),
			Note:  note,
			Steps: clientTakes(Open(fmt.Sprintf("permessage-deflate; client_max_window_bits=%d", bits)), BinaryOf(Join(beyond, beyond)), BinaryOf(beyond)),
		})
	}
	return list
}
