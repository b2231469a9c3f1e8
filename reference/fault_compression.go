package reference

import (
	"bytes"
	"slices"

	"github.com/klauspost/compress/flate"
)

// compressionFaults are those of compressed messages that are sent.
func compressionFaults() []departure {
	return slices.Concat(contextFaults(), compressedFrames(), compressedPayloads())
}

func contextFaults() []departure {
	const s, c = ServerSide, ClientSide
	return []departure{
		believing(s, "window-exceeded", "7692-7.2.1-15", "the server compresses with a larger window than agreed", func(p *DeflateParams) { p.ServerMaxWindowBits = 15 }),
		believing(c, "client-window-exceeded", "7692-7.2.1-13", "the client compresses with a larger window than agreed", func(p *DeflateParams) { p.ClientMaxWindowBits = 15 }),
		believing(s, "context-taken-over", "7692-7.2.1-11", "the server refers to earlier messages though it agreed not to", func(p *DeflateParams) { p.ServerNoContextTakeover = false }),
		believing(s, "context-taken-over-after-all", "7692-7.1.1.1-3", "the server does not reset its window though it agreed to", func(p *DeflateParams) { p.ServerNoContextTakeover = false }),
		believing(c, "client-context-taken-over", "7692-7.2.1-8", "the client refers to earlier messages though it agreed not to", func(p *DeflateParams) { p.ClientNoContextTakeover = false }),
		believing(c, "client-context-not-reset", "7692-7.1.1.2-3", "the client does not do without context takeover when it is told to", func(p *DeflateParams) { p.ClientNoContextTakeover = false }),
	}
}

// whereAgreed changes the frames of messages where compression is agreed on.
func whereAgreed(id, requirement, title string, change filter) departure {
	return sending(EitherSide, id, requirement, title, func(t *tap) filter {
		return func(f wireFrame) []wireFrame {
			if t.deflated && f.data() {
				return change(f)
			}
			return pass(f)
		}
	})
}

// packed is whereAgreed for compressed messages. The honest code does not compress
// short ones; these do, so that there is something to be wrong.
func packed(id, requirement, title string, change filter) departure {
	return whereAgreed(id, requirement, title, func(f wireFrame) []wireFrame { return change(packedFrame(f)) })
}

func compressedFrames() []departure {
	const both = EitherSide
	return []departure{
		packed("tail-not-removed", "7692-7.2.1-1", "compressed messages end in the octets 00 00 FF FF", func(f wireFrame) []wireFrame {
			f.payload = append(f.payload, tail...)
			return pass(f)
		}),
		packed("tail-removed-too-far", "7692-7.2.1-1", "an octet too much is removed from compressed messages", func(f wireFrame) []wireFrame {
			if len(f.payload) > 1 {
				f.payload = f.payload[:len(f.payload)-1]
			}
			return pass(f)
		}),
		packed("rsv1-on-every-fragment", "7692-6.1-3", "compressed messages have RSV1 on each of their fragments", func(f wireFrame) []wireFrame {
			first, last := halves(f)
			last.rsv = bitRSV1
			return pass(first, last)
		}),
		packed("rsv1-on-last-fragment", "7692-6.1-1", "compressed messages have RSV1 on their last fragment alone", func(f wireFrame) []wireFrame {
			first, last := halves(f)
			first.rsv, last.rsv = 0, bitRSV1
			return pass(first, last)
		}),
		packed("rsv1-missing", "7692-6.1-1", "compressed messages have no RSV1", func(f wireFrame) []wireFrame {
			f.rsv = 0
			return pass(f)
		}),
		whereAgreed("rsv1-on-uncompressed", "7692-6.1-2", "messages that are not compressed have RSV1", func(f wireFrame) []wireFrame {
			f.rsv = bitRSV1
			return pass(f)
		}),
		sending(both, "rsv1-on-control-frames", "7692-6.1-3", "control frames have RSV1 when compression is agreed on", func(t *tap) filter {
			return func(f wireFrame) []wireFrame {
				if t.deflated && !f.data() {
					f.rsv = bitRSV1
				}
				return pass(f)
			}
		}),
	}
}

// compressedPayloads are those of what stands in a compressed message.
func compressedPayloads() []departure {
	return []departure{
		packed("opcode-of-compressed-messages-lost", "7692-6.1-5", "compressed messages are sent as binary", func(f wireFrame) []wireFrame {
			f.opcode = opBinary
			return pass(f)
		}),
		packed("compressed-with-zlib-header", "7692-7.2.1-1", "compressed messages begin with the header of zlib", func(f wireFrame) []wireFrame {
			f.payload = append([]byte{0x78, 0x9c}, f.payload...)
			return pass(f)
		}),
		whereAgreed("tail-removed-from-fragments", "7692-7.2.1-6", "the octets 00 00 FF FF are removed from each fragment", func(f wireFrame) []wireFrame {
			if f.rsv != 0 || len(f.payload) < 2 || !f.fin || f.opcode == opContinuation {
				return pass(f)
			}
			first, last := halves(f)
			first.rsv = bitRSV1
			first.payload, last.payload = deflatedHalves(first.payload, last.payload)
			return pass(first, last)
		}),
		whereAgreed("padding-of-last-block-not-zero", "7692-7.2.1-5", "compressed messages end in a last block with bits set behind it", func(f wireFrame) []wireFrame {
			if f.rsv != 0 || f.opcode == opContinuation || !f.fin {
				return pass(f)
			}
			f.rsv = bitRSV1
			return pass(f.with(lastBlock(f.payload)))
		}),
	}
}

// packedFrame is the frame of a message compressed, if it is not.
func packedFrame(f wireFrame) wireFrame {
	if f.rsv != 0 || !f.fin || f.opcode == opContinuation {
		return f
	}
	f.rsv = bitRSV1
	f.payload, _ = deflatedHalves(f.payload, nil)
	return f
}

// deflatedHalves compresses two fragments, and cuts off the end of both.
func deflatedHalves(a, b []byte) (first, last []byte) {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestSpeed)
	w.Write(a)
	w.Flush()
	first = bytes.TrimSuffix(bytes.Clone(out.Bytes()), []byte(tail))
	out.Reset()
	w.Write(b)
	w.Flush()
	return first, bytes.TrimSuffix(out.Bytes(), []byte(tail))
}

// lastBlock is a message as a last block of fixed codes, without a match, with
// its padding set.
func lastBlock(p []byte) []byte {
	var b []byte
	n := uint(0)
	bit := func(v uint) {
		if n&7 == 0 {
			b = append(b, 0)
		}
		b[n>>3] |= byte(v << (n & 7))
		n++
	}
	code := func(v, length uint) {
		for i := length; i > 0; i-- {
			bit(v >> (i - 1) & 1)
		}
	}
	for _, v := range []uint{1, 1, 0} {
		bit(v)
	}
	for _, c := range p {
		if c < 144 {
			code(0x30+uint(c), 8)
		} else {
			code(0x190+uint(c)-144, 9)
		}
	}
	code(0, 7)
	for n&7 != 0 {
		bit(1)
	}
	return append(b, 0)
}
