package wire

import "encoding/binary"

const (
	historyBits = 12
	shortMatch  = 3
	farForShort = 4096 // from here on a match of three costs more than three literals
)

// history is what a Compressor has compressed last: at least the window, at
// most twice as much. For small parts it finds back references by a table of
// the last position of each hash of three octets.
type history struct {
	window  int
	data    []byte
	base    int   // position of data[0], counted from the start
	table   []int // positions + 1
	indexed int   // up to here, positions are in the table
}

func (h *history) end() int { return h.base + len(h.data) }

// recent is the part of the history that is in the window.
func (h *history) recent() []byte { return h.data[max(0, len(h.data)-h.window):] }

func (h *history) forget() {
	h.base = h.end()
	h.data = h.data[:0]
}

func (h *history) add(p []byte) {
	keep := max(0, h.window-len(p))
	if len(h.data)+len(p) > 2*h.window && len(h.data) > keep {
		drop := len(h.data) - keep
		h.data = h.data[:copy(h.data, h.data[drop:])]
		h.base += drop
	}
	if skip := len(p) - 2*h.window; skip > 0 {
		h.base += skip
		p = p[skip:]
	}
	h.data = append(h.data, p...)
}

// encode writes p as literals and matches and adds it to the history.
func (h *history) encode(w *Blocks, p []byte) {
	if h.table == nil {
		h.table = make([]int, 1<<historyBits)
	}
	from := h.end()
	h.add(p)
	for h.indexed = max(h.indexed, h.base); h.indexed < from; {
		h.index()
	}
	for at := from; at < h.end(); {
		length, distance := h.match(at)
		if length == 0 {
			w.Symbol(int(h.data[at-h.base]))
			length = 1
		} else {
			w.Match(length, distance)
		}
		for at += length; h.indexed < at; {
			h.index()
		}
	}
}

// match looks for a match at a position whose predecessors are indexed.
func (h *history) match(at int) (length, distance int) {
	here := h.data[at-h.base:]
	if len(here) < shortMatch {
		return 0, 0
	}
	there := h.table[hash(here)] - 1
	distance = at - there
	if there < h.base || distance > h.window {
		return 0, 0
	}
	limit := min(len(here), maxMatch)
	before := h.data[there-h.base:]
	for length < limit && before[length] == here[length] {
		length++
	}
	if length < shortMatch || length == shortMatch && distance >= farForShort {
		return 0, 0
	}
	return length, distance
}

// index puts the next position into the table.
func (h *history) index() {
	if b := h.data[h.indexed-h.base:]; len(b) >= shortMatch {
		h.table[hash(b)] = h.indexed + 1
	}
	h.indexed++
}

func hash(b []byte) uint32 {
	v := uint32(binary.LittleEndian.Uint16(b)) | uint32(b[2])<<16
	return v * 0x9e3779b1 >> (32 - historyBits)
}
