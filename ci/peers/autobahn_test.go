package peers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/ci/peers"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// Whoever reads index.json finds there what Autobahn|Testsuite found in the same
// library, but for what the table in expected/autobahn-gorilla.txt explains.
// testdata/autobahn-gorilla.json has, for each case, the behavior and
// behaviorClose that Autobahn|Testsuite 25.10.1 reports of such a server.
func TestWordsAreThoseOfAutobahn(t *testing.T) {
	autobahn := map[string][2]string{}
	read(t, filepath.Join("testdata", "autobahn-gorilla.json"), &autobahn)
	text, err := os.ReadFile(filepath.Join("expected", "autobahn-gorilla.txt"))
	if err != nil {
		t.Fatal(err)
	}
	table, faults := parseWords(string(text))
	if faults = append(faults, compareWords(table, autobahn, words(t, "gorilla"))...); len(faults) > 0 {
		t.Errorf("differences from Autobahn:\n%s", strings.Join(faults, "\n"))
	}
}

// words are those of index.json for a server of the library.
func words(t *testing.T, name string) map[string][2]string {
	t.Helper()
	peer, err := peers.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	list, err := cases.Select(cases.All(), []string{"autobahn:*"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	target, stop := runner.Handler(peer.New(), runner.TargetOptions{})
	defer stop()
	report, err := runner.Run(t.Context(), target, list, runner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := reports.Autobahn(folder, []reports.AutobahnRun{{Agent: name, Report: report}}); err != nil {
		t.Fatal(err)
	}
	var index map[string]map[string]struct{ Behavior, BehaviorClose string }
	read(t, filepath.Join(folder, "index.json"), &index)
	words := map[string][2]string{}
	for id, e := range index[name] {
		words[id] = [2]string{e.Behavior, e.BehaviorClose}
	}
	return words
}

func read(t *testing.T, file string, v any) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// A difference is one line of the table: the cases of Autobahn's in which wsspec
// uses other words, and why.
//
//	PATTERN  BEHAVIOR/BEHAVIORCLOSE  SECTION  REASON
type difference struct {
	pattern string
	words   [2]string
}

var section = regexp.MustCompile(`^[0-9]{4}-[0-9]+(\.[0-9]+)*$`)

func parseWords(text string) (table []difference, faults []string) {
	at := 0
	for l := range strings.Lines(text) {
		at++
		fields := strings.Fields(l)
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		if len(fields) < 4 || !section.MatchString(fields[2]) || fields[3] == unexplained {
			faults = append(faults, fmt.Sprintf("line %d is not PATTERN BEHAVIOR/BEHAVIORCLOSE SECTION REASON", at))
			continue
		}
		behavior, end, _ := strings.Cut(fields[1], "/")
		table = append(table, difference{fields[0], [2]string{behavior, strings.ReplaceAll(end, "_", " ")}})
	}
	return table, faults
}

// compareWords tells the differences that no line tells, and the lines that tell
// none.
func compareWords(table []difference, want, got map[string][2]string) (faults []string) {
	told := map[int]bool{}
	ids := slices.Collect(maps.Keys(want))
	for id := range got {
		if _, there := want[id]; !there {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, reports.CompareAutobahnIDs)
	for _, id := range ids {
		i := slices.IndexFunc(table, func(d difference) bool { fits, _ := path.Match(d.pattern, id); return fits })
		switch {
		case got[id] == want[id]:
			if i >= 0 {
				faults = append(faults, fmt.Sprintf("%s: line of %s tells a difference, and there is none", id, table[i].pattern))
			}
		case i < 0 || table[i].words != got[id]:
			faults = append(faults, fmt.Sprintf("%-8s %s/%s  6455-0 %s Autobahn: %s", id, got[id][0], strings.ReplaceAll(got[id][1], " ", "_"), unexplained, want[id]))
		}
		told[i] = true
	}
	for i, d := range table {
		if !told[i] {
			faults = append(faults, d.pattern+" fits no case")
		}
	}
	return faults
}

func TestWordsAreCompared(t *testing.T) {
	ok, failed := [2]string{"OK", "OK"}, [2]string{"FAILED", "WRONG CODE"}
	want := map[string][2]string{"1.1.1": ok, "1.1.2": ok, "2.1": ok}
	got := map[string][2]string{"1.1.1": ok, "1.1.2": failed, "2.1": ok}
	tests := []struct {
		name, table string
		faults      []string
	}{
		{"explained", "# comment\n1.1.2 FAILED/WRONG_CODE 6455-7.4.1 it says so", nil},
		{"not told", "", []string{"1.1.2    FAILED/WRONG_CODE  6455-0 ? Autobahn: [OK OK]"}},
		{"no section", "1.1.2 FAILED/WRONG_CODE it says so", []string{
			"line 1 is not PATTERN BEHAVIOR/BEHAVIORCLOSE SECTION REASON", "1.1.2    FAILED/WRONG_CODE  6455-0 ? Autobahn: [OK OK]"}},
		{"too much", "1.1.* FAILED/WRONG_CODE 6455-7.4.1 it says so", []string{"1.1.1: line of 1.1.* tells a difference, and there is none"}},
		{"nothing", "1.1.2 FAILED/WRONG_CODE 6455-7.4.1 r\n9.* OK/OK 6455-5.1 r", []string{"9.* fits no case"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table, faults := parseWords(test.table)
			if diff := cmp.Diff(test.faults, append(faults, compareWords(table, want, got)...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
