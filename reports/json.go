package reports

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// FormatVersion is the version of the JSON report. It grows when a field
// changes its meaning or goes; new fields may come at any time.
const FormatVersion = 1

// JSON writes the report as one JSON object. What a peer sent stands in it as hex,
// and in words for people as visible text.
func JSON(w io.Writer, r *runner.Report) error {
	doc := jsonReport{
		Format: "wsspec", Version: FormatVersion, Target: Visible(r.Target), Seed: r.Seed,
		Full: r.Full, Patient: r.Patient,
		Started: r.Started.UTC(), Seconds: r.Elapsed.Seconds(), Trouble: Visible(r.Trouble),
		Features: jsonFeaturesOf(r.Features),
		Outcome:  OutcomeOf(r, false).String(),
		Counts:   map[string]int{}, Results: make([]jsonResult, len(r.Results)),
	}
	for v, n := range r.Count() {
		doc.Counts[v.String()] = n
	}
	for i := range r.Results {
		doc.Results[i] = jsonOf(&r.Results[i])
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	if err := enc.Encode(doc); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

type jsonReport struct {
	Format   string         `json:"format"`
	Version  int            `json:"version"`
	Target   string         `json:"target"`
	Seed     uint64         `json:"seed"`
	Full     bool           `json:"full"`
	Patient  bool           `json:"patient"`
	Started  time.Time      `json:"started"`
	Seconds  float64        `json:"seconds"`
	Trouble  string         `json:"trouble,omitempty"`
	Outcome  string         `json:"outcome"` // not strict
	Features jsonFeatures   `json:"features"`
	Counts   map[string]int `json:"counts"`
	Results  []jsonResult   `json:"results"`
}

type jsonResult struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Alias       []string    `json:"alias,omitempty"`
	Refs        []string    `json:"refs"`
	Level       string      `json:"level"`
	Quick       bool        `json:"quick,omitempty"` // with less data than in full
	Verdict     string      `json:"verdict"`
	Requirement string      `json:"requirement,omitempty"`
	Expected    string      `json:"expected,omitempty"`
	Got         string      `json:"got,omitempty"`
	Reason      string      `json:"reason,omitempty"`
	Explanation []string    `json:"explanation,omitempty"`
	Seconds     float64     `json:"seconds"`
	Close       jsonClose   `json:"close"`
	Script      string      `json:"script,omitempty"` // what was played, in the notation
	Transcript  []jsonEntry `json:"transcript,omitempty"`
	Omitted     int         `json:"omitted,omitempty"`
}

type jsonClose struct {
	Opened  bool   `json:"opened"`
	Clean   bool   `json:"clean"`
	Code    uint16 `json:"code,omitempty"`
	First   string `json:"first"`
	Dropped string `json:"dropped"`
	Reset   bool   `json:"reset,omitempty"`
}

type jsonEntry struct {
	Seconds   float64 `json:"seconds"`
	Direction string  `json:"direction"`
	Kind      string  `json:"kind"`
	Hex       string  `json:"hex,omitempty"`
	Size      int     `json:"size,omitempty"`
	Header    int     `json:"header,omitempty"`
	Meaning   string  `json:"meaning"`
}

var directionWords = map[runner.Direction]string{
	runner.Sent: "sent", runner.Received: "received", runner.Remark: "remark",
}

var kindWords = map[runner.EntryKind]string{
	runner.EntryNote: "note", runner.EntryHTTP: "http", runner.EntryFrame: "frame",
	runner.EntryOctets: "octets", runner.EntryEnd: "end",
}

func jsonOf(r *runner.Result) jsonResult {
	j := jsonResult{
		ID: r.Case.ID, Title: r.Case.Title, Alias: r.Case.Alias, Refs: append([]string{}, r.Case.Refs...),
		Level: r.Case.EffectiveLevel().String(), Quick: r.Quick, Verdict: r.Verdict.String(), Requirement: r.Requirement,
		Expected: Visible(r.Expected), Got: Visible(r.Got), Reason: Visible(r.Reason),
		Seconds: r.Duration.Seconds(), Omitted: r.Transcript.Omitted,
		Close: jsonClose{r.Close.Opened, r.Close.Clean, r.Close.Code, r.Close.First.String(), r.Close.Dropped.String(), r.Close.Reset},
	}
	for _, p := range r.Explanation {
		j.Explanation = append(j.Explanation, Visible(p))
	}
	if r.Verdict == cases.Pass {
		return j // what went well needs no evidence
	}
	j.Script = cases.Format(r.Case)
	for _, e := range r.Transcript.Entries {
		j.Transcript = append(j.Transcript, jsonEntry{
			e.At.Seconds(), directionWords[e.Direction], kindWords[e.Kind], hex.EncodeToString(e.Raw), e.Size, e.HeaderLen, Visible(e.Meaning),
		})
	}
	return j
}
