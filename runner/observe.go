package runner

import (
	"cmp"
	"fmt"
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// An observer turns the frames of the peer into observations, and checks in
// passing the rules that bind whoever sends a frame, whatever the case is about.
type observer struct {
	fromClient bool           // the peer is a client
	inflater   *wire.Inflater // nil when permessage-deflate is not agreed
	noTakeover bool           // the peer agreed to begin each message with an empty window
	keep       int            // octets of a message that are kept

	closed bool         // the peer has sent Close
	open   bool         // a fragmented message is under way
	opcode cases.Opcode // of that message

	frame      wire.Header // whose payload is arriving
	into       *gathering  // of that payload: message, or one for a control frame
	message    gathering
	compressed bool   // the message is
	blind      bool   // a compressed message was too large, so that later ones cannot be read
	scratch    []byte // for octets that are not kept as they are
	spares     *spares
	large      [][]byte // payloads that can go back to the spares at the end
	memo       *memo    // what was decompressed before; nil: nothing that may come again
	packed     []byte   // the compressed message, as long as it may be one of those
	streams    bool     // it is decompressed as it comes

	frames int       // of which the header came
	keys   [][4]byte // masking keys of a client, the first ones
}

// header checks the header of a frame, and gets ready for its payload. Only the
// first breach counts.
func (o *observer) header(h wire.Header) *breach {
	o.frames++
	if o.fromClient && h.Masked && len(o.keys) < keysKept {
		o.keys = append(o.keys, h.Key)
	}
	b := cmp.Or(o.afterClose(h), o.reservedBits(h), o.masking(h), o.lengthForm(h), o.opcodes(h), o.control(h), o.sequence(h))
	o.begin(h)
	return b
}

// afterClose forbids data frames alone: a ping that arrives between the two
// Close frames has to be answered still (6455-5.5.2-3), and a ping may be sent
// until the connection is closed (6455-5.5.2-5).
func (o *observer) afterClose(h wire.Header) *breach {
	if !o.closed || cases.Opcode(h.Opcode).IsControl() {
		return nil
	}
	return &breach{"6455-5.5.1-7", fmt.Sprintf("it sends a %s frame after its Close frame", h.Opcode)}
}

func (o *observer) reservedBits(h wire.Header) *breach {
	allowed := byte(0)
	if o.inflater != nil && (h.Opcode == wire.Text || h.Opcode == wire.Binary) {
		allowed = 4
	}
	if h.RSV&^allowed == 0 {
		return nil
	}
	return &breach{"6455-5.2-3", fmt.Sprintf("it sets reserved bits (RSV %03b) that no extension gives a meaning", h.RSV)}
}

func (o *observer) masking(h wire.Header) *breach {
	switch {
	case o.fromClient && !h.Masked:
		return &breach{"6455-5.1-1", "it sends a frame that is not masked"}
	case !o.fromClient && h.Masked:
		return &breach{"6455-5.1-4", "it masks a frame, though it is the server"}
	}
	return nil
}

func (o *observer) lengthForm(h wire.Header) *breach {
	switch {
	case h.Form == wire.Ext64 && h.Length>>63 != 0:
		return &breach{"6455-5.2-9", "it sets the most significant bit of a 64-bit payload length"}
	case !h.MinimalForm():
		return &breach{"6455-5.2-10", fmt.Sprintf("it writes the payload length %d in its %s form, which is not the shortest", h.Length, h.Form)}
	}
	return nil
}

func (o *observer) opcodes(h wire.Header) *breach {
	switch h.Opcode {
	case wire.Continuation, wire.Text, wire.Binary, wire.Close, wire.Ping, wire.Pong:
		return nil
	}
	return &breach{"6455-5.2-6", fmt.Sprintf("it sends the reserved %s", h.Opcode)}
}

func (o *observer) control(h wire.Header) *breach {
	switch {
	case !cases.Opcode(h.Opcode).IsControl():
		return nil
	case !h.FIN:
		return &breach{"6455-5.5-3", fmt.Sprintf("it fragments a %s frame", h.Opcode)}
	case h.Length > 125:
		return &breach{"6455-5.5-2", fmt.Sprintf("it sends a %s frame with a payload of %d octets", h.Opcode, h.Length)}
	}
	return nil
}

func (o *observer) sequence(h wire.Header) *breach {
	switch {
	case cases.Opcode(h.Opcode).IsControl():
		return nil
	case h.Opcode == wire.Continuation && !o.open:
		return &breach{"6455-5.4-1", "it sends a continuation frame while no message is open"}
	case h.Opcode != wire.Continuation && o.open:
		return &breach{"6455-5.4-3", fmt.Sprintf("it begins a %s message while another one is open", h.Opcode)}
	}
	return nil
}

// closeFrame reads the body of a Close frame.
func (o *observer) closeFrame(body []byte) []observation {
	o.closed = true
	got := observation{kind: gotClose, code: cases.NoCode}
	switch {
	case len(body) == 1:
		return append(breaches("6455-5.5.1-3", "it sends a Close frame with a body of one octet"), got)
	case len(body) >= 2:
		got.code = uint16(body[0])<<8 | uint16(body[1])
		got.payload = body[2:]
		got.size = len(got.payload)
	default:
		return []observation{got}
	}
	if id := neverOnWire(got.code); id != "" {
		return append(breaches(id, fmt.Sprintf("it sends a Close frame with the reserved status code %d", got.code)), got)
	}
	if !utf8.Valid(got.payload) {
		return append(breaches("6455-5.5.1-4", "it sends a Close frame whose reason is not valid UTF-8"), got)
	}
	return []observation{got}
}

func breaches(requirement, detail string) []observation {
	return []observation{{kind: gotBreach, breach: &breach{requirement, detail}}}
}
