package reports

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/runner"
)

// documentOf is a report that came about in some way.
func documentOf(r *runner.Report) *Document {
	return &Document{Report: r, Agent: "a server", Tool: "wsspec v0.1.0", Catalogue: "0123456789abcdef", Config: map[string][]string{
		"timeout": {"5s"}, "header": {"X-One: 1", "Authorization: [hidden]"},
	}}
}

func asJSON(t *testing.T, r *runner.Report) []byte {
	t.Helper()
	return asDocument(t, documentOf(r))
}

func asDocument(t *testing.T, d *Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The names of the fields are part of the format: when this file changes in more
// than an addition, FormatVersion has to grow.
func TestJSONIsStable(t *testing.T) {
	golden(t, "report.json", asJSON(t, sample()))
	golden(t, "report-cut-short.json", asJSON(t, cutShort()))
}

// Octets of a peer are in the report as hex, and in words as visible text.
func TestHostileOctetsAreVisibleInJSON(t *testing.T) {
	doc := asJSON(t, hostile())
	if strings.ContainsFunc(string(doc), func(r rune) bool { return !printable(r, 2) }) || bytes.Contains(doc, []byte("<script")) {
		t.Errorf("the report holds what it must not:\n%q", doc)
	}
	var read jsonDocument
	if err := json.Unmarshal(doc, &read); err != nil {
		t.Fatal(err)
	}
	v := read.Results[0]
	for _, got := range []string{v.Got, v.Reason, v.Explanation[0], v.Transcript[0].Meaning, read.Features.Deflate, read.Features.Subprotocols[0]} {
		if got != Visible(nasty) {
			t.Errorf("%q", got)
		}
	}
	if want := "88020" + "3e8"; !strings.HasPrefix(v.Transcript[3].Hex, want) {
		t.Errorf("hex %s, want %s first", v.Transcript[3].Hex, want)
	}
}
