package cases

import "time"

// lengthWait bounds the wait inside a frame that never becomes complete, where
// no ping can show that the peer goes on waiting.
const lengthWait = 500 * time.Millisecond

// lengthRefused expects the length to be refused. A peer that closes the
// connection as if nothing were wrong has kept itself from it all the same: only
// the code does not tell why, which is lax.
func lengthRefused() Expectation {
	return FailsWith(1009, 1002).OrLax(Closes(1000, 1001, NoCode), End())
}

// lengthClaims are frames whose header claims more octets than ever come.
func lengthClaims() []Case {
	return append(lengthSigned(), lengthHuge()...)
}

// lengthSigned are 64-bit lengths whose most significant bit is set.
func lengthSigned() []Case {
	signed := func(id, title string, f Frame) Case {
		return Case{
			ID: "length/" + id, Title: title,
			Refs:  refs("6455-5.2-9", "6455-10.7-1"),
			Note:  lengthSignedNote,
			Steps: steps(Send(f), lengthRefused().OrLax(Wait()).For(lengthWait)),
		}
	}
	const high = 1 << 63
	return []Case{
		signed("high-bit-alone", "a 64-bit length with nothing but its highest bit set is refused", Binary("").Claiming(high)),
		signed("all-bits-set", "a 64-bit length with all its bits set is refused", Binary("").Claiming(1<<64-1)),
		signed("high-bit-before-5-octets", "a 64-bit length of 5 with its highest bit set is not taken for 5",
			Text("Hello").Claiming(high|5)),
		signed("high-bit-before-65536-octets", "a 64-bit length of 65536 with its highest bit set is not taken for 65536",
			BinaryOf(Fill("*", 65536)).Claiming(high|65536)),
	}
}

// lengthHuge are legal lengths that are beyond any sensible limit.
func lengthHuge() []Case {
	huge := func(id, title string, f Frame, e Expectation) Case {
		return Case{
			ID: "length/" + id, Title: title, Refs: refs("6455-10.4-1", "6455-10.4-2"),
			Note:  "What the peer reserves for the length cannot be seen from here: watch its memory. Waiting is judged after half a second.",
			Steps: steps(Send(f), e.For(lengthWait)),
		}
	}
	refused := lengthRefused()
	// Whoever has the memory may take 2 GiB and more; 2^53 octets are nobody's,
	// and a limit on frames SHOULD have stopped them at the header.
	some, all := refused.Or(Wait()), refused.OrLax(Wait())
	return []Case{
		huge("claims-2-to-31", "a length that no 32-bit signed integer holds is refused or waited for",
			Binary("some").Claiming(1<<31), some),
		huge("claims-2-to-32-minus-1", "the longest length that 32 bits hold is refused or waited for",
			Binary("some").Claiming(1<<32-1), some),
		huge("claims-2-to-32-plus-5", "a length of 2^32+5 is not cut to the 5 octets that its lower half names",
			Text("Hello").Claiming(1<<32+5), some),
		huge("claims-2-to-53-plus-1", "a length that no double-precision number holds is refused",
			Binary("some").Claiming(1<<53+1), all),
		huge("claims-2-to-62", "a length of 2^62 is refused", Binary("some").Claiming(1<<62), all),
		huge("claims-2-to-63-minus-1", "the longest length of all is refused", Binary("").Claiming(1<<63-1), all),
	}
}

// lengthSums are fragments whose lengths together leave the range of integers.
func lengthSums() []Case {
	return []Case{{
		ID:    "length/fragments-sum-above-2-to-63",
		Title: "the lengths of fragments are not added up beyond the range of an integer",
		Refs:  refs("6455-10.4-1", "6455-10.4-2"),
		Note: "A limit on the message that adds the length of a frame to what has come before may wrap around and let the frame pass " +
			"(CVE-2020-27813 is such a bug). Waiting is judged after half a second.",
		Steps: steps(
			Send(Binary("some").Part(), Cont("more").Claiming(1<<63-1)),
			lengthRefused().OrLax(Wait()).For(lengthWait),
		),
	}}
}
