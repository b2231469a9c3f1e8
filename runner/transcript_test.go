package runner

import (
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestALongTranscriptKeepsItsBeginningAndItsEnd(t *testing.T) {
	for _, n := range []int{0, 1, firstLines, firstLines + 1, firstLines + lastLines, firstLines + lastLines + 1, 1000, 1007} {
		r := newRecorder()
		for i := range n {
			r.note(strconv.Itoa(i))
		}
		got := r.transcript()
		if kept := min(n, firstLines+lastLines); len(got.Entries) != kept || got.Omitted != n-kept {
			t.Fatalf("%d entries: %d kept, %d omitted", n, len(got.Entries), got.Omitted)
		}
		for i, e := range got.Entries {
			want := i
			if i >= firstLines {
				want += got.Omitted
			}
			if e.Meaning != strconv.Itoa(want) {
				t.Errorf("%d entries: entry %d is %s, want %d", n, i, e.Meaning, want)
			}
		}
	}
}

func TestEntriesHaveTheTimeSinceTheBeginning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRecorder()
		r.note("a")
		elapse(time.Second)
		r.note("b")
		if got := r.transcript().Entries; got[0].At != 0 || got[1].At != time.Second {
			t.Errorf("at %v and %v", got[0].At, got[1].At)
		}
	})
}

func TestATranscriptIsWrittenFromTwoSides(t *testing.T) {
	r := newRecorder()
	var writing sync.WaitGroup
	for range 2 {
		writing.Go(func() {
			for range 500 {
				r.note("x")
			}
		})
	}
	writing.Wait()
	if got := r.transcript(); len(got.Entries)+got.Omitted != 1000 {
		t.Errorf("%d entries and %d omitted", len(got.Entries), got.Omitted)
	}
}

func TestAnEntryHoldsNoMoreThanItShows(t *testing.T) {
	b := make([]byte, 1<<20)
	e := httpEntry(Received, b, "")
	if len(e.Raw) != shownHead || cap(e.Raw) > 2*shownHead || e.Size != len(b) {
		t.Errorf("%d octets of %d, capacity %d", len(e.Raw), e.Size, cap(e.Raw))
	}
	b[0] = 1
	if e.Raw[0] != 0 {
		t.Error("the entry changes with what it was made of")
	}
}
