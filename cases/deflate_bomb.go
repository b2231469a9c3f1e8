package cases

import "time"

// deflateZeros is a message of rounds*1032 + 775 zeros: a dynamic block in which
// a match of 258 zeros takes two bits, so that each octet 00 stands for 1032.
func deflateZeros(rounds int) (compressed, plain Payload) {
	const header = "\xec\xc0\x01\x01\x00\x00\x00\x80\x90\xfe\xaf\xee\x08\x01"
	return Join(Lit(header), Fill("\x00", rounds), Lit("\x03")), Fill("\x00", rounds*1032+775)
}

// deflateBombTime is the budget of a case about a large message, whoever plays.
const deflateBombTime = 20 * time.Second

// deflateBombs are small messages that become large ones (RFC 6455, section
// 10.4; RFC 7692, section 8).
func deflateBombs() []Case {
	bomb := func(id, title string, rounds int) (Case, Frame, Frame) {
		compressed, plain := deflateZeros(rounds)
		return Case{
			ID: "deflate/bomb/" + id, Title: title, Weight: Heavy, Timeout: deflateBombTime,
		}, BinaryOf(compressed).WithRSV(reserved1), BinaryOf(plain)
	}
	legal := func(id, title string, rounds, connections int) Case {
		c, frame, back := bomb(id, title, rounds)
		c.Refs, c.Needs = refs("7692-6.2-1", "7692-8-2", "6455-10.4-1"), needs(Echo, Deflate)
		c.Connections = connections
		c.Note = "The message is legal. " + messageLimitNote
		c.Steps = steps(Open(deflateOffer), Send(frame), Expect(back).OrInfo(Closes(1009), End()), Close(1000))
		return c
	}
	limited := func(id, title string, fragments int) Case {
		c, frame, back := bomb(id, title, 96900)
		c.Refs, c.Needs = refs("6455-10.4-1", "7692-8-2", "6455-10.4-2"), needs(Deflate)
		c.Note = "The limit has to hold for the inflated size (RFC 7692, section 8). That a peer has none, and takes the message, is not judged."
		e := FailsWith(1009).OrInfo(back)
		e.Else = Info
		c.Steps = steps(Open(deflateOffer), Send(frame.InFragments(fragments)), e)
		return c
	}
	return []Case{
		legal("1-mib", "a message of 1 MiB in 1 KiB is read", 1015, 0),
		legal("ten-of-16-mib", "ten connections that each get a message of 16 MiB in 16 KiB are served", 16250, 10),
		limited("100-mb", "a message of 100 MB in 97 KB meets the limit for messages", 0),
		limited("100-mb-in-fragments", "a message of 100 MB in fragments of 2 KiB, each below any limit, meets the limit for messages", 2048),
	}
}

// deflateDrains take time, and put out next to nothing.
func deflateDrains() []Case {
	var burst []Frame
	var echoes []Event
	for range 50 {
		burst, echoes = append(burst, deflateText("\x00")), append(echoes, Text(""))
	}
	drain := func(id, title string, message Frame, back Frame) Case {
		return Case{
			ID: "deflate/drain/" + id, Title: title, Refs: refs("7692-6.2-1", "7692-7.2.1-2", "6455-10.4-1"), Needs: needs(Echo, Deflate),
			Weight: Heavy, Timeout: deflateBombTime,
			Note:  "The message is legal; a peer may have a limit for its compressed size too, so a Close frame with 1009 is not judged.",
			Steps: steps(Open(deflateOffer), Send(message), Expect(back).OrInfo(Closes(1009), End()), Close(1000)),
		}
	}
	empty, final := Fill("\x00\x00\x00\xff\xff", 5*100000), Fill("\x03\x00", 2*100000)
	var fragments []Frame
	for range 20 {
		fragments = append(fragments, Cont("").Part())
	}
	return []Case{
		{
			ID: "deflate/drain/empty-messages", Title: "20000 compressed messages without an octet are answered",
			Refs: refs("6455-10.4-1", "7692-7.2.3-2"), Needs: needs(Echo, Deflate), Weight: Heavy, Timeout: deflateBombTime,
			Steps: steps(Open(deflateOffer), Repeat(400, Send(burst...), Expect(echoes...)), Close(1000)),
		},
		drain("empty-blocks", "a message of 100000 empty stored blocks is read",
			TextOf(Join(empty, Lit(deflateHello))).WithRSV(reserved1), Text("Hello")),
		drain("empty-final-blocks", "a message of 100000 empty blocks with BFINAL is read",
			TextOf(Join(final, Lit(deflateHello))).WithRSV(reserved1), Text("Hello")),
		{
			ID: "deflate/drain/empty-fragments", Title: "a compressed message with 1000 empty fragments is read",
			Refs: refs("7692-6-3", "7692-6.2-1", "6455-10.4-1"), Needs: needs(Echo, Deflate),
			Note: "The message is legal; a peer that has a limit for fragments without content is lax.",
			Steps: steps(Open(deflateOffer),
				Send(deflateText(deflateHello[:3]).Part()), Repeat(50, Send(fragments...)), Send(Cont(deflateHello[3:])),
				Expect(Text("Hello")).OrLax(Closes(1008, 1009), End()).OrLax(End()), Close(1000)),
		},
	}
}
