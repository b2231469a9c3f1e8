package main

import (
	"path/filepath"
	"slices"

	"github.com/wsspec/wsspec/reports/html"
	"github.com/wsspec/wsspec/runner"
)

// show puts who was tested on the pages of the report, in place of what stands there
// under the same name.
func (f *reportFlags) show(r *runner.Report, again func(string) string) {
	a := html.AgentOf(f.document(r))
	a.Again = again
	i := slices.IndexFunc(f.agents, func(b html.Agent) bool { return b.Name == a.Name })
	if i < 0 || !f.replace {
		f.agents = append(f.agents, a)
		return
	}
	f.agents[i] = a
}

// writePages writes the pages of all who were tested so far into the folders that
// are asked for, and names their beginnings.
func (f *reportFlags) writePages() (names []string, err error) {
	for _, folder := range []string{f.report, f.html} {
		if folder == "" || len(f.agents) == 0 {
			continue
		}
		title := "WebSocket conformance"
		if err := html.Write(folder, html.Page{Title: title, Agents: f.agents, Version: version()}); err != nil {
			return names, err
		}
		names = append(names, filepath.Join(folder, "index.html"))
	}
	return names, nil
}
