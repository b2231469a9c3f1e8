package cases

import (
	"fmt"
	"slices"
)

// lengthCases test how payload lengths are written and read (RFC 6455, section 5.2).
func lengthCases() []Case {
	return slices.Concat(lengthBorders(), lengthForms(), lengthControlForms(), lengthClaims(), lengthSums(), lengthEnds(),
		lengthOctets(), lengthWaits(), lengthMoreForms(), lengthMoreClaims(), lengthMoreSigned(), lengthMoreEnds())
}

// lengthBorders are legal lengths at which readers go wrong, besides those of
// messageLengths.
func lengthBorders() []Case {
	border := func(size int, title, note string) Case {
		return Case{
			ID:    fmt.Sprintf("length/binary-of-%d-octets", size),
			Title: title,
			Refs:  refs("6455-5.2-8", "6455-5.2-11", "6455-5.2-10"),
			Needs: needs(Echo),
			Note:  note,
			Steps: messageEchoed(BinaryOf(Random(size, 1))),
		}
	}
	return []Case{
		border(255, "a 16-bit length below 256 is read", ""),
		border(256, "a 16-bit length is read in network byte order",
			"Read with its octets swapped, the length is 1 and the rest of the payload looks like frames."),
		border(32767, "a 16-bit length with its highest bit clear and all others set is read", ""),
		border(32768, "a 16-bit length with its highest bit set is not read as a negative number", ""),
		border(65537, "a 64-bit length that is no multiple of 65536 is read", ""),
	}
}
