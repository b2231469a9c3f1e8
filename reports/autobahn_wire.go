package reports

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// autobahnCut is how many octets of a payload Autobahn writes down.
const autobahnCut = 64

// A wireLog is a transcript as Autobahn writes it.
type wireLog struct {
	sent, received wireSide
	events         []event // what the peer said
	lines          [][]any
	message        *wireMessage // of the peer's, that is not complete
}

// A wireSide is what went in one direction.
type wireSide struct {
	http           []string
	frames, octets map[int]int // by opcode, and by size
	code           *uint16     // of the first Close frame
	reason         *string
}

type wireMessage struct {
	opcode     cases.Opcode
	payload    []byte
	size       int
	compressed bool
}

func wireOf(t *runner.Transcript) *wireLog {
	l := &wireLog{events: []event{}, lines: [][]any{}}
	for _, s := range []*wireSide{&l.sent, &l.received} {
		s.frames, s.octets = map[int]int{}, map[int]int{}
	}
	for _, e := range t.Entries {
		side := &l.sent
		if e.Direction == runner.Received {
			side = &l.received
		}
		switch e.Kind {
		case runner.EntryHTTP:
			side.octets[e.Size]++
			side.http = append(side.http, httpText(e.Raw))
		case runner.EntryOctets:
			side.octets[e.Size]++
			l.lines = append(l.lines, octetsLine(&e))
		case runner.EntryFrame:
			side.octets[e.Size]++
			l.frame(side, &e)
		}
	}
	return l
}

// octetsLine is the line of octets that are no frame.
func octetsLine(e *runner.Entry) []any {
	shown := []any{e.Size, cutHex(e.Raw, e.Size)}
	if e.Direction == runner.Received {
		return []any{"RO", shown}
	}
	return []any{"TO", shown, false}
}

func (l *wireLog) frame(side *wireSide, e *runner.Entry) {
	f, ok := frameOf(e)
	if !ok {
		l.lines = append(l.lines, octetsLine(e))
		return
	}
	shown := []any{f.size, shownText(f.payload, f.size)}
	side.frames[int(f.opcode)]++
	if f.opcode == cases.OpClose {
		side.close(f.payload)
	}
	if e.Direction == runner.Sent {
		l.lines = append(l.lines, []any{"TF", shown, int(f.opcode), f.fin, f.rsv, f.key, nil, nil, false})
		return
	}
	l.lines = append(l.lines, []any{"RF", shown, int(f.opcode), f.fin, f.rsv, f.masked, f.key})
	l.hear(&f)
}

// A wireFrame is a frame of a transcript (RFC 6455, section 5.2).
type wireFrame struct {
	opcode      cases.Opcode
	fin, masked bool
	rsv         int
	key         any    // in hexadecimal; nil without
	payload     []byte // unmasked, and perhaps only its beginning
	size        int
}

// frameOf reads what an entry keeps; not ok when that is less than a header.
func frameOf(e *runner.Entry) (f wireFrame, ok bool) {
	n := e.HeaderLen
	if n < 2 || len(e.Raw) < n || e.Raw[1]&0x80 != 0 && n < 6 {
		return f, false
	}
	f = wireFrame{
		opcode: cases.Opcode(e.Raw[0] & 0xf), fin: e.Raw[0]&0x80 != 0, rsv: int(e.Raw[0] >> 4 & 7), masked: e.Raw[1]&0x80 != 0,
		payload: slices.Clone(e.Raw[n:]),
	}
	f.size = max(e.Size-n, len(f.payload))
	if f.masked {
		key := e.Raw[n-4 : n]
		for i := range f.payload {
			f.payload[i] ^= key[i%4]
		}
		f.key = hex.EncodeToString(key)
	}
	return f, true
}

func (s *wireSide) close(payload []byte) {
	if s.code != nil || len(payload) < 2 {
		return
	}
	code := binary.BigEndian.Uint16(payload)
	s.code = &code
	if len(payload) > 2 {
		reason := Visible(string(payload[2:]))
		s.reason = &reason
	}
}

// hear puts the peer's frames together.
func (l *wireLog) hear(f *wireFrame) {
	switch f.opcode {
	case cases.OpPong:
		l.events = append(l.events, eventOf(f.opcode, f.payload, f.size))
		return
	case cases.OpText, cases.OpBinary:
		l.message = &wireMessage{opcode: f.opcode, compressed: f.rsv&4 != 0}
	case cases.OpContinuation:
	default:
		return
	}
	m := l.message
	if m == nil {
		return
	}
	if m.size == len(m.payload) { // else octets are missing already
		m.payload = append(m.payload, f.payload...)
	}
	m.size += f.size
	if f.fin {
		l.message = nil
		if !m.compressed {
			l.events = append(l.events, eventOf(m.opcode, m.payload, m.size))
		}
	}
}

// eventOf is a message or a pong as Autobahn writes it.
func eventOf(opcode cases.Opcode, payload []byte, size int) event {
	if opcode == cases.OpPong {
		return event{"pong", shownText(payload, size)}
	}
	return event{"message", shownText(payload, size), opcode == cases.OpBinary}
}

// shownText is a payload as Autobahn shows it: as text where it is one, else as
// hex, and cut.
func shownText(b []byte, size int) string {
	short := b[:min(len(b), autobahnCut)]
	for cut := short; len(short) < size && len(cut) > len(short)-utf8.UTFMax && len(cut) > 0; cut = cut[:len(cut)-1] {
		if utf8.Valid(cut) { // rather than a part of a character
			short = cut
			break
		}
	}
	s := Visible(string(short))
	if !utf8.Valid(short) {
		s = "0x" + hex.EncodeToString(short)
	}
	if len(short) < size {
		s += " ..."
	}
	return s
}

func cutHex(b []byte, size int) string {
	s := hex.EncodeToString(b[:min(len(b), autobahnCut)])
	if min(len(b), autobahnCut) < size {
		s += " ..."
	}
	return s
}

// request and response are the first of the opening handshake.
func (l *wireLog) request(fromPeer bool) string  { return l.http(fromPeer) }
func (l *wireLog) response(fromPeer bool) string { return l.http(!fromPeer) }

func (l *wireLog) http(received bool) string {
	side := &l.sent
	if received {
		side = &l.received
	}
	if len(side.http) == 0 {
		return ""
	}
	return side.http[0]
}

// httpText is an HTTP message with its line ends, and otherwise visible.
func httpText(raw []byte) string {
	lines := strings.Split(string(raw), "\r\n")
	for i := range lines {
		lines[i] = Visible(lines[i])
	}
	return strings.Join(lines, "\r\n")
}
