package cases

import "fmt"

// maskingOffsets cut the payload of one frame where an implementation that
// unmasks a word or a vector register at a time has to find its place in the
// key again: next to multiples of the key's four octets, and of 8 to 128.
func maskingOffsets() []Case {
	const header = 8 // with a 16-bit length and the key
	message := BinaryOf(Random(256, 1))
	var all []Case
	for _, offset := range []int{2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 65, 127, 129, 253} {
		all = append(all, Case{
			ID:      fmt.Sprintf("masking/cut-at-payload-octet-%d", offset),
			Title:   fmt.Sprintf("unmasking goes on with the right octet of the key when %d octets of the payload came first", offset),
			Refs:    refs("6455-5.3-6", "6455-6.2-1"),
			Subject: Server,
			Needs:   needs(Echo),
			Steps:   messageEchoed(message.WithKey("37fa213d").Cut(header + offset)),
		})
	}
	return append(all, maskingPieces()...)
}

// maskingPieces write one frame in pieces of one size, none of which is a
// multiple of the key's size.
func maskingPieces() []Case {
	message := BinaryOf(Random(4096, 1))
	var all []Case
	for _, size := range []int{3, 5, 7, 13, 61, 127, 1021} {
		all = append(all, Case{
			ID:      fmt.Sprintf("masking/pieces-of-%d-octets", size),
			Title:   fmt.Sprintf("a masked frame that arrives in pieces of %d octets is unmasked", size),
			Refs:    refs("6455-5.3-6", "6455-6.2-1"),
			Subject: Server,
			Needs:   needs(Echo),
			Steps:   messageEchoed(message.Chopped(size)),
		})
	}
	return all
}

// maskingKeysOfRuns are keys whose octets are equal in pairs, so that an octet
// taken from the wrong place of the key shows in some of them and not in others.
func maskingKeysOfRuns() []Case {
	var all []Case
	for _, key := range []string{"ff000000", "00ff0000", "0000ff00", "000000ff", "00ff00ff", "ffff0000", "81828384"} {
		all = append(all, Case{
			ID:      "masking/key-" + key,
			Title:   "a frame with the masking key " + key + " is unmasked",
			Refs:    refs("6455-5.3-6", "6455-6.2-7"),
			Subject: Server,
			Needs:   needs(Echo),
			Steps:   messageEchoed(BinaryOf(Random(131, 1)).WithKey(key)),
		})
	}
	return all
}
