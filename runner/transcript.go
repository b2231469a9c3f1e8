package runner

import (
	"sync"
	"time"
)

const (
	shownOctets = 64   // payload octets of a frame that an entry keeps
	shownHead   = 8192 // octets of an HTTP message that an entry keeps
	firstLines  = 160  // entries kept from the beginning of a conversation
	lastLines   = 40   // and from its end
)

// A recorder writes the transcript of one conversation. The player and the
// reader of the connection both write to it.
type recorder struct {
	began time.Time
	mu    sync.Mutex
	record
}

func newRecorder() *recorder { return &recorder{began: time.Now()} }

// add appends an entry and sets its time. Raw must not be changed afterwards.
func (r *recorder) add(e Entry) { r.line(&line{Entry: e}) }

// note adds a remark of the player.
func (r *recorder) note(meaning string) {
	r.add(Entry{Direction: Remark, Kind: EntryNote, Meaning: meaning})
}

// line appends a copy of the line and sets its time.
func (r *recorder) line(l *line) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l.At = time.Since(r.began)
	*r.next() = *l
}

// lines appends those of another record, with the time of now.
func (r *recorder) lines(of *record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.follow(of, time.Since(r.began))
}

// transcript is what was written so far.
func (r *recorder) transcript() Transcript {
	r.mu.Lock()
	defer r.mu.Unlock()
	return Transcript{Entries: r.entries(), Omitted: r.lost}
}

// A record is the beginning and the end of a list of lines of any length.
type record struct {
	first []line
	last  []line // a ring, once it is full
	at    int    // where its oldest line is
	lost  int    // lines that the ring has dropped
}

// next is a line to be filled in, behind all others. It may hold a line that is
// not needed any more.
func (r *record) next() *line {
	switch {
	case len(r.first) < firstLines:
		r.first = append(r.first, line{})
		return &r.first[len(r.first)-1]
	case len(r.last) < lastLines:
		r.last = append(r.last, line{})
		return &r.last[len(r.last)-1]
	}
	oldest := &r.last[r.at]
	r.at = (r.at + 1) % lastLines
	r.lost++
	return oldest
}

// forget makes the record an empty one that keeps its memory.
func (r *record) forget() { *r = record{first: r.first[:0], last: r.last[:0]} }

// follow appends the lines of another record, all with the same time.
func (r *record) follow(o *record, at time.Duration) {
	add := func(lines []line) {
		for i := range lines {
			l := r.next()
			*l = lines[i]
			l.At = at
		}
	}
	add(o.first)
	r.lost += o.lost // those that come now push out all that is in the ring
	add(o.last[o.at:])
	add(o.last[:o.at])
}

// entries puts the lines into words.
func (r *record) entries() []Entry {
	entries := make([]Entry, 0, len(r.first)+len(r.last))
	for _, lines := range [][]line{r.first, r.last[r.at:], r.last[:r.at]} {
		for i := range lines {
			entries = append(entries, lines[i].entry())
		}
	}
	return entries
}

// httpEntry is the entry of an HTTP message.
func httpEntry(d Direction, raw []byte, meaning string) Entry {
	return Entry{Direction: d, Kind: EntryHTTP, Raw: cut(raw, shownHead), Size: len(raw), Meaning: visible(meaning)}
}

// cut copies at most n octets, for an entry.
func cut(b []byte, n int) []byte {
	return append([]byte(nil), b[:min(n, len(b))]...)
}
