package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/cases"
)

func showCommand() *cobra.Command {
	var chosen selectFlags
	var bare bool
	c := &cobra.Command{
		Use:   "show [PATTERN...]",
		Short: "Show what cases play, and the requirements that they prove",
		Long: `show prints cases in the notation, in which ">" is what wsspec sends and "<" what
it expects, with the requirements that the case proves as comments.

` + selectionHelp,
		Example: `  wsspec show fragment/ping-between
  wsspec show autobahn:7.5.1
  wsspec show 6455-5.4 --bare > fragmentation.ws
  wsspec show --cases my.ws`,
		ValidArgsFunction: chosen.completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args)+len(chosen.cases) == 0 {
				return usage("which cases? Give patterns; wsspec list prints the ids")
			}
			list, err := chosen.selected(args)
			if err != nil {
				return err
			}
			for i, one := range list {
				if i > 0 {
					fmt.Fprintln(cmd.OutOrStdout())
				}
				showCase(cmd.OutOrStdout(), one, bare)
			}
			return nil
		},
	}
	chosen.registerCases(c.Flags())
	c.Flags().BoolVar(&bare, "bare", false, "leave the comments out, as in a file of cases")
	return c
}

func showCase(w io.Writer, c cases.Case, bare bool) {
	if !bare {
		for _, id := range c.Refs {
			if r, ok := cases.FindRequirement(id); ok {
				fmt.Fprintf(w, "# %s %s (%s): %s\n# %s\n", r.Section(), r.Level, r.ID, r.Text, r.URL())
			}
		}
	}
	fmt.Fprint(w, cases.Format(c))
}
