package reports

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
	"github.com/wsspec/wsspec/runner/seen"
)

func TestAReportIsReadBack(t *testing.T) {
	for name, r := range map[string]*runner.Report{
		"sample": sample(), "cut short": cutShort(), "refused": refused(), "empty": empty(), "hostile": hostile(), "real": realReport(),
	} {
		var b bytes.Buffer
		if err := JSON(&b, documentOf(r)); err != nil {
			t.Fatal(err)
		}
		written := b.String()
		got, err := Read(&b)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if name != "hostile" { // of which the words are made visible
			if diff := cmp.Diff(documentOf(r), got, cmp.AllowUnexported(cases.Case{})); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		if diff := cmp.Diff(written, string(asDocument(t, got))); diff != "" {
			t.Errorf("%s: another text (-first +second):\n%s", name, diff)
		}
	}
}

// realReport has cases with steps of all kinds.
func realReport() *runner.Report {
	r := empty()
	r.Features.Client, r.Features.Dial = true, true
	for i, c := range cases.All() {
		if i%10 == 0 {
			c = c.Played(i%20 == 0)
			r.Results = append(r.Results, runner.Result{Case: c, Verdict: cases.Verdicts()[i/10%6], Requirement: c.Refs[0], Duration: 1, Seen: sight("x")})
		}
	}
	return r
}

// sight is what a page saw, with the text wherever there is one.
func sight(text string) *seen.Connection {
	return &seen.Connection{
		URL: text, Omitted: 1, Protocol: text, Extensions: text, ReadyState: 3, BufferedAmount: 7,
		Events: []seen.Event{
			{Type: "open", At: 0.5}, {Type: "message", At: 1, Text: true, Size: 3}, {Type: "close", At: 2, Code: 1000, Reason: text, WasClean: true},
		},
		Exceptions: []seen.Exception{{Doing: text, Name: text, Message: text}},
		DevTools: seen.DevTools{
			Off: text, Request: text, Response: text, Status: 101, Frames: []seen.Message{{Sent: true, Opcode: 1, Size: 3}}, Omitted: 2,
			Errors: []string{text}, Console: []string{text}, Closed: true,
		},
	}
}

const wholeReport = `{"format":"wsspec","version":2,"target":"ws://h/","seed":1,"future":[{}],
	"results":[{"id":"a/b","refs":["6455-5.1-1"],"verdict":"pass",
	"close":{"first":"nobody","dropped":"wsspec"},"transcript":[{"direction":"sent","kind":"frame","hex":"00","header":1}]}]}`

func TestWhatIsNoReportIsAnError(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"nothing":          {"", "empty"},
		"text":             {"ok 1", "no JSON report of wsspec"},
		"half":             {wholeReport[:len(wholeReport)-2], "unexpected end of JSON input"},
		"two":              {wholeReport + wholeReport, "after top-level value"},
		"a list":           {"[]", "but a JSON array"},
		"another object":   {"{}", `the format is ""`},
		"JUnit":            {"<testsuites/>", "no JSON report of wsspec"},
		"another format":   {strings.Replace(wholeReport, `"wsspec"`, `"wsspec-coverage"`, 1), `the format is "wsspec-coverage"`},
		"no version":       {strings.Replace(wholeReport, `"version":2,`, "", 1), "version is 0"},
		"a later version":  {strings.Replace(wholeReport, `"version":2`, `"version":3`, 1), "version is 3, and this wsspec reads version 2: a later one is needed"},
		"a wrong type":     {strings.Replace(wholeReport, `"refs":[`, `"refs":"", "x":[`, 1), "results.refs must not be a JSON string"},
		"no id":            {strings.Replace(wholeReport, `"a/b"`, `""`, 1), "result 1: it has no id"},
		"an odd verdict":   {strings.Replace(wholeReport, `"pass"`, `"great"`, 1), `result 1: a/b has the unknown verdict "great"`},
		"nested too deep":  {`{"future":` + strings.Repeat("[", 20000), "depth"},
		"octets, not text": {"\x00\xff", "no JSON report of wsspec"},
	} {
		record, err := Read(strings.NewReader(test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "read the report: ") {
			t.Errorf("%s: %v, %v, want an error with %q", name, record, err, test.want)
		}
	}
	if _, err := Read(strings.NewReader(wholeReport + "\n \n")); err != nil {
		t.Error(err)
	}
}

// blanks is a report that never begins.
type blanks struct{ read int }

func (b *blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	b.read += len(p)
	return len(p), nil
}

func TestAnEndlessReportIsNotReadForEver(t *testing.T) {
	endless := &blanks{}
	if _, err := Read(endless); err == nil || !strings.Contains(err.Error(), "more than 134217728 octets") {
		t.Errorf("%v", err)
	}
	if endless.read > 2*MaxReport {
		t.Errorf("%d octets were read", endless.read)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(wholeReport))
	var b bytes.Buffer
	if err := JSON(&b, documentOf(sample())); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, octets []byte) {
		record, err := Read(bytes.NewReader(octets))
		if (record == nil) != (err != nil) {
			t.Errorf("%v and %v", record, err)
		}
		if err == nil {
			m := matrix()
			m.Run = record.Report
			if err := m.Text(io.Discard); err != nil {
				t.Error(err)
			}
		}
	})
}
