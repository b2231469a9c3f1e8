package main

import (
	"encoding/json"
	"io"

	"github.com/wsspec/wsspec/spec/notice"
)

// printNoticesJSON writes what a client made of each fault, for programs.
func printNoticesJSON(w io.Writer, rows []notice.Row) error {
	type row struct {
		Fault       string `json:"fault"`
		Title       string `json:"title"`
		Requirement string `json:"requirement"`
		Rule        string `json:"rule,omitempty"` // of the client
		Level       string `json:"level,omitempty"`
		Must        bool   `json:"must"`
		Verdict     string `json:"verdict"`
		How         string `json:"how,omitempty"`
		Said        string `json:"said,omitempty"` // by the client
	}
	out := struct {
		Format  string       `json:"format"`
		Version int          `json:"version"`
		Count   notice.Count `json:"count"`
		Rows    []row        `json:"rows"`
	}{Format: "wsspec-notices", Version: 1, Count: notice.CountRows(rows)}
	for _, r := range rows {
		line := row{Fault: r.Fault.ID, Title: r.Fault.Title, Requirement: r.Fault.Requirement, Verdict: r.Verdict.String(), How: r.How}
		if rule, ok := notice.RuleOf(r.Fault.ID); ok {
			line.Rule, line.Level, line.Must = rule.Requirement.ID, rule.Requirement.Level.String(), rule.Must
		}
		if r.Err != nil {
			line.Said = r.Err.Error()
		}
		out.Rows = append(out.Rows, line)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
