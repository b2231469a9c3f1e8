package peers_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/ci/peers"
	"github.com/wsspec/wsspec/runner"
)

// blocks is how many unexpected results a test shows in full.
const blocks = 20

// The suite finds in each library what the table of that library says, and
// nothing else: a change of a case, of the player or of a library that moves a
// verdict shows here.
func TestVerdictsAreThoseOfTheTable(t *testing.T) {
	for _, peer := range peers.Servers() {
		t.Run(peer.Name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("expected", peer.Name+".txt"))
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			table, faults := parseTable(string(text))
			report := play(t, peer)
			c := compare(table, report.Results)
			if faults = append(faults, c.faults...); len(faults) > 0 {
				t.Errorf("the table is wrong:\n%s", strings.Join(faults, "\n"))
			}
			if len(c.missing) > 0 {
				t.Errorf("lines are missing, each with a reason to be found:\n%s", strings.Join(c.missing, "\n"))
			}
			for _, r := range c.unexpected[:min(len(c.unexpected), blocks)] {
				t.Errorf("\n%s", r.Block("wsspec test URL"))
			}
		})
	}
}

// play plays the catalogue on a server of the library, but for the cases that
// wait for a timer of the server's: they take a minute.
func play(t *testing.T, peer peers.Server) *runner.Report {
	t.Helper()
	target, stop := runner.Handler(peer.New(), runner.TargetOptions{})
	defer stop()
	list := slices.DeleteFunc(cases.All(), func(c cases.Case) bool { return slices.Contains(c.Needs, cases.Patience) })
	report, err := runner.Run(t.Context(), target, list, runner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Trouble != "" {
		t.Fatal(report.Trouble)
	}
	t.Logf("%s %s: %d cases in %v", peer.Module, peer.Version, len(report.Results), report.Elapsed)
	return report
}

func TestTableLinesAreRead(t *testing.T) {
	tests := []struct{ line, fault string }{
		{"", ""},
		{"  # lax", ""},
		{"lax close/** 6455-8.1-1 checks at the end", ""},
		{"skip close/** - has none", ""},
		{"lax close/** 6455-8.1-1", "is not VERDICT PATTERN REQUIREMENT REASON"},
		{"pass close/** 6455-8.1-1 does well", `verdict "pass" is none of`},
		{"error close/** - died", `verdict "error" is none of`},
		{"lax close/** 6455-8.1 a section", "there is no requirement"},
		{"lax close/** 6455-8.1-1 ? got close 1002", "still to be found out"},
		{"lax CLOSE/!* 6455-8.1-1 reason", "line 1: pattern"},
	}
	for _, test := range tests {
		_, faults := parseTable(test.line)
		got := strings.Join(faults, "\n")
		if test.fault == "" && got != "" || !strings.Contains(got, test.fault) {
			t.Errorf("%q: got %q, want %q", test.line, got, test.fault)
		}
	}
}

func TestTableAndResultsMustAgree(t *testing.T) {
	result := func(id string, v cases.Verdict, requirement string) runner.Result {
		return runner.Result{Case: cases.Case{ID: id}, Verdict: v, Requirement: requirement, Got: "an\necho"}
	}
	results := []runner.Result{
		result("a/good", cases.Pass, ""),
		result("a/lax-1", cases.Lax, "6455-8.1-1"),
		result("a/lax-2", cases.Lax, "6455-8.1-1"),
		result("b/bad", cases.Failed, "6455-5.1-2"),
		result("b/skip", cases.Skipped, ""),
	}
	const all = "lax a/lax-* 6455-8.1-1 r\nfail b/bad 6455-5.1-2 r\nskip b/skip - r\n"
	tests := []struct {
		name, table     string
		faults, missing []string
	}{
		{name: "agree", table: all},
		{
			name: "a case that is not told", table: strings.Replace(all, "a/lax-*", "a/lax-1", 1),
			missing: []string{"lax   a/lax-2                                      6455-8.1-1      ? an echo"},
		},
		{
			name: "a pattern that fits too much", table: strings.Replace(all, "a/lax-*", "a/*", 1),
			faults: []string{"line 1: lax a/* 6455-8.1-1: fits 3 cases, and not so\n  a/good: pass -"},
		},
		{
			name: "a pattern that fits nothing", table: all + "info c/* - r",
			faults: []string{"line 4: info c/* -: fits no case"},
		},
		{
			name: "a case that two lines tell", table: all + "lax a/lax-2 6455-8.1-1 r",
			faults: []string{"2 lines tell a/lax-2: one must do"},
		},
		{
			name: "another requirement", table: strings.Replace(all, "6455-5.1-2", "6455-5.1-1", 1),
			faults:  []string{"line 2: fail b/bad 6455-5.1-1: fits 1 cases, and not so\n  b/bad: fail 6455-5.1-2"},
			missing: []string{"fail  b/bad                                        6455-5.1-2      ? an echo"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table, faults := parseTable(test.table)
			c := compare(table, results)
			if diff := cmp.Diff(test.faults, append(faults, c.faults...)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.missing, c.missing); diff != "" {
				t.Errorf("missing lines (-want +got):\n%s", diff)
			}
		})
	}
}
