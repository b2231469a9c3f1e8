package reference

import (
	"encoding/binary"
	"slices"
)

// lengthFaults are those of the payload length.
func lengthFaults() []departure {
	return slices.Concat(lengthFormFaults(), lengthValueFaults())
}

func lengthFormFaults() []departure {
	const both = EitherSide
	form := func(n byte) func(*tap) filter {
		return onData(func(f wireFrame) []wireFrame {
			f.form = n
			return pass(f)
		})
	}
	return []departure{
		forgiving(both, "longer-length-forms-accepted", "6455-5.2-10", "the endpoint takes lengths that are not in their shortest form"),
		forgiving(both, "length-top-bit-ignored", "6455-5.2-9", "the endpoint ignores the top bit of a 64-bit length"),
		forgiving(both, "message-limit-not-enforced", "6455-10.4-1", "the endpoint takes messages of any size"),
		sending(both, "length-in-16-bits-always", "6455-5.2-10", "short messages have their length in 16 bits", form(126)),
		sending(both, "length-in-64-bits-always", "6455-5.2-10", "messages have their length in 64 bits", form(127)),
		sending(both, "length-in-little-endian", "6455-5.2-8", "longer lengths are sent with the lowest octet first", each(octets(func(b []byte) []byte {
			switch b[1] & 0x7f {
			case 126:
				b[2], b[3] = b[3], b[2]
			case 127:
				binary.BigEndian.PutUint64(b[2:], binary.LittleEndian.Uint64(b[2:]))
			}
			return b
		}))),
		sending(both, "length-top-bit-set", "6455-5.2-9", "lengths are sent in 64 bits, with the top bit set", onData(func(f wireFrame) []wireFrame {
			f.form = 127
			f.octets = func(b []byte) []byte {
				b[2] |= 0x80
				return b
			}
			return pass(f)
		})),
	}
}

func lengthValueFaults() []departure {
	const both = EitherSide
	return []departure{
		sending(both, "length-off-by-one", "6455-5.2-11", "frames announce an octet less than they have", onData(octets(func(b []byte) []byte {
			switch n := b[1] & 0x7f; {
			case n > 0 && n < 126:
				b[1]--
			case n == 126:
				b[3]--
			}
			return b
		}))),
		sending(both, "length-with-header", "6455-5.2-11", "the length counts the header as well", onData(octets(func(b []byte) []byte {
			if b[1]&0x7f < 124 {
				b[1] += 2
			}
			return b
		}))),
		sending(both, "length-of-126-in-7-bits", "6455-5.2-8", "a length of 126 or 127 is sent in 7 bits", each(func(f wireFrame) []wireFrame {
			if n := len(f.payload); n == 126 || n == 127 {
				f.octets = func(b []byte) []byte { // drop the 16-bit length
					return append(append(b[:1], b[1]&bitMASK|byte(n)), b[4:]...)
				}
			}
			return pass(f)
		})),
		sending(both, "length-of-16-bits-overflows", "6455-5.2-8", "the length of messages of 64 KiB and more is sent in 16 bits", each(func(f wireFrame) []wireFrame {
			if n := len(f.payload); n > 0xffff {
				f.octets = func(b []byte) []byte {
					short := append([]byte{}, b[0], b[1]&bitMASK|126, byte(n>>8), byte(n))
					return append(short, b[10:]...)
				}
			}
			return pass(f)
		})),
		{
			Fault:    Fault{"length-in-31-bits", "6455-10.4-1", "the endpoint keeps 31 bits of a length, and takes what is negative then for nothing", both},
			forgives: []string{"6455-5.2-10"}, // or it would notice
			wire: func(t *tap) {
				t.octets = func(b []byte) []byte {
					if len(b) >= 10 && b[1]&0x7f == 127 {
						short := max(0, int32(binary.BigEndian.Uint32(b[6:])))
						binary.BigEndian.PutUint64(b[2:], uint64(short))
					}
					return b
				}
			},
		},
		receiving(both, "lengths-above-125-not-read", "6455-5.2-8", "the endpoint does not know longer forms of the length", refusing(func(f wireFrame) bool { return f.form >= 126 })),
		receiving(both, "length-of-64-bits-refused", "6455-5.2-8", "the endpoint refuses lengths in 64 bits", refusing(func(f wireFrame) bool { return f.form == 127 })),
		receiving(both, "length-of-16-bits-signed", "6455-5.2-8", "the endpoint refuses lengths from 32768 to 65535", refusing(func(f wireFrame) bool {
			return f.form == 126 && f.length > 0x7fff
		})),
		receiving(both, "length-of-125-refused", "6455-5.2-8", "the endpoint refuses frames of exactly 125 octets", refusing(func(f wireFrame) bool { return len(f.payload) == 125 })),
	}
}
