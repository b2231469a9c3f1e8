package cases

import (
	"fmt"
	"slices"
)

// robustCases test what many rules together come to: legal conversations in all
// kinds of pieces and at once, and octets that are no conversation at all.
func robustCases() []Case {
	return slices.Concat(robustPieces(), robustRows(), robustConnections(), robustScripts(), robustOctets(), robustFlips())
}

// robustMixed is one of everything that is legal, and what comes back.
func robustMixed() (frames []Frame, back []Event) {
	of125, of126 := Fill("125 ", 125), Fill("126 ", 126)
	frames = []Frame{
		Text("Hello"), Ping("one"), Binary("\x00\xff"), Text("frag").Part(), Ping("two"), Cont("ment").Part(), Pong("unasked"), Cont(""),
		TextOf(of125), BinaryOf(of126), Text(""), Binary("").Part(), Cont("\xfe").Part(), Cont("\xfd"), Text("κόσμε"), Ping(""),
	}
	back = []Event{
		Text("Hello"), Pong("one"), Binary("\x00\xff"), Pong("two"), Text("fragment"),
		TextOf(of125), BinaryOf(of126), Text(""), Binary("\xfe\xfd"), Text("κόσμε"), Pong(""),
	}
	return frames, back
}

// robustMixedCase sends that conversation in steps of its own.
func robustMixedCase(id, title string, send func([]Frame) []Step) Case {
	frames, back := robustMixed()
	return Case{
		ID: "robust/" + id, Title: title,
		Refs:  refs("6455-6.2-1", "6455-6.2-4", "6455-5.4-9", "6455-5.5.2-3"),
		Needs: needs(Echo),
		Steps: append(send(frames), Expect(back...), Close(1000)),
	}
}

// robustPieces cut the conversation in every way that TCP may.
func robustPieces() []Case {
	each := func(change func(Frame) Frame) func([]Frame) []Step {
		return func(frames []Frame) []Step {
			for i := range frames {
				frames[i] = change(frames[i])
			}
			return steps(Send(frames...))
		}
	}
	all := []Case{
		robustMixedCase("mixed-in-one-write", "frames of every kind in one write are told apart", each(func(f Frame) Frame { return f })),
		robustMixedCase("mixed-in-a-write-each", "frames of every kind in a write each are all read", func(frames []Frame) []Step {
			var sends []Step
			for _, f := range frames {
				sends = append(sends, Send(f))
			}
			return sends
		}),
		robustMixedCase("mixed-in-pairs", "frames of every kind that arrive two by two are told apart", func(frames []Frame) []Step {
			var sends []Step
			for pair := range slices.Chunk(frames, 2) {
				sends = append(sends, Send(pair...))
			}
			return sends
		}),
	}
	for _, size := range []int{1, 2, 3, 4, 5, 7, 11, 31, 64} {
		all = append(all, robustMixedCase(fmt.Sprintf("mixed-in-pieces-of-%d", size),
			fmt.Sprintf("frames of every kind in pieces of %d octets are put together", size),
			each(func(f Frame) Frame { return f.Chopped(size) })))
	}
	for _, at := range []int{1, 2, 3, 4, 5, 6, 7} {
		all = append(all, robustMixedCase(fmt.Sprintf("mixed-cut-behind-octet-%d", at),
			fmt.Sprintf("frames of every kind are put together when each write ends behind octet %d of a frame", at),
			each(func(f Frame) Frame { return f.Cut(at) })))
	}
	return all
}

// robustRows are many small messages, one behind the other.
func robustRows() []Case {
	var growing []Frame
	var back []Event
	for size := range 130 {
		m := BinaryOf(Fill("grow", size))
		growing, back = append(growing, m), append(back, m)
	}
	row := func(id, title string, dialogue ...Step) Case {
		return Case{
			ID: "robust/" + id, Title: title,
			Refs:  refs("6455-6.2-4", "6455-6.1-6", "6455-6.1-9", "6455-5.2-11"),
			Needs: needs(Echo),
			Steps: append(dialogue, Close(1000)),
		}
	}
	oneByOne := row("thousand-one-by-one", "a thousand messages come back one by one", Repeat(1000, Send(Text("once more")), Expect(Text("once more"))))
	oneByOne.Weight = Heavy
	return []Case{
		row("growing-in-one-write", "messages of 0 to 129 octets in one write come back in their order", Send(growing...), Expect(back...)),
		row("thousand-without-waiting", "a thousand messages that are sent without waiting all come back",
			Repeat(1000, Send(Text("again and again"))), Repeat(1000, Expect(Text("again and again")))),
		row("types-in-turn", "messages with the same octets and types in turn keep their types",
			Repeat(20, Send(Text("same"), Binary("same"), Text(""), Binary("")), Expect(Text("same"), Binary("same"), Text(""), Binary("")))),
		row("large-and-small-in-turn", "small messages between large ones come back in their order",
			Repeat(4, Send(BinaryOf(Random(65536, 1)), Text("small"), BinaryOf(Random(4096, 2)), Text("")),
				Expect(BinaryOf(Random(65536, 1)), Text("small"), BinaryOf(Random(4096, 2)), Text("")))),
		oneByOne,
	}
}

// robustConnections play a conversation on many connections at once.
func robustConnections() []Case {
	mixed := robustMixedCase("mixed-on-100-connections", "frames of every kind on a hundred connections at once all come back",
		func(frames []Frame) []Step { return steps(Send(frames...)) })
	random := Case{
		ID: "robust/echo-on-100-connections", Title: "messages of 4096 octets on a hundred connections at once come back",
		Refs: refs("6455-6.2-4", "6455-6.1-9"), Needs: needs(Echo),
		Steps: steps(Repeat(10, Send(BinaryOf(Random(4096, 1))), Expect(BinaryOf(Random(4096, 1)))), Close(1000)),
	}
	faulty := Case{
		ID: "robust/fault-on-100-connections", Title: "a reserved opcode on each of a hundred connections at once fails each of them",
		Refs:  refs("6455-5.2-5", "6455-7.1.7-3"),
		Steps: steps(Send(Op(3, "odd")), FailsWith(1002)),
	}
	reset := Case{
		ID: "robust/reset-on-100-connections", Title: "an endpoint survives RST on a hundred connections at once",
		Refs:  refs("6455-5.4-9", "6455-7.1.5-3", "6455-7.1.4-1"),
		Note:  "Nothing can be observed behind RST: a peer that does not survive it shows in the cases that follow.",
		Steps: steps(Send(Text("half").Part(), Ping("p")), Expect(Pong("p")), Reset()),
	}
	all := []Case{mixed, random, faulty, reset}
	for i := range all {
		all[i].Connections, all[i].Weight, all[i].Subject = 100, Heavy, Server
	}
	return all
}
