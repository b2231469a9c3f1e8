package runner

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/wsspec/wsspec/runner/wire"
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

// Frames of one Send come to a transcript together, and the same of them is kept.
func TestARecordFollowsAnother(t *testing.T) {
	for _, before := range []int{0, 1, 50, firstLines - 1, firstLines, firstLines + lastLines + 7} {
		for _, n := range []int{0, 1, 41, firstLines, firstLines + lastLines, firstLines + lastLines + 13, 1003} {
			want, got, of := newRecorder(), newRecorder(), &record{}
			for i := range before {
				want.note(strconv.Itoa(i))
				got.note(strconv.Itoa(i))
			}
			for i := range n {
				want.note("of " + strconv.Itoa(i))
				*of.next() = line{Entry: Entry{Direction: Remark, Kind: EntryNote, Meaning: "of " + strconv.Itoa(i)}}
			}
			got.lines(of)
			ignore := cmpopts.IgnoreFields(Entry{}, "At")
			if d := cmp.Diff(want.transcript(), got.transcript(), ignore); d != "" {
				t.Errorf("%d behind %d:\n%s", n, before, d)
			}
		}
	}
}

// A frame is put into words when somebody reads of it.
func TestALineOfAFrameIsPutIntoWords(t *testing.T) {
	h := wire.Header{FIN: true, Opcode: wire.Text, Masked: true, Key: [4]byte{1, 2, 3, 4}, Length: 100}
	payload := []byte("Hello " + strings.Repeat("x", 90)) // four are missing
	raw := h.Append(nil)
	wire.Mask(payload, h.Key, 0)
	var l line
	l.frame(Received, h, raw)
	l.payload(payload[:3])
	l.payload(payload[3:])
	l.missing = 4
	got := l.entry()
	want := Entry{
		Direction: Received, Kind: EntryFrame, HeaderLen: len(raw), Size: len(raw) + len(payload),
		Raw:     append(raw, payload[:shownOctets]...),
		Meaning: `text "Hello ` + strings.Repeat("x", quotedOctets-6) + `"... (100 octets), masked, 4 octets short`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
