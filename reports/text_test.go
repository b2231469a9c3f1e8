package reports

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

func asText(r *runner.Report, t Text) string {
	var b bytes.Buffer
	t.W, t.Again = &b, repeat
	t.Begin(r.Target, len(r.Results), r.Seed)
	t.Report(r)
	return b.String()
}

func TestTextIsAsTheDesignShows(t *testing.T) {
	golden(t, "report.txt", []byte(asText(sample(), Text{})))
	golden(t, "report-verbose.txt", []byte(asText(sample(), Text{Verbose: true})))
	golden(t, "report-strict.txt", []byte(asText(sample(), Text{Strict: true})))
	golden(t, "report-cut-short.txt", []byte(asText(cutShort(), Text{})))
	golden(t, "report-refused.txt", []byte(asText(refused(), Text{})))
}

// The first line of a block fills 96 columns, so that the times stand below each
// other.
func TestTheFirstLineOfABlockIs96ColumnsWide(t *testing.T) {
	r := sample()
	for i := range r.Results {
		first, _, _ := strings.Cut(block(&r.Results[i], nil), "\n")
		if n := utf8.RuneCountInString(first); n != 96 || !strings.HasSuffix(first, " s") {
			t.Errorf("%d columns: %s", n, first)
		}
	}
}

func TestTheCommandToRepeatIsOneLine(t *testing.T) {
	v := failure()
	command := "wsspec test ws://127.0.0.1:9001/ " + strings.Repeat("-H 'X-Long: header' ", 20)
	if b := block(&v, func(string) string { return command }); !strings.HasSuffix(b, "      again     "+command+"\n") {
		t.Errorf("the block ends in\n%s", b[max(0, len(b)-200):])
	}
}

// Nothing that a peer sent steers the terminal.
func TestHostileOctetsAreVisibleInText(t *testing.T) {
	for _, o := range []Text{{}, {Verbose: true}, {Strict: true}} {
		text := asText(hostile(), o)
		if strings.ContainsFunc(text, func(r rune) bool { return !printable(r, 2) }) || strings.Contains(text, "\t") {
			t.Errorf("the report holds what it must not:\n%q", text)
		}
		if !strings.Contains(text, `\x1b[31mred`) {
			t.Errorf("what the peer sent is not told:\n%s", text)
		}
	}
}

// Failures that have one cause are told once.
func TestFailuresWithOneCauseAreToldOnce(t *testing.T) {
	r := sample()
	for i := range r.Results {
		id := r.Results[i].Case.ID
		r.Results[i] = failure()
		r.Results[i].Case.ID = id
	}
	text := asText(r, Text{})
	if n := strings.Count(text, "\nFAIL "); n != 1 {
		t.Errorf("%d blocks:\n%s", n, text)
	}
	if !strings.Contains(text, "      same      6 more cases for the same cause (-v shows all): message/hello,") || !strings.Contains(text, ": 7 fail\n") {
		t.Errorf("the others are not told:\n%s", text)
	}
	if n := strings.Count(asText(r, Text{Verbose: true}), "\nFAIL "); n != 7 {
		t.Errorf("%d blocks, want 7", n)
	}
}

func TestLineIsShort(t *testing.T) {
	v := failure()
	v.Got = strings.Repeat("x", 500) + "\nsecond"
	if line := Line(&v); utf8.RuneCountInString(line) > 160 || strings.Contains(line, "second") {
		t.Errorf("%s", line)
	}
	v.Got, v.Reason = "", "why\x1b"
	if line := Line(&v); !strings.HasSuffix(line, ` why\x1b`) {
		t.Errorf("%q", line)
	}
}

func TestOutcomes(t *testing.T) {
	clean := func(v ...cases.Verdict) *runner.Report {
		r := empty()
		for _, one := range v {
			r.Results = append(r.Results, runner.Result{Verdict: one})
		}
		return r
	}
	deaf := clean(cases.Skipped, cases.Pass)
	deaf.Features.Handshake = false
	deafAndWrong := clean(cases.Failed)
	deafAndWrong.Features.Handshake = false
	for name, c := range map[string]struct {
		report       *runner.Report
		want, strict Outcome
	}{
		"all pass":             {clean(cases.Pass, cases.Info, cases.Skipped), Conformant, Conformant},
		"lax":                  {clean(cases.Pass, cases.Lax), Conformant, NotConformant},
		"a failure":            {clean(cases.Pass, cases.Failed), NotConformant, NotConformant},
		"an error":             {clean(cases.Pass, cases.Failed, cases.Errored), NotFinished, NotFinished},
		"cut short":            {cutShort(), NotFinished, NotFinished},
		"no open connection":   {deaf, NotJudged, NotJudged},
		"none, and a failure":  {deafAndWrong, NotConformant, NotConformant},
		"all are skipped":      {clean(cases.Skipped), Conformant, Conformant},
		"a handshake that 404": {refused(), NotJudged, NotJudged},
	} {
		if got, strict := OutcomeOf(c.report, false), OutcomeOf(c.report, true); got != c.want || strict != c.strict {
			t.Errorf("%s: %v, strict %v; want %v, %v", name, got, strict, c.want, c.strict)
		}
	}
}

func TestAHintGoesWithEachStatus(t *testing.T) {
	for status, want := range map[string]string{
		"HTTP 404": "path", "HTTP 200": "plain HTTP", "HTTP 302, then end of TCP": "Redirections", "HTTP 401": "credentials",
		"HTTP 403": "--origin", "HTTP 400": "--subprotocol", "HTTP 426": "--subprotocol", "HTTP 503": "trouble of its own",
	} {
		r := empty()
		r.Features = runner.Features{HandshakeError: "the opening handshake failed: " + status}
		if text := asText(r, Text{}); !strings.Contains(text, want) {
			t.Errorf("%s: no %q in\n%s", status, want, text)
		}
	}
	for _, account := range []string{"", "HTTP ", "HTTP 1", "HTTP abc", "HTTP 101 that does not open the connection", "end of TCP (FIN)"} {
		if hint := statusHint(status(account)); hint != "" {
			t.Errorf("%q: %s", account, hint)
		}
	}
}
