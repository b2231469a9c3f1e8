package cases

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// limitsCases test what a peer takes: large messages, many fragments, many small
// writes and many messages (RFC 6455, sections 5.4, 5.6 and 6). Their volumes are
// those of Autobahn|Testsuite; a quick run plays less of the same.
func limitsCases() []Case {
	all := slices.Concat(limitsSizes(), limitsFragments(), limitsPieces(), limitsRounds())
	for i := range all {
		all[i].Needs, all[i].Weight = needs(Echo), Heavy
	}
	return all
}

// Sizes in octets.
const (
	kibi = 1 << 10
	mebi = 1 << 20
)

// A limitsKind is a type of message. No power of two is a multiple of the
// filling's length, which is a prime, so that fragments which change places change
// the message.
type limitsKind struct {
	name    string
	fill    string
	of      func(Payload) Frame
	corpus  string
	groups  [4]string // of Autobahn: sizes, fragments, pieces, rounds
	largest int       // what a quick run plays of the largest message; 0: all
}

// limitsKinds are the two types. The largest message is played whole by every run
// where it costs less: nobody has to look at the characters of a binary one.
func limitsKinds() []limitsKind {
	return []limitsKind{
		{"text", "Grüß Gott, Welt", TextOf, "json", [4]string{"9.1", "9.3", "9.5", "9.7"}, mebi - 1},
		{"binary", "\x00\xfe\x23\xfa\xf0\x0d\x0a\x81\x7f\x1a\xff", BinaryOf, "document", [4]string{"9.2", "9.4", "9.6", "9.8"}, 0},
	}
}

func (k limitsKind) message(size int) Frame { return k.of(Fill(k.fill, size)) }

// limitsSizes are messages in one frame. Those that a quick run plays in place of
// the largest have lengths with three octets that differ, so that it shows when
// they are read in another order.
func limitsSizes() []Case {
	var all []Case
	for _, kind := range limitsKinds() {
		for i, row := range []struct{ size, quick, seconds int }{
			{64 * kibi, 0, 10}, {256 * kibi, 0, 10}, {mebi, 0, 100},
			{4 * mebi, 0x0a0b0c, 100}, {8 * mebi, 0x030201, 100}, {16 * mebi, kind.largest, 100},
		} {
			aliases := []string{fmt.Sprintf("%s.%d", kind.groups[0], i+1)}
			if row.size == 4*mebi { // in fragments of 4 MiB it is one frame as well
				aliases = append(aliases, kind.groups[1]+".9")
			}
			c := Case{
				ID:      fmt.Sprintf("limits/%s-of-%s", kind.name, limitsDashed(row.size)),
				Title:   fmt.Sprintf("a %s message of %s in one frame is received whole", kind.name, limitsSize(row.size)),
				Refs:    refs("6455-5.6-1", "6455-5.2-8"),
				Alias:   autobahn(aliases...),
				Timeout: time.Duration(row.seconds) * time.Second,
				Steps:   limitsEchoed(kind.message(row.size)),
			}
			if row.quick > 0 {
				c.Quick = limitsEchoed(kind.message(row.quick))
			}
			all = append(all, limitsNoted(c, row.size, row.quick))
		}
	}
	return all
}

// limitsFragments are messages in fragments.
func limitsFragments() []Case {
	var all []Case
	for _, kind := range limitsKinds() {
		for i, row := range []struct{ fragment, quick int }{
			{64, 64 * kibi}, {256, 64 * kibi}, {kibi, 64 * kibi}, {4 * kibi, 64 * kibi}, {16 * kibi, 128 * kibi},
			{64 * kibi, 256 * kibi}, {256 * kibi, mebi}, {mebi, mebi + 1},
		} {
			const size = 4 * mebi
			all = append(all, limitsNoted(Case{
				ID:      fmt.Sprintf("limits/%s-in-fragments-of-%s", kind.name, limitsDashed(row.fragment)),
				Title:   fmt.Sprintf("a %s message in fragments of %s is received whole", kind.name, limitsSize(row.fragment)),
				Refs:    refs("6455-5.4-2", "6455-5.4-10"),
				Alias:   autobahn(fmt.Sprintf("%s.%d", kind.groups[1], i+1)),
				Timeout: 100 * time.Second,
				Steps:   limitsEchoed(kind.message(size).InFragments(row.fragment)),
				Quick:   limitsEchoed(kind.message(row.quick).InFragments(row.fragment)),
			}, size, row.quick))
		}
	}
	return all
}

// limitsPieces are messages in one frame that arrive in pieces.
func limitsPieces() []Case {
	var all []Case
	for _, kind := range limitsKinds() {
		for i := range 6 {
			const size, quick = mebi, 64 * kibi
			piece := 64 << i
			all = append(all, limitsNoted(Case{
				ID:      fmt.Sprintf("limits/%s-in-pieces-of-%s", kind.name, limitsDashed(piece)),
				Title:   fmt.Sprintf("a %s message that arrives in pieces of %s is received whole", kind.name, limitsSize(piece)),
				Refs:    refs("6455-6.2-1", "6455-5.6-1"),
				Alias:   autobahn(fmt.Sprintf("%s.%d", kind.groups[2], i+1)),
				Timeout: 1000 * time.Second,
				Steps:   limitsEchoed(kind.message(size).Chopped(piece)),
				Quick:   limitsEchoed(kind.message(quick).Chopped(piece)),
			}, size, quick))
		}
	}
	return all
}

// limitsRounds are messages that go out when the one before has come back. No two
// in a row are the same.
func limitsRounds() []Case {
	const full, quick = 1000, 20
	var all []Case
	for _, kind := range limitsKinds() {
		for i, row := range []struct{ size, seconds int }{{0, 60}, {16, 60}, {64, 60}, {256, 120}, {kibi, 240}, {4 * kibi, 480}} {
			message := kind.of(nil)
			if row.size > 0 {
				message.Payload = Slice(kind.corpus, row.size)
			}
			rounds := func(n int) []Step { return steps(Repeat(n, Send(message), Expect(message)), Close(1000)) }
			all = append(all, Case{
				ID:      fmt.Sprintf("limits/many-%s-messages-of-%s", kind.name, limitsDashed(row.size)),
				Title:   fmt.Sprintf("%s messages of %s come back one after the other", kind.name, limitsSize(row.size)),
				Refs:    refs("6455-5.6-1", "6455-6.2-4"),
				Alias:   autobahn(fmt.Sprintf("%s.%d", kind.groups[3], i+1)),
				Timeout: time.Duration(row.seconds) * time.Second,
				Note:    fmt.Sprintf("A full run sends %d messages, any other %d.", full, quick),
				Steps:   rounds(full),
				Quick:   rounds(quick),
			})
		}
	}
	return all
}

// limitsEchoed sends a message and expects it back. A peer may have a limit below
// the size of a large one.
func limitsEchoed(message Frame) []Step {
	e := Expect(Frame{Opcode: message.Opcode, Payload: message.Payload})
	if message.Payload.Len() > limitsCommon {
		e = e.OrInfo(Closes(1009), End())
	}
	return steps(Send(message), e, Close(1000))
}

// limitsCommon is the largest message that every peer is expected to take.
const limitsCommon = 64 * kibi

// limitsNoted adds what a reader of the verdict must know.
func limitsNoted(c Case, size, quick int) Case {
	if quick > 0 {
		c.Note = fmt.Sprintf("The message has %s in a full run, and %s in any other.", limitsSize(size), limitsSize(quick))
	}
	if size > limitsCommon {
		c.Note = messageLimitNote + " Autobahn fails it. " + c.Note
	}
	c.Note = strings.TrimSpace(c.Note)
	return c
}

// limitsSize is a size in words, and limitsDashed in the form of an id.
func limitsSize(size int) string {
	switch {
	case size >= mebi && size%mebi == 0:
		return fmt.Sprintf("%d MiB", size/mebi)
	case size >= kibi && size%kibi == 0:
		return fmt.Sprintf("%d KiB", size/kibi)
	}
	return fmt.Sprintf("%d octets", size)
}

func limitsDashed(size int) string {
	return strings.ToLower(strings.ReplaceAll(limitsSize(size), " ", "-"))
}
