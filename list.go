package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/cases"
)

func listCommand() *cobra.Command {
	var chosen selectFlags
	var long bool
	c := &cobra.Command{
		Use:   "list [PATTERN...]",
		Short: "List the cases",
		Long:  "list prints the id of each case on a line of its own.\n\n" + selectionHelp,
		Example: `  wsspec list                        all cases
  wsspec list 'close/**' --long      those about closing, with section, level and title
  wsspec list 'autobahn:7.*'         those that stand for Autobahn's group 7
  wsspec list --cases own/           the cases in files of your own`,
		ValidArgsFunction: chosen.completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			list, err := chosen.selected(args)
			if err != nil {
				return err
			}
			for i := range list {
				listCase(cmd.OutOrStdout(), &list[i], long)
			}
			return nil
		},
	}
	c.Flags().BoolVarP(&long, "long", "l", false, "print section, level and title as well")
	chosen.register(c.Flags())
	return c
}

func listCase(w io.Writer, c *cases.Case, long bool) {
	if !long {
		fmt.Fprintln(w, c.ID)
		return
	}
	section := "-" // of a case that somebody wrote for a run
	if len(c.Refs) > 0 {
		section = cases.SectionOf(c.Refs[0])
	}
	fmt.Fprintf(w, "%-48s %-16s %-10s %s\n", c.ID, section, c.EffectiveLevel(), c.Title)
}
