package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

// readJSON reads a file of the report, checks that its keys are sorted and that
// it is indented as Autobahn's, and decodes it.
func readJSON(t *testing.T, name string) map[string]any {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if !bytes.HasPrefix(b, []byte("{\n   \"")) {
		t.Errorf("%s is not indented by 3: %.20q", name, b)
	}
	var keys []string
	for _, m := range regexp.MustCompile(`(?m)^   "([^"]+)":`).FindAllSubmatch(b, -1) {
		keys = append(keys, string(m[1]))
	}
	if len(keys) != len(v) || !slices.IsSorted(keys) {
		t.Errorf("%s: keys are not sorted: %q", name, keys)
	}
	return v
}

// kinds are the 40 keys of a case's file in Autobahn's report, and the kind of
// their values; "?" behind it allows null.
var kinds = map[string]string{
	"agent": "string", "behavior": "string", "behaviorClose": "string", "case": "number", "closedByMe": "bool",
	"createStats": "bool", "createWirelog": "bool", "description": "string", "droppedByMe": "bool", "duration": "number",
	"expectation": "string", "expected": "object", "expectedClose": "object", "failedByMe": "bool", "httpRequest": "string",
	"httpResponse": "string", "id": "string", "isServer": "bool", "localCloseCode": "number?", "localCloseReason": "string?",
	"received": "array", "remoteCloseCode": "number?", "remoteCloseReason": "string?", "reportCompressionRatio": "bool",
	"reportTime": "bool", "result": "string", "resultClose": "string", "rxFrameStats": "object", "rxOctetStats": "object",
	"started": "string", "trafficStats": "object?", "txFrameStats": "object", "txOctetStats": "object", "wasClean": "bool",
	"wasCloseHandshakeTimeout": "bool", "wasNotCleanReason": "string?", "wasOpenHandshakeTimeout": "bool",
	"wasServerConnectionDropTimeout": "bool", "wirelog": "array",
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "bool"
	case []any:
		return "array"
	}
	return "object"
}

// hasKinds checks an object's keys and the kinds of their values.
func hasKinds(t *testing.T, name string, v map[string]any, kinds map[string]string) {
	t.Helper()
	for key, kind := range kinds {
		got, there := v[key]
		want, nullable := strings.CutSuffix(kind, "?")
		if k := kindOf(got); !there || k != want && !(nullable && k == "null") {
			t.Errorf("%s: %s is %v (there: %v), want %s", name, key, k, there, kind)
		}
	}
	for key := range v {
		if kinds[key] == "" {
			t.Errorf("%s: %s is none of Autobahn's keys", name, key)
		}
	}
}

func isOneOf(t *testing.T, name string, got any, words ...string) {
	t.Helper()
	if s, _ := got.(string); !slices.Contains(words, s) {
		t.Errorf("%s is %v, none of %q", name, got, words)
	}
}

// checkAutobahn holds a folder against the shape of Autobahn's reports.
func checkAutobahn(t *testing.T, folder string) (index map[string]any) {
	t.Helper()
	index = readJSON(t, filepath.Join(folder, "index.json"))
	for agent, list := range index {
		for id, v := range list.(map[string]any) {
			name, entry := agent+" "+id, v.(map[string]any)
			hasKinds(t, name, entry, map[string]string{
				"behavior": "string", "behaviorClose": "string", "duration": "number", "remoteCloseCode": "number?", "reportfile": "string",
			})
			isOneOf(t, name, entry["behavior"], "OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED", "FAILED")
			isOneOf(t, name, entry["behaviorClose"], "OK", "WRONG CODE", "UNCLEAN", "FAILED BY CLIENT", "FAILED", "INFORMATIONAL")
			file := readJSON(t, filepath.Join(folder, entry["reportfile"].(string)))
			hasKinds(t, name, file, kinds)
			hasKinds(t, name, file["expectedClose"].(map[string]any), map[string]string{"closeCode": "array", "closedByMe": "bool", "requireClean": "bool"})
			if file["id"] != id || file["behavior"] != entry["behavior"] || file["remoteCloseCode"] != entry["remoteCloseCode"] {
				t.Errorf("%s: the file tells another story: %v", name, file)
			}
			if _, err := time.Parse("2006-01-02T15:04:05.000Z", file["started"].(string)); err != nil {
				t.Error(err)
			}
		}
	}
	return index
}

func TestAutobahnsReportOfTheReference(t *testing.T) {
	list, err := cases.Select(cases.All(), []string{"autobahn:1.1.1", "autobahn:2.2", "autobahn:5.15", "autobahn:6.4.1", "autobahn:7.5.1", "autobahn:7.9.4", "autobahn:7.13.1", "autobahn:3.6", "autobahn:3.7"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	target, stop := runner.Handler(referenceEcho(), runner.TargetOptions{})
	defer stop()
	report, err := runner.Run(t.Context(), target, list, runner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := Autobahn(folder, []AutobahnRun{{Agent: "Reference/1 <b>", Report: report}}); err != nil {
		t.Fatal(err)
	}
	index := checkAutobahn(t, folder)
	for id, v := range index["Reference/1 <b>"].(map[string]any) {
		entry := v.(map[string]any)
		if entry["behavior"] != "OK" || entry["behaviorClose"] != "OK" {
			t.Errorf("%s: %v", id, entry)
		}
	}
	ping := readJSON(t, filepath.Join(folder, "reference_1__b_case_2_2.json"))
	pong := []any{[]any{"pong", "Hello, world!"}}
	for key, want := range map[string]any{
		"case": 18., "closedByMe": true, "remoteCloseCode": 1000., "localCloseCode": 1000., "received": pong, "isServer": false, "wasClean": true,
		"expected": map[string]any{"OK": pong}, "rxFrameStats": map[string]any{"8": 1., "10": 1.}, "txFrameStats": map[string]any{"8": 1., "9": 1.},
	} {
		if diff := cmp.Diff(want, ping[key]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	if !strings.HasPrefix(ping["httpRequest"].(string), "GET / HTTP/1.1\r\n") || !strings.HasPrefix(ping["httpResponse"].(string), "HTTP/1.1 101 ") {
		t.Errorf("opening handshake: %q, %q", ping["httpRequest"], ping["httpResponse"])
	}
}

// What a peer says harms neither the page nor a reader of JSON.
func TestAutobahnsReportOfAHostilePeer(t *testing.T) {
	report := hostile()
	for i := range report.Results {
		report.Results[i].Case.Alias = []string{fmt.Sprintf("autobahn:1.1.%d", i+1), fmt.Sprintf("autobahn:9.9.%d", i+1)}
		report.Results[i].Case.Title += nasty
	}
	folder := t.TempDir()
	if err := Autobahn(folder, []AutobahnRun{{Agent: "../" + nasty, Report: report}, {Agent: "../" + nasty + "!", Report: report, Clients: true}}); err != nil {
		t.Fatal(err)
	}
	checkAutobahn(t, folder)
	page, err := os.ReadFile(filepath.Join(folder, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if s := string(page); strings.Contains(s, "<script") || strings.Contains(s, "://") || s != Visible(s) {
		t.Errorf("the page holds what it must not:\n%s", Visible(s))
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if want := 2 + 4*len(report.Results); err != nil || len(files) != want {
		t.Errorf("%d files, want %d: %q (%v)", len(files), want, files, err)
	}
}

func TestBehaviorClose(t *testing.T) {
	ours := runner.CloseOutcome{Opened: true, Clean: true, Code: 1000, First: runner.Ours, Dropped: runner.Peer}
	theirs := runner.CloseOutcome{Opened: true, Clean: true, Code: 1002, First: runner.Peer, Dropped: runner.Peer}
	fails := []cases.Step{cases.Expect(cases.Maybe(cases.Text("a")), cases.Fail(1002))}
	with := func(c runner.CloseOutcome, change func(*runner.CloseOutcome)) runner.CloseOutcome {
		change(&c)
		return c
	}
	tests := []struct {
		name    string
		id      string
		steps   []cases.Step
		close   runner.CloseOutcome
		clients bool
		want    string
	}{
		{"clean", "1.1.1", nil, ours, false, "OK"},
		{"no opening handshake", "1.1.1", nil, runner.CloseOutcome{}, false, "FAILED"},
		{"the agent closes", "1.1.1", nil, theirs, false, "FAILED"},
		{"no code", "1.1.1", nil, with(ours, func(c *runner.CloseOutcome) { c.Code = cases.NoCode }), false, "OK"},
		{"no Close comes back", "1.1.1", nil, with(ours, func(c *runner.CloseOutcome) { c.Clean, c.Code = false, 0 }), false, "UNCLEAN"},
		{"TCP stays open", "1.1.1", nil, with(ours, func(c *runner.CloseOutcome) { c.Dropped = runner.Ours }), false, "UNCLEAN"},
		{"the server ends TCP", "1.1.1", nil, with(ours, func(c *runner.CloseOutcome) { c.Dropped = runner.Ours }), true, "OK"},
		{"wrong code", "1.1.1", nil, with(ours, func(c *runner.CloseOutcome) { c.Code = 1011 }), false, "WRONG CODE"},
		{"the code sent", "7.7.3", nil, with(ours, func(c *runner.CloseOutcome) { c.Code = 1002 }), false, "OK"},
		{"a code that is refused", "7.9.4", nil, with(ours, func(c *runner.CloseOutcome) { c.Code = 1002 }), false, "OK"},
		{"a code that is taken", "7.9.4", nil, ours, false, "WRONG CODE"},
		{"no Close where none is needed", "7.9.4", nil, with(ours, func(c *runner.CloseOutcome) { c.Clean, c.Code = false, 0 }), false, "OK"},
		{"the agent fails the connection", "3.2", fails, theirs, false, "OK"},
		{"with another code", "3.2", fails, with(theirs, func(c *runner.CloseOutcome) { c.Code = 1007 }), false, "WRONG CODE"},
		{"without a Close", "3.2", fails, runner.CloseOutcome{Opened: true, Dropped: runner.Peer}, false, "OK"},
		{"and leaves TCP open", "3.2", fails, with(theirs, func(c *runner.CloseOutcome) { c.Dropped = runner.Ours }), false, "FAILED BY CLIENT"},
		{"our broken Close is not the first", "3.7", fails, with(ours, func(c *runner.CloseOutcome) { c.Code = 1002 }), false, "OK"},
		{"and must be refused", "3.7", fails, ours, false, "WRONG CODE"},
		{"the agent carries on", "3.2", fails, ours, false, "FAILED"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			run := &AutobahnRun{Report: empty(), Clients: test.clients}
			r := &runner.Result{Case: cases.Case{Steps: test.steps}, Close: test.close}
			if got, reason := behaviorClose(run, r, test.id); got != test.want || reason == "" {
				t.Errorf("got %s (%s), want %s", got, reason, test.want)
			}
		})
	}
}

func TestAutobahnsVerdicts(t *testing.T) {
	for verdict, want := range map[cases.Verdict]string{
		cases.Pass: "OK", cases.Lax: "NON-STRICT", cases.Info: "INFORMATIONAL", cases.Skipped: "UNIMPLEMENTED", cases.Failed: "FAILED", cases.Errored: "FAILED",
	} {
		if got := autobahnBehavior(empty(), &runner.Result{Verdict: verdict}); got != want {
			t.Errorf("%s: %s, want %s", verdict, got, want)
		}
	}
	if got := autobahnBehavior(refused(), &runner.Result{Verdict: cases.Skipped}); got != "FAILED" {
		t.Errorf("no case can be played: %s", got)
	}
}

// How the connection has to end is known for each of Autobahn's cases.
func TestExpectedCloseOfTheCatalogue(t *testing.T) {
	for side, closing := range map[cases.Subject]int{
		cases.Server: 2 + 1 + 13 + 9 + 2,
		cases.Client: 2 + 1 + 13 + 9 + 2,
	} {
		want := map[string]int{"CLEAN": 385, "PEER[1002]": 1 + 7 + 10 + 12, "PEER[1007]": 69 + 2 + 4, "about closing": closing}
		count := map[string]int{}
		for _, c := range cases.All() {
			for _, id := range autobahnIDs(&c) {
				if c.Subject.Includes(side) {
					count[classOf(expectedClose(&c, id))]++
				}
			}
		}
		if diff := cmp.Diff(want, count); diff != "" {
			t.Errorf("side %d: %s", side, diff)
		}
	}
}

func classOf(e autobahnClose) string {
	switch {
	case !e.ClosedByMe:
		return fmt.Sprintf("PEER%d", e.CloseCode)
	case !e.RequireClean || len(e.CloseCode) > 1:
		return "about closing"
	}
	return "CLEAN"
}

func TestAutobahnIDsAreOrderedByNumber(t *testing.T) {
	ids := []string{"10.1.1", "2.10", "2.9", "9.1.1", "2.1"}
	slices.SortFunc(ids, CompareAutobahnIDs)
	if diff := cmp.Diff([]string{"2.1", "2.9", "2.10", "9.1.1", "10.1.1"}, ids); diff != "" {
		t.Error(diff)
	}
}

func referenceEcho() http.Handler {
	return &reference.Handler{Options: reference.Options{Deflate: &reference.DeflateOptions{}}}
}
