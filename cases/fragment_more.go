package cases

import (
	"fmt"
	"slices"
)

// fragmentMore are legal messages in fragments of every shape: empty ones in
// every place, each form of length, and many cuts of one text.
func fragmentMore() []Case {
	return slices.Concat(fragmentShapes(), fragmentForms(), fragmentCuts(), fragmentRows(), fragmentFlood())
}

// fragmentWhole is a message in fragments that comes back whole.
func fragmentWhole(id, title string, whole Frame, frames ...Frame) Case {
	return Case{
		ID: "fragment/" + id, Title: title,
		Refs:  refs("6455-5.4-2", "6455-5.4-4", "6455-5.4-10", "6455-5.4-11"),
		Needs: needs(Echo),
		Steps: steps(Send(frames...), Expect(whole), Close(1000)),
	}
}

// fragmentOf puts frames together into one message: the first gives the type,
// and all but the last are without FIN.
func fragmentOf(first func(Payload) Frame, parts ...Payload) []Frame {
	var frames []Frame
	for i, p := range parts {
		f := ContOf(p)
		if i == 0 {
			f = first(p)
		}
		f.More = i < len(parts)-1
		frames = append(frames, f)
	}
	return frames
}

// fragmentShapes are empty fragments where they can stand.
func fragmentShapes() []Case {
	lit := func(parts ...string) []Frame {
		var payloads []Payload
		for _, p := range parts {
			payloads = append(payloads, Lit(p))
		}
		return fragmentOf(TextOf, payloads...)
	}
	return []Case{
		fragmentWhole("two-empty", "a message of two empty fragments is empty", Text(""), lit("", "")...),
		fragmentWhole("two-empty-of-binary", "a binary message of two empty fragments is empty and binary", Binary(""), Binary("").Part(), Cont("")),
		fragmentWhole("empty-middle", "an empty fragment in the middle adds nothing", Text("ab"), lit("a", "", "b")...),
		fragmentWhole("empty-first-and-last", "empty fragments at both ends add nothing", Text("a"), lit("", "a", "")...),
		fragmentWhole("empty-between-all", "empty fragments between all others add nothing", Text("abc"), lit("", "a", "", "b", "", "c", "")...),
		fragmentWhole("growing", "fragments that grow by one octet each are put together", Text("abbcccdddd"), lit("a", "bb", "ccc", "dddd")...),
		fragmentWhole("shrinking", "fragments that shrink by one octet each are put together", Text("ddddcccbba"), lit("dddd", "ccc", "bb", "a")...),
		fragmentWhole("like-frames", "fragments whose payloads look like headers of fragments are payloads",
			Binary("\x01\x00\x80\x00"), fragmentOf(BinaryOf, Lit("\x01\x00"), Lit("\x80\x00"))...),
	}
}

// fragmentForms are fragments whose lengths take each of the three forms.
func fragmentForms() []Case {
	var all []Case
	for _, f := range []struct {
		name  string
		sizes []int
	}{
		{"7-and-7-bits", []int{125, 125}},
		{"7-and-16-bits", []int{125, 126}},
		{"16-and-7-bits", []int{126, 125}},
		{"16-and-16-bits", []int{126, 65535}},
		{"7-and-64-bits", []int{1, 65536}},
		{"64-and-7-bits", []int{65536, 1}},
		{"16-and-64-bits", []int{300, 65536}},
		{"64-and-64-bits", []int{65536, 65537}},
		{"all-forms", []int{0, 125, 126, 65535, 65536, 1}},
	} {
		var parts []Payload
		for i, size := range f.sizes {
			parts = append(parts, Fill(string(rune('a'+i)), size))
		}
		all = append(all, fragmentWhole("lengths-of-"+f.name,
			fmt.Sprintf("fragments of %v octets, with their lengths in %s, are put together", f.sizes, f.name),
			BinaryOf(Join(parts...)), fragmentOf(BinaryOf, parts...)...))
	}
	return all
}

// fragmentCuts are one text cut in two at each of some places, each half in one
// write with the other and by itself.
func fragmentCuts() []Case {
	const text = "The quick brown fox jumps over the lazy dog"
	var all []Case
	for _, at := range []int{1, 2, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, len(text) - 1} {
		all = append(all, fragmentWhole(fmt.Sprintf("cut-at-%d", at),
			fmt.Sprintf("a text of %d octets in fragments of %d and %d is the same text", len(text), at, len(text)-at),
			Text(text), fragmentOf(TextOf, Lit(text[:at]), Lit(text[at:]))...))
	}
	return all
}

// fragmentRows are several fragmented messages, one behind the other.
func fragmentRows() []Case {
	message := func(first func(Payload) Frame, parts ...string) []Frame {
		var payloads []Payload
		for _, p := range parts {
			payloads = append(payloads, Lit(p))
		}
		return fragmentOf(first, payloads...)
	}
	row := func(id, title string, frames []Frame, back ...Event) Case {
		return Case{
			ID: "fragment/" + id, Title: title,
			Refs:  refs("6455-6.2-4", "6455-5.4-2", "6455-5.4-16"),
			Needs: needs(Echo),
			Steps: steps(Send(frames...), Expect(back...), Close(1000)),
		}
	}
	return []Case{
		row("binary-behind-text", "a fragmented binary message behind a fragmented text is binary",
			append(message(TextOf, "te", "xt"), message(BinaryOf, "\xff", "\xfe")...), Text("text"), Binary("\xff\xfe")),
		row("text-behind-binary", "a fragmented text behind a fragmented binary message is text",
			append(message(BinaryOf, "\xff", "\xfe"), message(TextOf, "te", "xt")...), Binary("\xff\xfe"), Text("text")),
		row("fragmented-behind-whole", "a fragmented message behind a whole one stands for itself",
			append([]Frame{Text("whole")}, message(BinaryOf, "fr", "ag")...), Text("whole"), Binary("frag")),
		row("empty-behind-fragmented", "an empty message behind a fragmented one is empty",
			append(message(TextOf, "fr", "ag"), Text("")), Text("frag"), Text("")),
		row("three-fragmented", "three fragmented messages in one write are kept apart",
			slices.Concat(message(TextOf, "a", "b"), message(TextOf, "c", "d", "e"), message(TextOf, "", "f")), Text("ab"), Text("cde"), Text("f")),
		row("one-then-many", "a message of many fragments behind one of few is whole",
			slices.Concat(message(TextOf, "a", "b"), message(BinaryOf, "c", "d", "e", "f", "g", "h")), Text("ab"), Binary("cdefgh")),
	}
}

// fragmentFlood are empty fragments without end in sight, which cost the sender
// nothing. They are written as octets: FIN 0, opcode 0, no payload.
func fragmentFlood() []Case {
	flood := func(id string, subject Subject, octets string) Case {
		const count = 100000
		return Case{
			ID:      "fragment/" + id,
			Title:   "a message of 100000 empty fragments is put together, or refused as too much",
			Refs:    refs("6455-5.4-2", "6455-10.4-1"),
			Subject: subject,
			Needs:   needs(Echo),
			Weight:  Heavy,
			Note:    "A peer may refuse so many fragments with 1008 or 1009, which is not judged.",
			Steps: steps(
				Send(Text("a").Part(), RawOf(Fill(octets, len(octets)*count)), Cont("b")),
				Expect(Text("ab")).OrInfo(Closes(1008, 1009), End()),
			),
		}
	}
	server := flood("hundred-thousand-empty", Server, "\x00\x80\x00\x00\x00\x00")
	client := flood("hundred-thousand-empty-to-a-client", Client, "\x00\x00")
	client.Title = "a client puts a message of 100000 empty fragments together, or refuses it as too much"
	return []Case{server, client}
}
