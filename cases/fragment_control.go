package cases

import "fmt"

// fragmentControl are control frames between the fragments of a message.
func fragmentControl() []Case {
	first, ping, last := Text("fragment1").Part(), Ping("ping payload"), Cont("fragment2")
	between := func(id, title, alias string, sends ...Step) Case {
		return Case{
			ID: "fragment/" + id, Title: title,
			Refs:  refs("6455-5.4-9", "6455-5.5.2-3", "6455-5.4-5", "6455-5.4-2"),
			Needs: needs(Echo),
			Alias: autobahn(alias),
			Steps: append(sends, Expect(Pong("ping payload"), Text("fragment1fragment2")), Close(1000)),
		}
	}
	return []Case{
		between("ping-between", "a ping between two fragments is answered and leaves the message whole", "5.6",
			Send(first, ping, last)),
		between("ping-between-in-a-write-each", "a ping that arrives by itself between two fragments is answered", "5.7",
			Send(first), Send(ping), Send(last)),
		between("ping-between-in-single-octets", "a ping that arrives octet by octet between two fragments is answered", "5.8",
			Send(first.Chopped(1), ping.Chopped(1), last.Chopped(1))),
		{
			ID:    "fragment/pong-between",
			Title: "an unsolicited pong between two fragments is ignored",
			Refs:  refs("6455-5.5.3-4", "6455-5.4-9"),
			Level: Must,
			Needs: needs(Echo),
			Note:  controlPongNote,
			Steps: steps(
				Send(Text("frag").Part(), Pong("unsolicited"), Cont("ment")),
				Expect(Text("fragment")).OrLax(Pong("unsolicited"), Text("fragment")),
				Close(1000),
			),
		}, {
			ID:    "fragment/close-between",
			Title: "a Close frame between two fragments is answered, and the message is never delivered",
			Refs:  refs("6455-5.5.1-8", "6455-5.4-9"),
			Steps: steps(
				Send(Text("frag").Part(), CloseFrame(1000)),
				Expect(Closes(1000, NoCode), End()),
			),
		},
		fragmentPingsTogether(),
	}
}

// fragmentPingsTogether is a message in one write with a ping behind each
// fragment but the last.
func fragmentPingsTogether() Case {
	send := []Frame{Text("0").Part()}
	var back []Event
	for i := range 9 {
		index := fmt.Sprint(i)
		send = append(send, Ping(index))
		back = append(back, Pong(index))
		send = append(send, Cont(fmt.Sprint(i+1)).Part())
	}
	send[len(send)-1].More = false
	return Case{
		ID:    "fragment/ping-between-each-of-ten",
		Title: "pings between the fragments of a message are answered in their order",
		Refs:  refs("6455-5.4-9", "6455-5.5.2-3", "6455-5.5.3-3"),
		Needs: needs(Echo),
		Steps: steps(Send(send...), Expect(append(back, Text("0123456789"))...), Close(1000)),
	}
}

const fragmentPromptNote = "The next fragment is held back until the pong has come. A peer that answers pings only between messages " +
	"waits for ever and fails: it cannot handle control frames in the middle of a fragmented message."

// fragmentPrompt are pings that have to be answered while the message is open.
func fragmentPrompt() []Case {
	const autobahnNote = " Autobahn waits for a second instead, and does not look at when the first pong came."
	pong1, pong2, whole := Pong("pongme 1!"), Pong("pongme 2!"), Text("fragment1fragment2fragment3fragment4fragment5")
	f1, f2, f3 := Text("fragment1").Part(), Cont("fragment2").Part(), Cont("fragment3").Part()
	f4, f5 := Cont("fragment4").Part(), Cont("fragment5")
	ping1, ping2 := Ping("pongme 1!"), Ping("pongme 2!")
	prompt := func(id, title string, alias []string, note string, dialogue ...Step) Case {
		return Case{
			ID: "fragment/" + id, Title: title,
			Refs:  refs("6455-5.4-9", "6455-5.5.2-3", "6455-5.5.2-4"),
			Needs: needs(Echo),
			Alias: alias,
			Note:  fragmentPromptNote + note,
			Steps: dialogue,
		}
	}
	return []Case{
		prompt("pings-answered-before-the-end", "a ping between fragments is answered before the message ends",
			autobahn("5.19"), autobahnNote,
			Send(f1, f2, ping1), Expect(pong1),
			Send(f3, f4, ping2, f5), Expect(pong2, whole), Close(1000)),
		prompt("pings-answered-before-the-end-in-a-write-each",
			"a ping that arrives by itself between fragments is answered before the message ends",
			autobahn("5.20"), autobahnNote,
			Send(f1), Send(f2), Send(ping1), Expect(pong1),
			Send(f3), Send(f4), Send(ping2), Send(f5), Expect(pong2, whole), Close(1000)),
		prompt("hundred-pings-answered-before-the-end", "each of 100 pings between fragments is answered before the next fragment",
			nil, "",
			Send(Text("*").Part()),
			Repeat(100, Send(Cont("*").Part(), Ping("between")), Expect(Pong("between"))),
			Send(Cont("*")), Expect(TextOf(Fill("*", 102))), Close(1000)),
	}
}

// fragmentEnds are ends of TCP while a message is open.
func fragmentEnds() []Case {
	return []Case{{
		ID:    "fragment/end-between",
		Title: "an end of TCP between two fragments ends the connection and delivers nothing",
		Refs:  refs("6455-5.4-2", "6455-7.1.5-3"),
		Note:  lengthEndedNote,
		Steps: steps(Send(Text("frag").Part()), Shut(), lengthEnded()),
	}}
}
