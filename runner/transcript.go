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
	first []Entry
	last  []Entry // a ring, once first is full
	lost  int     // entries that the ring has dropped
	at    int
}

func newRecorder() *recorder { return &recorder{began: time.Now()} }

// add appends an entry and sets its time. Raw must not be changed afterwards.
func (r *recorder) add(e Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e.At = time.Since(r.began)
	switch {
	case len(r.first) < firstLines:
		r.first = append(r.first, e)
	case len(r.last) < lastLines:
		r.last = append(r.last, e)
	default:
		r.last[r.at] = e
		r.at = (r.at + 1) % lastLines
		r.lost++
	}
}

// note adds a remark of the player.
func (r *recorder) note(meaning string) {
	r.add(Entry{Direction: Remark, Kind: EntryNote, Meaning: meaning})
}

// transcript is what was written so far.
func (r *recorder) transcript() Transcript {
	r.mu.Lock()
	defer r.mu.Unlock()
	entries := make([]Entry, 0, len(r.first)+len(r.last))
	entries = append(entries, r.first...)
	entries = append(entries, r.last[r.at:]...)
	entries = append(entries, r.last[:r.at]...)
	return Transcript{Entries: entries, Omitted: r.lost}
}

// httpEntry is the entry of an HTTP message.
func httpEntry(d Direction, raw []byte, meaning string) Entry {
	return Entry{Direction: d, Kind: EntryHTTP, Raw: cut(raw, shownHead), Size: len(raw), Meaning: visible(meaning)}
}

// cut copies at most n octets, for an entry.
func cut(b []byte, n int) []byte {
	return append([]byte(nil), b[:min(n, len(b))]...)
}
