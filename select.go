package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/cases"
)

const selectionHelp = `Cases are selected by patterns: an id (close/code-1005-on-the-wire), a glob of ids
(close/*, **), a section or requirement (6455-5.4, 6455-5.4-9, 7692), an alias
(autobahn:5.6, autobahn:7.*), or @FILE with one pattern a line and # comments.
A pattern that matches nothing is an error.`

// selectCases is the selection of a command.
func selectCases(patterns, skip []string) ([]cases.Case, error) {
	list, err := cases.Select(cases.All(), patterns, skip)
	if err != nil {
		return nil, usage("%s", withWayOut(err.Error()))
	}
	return list, nil
}

// withWayOut tells where the names of cases are to be found, in each line that
// offers none that is near.
func withWayOut(message string) string {
	const unknown = " matches no case"
	return strings.ReplaceAll(message+"\n", unknown+"\n", unknown+" (wsspec list prints the ids)\n")
}

// completeCases offers the ids of cases to the shell.
func completeCases(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, c := range cases.All() {
		if strings.HasPrefix(c.ID, begun) {
			ids = append(ids, c.ID+"\t"+c.Title)
		}
	}
	slices.Sort(ids)
	return ids, cobra.ShellCompDirectiveNoFileComp
}
