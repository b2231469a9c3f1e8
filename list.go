package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/cases"
)

func listCommand() *cobra.Command {
	var skip []string
	var long bool
	c := &cobra.Command{
		Use:   "list [PATTERN...]",
		Short: "List the cases",
		Long:  "list prints the id of each case on a line of its own.\n\n" + selectionHelp,
		Example: `  wsspec list                        all cases
  wsspec list 'close/**' --long      those about closing, with section, level and title
  wsspec list 'autobahn:7.*'         those that stand for Autobahn's group 7`,
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			list, err := selectCases(args, skip)
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
	c.Flags().StringArrayVar(&skip, "skip", nil, "leave out the cases that this `pattern` matches (repeatable)")
	return c
}

func listCase(w io.Writer, c *cases.Case, long bool) {
	if !long {
		fmt.Fprintln(w, c.ID)
		return
	}
	fmt.Fprintf(w, "%-48s %-16s %-10s %s\n", c.ID, cases.SectionOf(c.Refs[0]), c.EffectiveLevel(), c.Title)
}
