package reports

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/wsspec/wsspec/cases"
)

// CoverageVersion is the version of the matrix in JSON. It grows when a field
// changes its meaning or goes; new fields may come at any time.
const CoverageVersion = 1

// JSON writes the matrix as one JSON object, always with the ids of the cases.
func (m *Matrix) JSON(w io.Writer) error {
	doc := jsonMatrix{Format: "wsspec-coverage", Version: CoverageVersion, Summary: []jsonTally{}, Requirements: []jsonCoverage{}}
	if m.Run != nil {
		doc.Target = Visible(m.Run.Target)
	}
	for _, t := range m.Tallies() {
		doc.Summary = append(doc.Summary, jsonTally(t))
	}
	verdicts := m.verdicts()
	for i := range m.Rows {
		if !m.shown(&m.Rows[i]) {
			continue
		}
		doc.Requirements = append(doc.Requirements, jsonCoverageOf(&m.Rows[i], verdicts[i]))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(doc); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

type jsonMatrix struct {
	Format       string         `json:"format"`
	Version      int            `json:"version"`
	Target       string         `json:"target,omitempty"` // of the run that the verdicts are from
	Summary      []jsonTally    `json:"summary"`
	Requirements []jsonCoverage `json:"requirements"`
}

type jsonTally struct {
	Document     string `json:"document"`
	Requirements int    `json:"requirements"`
	Covered      int    `json:"covered"`
	Planned      int    `json:"planned"`
	NotTestable  int    `json:"notTestable"`
	Missing      int    `json:"missing"`
}

type jsonCoverage struct {
	ID        string     `json:"id"`
	Document  string     `json:"document"`
	Section   string     `json:"section"`
	URL       string     `json:"url"`
	Level     string     `json:"level"`
	Role      string     `json:"role"`
	Text      string     `json:"text"`
	Status    string     `json:"status"`           // covered, planned, not testable, missing
	Tested    string     `json:"tested,omitempty"` // of endpoints: server, client or both
	Kind      string     `json:"kind,omitempty"`   // of test that would show it, or of obstacle
	Reason    string     `json:"reason,omitempty"`
	InPassing string     `json:"inPassing,omitempty"`
	Cases     []string   `json:"cases"`
	Via       []jsonLink `json:"via,omitempty"`
	OtherSide []string   `json:"otherSide,omitempty"`
	Verdict   string     `json:"verdict,omitempty"`
}

type jsonLink struct {
	Requirement string   `json:"requirement"`
	InPassing   string   `json:"inPassing,omitempty"`
	Cases       []string `json:"cases"`
}

// statusKeys are the statuses as they stand in JSON.
var statusKeys = map[cases.CoverageStatus]string{
	cases.Covered: "covered", cases.Planned: "planned", cases.NotTestable: "not testable", cases.Missing: "missing",
}

func jsonCoverageOf(c *cases.Coverage, verdict string) jsonCoverage {
	r := &c.Requirement
	_, section, _, _ := cases.SplitRef(r.ID)
	j := jsonCoverage{
		ID: r.ID, Document: document(r.ID), Section: section, URL: r.URL(), Level: r.Level.String(), Role: r.Role.String(),
		Text: r.Text, Status: statusKeys[c.Status()], InPassing: c.Watched,
		Cases: listOf(c.Direct), OtherSide: c.OtherSide, Verdict: verdict,
	}
	switch c.Status() {
	case cases.Covered:
		if c.Requirement.Role == cases.ForEndpoint {
			j.Tested = c.Tested.String()
		}
	case cases.Planned, cases.NotTestable:
		j.Kind, j.Reason = string(c.Exemption.Kind), c.Exemption.Reason
	}
	for _, link := range c.Via {
		j.Via = append(j.Via, jsonLink{link.Requirement, link.Watched, listOf(link.Cases)})
	}
	return j
}

// listOf is the list, which is empty in JSON rather than null.
func listOf(ids []string) []string {
	if ids == nil {
		return []string{}
	}
	return ids
}
