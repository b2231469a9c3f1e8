package main

import (
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/cases"
)

const selectionHelp = `Cases are selected by patterns: an id (close/code-1005-on-the-wire), a glob of ids
(close/*, **), a section or requirement (6455-5.4, 6455-5.4-9, 7692), an alias
(autobahn:5.6, autobahn:7.*), or @FILE with one pattern a line and # comments.
A pattern that matches nothing is an error.

--cases FILE takes cases of your own, in the notation that wsspec show prints; of a
folder, all files *.ws in it and below it. Patterns then select from them and from
the catalogue; without a pattern they alone are taken. One that has the id of a case
of the catalogue stands in for that.`

// selectFlags say which cases a command is about.
type selectFlags struct {
	skip  []string
	cases []string
	own   *cases.Files // nil without --cases
}

func (f *selectFlags) register(s *pflag.FlagSet) {
	s.StringArrayVar(&f.skip, "skip", nil, "leave out the cases that this `pattern` matches (repeatable)")
	f.registerCases(s)
}

func (f *selectFlags) registerCases(s *pflag.FlagSet) {
	s.StringArrayVar(&f.cases, "cases", nil, "take the cases in this `file` or folder as well, or alone without a pattern (repeatable)")
}

// selected is the selection of a command.
func (f *selectFlags) selected(patterns []string) ([]cases.Case, error) {
	all, err := f.all()
	if err != nil {
		return nil, err
	}
	if len(patterns) == 0 && f.own != nil {
		patterns = f.own.IDs()
	}
	list, err := cases.Select(all, patterns, f.skip)
	if err != nil {
		return nil, usage("%s", withWayOut(err.Error(), patterns))
	}
	return list, nil
}

// all is every case that can be selected.
func (f *selectFlags) all() ([]cases.Case, error) {
	all := cases.All()
	if len(f.cases) == 0 {
		return all, nil
	}
	own, err := cases.Load(f.cases...)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	f.own = own
	return own.Over(all), nil
}

// file is the file that a case comes from; empty when it is the catalogue.
func (f *selectFlags) file(id string) string {
	if f.own == nil {
		return ""
	}
	at, _ := f.own.Place(id)
	return at.File
}

// withWayOut tells where the names of cases are to be found, in each line that
// offers none that is near.
func withWayOut(message string, patterns []string) string {
	const unknown = " matches no case"
	hint := "wsspec list prints the ids"
	if i := slices.IndexFunc(patterns, isFile); i >= 0 {
		hint = "--cases " + shellQuote(patterns[i]) + " takes the cases in that file"
	}
	return strings.ReplaceAll(message+"\n", unknown+"\n", unknown+" ("+hint+")\n")
}

// isFile reports whether a pattern that matches nothing was meant as the name of
// a file or folder.
func isFile(pattern string) bool {
	_, err := os.Stat(pattern)
	return err == nil
}

// completeCases offers the ids of cases to the shell.
func (f *selectFlags) completeCases(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	all, err := f.all()
	if err != nil {
		all = cases.All() // a file that has faults is no reason to offer nothing
	}
	var ids []string
	for _, c := range all {
		if strings.HasPrefix(c.ID, begun) {
			ids = append(ids, c.ID+"\t"+c.Title)
		}
	}
	slices.Sort(ids)
	return ids, cobra.ShellCompDirectiveNoFileComp
}
