package page

import "github.com/wsspec/wsspec/cases"

// The letters of a row are the first ones of the verdicts.
const letterNone = '.'

func letterOf(v cases.Verdict) byte { return v.String()[0] }

// The words of changes that are about an agent as a whole.
const (
	wordNew   = '+'
	wordDone  = '!'
	wordAgain = '~'
)

// A change is one of a row, or with a negative item, of an agent.
type change struct {
	agent, item int
	word        byte
}

// remembered is the number of changes that are kept for readers: more than a fast
// client makes in the time that a reader may take.
const remembered = 1 << 13

// A log keeps the latest changes.
type log struct {
	ring  []change
	total int // all there ever were
}

func (l *log) add(c change) {
	if len(l.ring) < remembered {
		l.ring = append(l.ring, c)
	} else {
		l.ring[l.total%remembered] = c
	}
	l.total++
}

// since are the changes behind the first n; not ok when some of them are gone.
func (l *log) since(n int) (list []change, ok bool) {
	if n < 0 || l.total-n > len(l.ring) {
		return nil, false
	}
	for ; n < l.total; n++ {
		list = append(list, l.ring[n%remembered])
	}
	return list, true
}
