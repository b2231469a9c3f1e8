package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/browser/page"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// visitors is what the command tells of the clients that came.
type visitors struct {
	flags  *listenFlags
	show   *progress
	page   *page.Page
	out    io.Writer
	offers int
	done   map[string]int // results, by the agent
	total  int
	first  string // the agent who was first
	// the names of the folders of the agents, and what is kept in them
	folders map[string]string
	keepers map[string]*keeper
	written map[string]runner.Report // what was written last, as a whole
	earlier *earlierVisits
}

func newVisitors(f *listenFlags, show *progress, out io.Writer, offers int, earlier *earlierVisits) *visitors {
	v := &visitors{
		flags: f, show: show, out: out, offers: offers, earlier: earlier,
		done: map[string]int{}, folders: map[string]string{}, keepers: map[string]*keeper{}, written: map[string]runner.Report{},
	}
	for _, agent := range earlier.agents() {
		one := earlier.by[agent]
		v.folders[agent], v.written[agent] = filepath.Base(one.folder), one.kept()
		v.flags.agents = append(v.flags.agents, one.page)
	}
	return v
}

// played is called for each result as it comes.
func (v *visitors) played(agent string, o runner.Offer, r runner.Result) {
	v.page.Played(agent, o, r)
	v.keeper(agent).add(&r)
	v.done[agent]++
	v.total++
	v.show.out = labelled{v.out, agent}
	v.show.result(v.total, max(v.total, len(v.done)*v.offers), r)
}

// keeper keeps the results of a client.
func (v *visitors) keeper(agent string) *keeper {
	k := v.keepers[agent]
	if k == nil {
		k = &keeper{flags: &v.flags.reportFlags, folder: v.folder(agent)}
		begun, ok := v.written[reports.Visible(agent)]
		if !ok {
			begun = runner.Report{
				Target: agent, Seed: v.flags.seed, Full: v.flags.full, Started: time.Now(),
				Features: runner.Features{Client: true, Handshake: true},
			}
		}
		k.begin(begun)
		v.keepers[agent] = k
	}
	return k
}

// folder is the one for the reports of a client; empty for none.
func (v *visitors) folder(agent string) string {
	if v.flags.report == "" {
		return ""
	}
	return filepath.Join(v.flags.report, v.called(agent))
}

// called is the name of a client in those of files and folders.
func (v *visitors) called(agent string) string {
	agent = reports.Visible(agent)
	name, ok := v.folders[agent]
	if !ok {
		name = freeFolder("", "agent://"+agent, slices.Collect(maps.Values(v.folders)))
		v.folders[agent] = name
	}
	return name
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
	all = v.earlier.whole(all)
	if err := v.index(all); err != nil || v.flags.report == "" {
		return err
	}
	for _, a := range all {
		if k := v.keepers[a.Agent]; k != nil { // the next result begins another
			k.end()
			delete(v.keepers, a.Agent)
		}
		if _, err := v.file(a); err != nil {
			return err
		}
		v.written[reports.Visible(a.Agent)] = *a.Report
		v.flags.show(a.Report, v.again)
	}
	_, err := v.flags.writePages()
	return err
}

// file writes the files about a client. Those of forms that flags ask for are the first
// client's; of others the folder's name stands before the ending, as in junit-two.xml.
func (v *visitors) file(a *runner.AgentReport) ([]string, error) {
	flags := v.flags.reportFlags
	if v.first == "" {
		v.first = a.Agent
	}
	if v.first != a.Agent {
		flags.files = slices.Clone(flags.files)
		for i, f := range flags.files {
			if f.name != "" {
				ending := filepath.Ext(f.name)
				flags.files[i].name = strings.TrimSuffix(f.name, ending) + "-" + v.called(a.Agent) + ending
			}
		}
	}
	return flags.write(v.out, v.folder(a.Agent), a.Report, v.again)
}

// index writes what Autobahn|Testsuite would, for all clients together.
func (v *visitors) index(all []*runner.AgentReport) error {
	if v.flags.outdir == "" {
		return nil
	}
	var runs []reports.AutobahnRun
	for _, a := range all {
		runs = append(runs, asAutobahn(a))
	}
	return reports.Autobahn(v.flags.outdir, runs)
}

// asAutobahn is what the client did by Autobahn's numbers, each with a result of
// its own.
func asAutobahn(a *runner.AgentReport) reports.AutobahnRun {
	report := *a.Report
	report.Results = nil
	for i, o := range a.Offers {
		if o.Name != o.Case.ID {
			result := a.Results[i]
			result.Case.Alias = []string{"autobahn:" + o.Name}
			report.Results = append(report.Results, result)
		}
	}
	return reports.AutobahnRun{Agent: a.Agent, Report: &report, Clients: true}
}

// report tells of all clients, and gives the worst exit code.
func (v *visitors) report(all []*runner.AgentReport) error {
	all = v.earlier.whole(all)
	if len(all) == 0 {
		return &exitError{exitTrouble, errors.New("no client asked for a case")}
	}
	if err := v.index(all); err != nil {
		return &exitError{exitTrouble, err}
	}
	worst := 0
	text := &reports.Text{W: v.out, Again: v.again, Verbose: v.flags.verbose, Strict: v.flags.strict}
	for _, a := range all {
		if k := v.keepers[a.Agent]; k != nil {
			k.end()
		}
		fmt.Fprintf(v.out, "\nclient %s: %d of %d cases\n", reports.Visible(a.Agent), len(a.Results), v.offers)
		text.Report(a.Report)
		files, err := v.file(a)
		if err != nil {
			return &exitError{exitTrouble, err}
		}
		for _, name := range files {
			fmt.Fprintf(v.out, "report: %s\n", name)
		}
		var exit *exitError
		if errors.As(v.flags.judge(v.out, a.Report), &exit) {
			worst = max(worst, exit.code)
		}
		v.flags.show(a.Report, v.again)
	}
	pages, err := v.flags.writePages()
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	for _, name := range pages {
		fmt.Fprintf(v.out, "report: %s\n", name)
	}
	if v.flags.outdir != "" {
		fmt.Fprintf(v.out, "report: %s\n", filepath.Join(v.flags.outdir, "index.html"))
	}
	if worst > 0 {
		return &exitError{worst, nil}
	}
	return nil
}
