package reports

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/runner"
)

func asJSON(t *testing.T, r *runner.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, r); err != nil {
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

func TestJSONReadsBack(t *testing.T) {
	for name, r := range map[string]*runner.Report{
		"a sample": sample(), "hostile octets": hostile(), "cut short": cutShort(), "refused": refused(), "empty": empty(),
	} {
		doc := asJSON(t, r)
		var read jsonReport
		d := json.NewDecoder(bytes.NewReader(doc))
		d.DisallowUnknownFields()
		if err := d.Decode(&read); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again, err := json.MarshalIndent(read, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(doc), string(again)+"\n"); diff != "" {
			t.Errorf("%s: what is read is not what was written (-written +read):\n%s", name, diff)
		}
		if len(read.Results) != len(r.Results) || read.Seed != r.Seed || !read.Started.Equal(r.Started) || read.Outcome != OutcomeOf(r, false).String() {
			t.Errorf("%s: read %+v", name, read)
		}
	}
}

// Octets of a peer are in the report as hex, and in words as visible text.
func TestHostileOctetsAreVisibleInJSON(t *testing.T) {
	doc := asJSON(t, hostile())
	if strings.ContainsFunc(string(doc), func(r rune) bool { return !printable(r, 2) }) || bytes.Contains(doc, []byte("<script")) {
		t.Errorf("the report holds what it must not:\n%q", doc)
	}
	var read jsonReport
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
