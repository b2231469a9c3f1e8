package html

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/wsspec/wsspec/runner"
)

// A frame is what the octets of an entry say (RFC 6455, section 5.2).
type frame struct {
	*runner.Entry
	opcode     byte
	fin, rsv1  bool
	masked     bool
	length     uint64
	payload    []byte // without the mask, as much as is shown
	fromClient bool
}

func (t *talk) frame(e *runner.Entry) (f frame, ok bool) {
	if e.Kind != runner.EntryFrame || e.HeaderLen < 2 || len(e.Raw) < e.HeaderLen {
		return f, false
	}
	raw := e.Raw
	f = frame{Entry: e, opcode: raw[0] & 15, fin: raw[0]&0x80 != 0, rsv1: raw[0]&0x40 != 0, masked: raw[1]&0x80 != 0, length: uint64(raw[1] & 0x7f)}
	f.fromClient = (e.Direction == runner.Received) == t.client
	wide := map[uint64]int{126: 2, 127: 8}[f.length]
	if len(raw) < 2+wide || f.masked && e.HeaderLen < 6+wide {
		return f, false
	}
	if wide > 0 {
		f.length = binary.BigEndian.Uint64(append(make([]byte, 8-wide), raw[2:2+wide]...))
	}
	f.payload = append([]byte(nil), raw[e.HeaderLen:]...)
	if f.masked {
		for i := range f.payload {
			f.payload[i] ^= raw[e.HeaderLen-4+i%4]
		}
	}
	return f, true
}

// frames marks what is wrong with frames: of the peer's, and of our own, where it
// is on purpose.
func (t *talk) frames() {
	for i := range t.entries {
		f, ok := t.frame(&t.entries[i])
		if !ok {
			continue
		}
		before := ""
		if f.Direction == runner.Sent {
			before = "on purpose: "
		}
		for _, m := range f.faults(t.deflate) {
			t.mark(i, m.first, m.last, before+m.words)
		}
	}
}

func (f *frame) faults(deflate bool) (list []octetMark) {
	add := func(first, last int, format string, args ...any) {
		list = append(list, octetMark{first, last, fmt.Sprintf(format, args...)})
	}
	control := f.opcode >= 8
	switch {
	case f.opcode >= 3 && f.opcode <= 7 || f.opcode >= 11:
		add(0, 1, "the opcode %d is reserved", f.opcode)
	case f.Raw[0]&0x30 != 0 || f.rsv1 && (!deflate || control || f.opcode == 0):
		add(0, 1, "a reserved bit is set that means nothing here")
	case control && !f.fin:
		add(0, 1, "a control frame must not be fragmented")
	}
	switch {
	case f.masked && !f.fromClient:
		add(1, 2, "a server must not mask")
	case !f.masked && f.fromClient:
		add(1, 2, "a client must mask")
	case control && f.length > 125:
		add(1, f.HeaderLen, "a control frame has at most 125 octets of payload")
	case f.Raw[1]&0x7f == 126 && f.length < 126, f.Raw[1]&0x7f == 127 && f.length < 1<<16:
		add(1, f.HeaderLen, "the length %d is written longer than need be", f.length)
	case f.length >= 1<<63:
		add(2, 3, "the first bit of a length must be 0")
	}
	if !f.rsv1 {
		list = append(list, f.content(int(min(f.length, 1<<30)) == len(f.payload))...)
	}
	return list
}

// content is what is wrong with the payload of a text or Close frame, whole or as much
// of it as is shown.
func (f *frame) content(whole bool) []octetMark {
	start, text := 0, f.payload
	if f.opcode == 8 {
		switch {
		case len(text) == 0:
			return nil
		case !whole && len(text) < 2:
			return nil
		case len(text) == 1:
			return []octetMark{{f.HeaderLen, f.HeaderLen + 1, "a status code has two octets"}}
		}
		if code := binary.BigEndian.Uint16(text); !legal(code) {
			return []octetMark{{f.HeaderLen, f.HeaderLen + 2, fmt.Sprintf("the code %d must not be sent", code)}}
		}
		start, text = 2, text[2:]
	} else if f.opcode != 1 || !f.fin {
		return nil
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			if !whole && !utf8.FullRune(text[i:]) {
				return nil
			}
			at := f.HeaderLen + start + i
			return []octetMark{{at, at + 1, fmt.Sprintf("no UTF-8 from octet %d of the payload on", start+i)}}
		}
		i += n
	}
	return nil
}

// legal reports whether a status code may be in a Close frame (RFC 6455, section
// 7.4, and the registry of IANA).
func legal(code uint16) bool {
	switch code {
	case 1004, 1005, 1006, 1015:
		return false
	}
	return code >= 1000 && code < 1015 || code >= 3000 && code < 5000
}

// inflated is the place in a message that does not decompress.
var inflated = regexp.MustCompile(`inflate: octet ([0-9]+), bit ([0-9]+)`)

// misused is a breach that has no place, but a message.
var misused = regexp.MustCompile(`^it (compresses|refers|fills) `)

// compression says which message it is that breaks the rules of permessage-deflate,
// and where.
func (t *talk) compression() []string {
	place := inflated.FindStringSubmatch(t.result.Got)
	if place == nil && !misused.MatchString(t.result.Got) {
		return nil
	}
	message, number, compressed := t.lastCompressed()
	if len(message) == 0 {
		return nil
	}
	words := fmt.Sprintf("This is message %d of the peer, and compressed message %d", number, compressed)
	if t.result.Transcript.Omitted > 0 {
		words = "This is the last compressed message of the peer in the wire log"
	}
	words += fmt.Sprintf(", in %s.", plural(len(message), "frame"))
	if place == nil {
		t.mark(message[0], 0, 1, "the message begins here")
		return []string{words}
	}
	offset, err := strconv.Atoi(place[1])
	for n, i := range message {
		f, ok := t.frame(&t.entries[i])
		if size := int(min(f.length, 1<<40)); err == nil && ok && offset >= size && n+1 < len(message) {
			offset -= size
			continue
		}
		t.mark(i, t.entries[i].HeaderLen+offset, t.entries[i].HeaderLen+offset+1, "decompression stops here")
		words += fmt.Sprintf(" Decompression stops at octet %s of its compressed payload, bit %s: octet %d of the payload of its frame %d.", place[1], place[2], offset, n+1)
		break
	}
	return []string{words}
}

// lastCompressed are the entries of the frames of the peer's last compressed
// message, and its number among all messages and among those.
func (t *talk) lastCompressed() (message []int, number, compressed int) {
	messages, packed, open := 0, 0, false
	for i := range t.entries {
		f, ok := t.frame(&t.entries[i])
		if !ok || f.Direction != runner.Received || f.opcode >= 8 {
			continue
		}
		if f.opcode != 0 {
			messages++
			if open = f.rsv1; open {
				packed++
				message, number, compressed = nil, messages, packed
			}
		}
		if open {
			message = append(message, i)
		}
	}
	return message, number, compressed
}
