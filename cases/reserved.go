package cases

import (
	"fmt"
	"slices"
	"strings"
)

// reservedCases test reserved bits and opcodes (RFC 6455, section 5.2).
func reservedCases() []Case {
	return slices.Concat(reservedBits(), reservedBitsTogether(), reservedBitsAfterMessage(),
		reservedOpcodes(), reservedOpcodesAfterMessage(), reservedOpcodesInside(), reservedOpcodesOdd(), reservedHeaders(), reservedMore())
}

// The reserved bits as WithRSV takes them.
const (
	reserved1 = 4
	reserved2 = 2
	reserved3 = 1
)

// reservedNames names the bits, with a word in front of each number.
func reservedNames(bits byte, word, between string) string {
	var names []string
	for i, bit := range []byte{reserved1, reserved2, reserved3} {
		if bits&bit != 0 {
			names = append(names, fmt.Sprint(word, i+1))
		}
	}
	return strings.Join(names, between)
}

// reservedID names the bits and where they are.
func reservedID(bits byte, where string) string {
	return "reserved/" + reservedNames(bits, "rsv", "-") + "-" + where
}

// reservedTitle states the rule for these bits on this kind of frame.
func reservedTitle(bits byte, what string) string {
	return reservedNames(bits, "RSV", " and ") + " on " + what + " without an extension fails the connection"
}

// reservedBits are each bit alone on each kind of frame.
func reservedBits() []Case {
	kinds := []struct {
		name, what string
		before     []Frame
		frame      Frame
	}{
		{"text", "a text frame", nil, Text("Hello, world!")},
		{"binary", "a binary frame", nil, Binary("\x00\xff\xfe\xfd\xfc\xfb\x00\xff")},
		{"continuation", "a continuation frame", []Frame{Text("frag").Part()}, Cont("ment")},
		{"ping", "a ping", nil, Ping("p")},
		{"pong", "a pong", nil, Pong("p")},
		{"close", "a Close frame", nil, CloseFrame(1000)},
	}
	var all []Case
	for _, k := range kinds {
		for _, bits := range []byte{reserved1, reserved2, reserved3} {
			c := Case{
				ID:    reservedID(bits, "on-"+k.name),
				Title: reservedTitle(bits, k.what),
				Refs:  refs("6455-5.2-4", "6455-5.8-1", "6455-7.1.7-5"),
				Steps: steps(Send(append(k.before, k.frame.WithRSV(bits))...), FailsWith(1002)),
			}
			if c.ID == "reserved/rsv3-on-text" {
				c.Alias = autobahn("3.1")
			}
			all = append(all, c)
		}
	}
	return all
}

// reservedBitsTogether are several bits at once.
func reservedBitsTogether() []Case {
	together := func(id, what string, f Frame, alias []string, note string) Case {
		return Case{
			ID:    reservedID(f.RSV, "on-"+id),
			Title: reservedTitle(f.RSV, what),
			Refs:  refs("6455-5.2-4", "6455-5.8-1", "6455-7.1.7-5"),
			Alias: alias,
			Note:  note,
			Steps: steps(Send(f), FailsWith(1002)),
		}
	}
	return []Case{
		together("binary", "a binary frame",
			Binary("\x00\xff\xfe\xfd\xfc\xfb\x00\xff").WithRSV(reserved1|reserved3), autobahn("3.5"), ""),
		together("ping", "a ping", Ping("Hello, world!").WithRSV(reserved1|reserved2), autobahn("3.6"),
			"Autobahn describes this ping but sends a binary frame, which is the case reserved/rsv1-rsv2-on-binary."),
		together("binary", "a binary frame", Binary("Hello, world!").WithRSV(reserved1|reserved2), nil,
			"This is what Autobahn really sends in its case 3.6."),
		together("close", "a Close frame",
			CloseBody("").WithRSV(reserved1|reserved2|reserved3), autobahn("3.7"), ""),
	}
}

// reservedAfterNote is why the echo is awaited before the fault goes out.
const reservedAfterNote = "Autobahn sends the good message and the fault in one burst, so its verdict depends on whether the peer writes the echo " +
	"before it fails. Here the echo comes first; then the fault is sent, with the rest in the same write."

// reservedBitsAfterMessage are faults on a connection that has already worked.
func reservedBitsAfterMessage() []Case {
	after := func(id, autobahnID, what string, good, bad, ping Frame) Case {
		return Case{
			ID:    reservedID(bad.RSV, id),
			Title: reservedTitle(bad.RSV, what),
			Refs:  refs("6455-5.2-4", "6455-5.8-1", "6455-7.1.7-7"),
			Needs: needs(Echo),
			Alias: autobahn(autobahnID),
			Note:  reservedAfterNote,
			Steps: steps(Send(good), Expect(Text("Hello, world!")), Send(bad, ping), FailsWith(1002)),
		}
	}
	const behind = "a text frame behind a good message"
	good, ping := Text("Hello, world!"), Ping("")
	return []Case{
		after("after-message", "3.2", behind, good, good.WithRSV(reserved2), ping),
		after("after-message", "3.3", behind, good, good.WithRSV(reserved2|reserved3), ping),
		after("after-message-in-single-octets", "3.4", behind+", octet by octet,",
			good.Chopped(1), good.WithRSV(reserved1).Chopped(1), ping.Chopped(1)),
	}
}
