package main

import (
	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/reports"
)

func diffCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "diff BEFORE NOW",
		Short: "Compare two reports",
		Long: `diff compares two JSON reports, each a file or a folder with report.json in it, case
by case, and prints what is broken, fixed, changed, new and gone. The exit code is 1
when something is broken: fail or error where it was better before, or lax where it
was no more than a skip.`,
		Example: `  wsspec diff main/report.json branch/report.json
  wsspec diff last wsspec-report`,
		RunE: diff,
	}
}

func diff(cmd *cobra.Command, args []string) error {
	if len(args) != 2 {
		return usage("diff takes two reports: wsspec diff BEFORE NOW")
	}
	var reader reports.Reader
	var both [2]*reports.Document
	for i, name := range args {
		var err error
		if both[i], err = readReport(&reader, name); err != nil {
			return &exitError{exitUsage, err}
		}
	}
	c := reports.Compare(both[0].Report, both[1].Report)
	if err := c.Text(cmd.OutOrStdout()); err != nil {
		return &exitError{exitTrouble, err}
	}
	if len(c.Broken) > 0 {
		return &exitError{exitVerdict, nil}
	}
	return nil
}
