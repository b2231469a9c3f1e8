package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// coverFlags are the flags of the cover command.
type coverFlags struct {
	long    bool
	missing bool
	levels  []string
	format  string
	report  string
	faults  bool
}

func coverCommand() *cobra.Command {
	var f coverFlags
	c := &cobra.Command{
		Use:   "cover [PATTERN...]",
		Short: "Show which cases prove which requirements",
		Long: `cover prints the requirements of the standards with the number of cases that prove
each of them, by naming it or a requirement that the same observation judges. Many
are judged in passing by every case. What no case proves is planned, and shown by a
test of another kind; not testable, with the reason; or MISSING.

With a report that wsspec test has written as JSON, it adds the worst verdict of
that run for each requirement.

With --faults it turns the question round: is there a case that notices each fault
which the reference can have, and a fault that fails each case of a duty?

Requirements are selected by document (7692), section (6455-5.4), or id (6455-5.4-9).
A pattern that matches nothing is an error.`,
		Example: `  wsspec cover                                 all requirements
  wsspec cover 6455-5.4 --long                 a section, with the ids of the cases
  wsspec cover --missing --level MUST,MUST-NOT exit code 1 when there is one
  wsspec cover --report wsspec-report/report.json --format markdown > COVERAGE.md
  wsspec cover --faults                        every fault, which takes a minute or two
  wsspec cover --faults pong-payload-cut --long`,
		ValidArgsFunction: completeRequirements,
		RunE:              f.run,
	}
	s := c.Flags()
	s.SortFlags = false
	s.BoolVarP(&f.long, "long", "l", false, "print the ids of the cases, and why they count")
	s.BoolVar(&f.missing, "missing", false, "print only what has no case and no reason for that; exit code 1 when there is something")
	s.StringSliceVar(&f.levels, "level", nil, "only requirements of this `level`: MUST, MUST-NOT, SHOULD, SHOULD-NOT, MAY or DEF (repeatable, or with commas)")
	s.StringVar(&f.format, "format", "text", "`form` of the output: text, markdown or json")
	s.StringVar(&f.report, "report", "", "add the worst verdicts of the run whose JSON report is in this `file`, or in this folder as report.json")
	s.BoolVar(&f.faults, "faults", false, "play the cases against every fault of the reference, or against those with these ids, and print who notices which; exit code 1 when one survives")
	return c
}

// run selects the rows, and prints them.
func (f *coverFlags) run(cmd *cobra.Command, patterns []string) error {
	if f.faults {
		return f.playFaults(cmd, patterns)
	}
	m := reports.Matrix{Long: f.long, OnlyMissing: f.missing}
	write, ok := map[string]func(io.Writer) error{"text": m.Text, "markdown": m.Markdown, "json": m.JSON}[f.format]
	if !ok {
		return usage("--format %s: the forms are text, markdown and json", f.format)
	}
	chosen, err := f.requirements(patterns)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if m.Run, err = f.played(); err != nil {
		return &exitError{exitUsage, err}
	}
	m.Rows = cases.Cover(cases.All(), chosen)
	if err := write(cmd.OutOrStdout()); err != nil {
		return &exitError{exitTrouble, err}
	}
	return f.verdict(m.Rows)
}

// verdict is the exit code, which tells with --missing whether there is something.
func (f *coverFlags) verdict(rows []cases.Coverage) error {
	isMissing := func(c cases.Coverage) bool { return c.Status() == cases.Missing }
	if f.missing && slices.ContainsFunc(rows, isMissing) {
		return &exitError{exitVerdict, nil}
	}
	return nil
}

// requirements are those that the patterns and the levels select.
func (f *coverFlags) requirements(patterns []string) ([]cases.Requirement, error) {
	chosen, err := cases.SelectRequirements(cases.Requirements(), patterns...)
	if err != nil {
		const unknown = " matches no requirement"
		return nil, errors.New(strings.ReplaceAll(err.Error()+"\n", unknown+"\n", unknown+" (wsspec cover prints the ids)\n"))
	}
	var levels []cases.Level
	for _, word := range f.levels {
		level, err := cases.ParseLevel(word)
		if err != nil {
			return nil, fmt.Errorf("--level: %w", err)
		}
		levels = append(levels, level)
	}
	if len(levels) > 0 {
		chosen = slices.DeleteFunc(chosen, func(r cases.Requirement) bool { return !slices.Contains(levels, r.Level) })
	}
	return chosen, nil
}

// played reads the report of a run, if one is asked for.
func (f *coverFlags) played() (*runner.Report, error) {
	if f.report == "" {
		return nil, nil
	}
	d, err := readReport(new(reports.Reader), f.report)
	if err != nil {
		return nil, fmt.Errorf("--report: %w", err)
	}
	return d.Report, nil
}

// completeRequirements offers documents, sections and requirements to the shell.
func completeRequirements(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	list := cases.SectionPatterns(cases.Requirements())
	list = slices.DeleteFunc(list, func(p string) bool { return !strings.HasPrefix(p, begun) })
	return list, cobra.ShellCompDirectiveNoFileComp
}
