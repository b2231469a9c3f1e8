package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// execFlags are the flags of the listen command for a client that has no driver.
type execFlags struct {
	command  string
	parallel int
}

func (f *execFlags) register(s *pflag.FlagSet) {
	s.StringVar(&f.command, "exec", "", "start this `command` as the client of each case, with the address in place of {url}")
	s.IntVar(&f.parallel, "parallel", 32, "with --exec: light cases that are played side by side")
}

// playTo plays the cases to the command of --exec, as the client command does.
func (f *listenFlags) playTo(cmd *cobra.Command, list []cases.Case) error {
	for _, name := range []string{"listen", "once", "refusals", "tls-cert", "tls-key"} {
		if cmd.Flags().Changed(name) {
			return usage("--%s does not go with --exec, which makes an address of its own for each case", name)
		}
	}
	words, err := runner.SplitCommand(f.exec.command)
	if err != nil {
		return usage("--exec: %v", err)
	}
	t := testFlags{
		selectFlags: f.selectFlags, reportFlags: f.reportFlags,
		full: f.full, seed: f.seed, parallel: f.exec.parallel, timeout: f.timeout, verbose: f.verbose, quiet: f.quiet, goOn: f.goOn,
	}
	t.autobahn = f.outdir
	return t.playCommand(cmd, words, list)
}
