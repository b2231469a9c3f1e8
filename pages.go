package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/reports/html"
	"github.com/wsspec/wsspec/runner"
)

// conclude writes the report in all forms that are asked for, names the files on out,
// and judges. The error has the exit code.
func (f *reportFlags) conclude(cmd *cobra.Command, out io.Writer, folder string, r *runner.Report, again func(string) string) error {
	files, err := f.write(cmd.OutOrStdout(), folder, r, again)
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	f.show(r, again)
	if g := galleryOf(cmd.Context()); g != nil {
		g.agents = append(g.agents, f.agents...)
		f.agents = nil
	}
	pages, err := f.writePages()
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	for _, name := range slices.Concat(pages, files) {
		fmt.Fprintf(out, "report: %s\n", name)
	}
	return f.judge(out, r)
}

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
		page := html.Page{Title: "WebSocket conformance", Agents: f.agents, Version: strings.TrimPrefix(version(), "wsspec ")}
		if err := html.Write(folder, page); err != nil {
			return names, err
		}
		names = append(names, filepath.Join(folder, "index.html"))
	}
	return names, nil
}
