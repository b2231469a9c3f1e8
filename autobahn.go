package main

import "github.com/spf13/cobra"

// autobahnFlags are the flags of the autobahn command.
type autobahnFlags struct {
	mode, spec, wsuri string
	exitZero          bool
	full, quiet       bool
}

func autobahnCommand() *cobra.Command {
	var f autobahnFlags
	c := &cobra.Command{
		Use:   "autobahn -m fuzzingclient [-s SPEC]",
		Short: "Test the servers of a spec file of Autobahn|Testsuite",
		Long: `autobahn reads a spec file of Autobahn|Testsuite as it is, plays the cases that it
selects with each server in it, and writes the reports into its outdir as
Autobahn|Testsuite does. As there, certificates of servers are not verified.
Options in the spec file have no meaning here, and are told.

The exit code is that of wsspec test, unless --exit-zero asks for Autobahn's: 0
whatever the verdicts.`,
		Example: `  wsspec autobahn -m fuzzingclient -s config/fuzzingclient.json
  wsspec autobahn -m fuzzingclient --exit-zero       with fuzzingclient.json in this folder`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	s := c.Flags()
	s.SortFlags = false
	s.StringVarP(&f.mode, "mode", "m", "", "`mode`: fuzzingclient")
	s.StringVarP(&f.spec, "spec", "s", "fuzzingclient.json", "spec `file`")
	s.StringVarP(&f.wsuri, "wsuri", "w", "", "`URL` of the server, when the spec file has none")
	s.BoolVar(&f.exitZero, "exit-zero", false, "exit with 0 whatever the verdicts, also when a server cannot be reached")
	s.BoolVar(&f.full, "full", false, "send as much data as Autobahn does")
	s.BoolVarP(&f.quiet, "quiet", "q", false, "no progress: nothing before the report")
	return c
}
