package cases

import "fmt"

// reservedOpcode is a case about a reserved opcode that ends the connection.
func reservedOpcode(opcode Opcode, suffix, title string, dialogue ...Step) Case {
	kind := "data"
	if opcode.IsControl() {
		kind = "control"
	}
	id, sentence := fmt.Sprintf("reserved/opcode-%d", opcode), fmt.Sprintf("the reserved %s opcode %d", kind, opcode)
	if suffix != "" {
		id += "-" + suffix
	}
	if title != "" {
		sentence += " " + title
	}
	return Case{
		ID: id, Title: sentence + " fails the connection",
		Refs:  refs("6455-5.2-5", "6455-5.2-6", "6455-5.5-1"),
		Steps: dialogue,
	}
}

// reservedOpcodes are all the opcodes without a meaning, on the first frame of a
// connection.
func reservedOpcodes() []Case {
	aliases := map[Opcode]string{3: "4.1.1", 4: "4.1.2", 11: "4.2.1", 12: "4.2.2"} // the others come behind a message there
	var all []Case
	for _, opcode := range []Opcode{3, 4, 5, 6, 7, 11, 12, 13, 14, 15} {
		payload := ""
		if opcode == 4 || opcode == 12 {
			payload = "reserved opcode payload"
		}
		c := reservedOpcode(opcode, "", "", Send(Op(opcode, payload)), FailsWith(1002))
		c.Alias = messageAlias(aliases[opcode])
		all = append(all, c)
	}
	return all
}

// reservedOpcodesAfterMessage are reserved opcodes on a connection that has
// already worked.
func reservedOpcodesAfterMessage() []Case {
	good, ping := Text("Hello, world!"), Ping("")
	after := func(opcode Opcode, alias, payload string) Case {
		c := reservedOpcode(opcode, "after-message", "behind a good message",
			Send(good), Expect(good), Send(Op(opcode, payload), ping), FailsWith(1002))
		c.Needs, c.Alias, c.Note = needs(Echo), autobahn(alias), reservedAfterNote
		return c
	}
	inOctets := func(opcode Opcode, alias, payload string) Case {
		c := reservedOpcode(opcode, "after-message-in-single-octets", "behind a good message, octet by octet,",
			Send(good.Chopped(1)), Expect(good),
			Send(Op(opcode, payload).Chopped(1), ping.Chopped(1)), FailsWith(1002))
		c.Needs, c.Alias, c.Note = needs(Echo), autobahn(alias), reservedAfterNote
		return c
	}
	return []Case{
		after(5, "4.1.3", ""),
		after(6, "4.1.4", "Hello, world!"),
		inOctets(7, "4.1.5", "Hello, world!"),
		after(13, "4.2.3", ""),
		after(14, "4.2.4", "Hello, world!"),
		inOctets(15, "4.2.5", "Hello, world!"),
	}
}

// reservedOpcodesInside are reserved opcodes between the fragments of a text.
func reservedOpcodesInside() []Case {
	var all []Case
	for _, opcode := range []Opcode{3, 4, 5, 6, 7, 11, 12, 13, 14, 15} {
		all = append(all, reservedOpcode(opcode, "between-fragments", "between two fragments",
			Send(Text("frag").Part(), Op(opcode, "odd"), Cont("ment")), FailsWith(1002)))
	}
	return all
}

// reservedOpcodesOdd are reserved opcodes together with another property that a
// reader may look at first.
func reservedOpcodesOdd() []Case {
	var all []Case
	for _, opcode := range []Opcode{3, 4, 5, 6, 7, 11, 12, 13, 14, 15} {
		long := Frame{Opcode: opcode, Payload: Fill("*", 126)}
		all = append(all,
			reservedOpcode(opcode, "without-fin", "without FIN",
				Send(Op(opcode, "part").Part(), Cont("rest")), FailsWith(1002)),
			reservedOpcode(opcode, "with-rsv1", "with RSV1",
				Send(Op(opcode, "odd").WithRSV(reserved1)), FailsWith(1002)),
			reservedOpcode(opcode, "with-126-octets", "with 126 octets", Send(long), FailsWith(1002)),
		)
	}
	return all
}

// reservedHeaders are faults that the first two octets of a frame show already.
func reservedHeaders() []Case {
	return []Case{
		reservedHeader("reserved/rsv1-in-header-alone", "a reserved bit", "6455-5.2-4", Text("Hello").WithRSV(reserved1)),
		reservedHeader("reserved/opcode-3-in-header-alone", "a reserved opcode", "6455-5.2-5", Op(3, "Hello")),
	}
}

// reservedHeader is the beginning of a frame with a fault, and nothing more.
func reservedHeader(id, what, rule string, f Frame) Case {
	return Case{
		ID:    id,
		Title: what + " may fail the connection before the payload has come",
		Refs:  refs(rule, "6455-7.1.7-7"),
		Note: "No rule tells when a receiver has to fail, so a peer that waits for the rest of the frame is not judged. " +
			"Only the first two octets are sent; the wait is judged after half a second.",
		Steps: steps(Send(f.Only(2)), FailsWith(1002).OrInfo(Wait()).For(lengthWait)),
	}
}
