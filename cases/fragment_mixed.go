package cases

import (
	"fmt"
	"slices"
)

// fragmentMixed are control frames in every place of a fragmented message, and
// fragments in further orders that no message has.
func fragmentMixed() []Case {
	return slices.Concat(fragmentControlPlaces(), fragmentControlEnds(), fragmentMoreOrders())
}

// fragmentControlPlaces put pings and pongs between fragments.
func fragmentControlPlaces() []Case {
	placed := func(id, title string, frames []Frame, back ...Event) Case {
		return Case{
			ID: "fragment/" + id, Title: title,
			Refs:  refs("6455-5.4-9", "6455-5.5.2-3", "6455-5.4-5"),
			Needs: needs(Echo),
			Steps: steps(Send(frames...), Expect(back...), Close(1000)),
		}
	}
	first, middle, last := Text("a").Part(), Cont("b").Part(), Cont("c")
	long := PingOf(Fill("p", 125))
	return []Case{
		placed("ping-behind-first", "a ping behind the first of three fragments is answered", []Frame{first, Ping("p"), middle, last}, Pong("p"), Text("abc")),
		placed("ping-before-last", "a ping before the last of three fragments is answered", []Frame{first, middle, Ping("p"), last}, Pong("p"), Text("abc")),
		placed("pings-in-both-gaps", "a ping in each gap between three fragments is answered",
			[]Frame{first, Ping("p"), middle, Ping("q"), last}, Pong("p"), Pong("q"), Text("abc")),
		placed("two-pings-in-a-gap", "of two pings in one gap at least the last is answered",
			[]Frame{first, Ping("p"), Ping("q"), last}, Pong("p"), Pong("q"), Text("ac")),
		placed("ping-around", "pings around a fragmented message are answered",
			[]Frame{Ping("p"), first, last, Ping("q")}, Pong("p"), Text("ac"), Pong("q")),
		placed("empty-ping-between", "an empty ping between fragments is answered", []Frame{first, Ping(""), last}, Pong(""), Text("ac")),
		placed("ping-of-125-octets-between", "a ping with the longest payload between fragments is answered",
			[]Frame{first, long, last}, PongOf(Fill("p", 125)), Text("ac")),
		placed("ping-between-empty-fragments", "a ping between empty fragments is answered",
			[]Frame{Text("").Part(), Ping("p"), Cont("")}, Pong("p"), Text("")),
		placed("ping-between-binary-fragments", "a ping between binary fragments is answered",
			[]Frame{Binary("\xff").Part(), Ping("p"), Cont("\xfe")}, Pong("p"), Binary("\xff\xfe")),
		placed("ping-and-pong-between", "a ping and an unsolicited pong between fragments leave the message whole",
			[]Frame{first, Ping("p"), Pong("u"), middle, Pong("v"), last}, Pong("p"), Text("abc")),
	}
}

// fragmentControlEnds are Close frames inside a message. What has come of it is
// never delivered, so that no message may come back.
func fragmentControlEnds() []Case {
	closing := func(id, title string, frames ...Frame) Case {
		return Case{
			ID: "fragment/" + id, Title: title,
			Refs:  refs("6455-5.5.1-8", "6455-5.4-9"),
			Steps: steps(Send(frames...), Expect(Closes(1000, NoCode), End())),
		}
	}
	return []Case{
		closing("close-behind-binary-fragment", "a Close frame behind a binary fragment is answered, and the message is never delivered",
			Binary("frag").Part(), CloseFrame(1000)),
		closing("close-behind-empty-fragment", "a Close frame behind an empty first fragment is answered, and no empty message is delivered",
			Text("").Part(), CloseFrame(1000)),
		closing("close-behind-two-fragments", "a Close frame behind two fragments is answered, and the message is never delivered",
			Text("frag").Part(), Cont("ment").Part(), CloseFrame(1000)),
		closing("empty-close-between", "a Close frame without a body between fragments is answered",
			Text("frag").Part(), CloseBody("")),
	}
}

// fragmentMoreOrders are the orders that fragmentNotFinished and
// fragmentNothingToContinue leave out.
func fragmentMoreOrders() []Case {
	const unfinished, nothing = "6455-5.4-3", "6455-5.4-1"
	var all []Case
	for _, a := range messageKinds() {
		for _, b := range messageKinds() {
			first, second := a.of(Lit("a")).Part(), b.of(Lit("b")).Part()
			if a.name != "text" || b.name != "text" { // first-fragment-inside-text
				all = append(all, fragmentFault(fmt.Sprintf("first-%s-fragment-inside-%s", b.name, a.name),
					fmt.Sprintf("a first %s fragment inside a fragmented %s message fails the connection", b.name, a.name), "", unfinished,
					Send(first, second)))
			}
			all = append(all, fragmentFault(fmt.Sprintf("%s-behind-two-%s-fragments", b.name, a.name),
				fmt.Sprintf("a %s frame behind two %s fragments fails the connection", b.name, a.name), "", unfinished,
				Send(first, Cont("x").Part(), b.of(Lit("b")))))
		}
	}
	behindPing := fragmentFault("text-inside-text-behind-ping", "a text frame inside a fragmented text fails the connection when a ping stood between", "",
		unfinished, Send(Text("a").Part(), Ping("p")), Expect(Pong("p")), Send(Text("b")))
	behindWhole := fragmentFault("nothing-to-continue-behind-whole-message",
		"a continuation frame behind a message in one frame fails the connection", "", nothing,
		Send(Text("whole")), Expect(Text("whole")), Send(Cont("more")))
	behindWhole.Needs = needs(Echo)
	behindEmpty := fragmentFault("nothing-to-continue-behind-empty-message",
		"a continuation frame behind an empty message fails the connection", "", nothing,
		Send(Binary("")), Expect(Binary("")), Send(Cont("")))
	behindEmpty.Needs = needs(Echo)
	behindPong := fragmentFault("nothing-to-continue-behind-pong", "a continuation frame behind a pong fails the connection", "", nothing,
		Send(Pong("p"), Cont("more")))
	return append(all, behindPing, behindWhole, behindEmpty, behindPong,
		fragmentFault("nothing-to-continue-of-126-octets", "a continuation frame with a 16-bit length and nothing to continue fails the connection", "",
			nothing, Send(ContOf(Fill("*", 126)))),
		fragmentFault("nothing-to-continue-of-65536-octets", "a continuation frame with a 64-bit length and nothing to continue fails the connection", "",
			nothing, Send(ContOf(Fill("*", 65536)))),
	)
}
