package runner

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
)

func TestLargeBuffersAreUsedAgain(t *testing.T) {
	const mebi = 1 << 20
	s := &spares{}
	for _, n := range []int{2 * mebi, mebi - 1, 4 * mebi, spareUpTo + 1, 3 * mebi, mebi, 5 * mebi} {
		s.give(make([]byte, 5, n))
	}
	sizes := func() (sizes []int) {
		for _, b := range s.list {
			sizes = append(sizes, cap(b)/mebi)
		}
		slices.Sort(sizes)
		return sizes
	}
	if d := cmp.Diff([]int{2, 3, 4, 5}, sizes()); d != "" {
		t.Errorf("kept, in MiB: %s", d)
	}
	if b := s.take(2*mebi + 1); len(b) != 0 || cap(b) != 3*mebi {
		t.Errorf("%d of %d octets", len(b), cap(b))
	}
	if b := s.take(17 * mebi); cap(b) != 17*mebi {
		t.Errorf("a new one of %d octets", cap(b))
	}
	b := append([]byte(nil), "abc"...)
	if b = s.grow(b, 4*mebi-3); string(b) != "abc" || cap(b) != 4*mebi {
		t.Errorf("%q in %d octets", b, cap(b))
	}
	if b = s.grow(b, 5*mebi-3); string(b) != "abc" || cap(b) != 5*mebi {
		t.Errorf("%q in %d octets", b, cap(b))
	}
	if d := cmp.Diff([]int{2, 4}, sizes()); d != "" {
		t.Errorf("kept in the end, in MiB: %s", d)
	}
	if b := (*spares)(nil).grow(nil, mebi); cap(b) < mebi {
		t.Errorf("without spares %d octets", cap(b))
	}
}

// What a case leaves to the next holds nothing that the case still needs.
func TestNoCaseSeesTheMessagesOfAnother(t *testing.T) {
	target, _ := listen(t, echo)
	set := usual.settings()
	for i := range 6 {
		f := cases.BinaryOf(cases.Fill(string(rune('a'+i)), 3<<20))
		other := cases.BinaryOf(cases.Fill("z", 2<<20))
		c := script(cases.Send(f, other), cases.Expect(f, other), cases.Send(f.InFragments(1000)), cases.Expect(f), cases.Close(1000))
		c.ID, c.Timeout = string(rune('a'+i)), time.Minute // the machine may be busy
		if r, err := playServer(t.Context(), target, set, &c); err != nil || r.Verdict != cases.Pass {
			t.Errorf("%v, error %v\n%s", r.Verdict, err, r.Block(""))
		}
		if n := len(set.spares.list); n == 0 || n > sparesKept {
			t.Errorf("%d buffers are left", n)
		}
	}
}
