package runner

import (
	"errors"
	"fmt"
	"slices"

	"github.com/wsspec/wsspec/runner/wire"
)

// beginPacked gets ready for a compressed message.
func (o *observer) beginPacked() {
	o.packed = o.packed[:0]
	if o.streams = o.memo == nil || o.blind; o.streams {
		o.inflater.Start(o.keep)
	}
}

// maxPacked is how large a compressed message may be for the observer to wait for
// its end: one that is kept as a whole fits, however badly it is compressed.
func (o *observer) maxPacked() int { return o.keep + o.keep/4 + 1024 }

// roomPacked is where octets of a message go that is not decompressed yet.
func (o *observer) roomPacked(n uint64) []byte {
	size := int(min(n, uint64(o.maxPacked()-len(o.packed))))
	o.packed = slices.Grow(o.packed, size)
	return o.packed[len(o.packed):][:size]
}

// tookPacked takes octets of a compressed message.
func (o *observer) tookPacked(b []byte) {
	g := o.into
	g.size += len(b)
	if o.streams {
		g.octets, _ = o.inflater.Append(g.octets, b) // an error comes again at the end
		return
	}
	if o.packed = o.packed[:len(o.packed)+len(b)]; len(o.packed) == o.maxPacked() {
		o.streams = true
		o.inflater.Start(o.keep)
		g.octets, _ = o.inflater.Append(g.octets, o.packed)
	}
}

// unpacked ends a compressed message, and checks that the peer kept to the
// window that was agreed (RFC 7692, section 7.2.1).
func (o *observer) unpacked(got *observation, valid *bool) *breach {
	plain, report, err := o.unpack(got.payload, valid)
	window, takeover := "7692-7.2.1-15", "7692-7.2.1-11"
	if o.fromClient {
		window, takeover = "7692-7.2.1-13", "7692-7.2.1-8"
	}
	got.payload, got.size = plain, len(plain)
	switch {
	case errors.Is(err, wire.ErrOutputTooLong):
		got.size++ // and more, which nobody has asked for
		o.blind = true
	case o.blind: // what it refers to was not kept
		got.size++
	case err != nil:
		return &breach{"7692-7.2.1-1", fmt.Sprintf("it sends a compressed message that does not decompress: %v", err)}
	case report.BeyondWindow > 0:
		return &breach{window, fmt.Sprintf("it compresses with a distance of %d, beyond the agreed window of %d bits", report.MaxDistance, o.inflater.WindowBits)}
	case report.FinalPadding > 0:
		return &breach{"7692-7.2.1-5", "it fills the octet behind a block with BFINAL with other bits than zeros"}
	case report.IntoHistory > 0 && o.noTakeover:
		return &breach{takeover, "it refers to an earlier message, though it agreed to no context takeover"}
	}
	return nil
}

// unpack decompresses the message, unless it is one that was decompressed before.
func (o *observer) unpack(begun []byte, valid *bool) (plain []byte, report wire.Report, err error) {
	if o.streams {
		return o.inflater.Finish(begun)
	}
	plain, text, report, err := o.memo.unpack(o.inflater, o.packed, o.keep, !*valid)
	*valid = *valid || text
	return plain, report, err
}
