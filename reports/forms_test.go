package reports

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/runner"
)

// Whatever a peer sends, a summary has no HTML of its, and no table is broken.
func TestASummaryIsMarkdownWhateverThePeerSent(t *testing.T) {
	for name, r := range map[string]*runner.Report{"sample": sample(), "hostile": hostile(), "cut short": cutShort(), "empty": empty()} {
		var b bytes.Buffer
		m := &Markdown{Again: repeat}
		if err := m.Write(&b, r); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if strings.Contains(strings.ReplaceAll(text, `\<`, ""), "<script") || strings.ContainsFunc(text, func(r rune) bool { return !printable(r, 2) }) {
			t.Errorf("%s:\n%s", name, text)
		}
		columns := 0
		for line := range strings.Lines(text) {
			n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
			if strings.HasPrefix(line, "|") && columns > 0 && n != columns {
				t.Errorf("%s: a row of %d in a table of %d: %s", name, n, columns, line)
			}
			columns = n
			if !strings.HasPrefix(line, "|") {
				columns = 0
			}
		}
	}
}

func TestASummarySaysWhatDidNotPass(t *testing.T) {
	var b strings.Builder
	if err := (&Markdown{}).Write(&b, sample()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"## ws://127.0.0.1:9001/: not conformant\n", "7 cases: 1 pass, ", "<details open><summary>Failures: 1</summary>",
		"| `close/code-1005-on-the-wire` | [6455-7.4.1-7](https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1) | close 1002", "<details><summary>Lax: 1</summary>",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
}

func TestABadgeSaysWhatTheReportComesTo(t *testing.T) {
	for want, r := range map[string]*runner.Report{
		"1 failure": sample(), "not finished": hostile(), "conformant": empty(), "not judged": refused(),
	} {
		var svg, shields bytes.Buffer
		if err := errors.Join(Badge(&svg, r, false), ShieldsJSON(&shields, r, false)); err != nil {
			t.Fatal(err)
		}
		var badge struct{ Message, Color string }
		if err := json.Unmarshal(shields.Bytes(), &badge); err != nil || badge.Message != want || badgeFill[badge.Color] == "" {
			t.Errorf("%v, %s", err, shields.String())
		}
		if !strings.Contains(svg.String(), "<title>wsspec: "+want+"</title>") {
			t.Error(svg.String())
		}
		for d := xml.NewDecoder(&svg); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// An annotation is one line, whatever the peer sent.
func TestAnAnnotationIsALine(t *testing.T) {
	r := hostile()
	r.Results[1].Case.ID = "a:b,c%"
	s := &Surprises{Bad: []*runner.Result{&r.Results[0]}, Good: []*runner.Result{&r.Results[1]}}
	var b strings.Builder
	if err := Annotations(&b, s); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "::error title=close/code-1005-on-the-wire::fail: ") || lines[1] != "::error title=a%3Ab%2Cc%25::it passes, though it is known to fail" {
		t.Errorf("%q", lines)
	}
}
