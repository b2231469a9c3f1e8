package html

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/wsspec/wsspec/runner"
)

// A message is one of text or octets, in the frames that a transcript has of it.
type message struct {
	frames  []frame
	entries []int
	number  int // of its direction, from 1
	packed  bool
	payload []byte  // decompressed, as far as it can be
	whole   bool    // all of the payload is known
	finals  []place // where blocks with BFINAL end
	stop    int     // octet of the compressed payload where decompression stops; -1 for none
}

// A place is an octet of the compressed payload, and of what it gives.
type place struct{ packed, plain int }

// maxInflated bounds what is decompressed of a message to explain it.
const maxInflated = 1 << 20

// messages are those of a direction that have begun.
func (t *talk) messages(d runner.Direction) (list []*message) {
	var open *message
	var history []byte
	known := t.result.Transcript.Omitted == 0 // what compressed messages refer to
	for i := range t.entries {
		f, ok := t.frame(&t.entries[i])
		if !ok || f.Direction != d || f.opcode >= 8 {
			continue
		}
		if f.opcode != 0 || open == nil {
			open = &message{number: len(list) + 1, packed: f.rsv1 && t.deflate, stop: -1, whole: true}
			list = append(list, open)
		}
		open.frames, open.entries = append(open.frames, f), append(open.entries, i)
		open.payload = append(open.payload, f.payload...)
		open.whole = open.whole && f.length == uint64(len(f.payload))
		if !f.fin {
			continue
		}
		if open.packed {
			open.whole = open.whole && known
			open.inflate(history)
			known = open.whole
			history = append(history, open.payload...)
			history = history[max(0, len(history)-32<<10):]
		}
		open = nil
	}
	return list
}

// inflate decompresses the payload (RFC 7692, section 7.2.2). Blocks may stand behind
// one with BFINAL (section 7.2.3.4), at which other decoders stop.
func (m *message) inflate(history []byte) {
	packed := m.payload
	m.payload = nil
	if !m.whole {
		return
	}
	// What the sender removed, and a block that ends it all.
	in := bytes.NewReader(append(bytes.Clone(packed), "\x00\x00\xff\xff\x01\x00\x00\xff\xff"...))
	for {
		before := int(in.Size()) - in.Len()
		window := append(bytes.Clone(history), m.payload...)
		inflater := flate.NewReaderDict(in, window[max(0, len(window)-32<<10):])
		plain, err := io.ReadAll(io.LimitReader(inflater, int64(maxInflated-len(m.payload))))
		m.payload = append(m.payload, plain...)
		at := int(in.Size()) - in.Len()
		var corrupt flate.CorruptInputError
		switch {
		case errors.As(err, &corrupt):
			m.stop, m.whole = min(before+max(0, int(corrupt)-1), max(0, len(packed)-1)), false
			return
		case err != nil || len(m.payload) >= maxInflated:
			m.whole = false
			return
		case at >= len(packed)+4:
			return
		}
		m.finals = append(m.finals, place{at, len(m.payload)})
		if at >= len(packed) {
			return
		}
	}
}

// mark marks an octet of the payload as it is on the wire.
func (t *talk) markPayload(m *message, octet int, words string) {
	for n, f := range m.frames {
		if size := len(f.payload); octet >= size {
			octet -= size
			continue
		}
		t.mark(m.entries[n], f.HeaderLen+octet, f.HeaderLen+octet+1, words)
		return
	}
}

// echoed says where the first message that came back differs from the one that was
// sent, and what is there.
func (t *talk) echoed() []string {
	if !isMessage(t.result.Expected) {
		return nil
	}
	sent, received := t.messages(runner.Sent), t.messages(runner.Received)
	if !isMessage(t.result.Got) {
		return t.unanswered(sent, len(received))
	}
	for i, got := range received {
		if i == len(sent) {
			break
		}
		want := sent[i]
		if n := common(want.payload, got.payload); n < max(len(want.payload), len(got.payload)) {
			if !want.whole || !got.whole {
				return nil
			}
			return []string{t.difference(want, got, n) + t.stopsAtFinal(want, got, n)}
		}
	}
	return nil
}

// unanswered tells of the compressed message that does not come back, behind so many
// that do.
func (t *talk) unanswered(sent []*message, came int) []string {
	if came >= len(sent) || !sent[came].packed {
		return nil
	}
	m := sent[came]
	size, packed := 0, 0
	for i, n := range sent[:came+1] {
		size = len(n.payload)
		if sent[i].packed {
			packed++
		}
	}
	words := fmt.Sprintf("What does not come back is message %d, which is compressed message %d", m.number, packed)
	if m.whole {
		words += fmt.Sprintf(", of %s when it is decompressed", plural(size, "octet"))
	}
	before := 0
	for _, n := range sent[:came] {
		if len(n.finals) > 0 {
			before = n.number
		}
	}
	switch {
	case len(m.finals) > 0:
		words += fmt.Sprintf(". A block with BFINAL ends in it before octet %d of the compressed payload, which RFC 7692, section 7.2.3.4, lets a sender do", m.finals[0].packed)
		t.markPayload(m, m.finals[0].packed-1, "a block with BFINAL ends in this octet")
	case before > 0:
		words += fmt.Sprintf(". Message %d before it ends with a block with BFINAL, behind which decompression has to go on (RFC 7692, section 7.2.3.4)", before)
	}
	return []string{words + "."}
}

// isMessage reports whether an event is a message in words.
func isMessage(words string) bool {
	return strings.HasPrefix(words, "text ") || strings.HasPrefix(words, "binary ")
}

// difference says how a message differs from the one that came back, which is the same
// for n octets.
func (t *talk) difference(want, got *message, n int) string {
	words := fmt.Sprintf("Message %d should come back as it was sent, with %s", want.number, plural(len(want.payload), "octet"))
	if len(want.frames) > 1 {
		words += " in " + plural(len(want.frames), "frame")
	}
	switch {
	case n == len(got.payload):
		words += fmt.Sprintf(": it comes back with the first %d alone.", n)
	case n == len(want.payload):
		words += fmt.Sprintf(": it comes back with %d more behind them.", len(got.payload)-n)
	default:
		words += fmt.Sprintf(": it differs from octet %d on, where %02x was sent and %02x comes back.", n, want.payload[n], got.payload[n])
		if !got.packed {
			t.markPayload(got, n, "here it differs from what was sent")
		}
	}
	if !want.packed && n < len(want.payload) {
		t.markPayload(want, n, "from here on it does not come back")
	}
	return words
}

// stopsAtFinal says whether the peer has stopped at a block with BFINAL.
func (t *talk) stopsAtFinal(want, got *message, n int) string {
	for _, p := range want.finals {
		if p.plain != n || n != len(got.payload) {
			continue
		}
		if p.packed > 0 {
			t.markPayload(want, p.packed-1, "a block with BFINAL ends in this octet, and the message goes on")
		}
		return fmt.Sprintf(" That is all that stands before octet %d of its compressed payload, where a block with BFINAL ends: the peer stops there, though a message may go on behind such a block (RFC 7692, section 7.2.3.4).", p.packed)
	}
	return ""
}

// broken marks where messages of ours are made not to decompress.
func (t *talk) broken() {
	if !t.deflate {
		return
	}
	for _, m := range t.messages(runner.Sent) {
		if m.stop >= 0 {
			t.markPayload(m, m.stop, fmt.Sprintf("on purpose: decompression stops at octet %d of the compressed payload", m.stop))
		}
	}
}

// common is how many octets two texts have in common at their beginnings.
func common(a, b []byte) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
