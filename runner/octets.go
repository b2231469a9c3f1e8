package runner

import (
	"iter"
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// octets are what one write step sends.
type octets struct {
	bytes   []byte
	cuts    []int   // offsets at which a write ends
	entries []Entry // one for each HTTP message
	log     record  // and behind them a line for each frame
	partial bool    // a frame may be incomplete at the end
}

// forget makes room for others in the same memory.
func (o *octets) forget() {
	o.log.forget()
	*o = octets{bytes: o.bytes[:0], cuts: o.cuts[:0], log: o.log}
}

// end ends a frame that begins at the offset: it sends no more of it than the
// frame asks for, and notes where writes end.
func (o *octets) end(start int, f cases.Frame, l *line) {
	if f.First > 0 && f.First < len(o.bytes)-start {
		o.only(start, f.First, l)
	}
	o.cut(start, f.Chop, f.Cuts)
}

// only sends no more than the first n octets of a frame.
func (o *octets) only(start, n int, l *line) {
	o.bytes = o.bytes[:start+n]
	o.partial = true
	if l.Meaning == "" {
		l.Meaning = l.words()
	}
	l.Meaning += ", only its first octets"
	l.HeaderLen = min(l.HeaderLen, n)
	l.Raw, l.Size = cut(o.bytes[start:], l.HeaderLen+shownOctets), n
}

// cut notes where writes end in the octets from start on.
func (o *octets) cut(start, chop int, offsets []int) {
	if chop > 0 {
		for at := start; at < len(o.bytes); at += chop {
			o.cuts = append(o.cuts, at)
		}
		o.cuts = append(o.cuts, len(o.bytes))
	}
	for _, n := range offsets {
		if n < 0 {
			n += len(o.bytes) - start
		}
		if n > 0 && start+n < len(o.bytes) {
			o.cuts = append(o.cuts, start+n)
		}
	}
}

// follow appends what goes out in the same write.
func (o *octets) follow(next octets) {
	for _, at := range next.cuts {
		o.cuts = append(o.cuts, len(o.bytes)+at)
	}
	o.bytes = append(o.bytes, next.bytes...)
	o.log.follow(&next.log, 0)
	o.partial = next.partial
}

// pieces are the octets of each write.
func (o *octets) pieces() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		slices.Sort(o.cuts)
		from := 0
		for _, at := range o.cuts {
			if at > from {
				if !yield(o.bytes[from:at]) {
					return
				}
				from = at
			}
		}
		if from < len(o.bytes) {
			yield(o.bytes[from:])
		}
	}
}
