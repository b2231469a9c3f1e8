package reports

import (
	"encoding/hex"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
	"github.com/wsspec/wsspec/runner/seen"
)

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
	Script      string      `json:"script"` // what was played, in the notation
	Transcript  []jsonEntry `json:"transcript,omitempty"`
	Omitted     int         `json:"omitted,omitempty"`
	// Seen is what the page of a browser saw.
	Seen *seen.Connection `json:"seen,omitempty"`
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

// jsonLine is the text of a result at its place in the list.
func jsonLine(i int, r *runner.Result) []byte {
	line := []byte(",\n  ")
	if i == 0 {
		line = line[1:]
	}
	return append(line, marshal(jsonOf(r), "")...)
}

func jsonOf(r *runner.Result) jsonResult {
	j := jsonResult{
		ID: r.Case.ID, Title: r.Case.Title, Alias: r.Case.Alias, Refs: append([]string{}, r.Case.Refs...),
		Level: r.Case.EffectiveLevel().String(), Quick: r.Quick, Verdict: r.Verdict.String(), Requirement: r.Requirement,
		Expected: Visible(r.Expected), Got: Visible(r.Got), Reason: Visible(r.Reason),
		Seconds: r.Duration.Seconds(), Script: cases.Format(r.Case), Omitted: r.Transcript.Omitted,
		Close: jsonClose{r.Close.Opened, r.Close.Clean, r.Close.Code, r.Close.First.String(), r.Close.Dropped.String(), r.Close.Reset},
	}
	if r.Seen != nil {
		j.Seen = r.Seen.Each(Visible)
	}
	for _, p := range r.Explanation {
		j.Explanation = append(j.Explanation, Visible(p))
	}
	for _, e := range r.Transcript.Entries {
		j.Transcript = append(j.Transcript, jsonEntry{
			e.At.Seconds(), directionWords[e.Direction], kindWords[e.Kind], hex.EncodeToString(e.Raw), e.Size, e.HeaderLen, Visible(e.Meaning),
		})
	}
	return j
}
