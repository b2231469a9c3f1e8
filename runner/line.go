package runner

import (
	"fmt"
	"slices"

	"github.com/wsspec/wsspec/runner/wire"
)

// A line is an entry of a transcript, which for a frame has not been put into
// words yet: most frames of a long conversation are forgotten before anybody
// reads of them.
type line struct {
	Entry
	header  wire.Header // of a frame without words, which has the rest instead of Raw
	missing uint64      // octets of payload that did not come
	octets  [wire.MaxHeader + shownOctets]byte
	shown   int // of octets
}

// frame makes the line that of a frame whose header took these octets.
func (l *line) frame(d Direction, h wire.Header, raw []byte) {
	l.Entry = Entry{Direction: d, Kind: EntryFrame, HeaderLen: len(raw), Size: len(raw)}
	l.header, l.missing = h, 0
	l.shown = copy(l.octets[:], raw)
}

// payload adds octets of the frame's payload as they are on the wire.
func (l *line) payload(b []byte) {
	l.Size += len(b)
	l.shown += copy(l.octets[l.shown:l.HeaderLen+shownOctets], b)
}

// words says what the frame means.
func (l *line) words() string {
	payload := slices.Clone(l.octets[l.HeaderLen:l.shown])
	if l.header.Masked {
		wire.Mask(payload, l.header.Key, 0)
	}
	words := frameWords(l.header, payload)
	if l.missing > 0 {
		words += fmt.Sprintf(", %d octets short", l.missing)
	}
	return words
}

// entry is the line as an entry.
func (l *line) entry() Entry {
	e := l.Entry
	if e.Kind == EntryFrame && e.Meaning == "" {
		e.Raw, e.Meaning = slices.Clone(l.octets[:l.shown]), l.words()
	}
	return e
}
