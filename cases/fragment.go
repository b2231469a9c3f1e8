package cases

import (
	"fmt"
	"slices"
	"time"
)

// fragmentCases test fragmentation (RFC 6455, section 5.4).
func fragmentCases() []Case {
	return slices.Concat(fragmentPairs(), fragmentEmpty(), fragmentSizes(), fragmentMany(), fragmentNeighbours(),
		fragmentTypes(), fragmentControl(), fragmentPrompt(), fragmentEnds(),
		fragmentNothingToContinue(), fragmentNotFinished(), fragmentBothFaults(), fragmentMore(), fragmentMixed())
}

// fragmentPairs are messages of two fragments, in one write, in a write for
// each, and octet by octet.
func fragmentPairs() []Case {
	first, last := Text("fragment1").Part(), Cont("fragment2")
	pair := func(id, title, alias string, sends ...Step) Case {
		return Case{
			ID: "fragment/" + id, Title: title,
			Refs:  refs("6455-5.4-2", "6455-5.4-11", "6455-6.2-1"),
			Needs: needs(Echo),
			Alias: messageAlias(alias),
			Steps: append(sends, Expect(Text("fragment1fragment2")), Close(1000)),
		}
	}
	binary := pair("two-of-binary", "a binary message in two fragments is put together", "",
		Send(Binary("\x00\xfe").Part(), Cont("\xff\x01")))
	binary.Steps[1] = Expect(Binary("\x00\xfe\xff\x01"))
	return []Case{
		pair("two", "a text message in two fragments is put together", "5.3", Send(first, last)),
		pair("two-in-a-write-each", "two fragments that arrive one by one are put together", "5.4", Send(first), Send(last)),
		pair("two-in-single-octets", "two fragments that arrive octet by octet are put together", "5.5",
			Send(first.Chopped(1), last.Chopped(1))),
		binary,
	}
}

// fragmentEmpty are fragments without a payload.
func fragmentEmpty() []Case {
	empty := func(id, title, whole string, dialogue ...Step) Case {
		return Case{
			ID: "fragment/" + id, Title: title,
			Refs:  refs("6455-5.4-2", "6455-5.4-10"),
			Needs: needs(Echo),
			Steps: append(dialogue, Expect(Text(whole)), Close(1000)),
		}
	}
	return []Case{
		empty("thousand-empty", "a message of empty fragments alone is empty", "",
			Send(Text("").Part()), Repeat(1000, Send(Cont("").Part())), Send(Cont(""))),
		empty("empty-first", "an empty first fragment adds nothing", "a", Send(Text("").Part(), Cont("a"))),
		empty("empty-last", "an empty last fragment ends the message", "a", Send(Text("a").Part(), Cont(""))),
	}
}

// fragmentSizes is one text in several fragmentations, which all mean the same.
func fragmentSizes() []Case {
	const text = "abcdefghijklmnopqrstuvwxyz"
	var all []Case
	for _, size := range []int{1, 2, 3, 5, 8, 13, 25} {
		var frames []Frame
		for piece := range slices.Chunk([]byte(text), size) {
			frames = append(frames, Cont(string(piece)).Part())
		}
		frames[0].Opcode, frames[len(frames)-1].More = OpText, false
		all = append(all, Case{
			ID:    fmt.Sprintf("fragment/boundaries-every-%d-octets", size),
			Title: fmt.Sprintf("a text in fragments of %d is the same text", size),
			Refs:  refs("6455-5.4-4", "6455-5.4-7", "6455-5.4-10"),
			Needs: needs(Echo),
			Steps: steps(Send(frames...), Expect(Text(text)), Close(1000)),
		})
	}
	return all
}

// fragmentMany are messages of many fragments.
func fragmentMany() []Case {
	return []Case{{
		ID:    "fragment/65536-octets-by-1300",
		Title: "a text message of 65536 octets in fragments of 1300 octets is put together",
		Refs:  refs("6455-5.4-2", "6455-5.4-10"),
		Needs: needs(Echo),
		Alias: autobahn("10.1.1"),
		Note:  "Autobahn counts the frames that it sends itself as well, which says nothing about the peer.",
		Steps: steps(
			Send(TextOf(Fill("*", 1300)).Part()),
			Repeat(49, Send(ContOf(Fill("*", 1300)).Part())),
			Send(ContOf(Fill("*", 536))),
			Expect(TextOf(Fill("*", 65536))),
			Close(1000),
		),
	}, {
		ID:      "fragment/hundred-thousand-of-one-octet",
		Title:   "a message of 100000 fragments of one octet, sent in one write, is put together",
		Refs:    refs("6455-5.4-2", "6455-5.4-10", "6455-10.4-1"),
		Subject: Server,
		Needs:   needs(Echo),
		Weight:  Heavy,
		Timeout: 10 * time.Second,
		Note: "The fragments in the middle are written as octets: FIN 0, opcode 0, a mask of zeros, one letter. A peer that copies all " +
			"it has for each fragment takes longer than the ten seconds of this case. One that refuses so many fragments with 1008 or 1009 is not judged.",
		Steps: steps(
			Send(Text("a").Part(), RawOf(Fill("\x00\x81\x00\x00\x00\x00a", 7*99998)), Cont("a")),
			Expect(TextOf(Fill("a", 100000))).OrInfo(Closes(1008, 1009), End()),
		),
	}}
}

// fragmentNeighbours are fragmented messages with others right behind them.
func fragmentNeighbours() []Case {
	return []Case{{
		ID:    "fragment/two-messages-in-one-write",
		Title: "two fragmented messages that arrive together are kept apart",
		Refs:  refs("6455-6.2-4", "6455-5.4-2", "6455-5.2-11"),
		Needs: needs(Echo),
		Steps: steps(
			Send(Text("one").Part(), Cont("two"), Binary("\x03").Part(), Cont("\x04")),
			Expect(Text("onetwo"), Binary("\x03\x04")),
			Close(1000),
		),
	}, {
		ID:    "fragment/whole-message-behind-fragmented",
		Title: "a message in one frame behind a fragmented one stands for itself",
		Refs:  refs("6455-6.2-4", "6455-5.4-11"),
		Needs: needs(Echo),
		Steps: steps(
			Send(Text("frag").Part(), Cont("ment"), Binary("whole")),
			Expect(Text("fragment"), Binary("whole")),
			Close(1000),
		),
	}}
}

// fragmentTypes show that the first frame alone gives the type.
func fragmentTypes() []Case {
	return []Case{{
		ID:    "fragment/binary-is-not-checked-as-text",
		Title: "the fragments of a binary message need not be UTF-8",
		Refs:  refs("6455-5.4-16", "6455-6.2-3", "6455-5.6-3"),
		Needs: needs(Echo),
		Steps: steps(
			Send(Binary("text").Part(), Cont("\xff\xfe\xc3")),
			Expect(Binary("text\xff\xfe\xc3")),
			Close(1000),
		),
	}, {
		ID:    "fragment/text-is-checked-behind-an-empty-first",
		Title: "the fragments of a text message are UTF-8 even when the first of them is empty",
		Refs:  refs("6455-8.1-1", "6455-5.4-16", "6455-5.6-2"),
		Steps: steps(Send(Text("").Part(), Cont("\xff\xfe")), FailsWith(1007)),
	}}
}
