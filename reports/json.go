package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// FormatVersion is the version of the JSON report. It grows when a field
// changes its meaning or goes; new fields may come at any time.
const FormatVersion = 2

// JSON writes the document as one JSON object, with each result in a line. What a
// peer sent stands in it as hex, and in words for people as visible text.
func JSON(w io.Writer, d *Document) error {
	var b bytes.Buffer
	b.Write(jsonBegin(d))
	for i := range d.Results {
		b.Write(jsonLine(i, &d.Results[i]))
	}
	b.Write(jsonFinish(d))
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// jsonHead is what is known before the first result.
type jsonHead struct {
	Format    string              `json:"format"`
	Version   int                 `json:"version"`
	Tool      string              `json:"tool"`
	Catalogue string              `json:"catalogue"`
	Agent     string              `json:"agent,omitempty"`
	Target    string              `json:"target"`
	Tested    string              `json:"tested"` // server or client
	Seed      uint64              `json:"seed"`
	Full      bool                `json:"full"`
	Patient   bool                `json:"patient"`
	Config    map[string][]string `json:"config"`
	Started   time.Time           `json:"started"`
}

// jsonTail is what is known behind the last result.
type jsonTail struct {
	Seconds      float64           `json:"seconds"`
	Trouble      string            `json:"trouble,omitempty"`
	Outcome      string            `json:"outcome"` // not strict
	Features     jsonFeatures      `json:"features"`
	Counts       map[string]int    `json:"counts"`
	Requirements map[string]string `json:"requirements"` // the worst verdict for each that was judged
}

// jsonBegin is the text up to the list of results, which is not closed.
func jsonBegin(d *Document) []byte {
	head := jsonHead{
		Format: "wsspec", Version: FormatVersion, Tool: Visible(d.Tool), Catalogue: Visible(d.Catalogue),
		Agent: Visible(d.Agent), Target: Visible(d.Target), Tested: testedWords[d.Features.Client], Seed: d.Seed, Full: d.Full, Patient: d.Patient,
		Config: map[string][]string{}, Started: d.Started.UTC(),
	}
	for name, values := range d.Config {
		for _, v := range values {
			head.Config[name] = append(head.Config[name], Visible(v))
		}
	}
	text := bytes.TrimSuffix(marshal(head, " "), []byte("\n}"))
	return append(text, ",\n \"results\": ["...)
}

var testedWords = map[bool]string{false: "server", true: "client"}

// jsonFinish is the text behind the last result.
func jsonFinish(d *Document) []byte {
	tail := jsonTail{
		Seconds: d.Elapsed.Seconds(), Trouble: Visible(d.Trouble), Outcome: OutcomeOf(d.Report, false).String(),
		Features: jsonFeaturesOf(d.Features), Counts: map[string]int{}, Requirements: requirementVerdicts(d.Report),
	}
	for v, n := range d.Count() {
		tail.Counts[v.String()] = n
	}
	text := bytes.TrimPrefix(marshal(tail, " "), []byte("{"))
	return append(append([]byte("\n ],"), text...), '\n')
}

// marshal writes a value that has nothing in it which JSON cannot hold.
func marshal(v any, indent string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
