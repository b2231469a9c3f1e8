package runner

import (
	"testing"

	"github.com/wsspec/wsspec/cases"
)

func TestAPayloadIsComparedOctetByOctet(t *testing.T) {
	for _, p := range []cases.Payload{
		nil,
		cases.Lit("a"),
		cases.Lit("Hello"),
		cases.Fill("ab", 1),
		cases.Fill("ab", 2),
		cases.Fill("abc", 10),
		cases.Fill("\xfe", 300),
		cases.Random(1, 1),
		cases.Random(100, 2),
		cases.Join(cases.Lit("head"), cases.Fill("ab", 9), cases.Random(9, 1), cases.Fill("ab", 9), cases.Lit("tail")),
	} {
		right := p.Append(nil, 7)
		if !samePayload(p, right, 7) {
			t.Errorf("%v: not the same as its own octets", p)
		}
		for i := range right {
			wrong := p.Append(nil, 7)
			wrong[i] ^= 1
			if samePayload(p, wrong, 7) {
				t.Errorf("%v: the same with octet %d changed", p, i)
			}
			if samePayload(p, right[:i], 7) {
				t.Errorf("%v: the same as its first %d octets", p, i)
			}
		}
		if samePayload(p, append(right, 'a'), 7) {
			t.Errorf("%v: the same with an octet more", p)
		}
	}
}
