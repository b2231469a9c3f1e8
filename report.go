package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// reportCommandFlags are the flags of the report command.
type reportCommandFlags struct {
	selectFlags
	reportFlags
	merge   bool
	verbose bool
	quiet   bool
}

func reportCommand() *cobra.Command {
	var f reportCommandFlags
	c := &cobra.Command{
		Use:   "report REPORT...",
		Short: "Write the results of earlier runs in other forms",
		Long: `report reads JSON reports, each a file or a folder with report.json in it, prints
them, and writes them in the forms that are asked for. Also that of a run which was
killed can be read.

--merge joins the reports of all parts of one run that was split with --shard, which
is an error when one is missing or there twice.

` + knownHelp + `

The exit code is that of the run: 0 without fail and error, 1 with fail, and 3 with
error, or when it was cut short; 2 for a report that cannot be read.`,
		Example: `  wsspec report wsspec-report --markdown summary.md --badge badge.svg
  wsspec report a/report.json b/report.json --html both  side by side, for a browser
  wsspec report wsspec-report -v                      all that is not a pass in full
  wsspec report shard-*/ --merge --json report.json   the parts of one run`,
		RunE: f.run,
	}
	s := c.Flags()
	s.SortFlags = false
	s.BoolVar(&f.merge, "merge", false, "join the reports of all parts of one run")
	s.BoolVarP(&f.verbose, "verbose", "v", false, "show lax, info and skipped cases in full")
	s.BoolVarP(&f.quiet, "quiet", "q", false, "print nothing but what --baseline and --known-failing have to say")
	s.BoolVar(&f.strict, "strict", false, "count lax as failures")
	f.registerFeatures(s)
	f.registerCases(s)
	f.registerForms(s)
	return c
}

// run reads all reports before it writes the first.
func (f *reportCommandFlags) run(cmd *cobra.Command, args []string) error {
	docs, err := f.read(args)
	if err == nil {
		err = errors.Join(f.checkFiles(len(docs)), checkFolder("--html", f.html, ""), checkFolder("--autobahn", f.autobahn, ""), f.loadKnown(&f.selectFlags))
	}
	if err != nil {
		return &exitError{exitUsage, err}
	}
	worst := 0
	for _, d := range docs {
		var exit *exitError
		if err := f.write1(cmd, d); errors.As(err, &exit) {
			complain(cmd.ErrOrStderr(), exit.err)
			worst = max(worst, exit.code)
		}
	}
	if _, err := f.writePages(); err != nil {
		return &exitError{exitTrouble, err}
	}
	if worst > 0 {
		return &exitError{worst, nil}
	}
	return nil
}

func (f *reportCommandFlags) read(names []string) ([]*reports.Document, error) {
	if len(names) == 0 {
		return nil, errors.New("there is no report: wsspec report FILE")
	}
	var reader reports.Reader
	var docs []*reports.Document
	for _, name := range names {
		d, err := readReport(&reader, name)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	if !f.merge {
		return docs, nil
	}
	whole, err := reports.Merge(docs)
	if err != nil {
		return nil, fmt.Errorf("--merge: %w", err)
	}
	return []*reports.Document{whole}, nil
}

// write1 prints one report, and writes it.
func (f *reportCommandFlags) write1(cmd *cobra.Command, d *reports.Document) error {
	out := cmd.OutOrStdout()
	if f.toStdout() {
		out = cmd.ErrOrStderr()
	}
	again := againOf(d)
	if !f.quiet {
		text := &reports.Text{W: out, Again: again, Verbose: f.verbose, Strict: f.strict}
		text.Begin(d.Target, len(d.Results), d.Seed)
		text.Report(d.Report)
	}
	f.source = d
	f.asAutobahn = func(r *runner.Report) reports.AutobahnRun {
		return reports.AutobahnRun{Agent: r.Target, Report: r, Clients: r.Features.Client}
	}
	files, err := f.write(cmd.OutOrStdout(), "", d.Report, again)
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	f.show(d.Report, again)
	for _, name := range files {
		fmt.Fprintf(out, "report: %s\n", name)
	}
	return f.judge(out, d.Report)
}

// againOf makes the commands that repeat one case of a report, with what it says of
// how it came about.
func againOf(d *reports.Document) func(id string) string {
	if d.Features.Client {
		return nil // the client may have come by itself
	}
	return func(id string) string {
		words := []string{"wsspec", "test", d.Target, id, "--seed", fmt.Sprint(d.Seed)}
		if d.Full {
			words = append(words, "--full")
		}
		for i, w := range words {
			words[i] = shellQuote(w)
		}
		return strings.Join(words, " ")
	}
}
