package cases

import "fmt"

// maskingKeys are keys that a careless reader treats specially.
func maskingKeys() []Case {
	masked := func(id, title, key string, payload Payload) Case {
		return Case{
			ID: "masking/" + id, Title: title,
			Refs:    refs("6455-5.3-6", "6455-6.2-7"),
			Subject: Server,
			Needs:   needs(Echo),
			Steps:   messageEchoed(BinaryOf(payload).WithKey(key)),
		}
	}
	any19 := Random(19, 1)
	return []Case{
		masked("key-of-zeros", "a masked frame with a key of zeros is accepted", "00000000", any19),
		masked("key-of-ones", "a masked frame with a key of all ones is unmasked", "ffffffff", any19),
		masked("key-with-highest-bit", "a masked frame whose key has only its highest bit set is unmasked", "80000000", any19),
		masked("key-with-lowest-bit", "a masked frame whose key has only its lowest bit set is unmasked", "00000001", any19),
		masked("key-equal-to-payload", "a payload that is zero on the wire is unmasked to the key", "37fa213d", Lit("\x37\xfa\x21\x3d")),
	}
}

// maskingLengths are payloads around the widths in which unmasking is done in
// one step: a word, a vector register, and the lengths that other forms begin at.
func maskingLengths() []Case {
	ranges := [][2]int{{0, 19}, {63, 67}, {124, 129}, {65533, 65539}}
	var all []Case
	for _, r := range ranges {
		var dialogue []Step
		for size := r[0]; size <= r[1]; size++ {
			message := BinaryOf(Random(size, 1))
			if size == 0 {
				message = Binary("")
			}
			dialogue = append(dialogue, Send(message.WithKey("37fa213d")), Expect(message))
		}
		all = append(all, Case{
			ID:      fmt.Sprintf("masking/lengths-%d-to-%d", r[0], r[1]),
			Title:   fmt.Sprintf("payloads of %d to %d octets are unmasked to their last octet", r[0], r[1]),
			Refs:    refs("6455-5.3-6", "6455-5.3-2", "6455-6.2-7"),
			Subject: Server,
			Needs:   needs(Echo),
			Steps:   append(dialogue, Close(1000)),
		})
	}
	return all
}

// maskingCuts split one frame at every place of its header, and close to the
// ends of its payload. Octets 4 to 7 of the frame are the key.
func maskingCuts() []Case {
	message := BinaryOf(Random(256, 1))
	var all []Case
	for _, at := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 263} {
		all = append(all, Case{
			ID:      fmt.Sprintf("masking/cut-at-octet-%d", at),
			Title:   fmt.Sprintf("a masked frame that arrives in two pieces, cut behind octet %d, is unmasked", at),
			Refs:    refs("6455-6.2-1", "6455-5.3-6"),
			Subject: Server,
			Needs:   needs(Echo),
			Steps:   messageEchoed(message.Cut(at)),
		})
	}
	return append(all, Case{
		ID:      "masking/single-octets",
		Title:   "a masked frame that arrives octet by octet is unmasked",
		Refs:    refs("6455-6.2-1", "6455-5.3-6"),
		Subject: Server,
		Needs:   needs(Echo),
		Steps:   messageEchoed(message.Chopped(1)),
	})
}

// maskingKeyPerFrame are fragmented messages; the key and the place in it begin
// anew with each frame.
func maskingKeyPerFrame() []Case {
	fragmented := func(id, title string, keys [3]string) Case {
		return Case{
			ID: "masking/" + id, Title: title,
			Refs:    refs("6455-5.3-6", "6455-5.3-3", "6455-5.4-2"),
			Subject: Server,
			Needs:   needs(Echo),
			Steps: steps(
				Send(
					Text("first").WithKey(keys[0]).Part(),
					Cont("second").WithKey(keys[1]).Part(),
					Cont("third").WithKey(keys[2]),
				),
				Expect(Text("firstsecondthird")),
				Close(1000),
			),
		}
	}
	return []Case{
		fragmented("key-for-each-fragment", "each fragment is unmasked with its own key",
			[3]string{"37fa213d", "01020304", "00000000"}),
		fragmented("key-again-for-each-fragment", "unmasking begins with the first octet of the key in each fragment",
			[3]string{"37fa213d", "37fa213d", "37fa213d"}),
	}
}

// maskingEmpty are masked frames without a payload, whose key is there all the
// same and must not be taken for the next frame.
func maskingEmpty() []Case {
	const key = "37fa213d"
	return []Case{{
		ID:      "masking/empty-text",
		Title:   "the masking key of an empty text frame is read",
		Refs:    refs("6455-5.2-7", "6455-5.3-7"),
		Subject: Server,
		Needs:   needs(Echo),
		Steps: steps(
			Send(Text("").WithKey(key), Text("next").WithKey(key)),
			Expect(Text(""), Text("next")),
			Close(1000),
		),
	}, {
		ID:      "masking/empty-ping",
		Title:   "the masking key of an empty ping is read",
		Refs:    refs("6455-5.2-7", "6455-5.3-7"),
		Subject: Server,
		Steps: steps(
			Send(Ping("").WithKey(key)),
			Expect(Pong("")),
			Alive(),
			Close(1000),
		),
	}, {
		ID:      "masking/empty-close",
		Title:   "the masking key of a Close frame without a body is no status code",
		Refs:    refs("6455-5.2-7", "6455-5.5.1-8"),
		Subject: Server,
		Steps:   steps(Send(CloseBody("").WithKey(key)), Expect(Closes(1000, NoCode), End())),
	}}
}
