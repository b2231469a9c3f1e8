package cases

// Opcode is the opcode of a frame (RFC 6455, section 5.2).
type Opcode byte

// The opcodes that are defined; 3 to 7 and 11 to 15 are reserved.
const (
	OpContinuation Opcode = 0
	OpText         Opcode = 1
	OpBinary       Opcode = 2
	OpClose        Opcode = 8
	OpPing         Opcode = 9
	OpPong         Opcode = 10
	// OpRaw marks an item of a Send that is no frame: its payload goes to the
	// wire as it is.
	OpRaw Opcode = 255
)

// A Frame to send, legal or not. As an Event it stands for a complete message
// of the peer, or a pong.
type Frame struct {
	Opcode  Opcode
	Payload Payload // before masking; of a message compressed with Deflated
	More    bool    // FIN is 0: "part" in the notation
	RSV     byte    // RSV1 is 4, RSV2 is 2, RSV3 is 1
	Mask    MaskRule
	Key     string     // masking key as 8 hexadecimal digits; empty: from the seed
	Form    LengthForm // how the payload length is written
	Length  uint64     // payload length that the header claims; 0: the truth
	Chop    int        // size of the pieces that the frame is written in; 0: whole
	Cuts    []int      // or: offsets in the frame's octets at which a write ends
	First   int        // only so many octets of the frame are sent; 0: all
	// Fragments, when not zero, sends the payload as a message in frames with so
	// many octets each, the last of which may be empty; what fits into one frame is
	// one. A compressed payload is cut after compression.
	Fragments int
	// Deflated: the payload is compressed as permessage-deflate was agreed, and
	// RSV1 is set on top of RSV.
	Deflated bool
}

// MaskRule says whether a frame is masked.
type MaskRule byte

// The mask rules: by the role (a client masks, a server does not), or against it.
const (
	MaskByRole MaskRule = iota
	Masked
	Unmasked
)

// LengthForm is how a payload length is written (RFC 6455, section 5.2).
type LengthForm byte

// The forms. Any other than Minimal may be longer than the rule allows.
const (
	Minimal LengthForm = iota
	Length16
	Length64
)

// Text is a text frame with FIN and this payload.
func Text(s string) Frame { return TextOf(Lit(s)) }

// TextOf is a text frame with a described payload.
func TextOf(p Payload) Frame { return Frame{Opcode: OpText, Payload: p} }

// Binary is a binary frame with FIN and this payload.
func Binary(s string) Frame { return BinaryOf(Lit(s)) }

// BinaryOf is a binary frame with a described payload.
func BinaryOf(p Payload) Frame { return Frame{Opcode: OpBinary, Payload: p} }

// Cont is a continuation frame with FIN.
func Cont(s string) Frame { return ContOf(Lit(s)) }

// ContOf is a continuation frame with a described payload.
func ContOf(p Payload) Frame { return Frame{Opcode: OpContinuation, Payload: p} }

// Ping is a ping frame.
func Ping(s string) Frame { return Frame{Opcode: OpPing, Payload: Lit(s)} }

// PingOf is a ping frame with a described payload.
func PingOf(p Payload) Frame { return Frame{Opcode: OpPing, Payload: p} }

// Pong is a pong frame.
func Pong(s string) Frame { return Frame{Opcode: OpPong, Payload: Lit(s)} }

// PongOf is a pong frame with a described payload.
func PongOf(p Payload) Frame { return Frame{Opcode: OpPong, Payload: p} }

// CloseFrame is a Close frame with a status code and a reason, whose parts are
// joined.
func CloseFrame(code uint16, reason ...Payload) Frame {
	body := Lit(string([]byte{byte(code >> 8), byte(code)}))
	for _, r := range reason {
		body = append(body, r...)
	}
	return Frame{Opcode: OpClose, Payload: body}
}

// CloseBody is a Close frame with this body, which need not be legal.
func CloseBody(s string) Frame { return Frame{Opcode: OpClose, Payload: Lit(s)} }

// Op is a frame with any opcode.
func Op(opcode Opcode, s string) Frame { return Frame{Opcode: opcode, Payload: Lit(s)} }

// Raw is octets that go to the wire as they are.
func Raw(s string) Frame { return RawOf(Lit(s)) }

// RawOf is described octets that go to the wire as they are.
func RawOf(p Payload) Frame { return Frame{Opcode: OpRaw, Payload: p} }

// Part clears FIN.
func (f Frame) Part() Frame { f.More = true; return f }

// WithRSV sets the reserved bits: RSV1 is 4, RSV2 is 2, RSV3 is 1.
func (f Frame) WithRSV(bits byte) Frame { f.RSV = bits; return f }

// Masked masks the frame whatever the role.
func (f Frame) Masked() Frame { f.Mask = Masked; return f }

// Unmasked sends the frame without a mask whatever the role.
func (f Frame) Unmasked() Frame { f.Mask = Unmasked; return f }

// WithKey sets the masking key, as 8 hexadecimal digits.
func (f Frame) WithKey(hex string) Frame { f.Key = hex; return f }

// InForm writes the payload length in this form.
func (f Frame) InForm(form LengthForm) Frame { f.Form = form; return f }

// Claiming writes this payload length instead of the true one.
func (f Frame) Claiming(length uint64) Frame { f.Length = length; return f }

// Chopped writes the frame in pieces of n octets.
func (f Frame) Chopped(n int) Frame { f.Chop = n; return f }

// Cut ends a write at each of these offsets in the frame's octets.
func (f Frame) Cut(offsets ...int) Frame { f.Cuts = offsets; return f }

// Only sends no more than the first n octets of the frame.
func (f Frame) Only(n int) Frame { f.First = n; return f }

// Deflate compresses the payload as agreed and sets RSV1.
func (f Frame) Deflate() Frame { f.Deflated = true; return f }

// InFragments sends the frame as a message in fragments with n octets of payload
// each.
func (f Frame) InFragments(n int) Frame { f.Fragments = n; return f }

// IsControl reports whether the opcode is that of a control frame.
func (o Opcode) IsControl() bool { return o >= 8 && o <= 15 }
