package html

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	nethtml "golang.org/x/net/html"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// nasty is what a peer may try to get into a page.
const nasty = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`${alert(3)}<!--\x00\x1b[31m\r\n\u2028\u202e\xff]]>&lt;"

// played is a run of the first n cases of the catalogue, one in five of which does
// not pass.
func played(n int) *runner.Report {
	r := &runner.Report{
		Target: "ws://127.0.0.1:9001/", Seed: 1, Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Elapsed: time.Second,
		Features: runner.Features{Handshake: true, Echo: true, Pings: runner.Yes, Subprotocols: []string{"chat"}, Deflate: "permessage-deflate"},
	}
	for i, c := range cases.All()[:n] {
		r.Results = append(r.Results, resultOf(c.Played(false), i))
	}
	return r
}

// resultOf is one of the size that real ones have.
func resultOf(c cases.Case, i int) runner.Result {
	r := runner.Result{Case: c, Verdict: cases.Pass, Duration: 2 * time.Millisecond, Close: runner.CloseOutcome{
		Opened: true, Clean: true, Code: 1000, First: runner.Ours, Dropped: runner.Peer,
	}}
	switch i % 20 {
	case 3, 9:
		r.Verdict, r.Requirement = cases.Failed, c.Refs[0]
		r.Expected, r.Got = "close 1002, then end of TCP (lax: end of TCP without a close frame)", fmt.Sprintf("close 1000 in case %d", i)
	case 6:
		r.Verdict, r.Requirement, r.Expected, r.Got = cases.Lax, c.Refs[0], "close 1002, then end of TCP", "end of TCP (FIN)"
	case 12:
		r.Verdict, r.Reason = cases.Skipped, "the server does not agree to permessage-deflate"
		return r
	}
	request := fmt.Sprintf("GET / HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: %022d==\r\nSec-WebSocket-Version: 13\r\n\r\n", i)
	response := "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
	r.Transcript.Entries = []runner.Entry{
		{Direction: runner.Sent, Kind: runner.EntryHTTP, Raw: []byte(request), Size: len(request), Meaning: "opening handshake"},
		{At: 300000, Direction: runner.Received, Kind: runner.EntryHTTP, Raw: []byte(response), Size: len(response), Meaning: "HTTP/1.1 101 Switching Protocols"},
	}
	for k := range 8 {
		raw := append([]byte{0x82, [...]byte{0xa6, 0x26}[k%2]}, bytes.Repeat([]byte{byte(k), 0xff, 0x1b, 0x3c}, 10)...)
		r.Transcript.Entries = append(r.Transcript.Entries, runner.Entry{
			At: time.Duration(k) * time.Millisecond, Direction: [...]runner.Direction{runner.Sent, runner.Received}[k%2], Kind: runner.EntryFrame, Raw: raw, Size: 42,
			HeaderLen: [...]int{6, 2}[k%2], Meaning: `binary "a payload of the usual length \xff", masked`,
		})
	}
	return r
}

// hostile is a run with nasty text wherever a peer's octets could get.
func hostile() *runner.Report {
	r := played(40)
	r.Target += nasty
	r.Trouble = nasty
	r.Features = runner.Features{HandshakeError: nasty, Deflate: nasty, Subprotocols: []string{nasty}}
	for i := range r.Results {
		v := &r.Results[i]
		v.Verdict = cases.Verdicts()[i%6]
		v.Got, v.Reason, v.Expected, v.Explanation, v.Case.Title, v.Case.Note = nasty, nasty, nasty, []string{nasty}, nasty, nasty
		for j := range v.Transcript.Entries {
			e := &v.Transcript.Entries[j]
			e.Raw, e.Meaning = append(e.Raw, nasty...), nasty
		}
	}
	r.Features.Handshake = true
	return r
}

// written writes a report and reads its files.
func written(t testing.TB, p Page) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := Write(dir, p); err != nil {
		t.Fatal(err)
	}
	return read(t, dir)
}

func read(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		short, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(short)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// data is the value that a file of the data hands to the page.
func data(t testing.TB, text string, v any) {
	t.Helper()
	_, value, ok := strings.Cut(text, ",")
	value, closed := strings.CutSuffix(value, ");\n")
	if !ok || !closed || !strings.HasPrefix(text, `wsspecData("`) {
		t.Fatalf("it is no call: %.60s", text)
	}
	if err := json.Unmarshal([]byte(value), v); err != nil {
		t.Fatal(err)
	}
}

// Nothing that a peer sent is markup, or a script.
func TestWhatAPeerSentIsText(t *testing.T) {
	for _, agents := range [][]Agent{
		{{Name: nasty, Report: hostile(), Again: func(id string) string { return nasty + id }}},
		{{Name: nasty, Report: hostile()}, {Name: nasty, Report: played(60)}},
	} {
		for name, text := range written(t, Page{Title: nasty, Agents: agents, Version: nasty}) {
			if strings.ContainsAny(text, "\x00\x1b\u2028\u202e\xff") {
				t.Errorf("%s holds control characters", name)
			}
			if strings.HasSuffix(name, ".js") {
				if strings.ContainsAny(text, "<>&") {
					t.Errorf("%s holds what could be markup", name)
				}
				continue
			}
			for _, fault := range markup(text) {
				t.Errorf("%s: %s", name, fault)
			}
		}
	}
}

// markup tells what a page must not hold: scripts but its own at the end, code in
// attributes, and addresses outside of the report but for the standards.
func markup(page string) (faults []string) {
	scripts := 0
	for z := nethtml.NewTokenizer(strings.NewReader(page)); z.Next() != nethtml.ErrorToken; {
		token := z.Token()
		switch {
		case token.Type != nethtml.StartTagToken && token.Type != nethtml.SelfClosingTagToken:
			continue
		case token.Data == "script":
			if scripts++; scripts > 1 || len(token.Attr) > 0 {
				faults = append(faults, token.String())
			}
		case slices.Contains([]string{"img", "iframe", "object", "embed", "base"}, token.Data):
			faults = append(faults, token.String())
		}
		for _, a := range token.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "style" || a.Key == "href" && !local.MatchString(a.Val) {
				faults = append(faults, token.String())
			}
		}
	}
	return faults
}

// local are addresses that a page may lead to.
var local = regexp.MustCompile(`^(data:,|#[a-z0-9-]*|(index|matrix|coverage|case|agent-[0-9]+)\.html(#.*)?|https://(www\.rfc-editor\.org|websockets\.spec\.whatwg\.org)/[^"]*)$`)

// The policy of each page allows its own style and script, by their hashes.
func TestThePolicyFitsThePage(t *testing.T) {
	files := written(t, Page{Agents: []Agent{{Name: "a", Report: played(30)}, {Name: "b", Report: played(30)}}})
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		policy := strings.NewReplacer("&#39;", "'", "&#43;", "+").Replace(between(text, `Content-Security-Policy" content="`, `"`))
		if strings.Contains(policy, "unsafe") || !strings.HasPrefix(policy, "default-src 'none'") {
			t.Errorf("%s: %s", name, policy)
		}
		for _, tag := range []string{"style", "script"} {
			inner := between(text, "<"+tag+">", "</"+tag+">")
			if inner != "" && !strings.Contains(policy, tag+"-src "+hash(inner)) {
				t.Errorf("%s: the policy does not fit the %s", name, tag)
			}
		}
		if strings.Contains(text, " style=") || strings.Contains(text, "http://") {
			t.Errorf("%s holds a style that the policy forbids, or an address without TLS", name)
		}
	}
}

func between(s, from, to string) string {
	_, s, found := strings.Cut(s, from)
	if !found {
		return ""
	}
	s, _, _ = strings.Cut(s, to)
	return s
}

// indexOf is the part of the index that tests look at.
type indexOf struct {
	Title  string
	Agents []struct {
		Name, Page, Marks string
		Again             [2]string
		Chunks            []int
	}
	Sections [][3]string
	IDs      []string
	Titles   []string
	Section  []int
	Level    []int
}

// Each case of each agent is in the index, and each that did not pass in the
// evidence.
func TestAllAgentsAndCasesAreThere(t *testing.T) {
	long, short := played(300), played(50)
	short.Results[1].Verdict, short.Results[1].Transcript.Entries = cases.Errored, nil
	p := Page{Agents: []Agent{{Name: "long", Report: long}, {Name: "short", Report: short}, {Name: "short", Report: short}}}
	files := written(t, p)
	var index indexOf
	data(t, files["data/index.js"], &index)
	if len(index.IDs) != 300 || index.Agents[1].Name != "short" || index.Agents[2].Name != "short (3)" {
		t.Fatalf("%d cases, agents %v", len(index.IDs), index.Agents)
	}
	place := map[string]int{}
	for i, id := range index.IDs {
		place[id] = i
		if i > 0 && index.Section[i] < index.Section[i-1] {
			t.Errorf("%s does not stand in the order of the sections", id)
		}
	}
	for n, a := range index.Agents {
		if got := len(a.Marks) - strings.Count(a.Marks, "."); got != len(p.Agents[n].Report.Results) {
			t.Errorf("%s has %d marks", a.Name, got)
		}
		evidence := map[string]map[string]any{}
		for k := range a.Chunks {
			data(t, files[fmt.Sprintf("data/%d-%d.js", n+1, k)], &evidence)
		}
		for _, r := range p.Agents[n].Report.Results {
			at := place[r.Case.ID]
			want := string("pislfe"[r.Verdict])
			if r.Verdict == cases.Errored {
				want = "n"
			}
			if got := a.Marks[at : at+1]; got != want {
				t.Errorf("%s %s: %s, want %s", a.Name, r.Case.ID, got, want)
			}
			one := evidence[fmt.Sprint(at)]
			if one == nil || r.Got != "" && one["got"] != r.Got || len(one["wire"].([]any)) != len(r.Transcript.Entries) {
				t.Errorf("%s %s: %v", a.Name, r.Case.ID, one)
			}
		}
		if !strings.Contains(files["index.html"], `href="`+a.Page+`"`) || files[a.Page] == "" {
			t.Errorf("%s has no page", a.Name)
		}
	}
}

// Evidence gives way to the limit: that of passes first.
func TestAReportKeepsToItsLimit(t *testing.T) {
	const limit = 360 << 10
	files := written(t, Page{Agents: []Agent{{Name: "a", Report: played(600)}, {Name: "b", Report: played(600)}}, Limit: limit})
	size := 0
	for name, text := range files {
		if regexp.MustCompile(`^data/[0-9]`).MatchString(name) {
			size += len(text)
		}
	}
	if size > limit+limit/10 || size < limit/2 {
		t.Errorf("%d octets of evidence", size)
	}
	for _, page := range []string{"index.html", "agent-1.html"} {
		if !strings.Contains(files[page], "To keep this report small") {
			t.Errorf("%s does not say what is missing", page)
		}
	}
	var index indexOf
	data(t, files["data/index.js"], &index)
	failed, bare := 0, 0
	for k := range index.Agents[0].Chunks {
		evidence := map[int]map[string]any{}
		data(t, files[fmt.Sprintf("data/1-%d.js", k)], &evidence)
		for i, one := range evidence {
			switch index.Agents[0].Marks[i] {
			case 'f':
				if failed++; one["bare"] != nil {
					bare++
				}
			case 'p':
				t.Errorf("the pass %d has evidence, and %d others have none", i, bare)
			}
		}
	}
	if failed != 60 || bare > 0 {
		t.Errorf("%d failures, of which %d have no wire log", failed, bare)
	}
}

func TestAFolderIsUsedAgain(t *testing.T) {
	dir := t.TempDir()
	many := Page{Agents: []Agent{{Name: "a", Report: played(250)}, {Name: "b", Report: played(250)}}}
	if err := Write(dir, many); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "notes.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	one := Page{Agents: []Agent{{Name: "a", Report: played(20)}}}
	if err := Write(dir, one); err != nil {
		t.Fatal(err)
	}
	want, got := written(t, one), read(t, dir)
	want["data/notes.txt"] = ""
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatCannotBeWrittenIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(file, Page{Agents: []Agent{{Report: played(3)}}}); err == nil {
		t.Error("a file is no folder")
	}
}

func TestReportsOfNothingAreWritten(t *testing.T) {
	for name, p := range map[string]Page{
		"no agent": {}, "no case": {Agents: []Agent{{Report: &runner.Report{}}}},
		"a case of somebody's own": {Agents: []Agent{{Report: &runner.Report{Results: []runner.Result{{Case: cases.Case{ID: "own/a"}, Verdict: cases.Failed}}}}}},
	} {
		if files := written(t, p); !strings.HasSuffix(files["index.html"], "</html>\n") {
			t.Errorf("%s: no page", name)
		}
	}
}

// The target is 5 seconds on two processors, and 60 MiB.
func BenchmarkHundredAgents(b *testing.B) {
	p := Page{}
	for i := range 100 {
		p.Agents = append(p.Agents, Agent{Name: fmt.Sprintf("agent %d", i), Report: played(1500), Again: func(id string) string { return "wsspec test ws://127.0.0.1/ " + id }})
	}
	for b.Loop() {
		dir := b.TempDir()
		if err := Write(dir, p); err != nil {
			b.Fatal(err)
		}
		size := 0
		for _, text := range read(b, dir) {
			size += len(text)
		}
		b.ReportMetric(float64(size)/(1<<20), "MiB")
	}
}

// A report that was kept as JSON is shown as the run itself.
func TestAReportThatWasKeptIsShownTheSame(t *testing.T) {
	d := &reports.Document{Report: played(200), Agent: "kept", Tool: "wsspec 1", Config: map[string][]string{"origin": {"https://a", "<b>"}}}
	var text bytes.Buffer
	if err := reports.JSON(&text, d); err != nil {
		t.Fatal(err)
	}
	again, err := reports.Read(&text)
	if err != nil {
		t.Fatal(err)
	}
	want, got := written(t, Page{Agents: []Agent{AgentOf(d)}}), written(t, Page{Agents: []Agent{AgentOf(again)}})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(want["index.html"], "--origin</dt><dd>https://a, &lt;b&gt;") || !strings.Contains(want["index.html"], "wsspec 1") {
		t.Error("the page does not tell how the run was made")
	}
}
