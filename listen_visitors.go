package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// visitors is what the command tells of the clients that came.
type visitors struct {
	flags  *listenFlags
	show   *progress
	out    io.Writer
	offers int
	done   map[string]int // results, by the agent
	total  int
}

// played is called for each result as it comes.
func (v *visitors) played(agent string, _ runner.Offer, r runner.Result) {
	v.done[agent]++
	v.total++
	v.show.out = labelled{v.out, agent}
	v.show.result(v.total, max(v.total, len(v.done)*v.offers), r)
}

// labelled writes each line with the name of the client in front of it.
type labelled struct {
	io.Writer
	agent string
}

func (l labelled) Write(line []byte) (int, error) {
	if _, err := fmt.Fprintf(l.Writer, "%s: %s", reports.Visible(l.agent), line); err != nil {
		return 0, err
	}
	return len(line), nil
}

// again makes the command that plays one case to a client.
func (v *visitors) again(id string) string {
	s := "wsspec listen " + shellQuote(id) + fmt.Sprintf(" --seed %d", v.flags.seed)
	if file := v.flags.file(id); file != "" {
		s += " --cases " + shellQuote(file)
	}
	if v.flags.full {
		s += " --full"
	}
	return s
}

// write writes the reports for machines, as they are now.
func (v *visitors) write(all []*runner.AgentReport) error {
	if err := v.index(all); err != nil || v.flags.report == "" {
		return err
	}
	for i, folder := range v.flags.agentFolders(all) {
		if _, err := v.flags.write(v.out, folder, all[i].Report, v.again); err != nil {
			return err
		}
	}
	return nil
}

// index writes what Autobahn|Testsuite would, for all clients together.
func (v *visitors) index(all []*runner.AgentReport) error {
	if v.flags.outdir == "" {
		return nil
	}
	var runs []reports.AutobahnRun
	for _, a := range all {
		runs = append(runs, reports.AutobahnRun{Agent: a.Agent, Report: a.Report, Clients: true})
	}
	return reports.Autobahn(v.flags.outdir, runs)
}

// report tells of all clients, and gives the worst exit code.
func (v *visitors) report(all []*runner.AgentReport) error {
	if len(all) == 0 {
		return &exitError{exitTrouble, errors.New("no client asked for a case")}
	}
	if err := v.index(all); err != nil {
		return &exitError{exitTrouble, err}
	}
	worst := 0
	text := &reports.Text{W: v.out, Again: v.again, Verbose: v.flags.verbose, Strict: v.flags.strict}
	folders := v.flags.agentFolders(all)
	for i, a := range all {
		fmt.Fprintf(v.out, "\nclient %s: %d of %d cases\n", reports.Visible(a.Agent), len(a.Results), v.offers)
		text.Report(a.Report)
		files, err := v.flags.write(v.out, folders[i], a.Report, v.again)
		if err != nil {
			return &exitError{exitTrouble, err}
		}
		for _, name := range files {
			fmt.Fprintf(v.out, "report: %s\n", name)
		}
		var exit *exitError
		if errors.As(verdict(a.Report, v.flags.strict), &exit) {
			worst = max(worst, exit.code)
		}
	}
	if worst > 0 {
		return &exitError{worst, nil}
	}
	return nil
}

// agentFolders are the folders for the reports of the clients.
func (f *listenFlags) agentFolders(all []*runner.AgentReport) []string {
	urls := make([]string, len(all))
	for i, a := range all {
		urls[i] = "agent://" + a.Agent
	}
	return f.foldersBelow(urls)
}
