package runner

import (
	"bytes"
	"hash/maphash"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

const (
	// memoOctets bounds what a memo keeps.
	memoOctets = 8 << 20
	// memoAlike bounds how many messages with the same compressed octets it keeps.
	memoAlike = 4
)

// A memo keeps the compressed messages of a case that repeats itself, or is played
// on several connections, so that none has to be decompressed twice. What a message
// means follows from its octets and from those of the window that it refers to: both
// are compared, octet for octet, with those of the message that is known.
type memo struct {
	mu    sync.Mutex // also held while a message is decompressed, for others to wait for it
	seed  maphash.Seed
	known map[uint64][]*message // by the hash of what is packed
	left  int                   // octets that may still be kept
	past  []byte                // memory for a window
	plain []byte                // and for a message
}

// A message is a compressed message that was decompressed.
type message struct {
	packed []byte
	past   []byte // the end of the window before it, as far as it refers to it
	bits   int    // the window that the report measures by
	plain  []byte // shared by all observations of it: not to be changed
	report wire.Report
	text   bool // plain is known to be UTF-8
}

// newMemo makes the memo of a case whose messages have up to so many octets.
func newMemo(largest int) *memo {
	return &memo{seed: maphash.MakeSeed(), known: map[uint64][]*message{}, left: max(memoOctets, 2*largest)}
}

// unpack decompresses a message, unless it has come before, and tells whether it
// is text if that was asked for.
func (m *memo) unpack(f *wire.Inflater, packed []byte, limit int, text bool) (plain []byte, valid bool, report wire.Report, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.find(packed, f)
	if k == nil {
		plain, report, err = m.inflate(f, packed, limit)
		return plain, false, report, err
	}
	f.Add(k.plain)
	return k.plain, text && k.isText(), k.report, nil
}

// find is the message with these octets behind what the inflater has seen; nil if
// it has not come before.
func (m *memo) find(packed []byte, f *wire.Inflater) *message {
	window := f.History()
	for _, k := range m.known[maphash.Bytes(m.seed, packed)] {
		if k.bits == f.WindowBits && bytes.Equal(k.packed, packed) && bytes.HasSuffix(window, k.past) {
			return k
		}
	}
	return nil
}

// inflate decompresses a message and keeps it, if it is in order.
func (m *memo) inflate(f *wire.Inflater, packed []byte, limit int) ([]byte, wire.Report, error) {
	m.past = append(m.past[:0], f.History()...)
	plain, report, err := f.Inflate(m.plain[:0], packed, limit)
	if m.plain = nil; len(plain) < spareFrom { // else a copy costs more than new memory
		m.plain, plain = plain, slices.Clone(plain)
	}
	if err == nil {
		m.keep(&message{packed: packed, past: m.past[len(m.past)-report.Reach:], bits: f.WindowBits, plain: plain, report: report})
	}
	return plain, report, err
}

// keep keeps a message, if there is room.
func (m *memo) keep(k *message) {
	hash := maphash.Bytes(m.seed, k.packed)
	size := len(k.packed) + len(k.past) + cap(k.plain) + 256
	if size > m.left || len(m.known[hash]) >= memoAlike {
		return
	}
	m.left -= size
	k.packed, k.past = slices.Clone(k.packed), slices.Clone(k.past)
	m.known[hash] = append(m.known[hash], k)
}

// isText reports whether the message is UTF-8.
func (k *message) isText() bool {
	k.text = k.text || utf8.Valid(k.plain)
	return k.text
}

// repeats gets ready for a case that repeats itself, once it is known what was
// agreed.
func (p *player) repeats() {
	n := rounds(p.script.Steps)
	p.conn.obs.memo = p.memo
	if n > 1 && p.memo == nil {
		p.conn.obs.memo = newMemo(p.conn.obs.keep)
	}
	if n >= manyRounds {
		p.encoder.compressor.NoContextTakeover = true
		p.encoder.packs = &packs{known: map[cases.Chunk][]byte{}}
	}
}
