package reports

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/wsspec/wsspec/cases"
)

// readFile is what stands in the report now.
func readFile(t *testing.T, name string) *Document {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	d, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAJournalCanBeReadAtAnyMoment(t *testing.T) {
	name := filepath.Join(t.TempDir(), "report.json")
	whole := documentOf(sample())
	j, err := NewJournal(name, *whole)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for i := range len(whole.Results) + 1 {
		got := readFile(t, name)
		if diff := cmp.Diff(whole.Results[:i], got.Results, cmp.AllowUnexported(cases.Case{}), cmpopts.EquateEmpty()); diff != "" || got.Trouble != cutOff {
			t.Errorf("behind %d results, trouble %q (-want +got):\n%s", i, got.Trouble, diff)
		}
		if i < len(whole.Results) {
			if err := j.Add(&whole.Results[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Wherever a file system loses the end of a report, what stands before is read.
func TestAReportThatEndsInTheMiddleIsReadUpToThere(t *testing.T) {
	text := asJSON(t, sample())
	last := -1
	for cut := len(text) - 1; cut > 0; cut-- {
		d, err := decode(text[:cut])
		if err != nil {
			last = cut
			break
		}
		if n := len(d.Results); cut < len(text)-2 && (d.Trouble != torn || n > len(sample().Results)) {
			t.Fatalf("%d octets: %d results, trouble %q", cut, n, d.Trouble)
		}
	}
	if begin := len(jsonBegin(documentOf(sample()))); last >= begin+10 || last < 0 {
		t.Errorf("nothing is read of %d octets, with %d before the results", last, begin)
	}
}
