package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// matrix is a small one with a row of every kind.
func matrix() *Matrix {
	requirement := func(id string, level cases.Level, role cases.Role, text string) cases.Requirement {
		return cases.Requirement{ID: id, Level: level, Role: role, Text: text}
	}
	return &Matrix{Rows: []cases.Coverage{
		{Requirement: requirement("6455-5.1-1", cases.Must, cases.ForClient, "Every frame a client sends is masked."), Watched: "every frame"},
		{Requirement: requirement("6455-5.3-1", cases.Must, cases.ForClient, "A masked frame has its mask bit set."),
			Via: []cases.Link{{Requirement: "6455-5.1-1", Watched: "every frame"}}},
		{Requirement: requirement("6455-5.4-5", cases.May, cases.ForEndpoint, "Control frames | may *stand* between <fragments>."),
			Direct: []string{"fragment/ping-between"}, Via: []cases.Link{{Requirement: "6455-5.4-9", Cases: []string{"fragment/ping-between", "fragment/close-between"}}}},
		{Requirement: requirement("6455-5.4-10", cases.May, cases.ForEndpoint, "Fragments may have any size."),
			Direct: []string{"fragment/sizes"}, Tested: cases.Server},
		{Requirement: requirement("6455-5.4-12", cases.MustNot, cases.ForIntermediary, "Nobody between touches control frames."),
			Exemption: cases.Exemption{ID: "6455-5.4-12", Kind: cases.ByIntermediary, Reason: "needs a player at either end of a proxy"}},
		{Requirement: requirement("6455-7.1.7-4", cases.Should, cases.ForServer, "A server logs the failure."),
			Exemption: cases.Exemption{ID: "6455-7.1.7-4", Kind: cases.Unobservable, Reason: "a log is not on the wire"}},
		{Requirement: requirement("7692-7.1-1", cases.Definition, cases.ForClient, "A parameter has a value."), OtherSide: []string{"extension/value"}},
		{Requirement: requirement("whatwg-3.1-2", cases.Must, cases.ForUserAgent, "readyState starts as 0."),
			Exemption: cases.Exemption{ID: "whatwg-3.1-2", Kind: cases.ByBrowser, Reason: "needs another player than the one over HTTP/1.1"}},
	}}
}

// playedSample is a run of a client for the small matrix.
func playedSample() *runner.Report {
	r := run(
		result("fragment/ping-between", "6455-5.4-5", cases.Pass, "6455-5.4-5"),
		result("fragment/close-between", "6455-5.4-9", cases.Lax, "6455-5.4-9"),
		result("fragment/sizes", "6455-5.4-10", cases.Failed, "6455-5.1-1"),
	)
	r.Target, r.Features.Client = "ws://127.0.0.1:9001/", true
	return r
}

func TestTheMatrixIsWrittenInEveryForm(t *testing.T) {
	long, run, missing := matrix(), matrix(), matrix()
	long.Long, run.Run, missing.OnlyMissing = true, playedSample(), true
	both := matrix()
	both.Long, both.Run = true, playedSample()
	for file, write := range map[string]func(io.Writer) error{
		"coverage.txt": matrix().Text, "coverage-long.txt": long.Text, "coverage-run.txt": run.Text, "coverage-missing.txt": missing.Text,
		"coverage.md": matrix().Markdown, "coverage-long.md": both.Markdown, "coverage.json": both.JSON,
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Error(err)
		}
		golden(t, file, b.Bytes())
	}
}

func TestTheMatrixInJSONIsReadBack(t *testing.T) {
	for _, m := range []*Matrix{matrix(), {}, {Rows: matrix().Rows, OnlyMissing: true}} {
		var b bytes.Buffer
		if err := m.JSON(&b); err != nil {
			t.Fatal(err)
		}
		var doc jsonMatrix
		if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		if doc.Summary == nil || doc.Requirements == nil || strings.Contains(b.String(), "null") {
			t.Errorf("a list is null:\n%s", b.String())
		}
	}
}

func TestTallies(t *testing.T) {
	want := []Tally{
		{Document: "RFC 6455", Requirements: 6, Covered: 4, Planned: 1, NotTestable: 1},
		{Document: "RFC 7692", Requirements: 1, Missing: 1},
		{Document: "WHATWG", Requirements: 1, Planned: 1},
	}
	m := matrix()
	if diff := cmp.Diff(want, m.Tallies()); diff != "" {
		t.Error(diff)
	}
	m.OnlyMissing = true
	if diff := cmp.Diff(want, m.Tallies()); diff != "" {
		t.Errorf("what is not shown is not counted: %s", diff)
	}
}

func TestWhatCannotBeWrittenIsAnError(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{
		"text": matrix().Text, "markdown": matrix().Markdown, "JSON": matrix().JSON,
	} {
		if err := write(full{}); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var errFull = errors.New("full")

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
