package cases

import (
	"fmt"
	"slices"
)

// messageCases test whole messages of every legal length (RFC 6455, sections 5.2 and 5.6).
func messageCases() []Case {
	return slices.Concat(messageLengths(), messageWrites(), messageTypes(), messageSamples())
}

// A messageKind is a type of message, with a filling and the group that
// Autobahn tests its lengths in.
type messageKind struct {
	name  string
	fill  string
	of    func(Payload) Frame
	group string
}

func messageKinds() []messageKind {
	return []messageKind{
		{"text", "*", TextOf, "1.1"},
		{"binary", "\xfe", BinaryOf, "1.2"},
	}
}

// messageLengths are the lengths around which the form of the length changes.
func messageLengths() []Case {
	var all []Case
	for _, kind := range messageKinds() {
		for i, size := range []int{0, 125, 126, 127, 128, 65535, 65536} {
			all = append(all, Case{
				ID:    fmt.Sprintf("message/%s-of-%d-octets", kind.name, size),
				Title: fmt.Sprintf("a %s message of %d octets is received whole", kind.name, size),
				Refs:  refs("6455-5.6-1", "6455-5.2-8", "6455-5.2-2", "6455-6.1-4", "6455-6.1-6", "6455-6.1-7", "6455-6.1-9"),
				Needs: needs(Echo),
				Alias: autobahn(fmt.Sprintf("%s.%d", kind.group, i+1)),
				Steps: messageEchoed(kind.of(Fill(kind.fill, size))),
			})
		}
	}
	return all
}

// messageWrites are messages that do not arrive in one piece, and messages that
// arrive together.
func messageWrites() []Case {
	var all []Case
	for _, kind := range messageKinds() {
		pieces := kind.of(Fill(kind.fill, 65536))
		all = append(all, Case{
			ID:    "message/" + kind.name + "-of-65536-octets-in-pieces-of-997",
			Title: "a " + kind.name + " message of 65536 octets that arrives in pieces of 997 octets is received whole",
			Refs:  refs("6455-6.2-1", "6455-5.6-1"),
			Needs: needs(Echo),
			Alias: autobahn(kind.group + ".8"),
			Steps: steps(Send(pieces.Chopped(997)), Expect(pieces), Close(1000)),
		}, Case{
			ID:     "message/" + kind.name + "-of-1048576-octets",
			Title:  "a " + kind.name + " message of 1048576 octets in one frame is received whole",
			Refs:   refs("6455-5.6-1", "6455-5.2-8"),
			Needs:  needs(Echo),
			Weight: Heavy,
			Note:   messageLimitNote,
			Steps:  messageWithinLimit(kind.of(Fill(kind.fill, 1<<20))),
		})
	}
	return append(all, Case{
		ID:    "message/three-in-one-write",
		Title: "messages that arrive in one piece are told apart by their lengths",
		Refs:  refs("6455-5.2-11", "6455-6.2-4", "6455-5.1-7"),
		Needs: needs(Echo),
		Steps: steps(
			Send(Text("one"), Binary("\x02"), Text("")),
			Expect(Text("one"), Binary("\x02"), Text("")),
			Close(1000),
		),
	})
}

// messageTypes are contents that tell text and binary apart.
func messageTypes() []Case {
	octets := make([]byte, 256)
	for i := range octets {
		octets[i] = byte(i)
	}
	return []Case{{
		ID:    "message/binary-of-all-octets",
		Title: "a binary message may hold any octet",
		Refs:  refs("6455-5.6-3", "6455-6.2-7"),
		Needs: needs(Echo),
		Steps: messageEchoed(Binary(string(octets))),
	}, {
		ID:    "message/binary-that-reads-as-text",
		Title: "a binary message whose octets are text stays binary",
		Refs:  refs("6455-6.2-3", "6455-6.1-6"),
		Needs: needs(Echo),
		Steps: messageEchoed(Binary("Hello, world!")),
	}}
}

// messageSamples are the frames that the RFC prints, with the masking key that
// it uses where the role asks for a mask.
func messageSamples() []Case {
	const key = "37fa213d"
	sample := func(id, title string, frame Frame) Case {
		return Case{
			ID: "message/sample-" + id, Title: title, Refs: refs("6455-5.7-1", "6455-5.2-1"),
			Needs: needs(Echo), Steps: messageEchoed(frame.WithKey(key)),
		}
	}
	return []Case{
		sample("text", "the single-frame text message that the standard prints is read", Text("Hello")),
		{
			ID:    "message/sample-fragmented-text",
			Title: "the fragmented text message that the standard prints is read",
			Refs:  refs("6455-5.7-1", "6455-5.4-2"),
			Needs: needs(Echo),
			Steps: steps(
				Send(Text("Hel").WithKey(key).Part(), Cont("lo").WithKey(key)),
				Expect(Text("Hello")),
				Close(1000),
			),
		},
		{
			ID:    "message/sample-ping",
			Title: "the ping that the standard prints is answered with the pong that it prints",
			Refs:  refs("6455-5.7-1", "6455-5.5.3-2"),
			Steps: steps(Send(Ping("Hello").WithKey(key)), Expect(Pong("Hello")), Close(1000)),
		},
		sample("binary-of-256-octets", "the binary message of 256 octets that the standard prints is read",
			BinaryOf(Random(256, 1))),
		sample("binary-of-64-kib", "the binary message of 64 KiB that the standard prints is read",
			BinaryOf(Random(65536, 1))),
	}
}

const messageLimitNote = "A peer may have a lower limit (RFC 6455, section 10.4), so a Close frame with 1009 is not judged."

// messageWithinLimit sends a large message, which a peer may have a limit for,
// and expects it back.
func messageWithinLimit(message Frame) []Step {
	return steps(Send(message), Expect(message).OrInfo(Closes(1009), End()))
}

// messageAlias is the alias for an Autobahn case, if there is one.
func messageAlias(id string) []string {
	if id == "" {
		return nil
	}
	return autobahn(id)
}

// messageEchoed sends a message and expects it back.
func messageEchoed(message Frame) []Step {
	back := Frame{Opcode: message.Opcode, Payload: message.Payload}
	return steps(Send(message), Expect(back), Close(1000))
}
