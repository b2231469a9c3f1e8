package cases

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// robustScripts are legal conversations that nobody thought of: each is drawn
// from a random stream of its own, which is the same in every run, so that a
// conversation that finds something can be played again.
func robustScripts() []Case {
	const scripts = 24
	var all []Case
	for number := 1; number <= scripts; number++ {
		d := robustDraw{rand.New(rand.NewPCG(6455, uint64(number)))}
		var dialogue []Step
		for range 5 + d.IntN(6) {
			dialogue = append(dialogue, d.exchange()...)
		}
		all = append(all, Case{
			ID:    fmt.Sprintf("robust/conversation-%d", number),
			Title: fmt.Sprintf("conversation %d of those drawn at random comes back whole", number),
			Refs:  refs("6455-6.2-1", "6455-6.2-4", "6455-5.4-11", "6455-5.4-9"),
			Needs: needs(Echo),
			Note:  "Nothing in it is forbidden. The conversation does not depend on the seed of the run; its random payloads do.",
			Steps: append(dialogue, Close(1000)),
		})
	}
	return all
}

// A robustDraw draws frames.
type robustDraw struct{ *rand.Rand }

// exchange is one to five things in one write, and what comes back.
func (d robustDraw) exchange() []Step {
	var frames []Frame
	var back []Event
	for range 1 + d.IntN(5) {
		f, b := d.thing()
		frames, back = append(frames, f...), append(back, b...)
	}
	if d.IntN(3) == 0 {
		size := 1 + d.IntN(40)
		for i := range frames {
			if frames[i].Payload.Len() < 4096 {
				frames[i] = frames[i].Chopped(size)
			}
		}
	}
	if len(back) == 0 { // pongs that nobody answers
		return steps(Send(frames...))
	}
	return steps(Send(frames...), Expect(back...))
}

// thing is a message, a ping or an unsolicited pong.
func (d robustDraw) thing() ([]Frame, []Event) {
	switch d.IntN(8) {
	case 0:
		ping := d.ping()
		return []Frame{ping}, []Event{PongOf(ping.Payload)}
	case 1:
		return []Frame{Pong(strings.Repeat("pong", d.IntN(31)))}, nil
	case 2, 3, 4:
		return d.fragmented()
	}
	m := d.message()
	return []Frame{m}, []Event{m}
}

func (d robustDraw) ping() Frame {
	if d.IntN(4) == 0 {
		return Ping("")
	}
	return PingOf(Random(1+d.IntN(125), 1+d.IntN(9)))
}

// message is a message in one frame, of a length in each of the three forms.
func (d robustDraw) message() Frame {
	size := []int{0, 1 + d.IntN(124), 125, 126, 127 + d.IntN(1000), 1000 + d.IntN(9000)}[d.IntN(6)]
	if d.IntN(20) == 0 {
		size = 65530 + d.IntN(12)
	}
	switch {
	case d.IntN(2) == 0:
		character := []string{"a", "¢", "€", "𤭢"}[d.IntN(4)]
		return TextOf(Fill(character, size/len(character)*len(character)))
	case size == 0:
		return Binary("")
	}
	return BinaryOf(Random(size, 1+d.IntN(9)))
}

// fragmented is a message in up to seven fragments, some of them empty, with
// control frames between them.
func (d robustDraw) fragmented() ([]Frame, []Event) {
	of, unit := TextOf, "text €"
	if d.IntN(2) == 0 {
		of, unit = BinaryOf, "\xff\x00\xfe"
	}
	var whole Payload
	var frames []Frame
	var back []Event
	for i := range 2 + d.IntN(6) {
		var part Payload
		if d.IntN(4) > 0 {
			part = Fill(unit, len(unit)*(1+d.IntN(40)))
		}
		whole = Join(whole, part)
		f := ContOf(part).Part()
		if i == 0 {
			f = of(part).Part()
		} else if d.IntN(3) == 0 {
			ping := d.ping()
			frames, back = append(frames, ping), append(back, PongOf(ping.Payload))
		}
		frames = append(frames, f)
	}
	frames[len(frames)-1].More = false
	return frames, append(back, of(whole))
}
