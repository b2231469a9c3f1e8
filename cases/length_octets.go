package cases

import "fmt"

// lengthOctets are lengths whose own octets look like the 126 and 127 that
// announce a longer form, or like the header of a frame.
func lengthOctets() []Case {
	var all []Case
	for _, size := range []int{129, 257, 0x7e7e, 0x7e7f, 0x7f7e, 0x7f7f, 0x8182, 0xfefe, 0xffff - 1} {
		all = append(all, Case{
			ID:    fmt.Sprintf("length/binary-of-%d-octets", size),
			Title: fmt.Sprintf("a payload length of %d, which is %04x in two octets, is read", size, size),
			Refs:  refs("6455-5.2-8", "6455-5.2-11"),
			Needs: needs(Echo),
			Steps: messageEchoed(BinaryOf(Random(size, 1))),
		})
	}
	for _, size := range []int{1<<16 + 2, 1<<17 - 1, 1 << 17, 0x01fefe, 0x020001} {
		all = append(all, Case{
			ID:    fmt.Sprintf("length/binary-of-%d-octets", size),
			Title: fmt.Sprintf("a payload length of %d, which is %06x in the last three octets, is read", size, size),
			Refs:  refs("6455-5.2-8", "6455-5.2-11"),
			Needs: needs(Echo),
			Steps: messageEchoed(BinaryOf(Random(size, 1))),
		})
	}
	return all
}

// lengthWaits hold back a payload that is complete for a reader that reads the
// length wrongly. The masking key is zero, so that the rest can follow as it is.
func lengthWaits() []Case {
	held := func(id, title string, size, first int) Case {
		return Case{
			ID: "length/" + id, Title: title,
			Refs:  refs("6455-5.2-8", "6455-5.2-11"),
			Needs: needs(Echo),
			Note:  "That no message comes before the frame is whole only time can show: a quarter of a second.",
			Steps: steps(
				Send(BinaryOf(Fill("*", first)).Claiming(uint64(size)).WithKey("00000000")),
				Expect(Wait()).For(lengthWait/2),
				Send(RawOf(Fill("*", size-first))),
				Expect(BinaryOf(Fill("*", size))),
				Close(1000),
			),
		}
	}
	return []Case{
		held("of-256-with-1-octet", "a 16-bit length of 256 is not read as 1 from the wrong end", 256, 1),
		held("of-258-with-2-octets", "a 16-bit length of 258 is not cut to the 2 of its last octet", 258, 2),
		held("of-65541-with-5-octets", "a 64-bit length of 65541 is not cut to the 5 of its last two octets", 65541, 5),
		held("of-131-with-3-octets", "a 16-bit length of 131 is not read as 3 without its highest bit", 131, 3),
		held("of-32773-with-5-octets", "a 16-bit length of 32773 is not read as 5 without its highest bit", 32773, 5),
	}
}
