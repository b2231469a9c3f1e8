package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

const commandHelp = `The command is started once for each connection, without a shell, with the address
to connect to in place of {url}. It should send every message back with its type
until the connection ends, and then end itself; it is ended when it does not. What
it printed last is shown where a case does not pass.

{subprotocols} in an argument stands for the subprotocols to offer, with commas
between them, and {extensions} for the value of Sec-WebSocket-Extensions. An argument
whose placeholder stands for nothing is left out, so that an option goes in one
argument with its value: --protocol={subprotocols}. Without these, the cases are
skipped that need to tell the client what to offer.`

func clientCommand() *cobra.Command {
	var f testFlags
	c := &cobra.Command{
		Use:   "client [PATTERN...] -- COMMAND {url}",
		Short: "Test a client that is a command",
		Long: `client plays the server's side of the cases to a command that is a client.

` + commandHelp + `

` + selectionHelp + `

The exit code is 0 without fail and error, 1 with fail, 2 for a wrong command line,
and 3 with error or when the command makes no connection.`,
		Example: `  wsspec client -- ./echo-client {url}
  wsspec client 'close/**' -v -- python3 client.py {url}      some cases, and all that is not a pass in full
  wsspec client -- ./client --protocol={subprotocols} {url}   a client that can be told what to offer
  wsspec client --parallel 4 --junit junit.xml -- ./slow-client {url}
  wsspec client -- sh -c 'exec ./client --url "$1"' sh {url}  with a shell`,
		ValidArgsFunction: f.completeCases,
		RunE:              f.runClient,
	}
	f.registerClient(c.Flags())
	return c
}

// registerClient registers those flags of the test command that make sense for a
// client.
func (f *testFlags) registerClient(s *pflag.FlagSet) {
	s.SortFlags = false
	f.selectFlags.register(s)
	s.BoolVar(&f.full, "full", false, "send all the data of cases that are otherwise played with less of it")
	s.BoolVar(&f.patient, "patient", false, "also play the cases that wait for a timer of the client's")
	s.BoolVar(&f.noEcho, "no-echo", false, "the client does not echo: do not find out, and leave out what needs it")
	s.IntVar(&f.parallel, "parallel", 32, "light cases that are played side by side, each with a process of its own")
	f.registerPlaying(s)
}

// registerPlaying registers the flags of all commands that play cases to a client
// of their own.
func (f *testFlags) registerPlaying(s *pflag.FlagSet) {
	s.BoolVarP(&f.verbose, "verbose", "v", false, "show lax, info and skipped cases in full")
	s.BoolVarP(&f.quiet, "quiet", "q", false, "no progress: nothing before the report")
	s.Uint64Var(&f.seed, "seed", 1, "seed of everything random, from 1; the same seed sends the same octets")
	s.DurationVar(&f.timeout, "timeout", 5*time.Second, "budget of a light case, and a quarter of that of a heavy one, from when the client has come, which may take as long; 0 for none")
	f.registerResume(s)
	f.reportFlags.register(s)
}

// runClient reads the command line of the client command.
func (f *testFlags) runClient(cmd *cobra.Command, args []string) error {
	urls, patterns, command, err := splitArgs(cmd, args)
	switch {
	case err != nil:
		return err
	case len(urls) > 0:
		return usage("%q is no pattern of cases: the client is given a URL, in place of {url} (wsspec test tests servers)", urls[0])
	case command == nil:
		return usage("there is no command: it goes behind --, as in wsspec client -- ./client {url}")
	}
	list, err := f.selected(patterns)
	if err != nil {
		return err
	}
	f.config = configOf(cmd, patterns)
	return f.playCommand(cmd, command, list)
}

// playCommand plays the cases to a client that is a command.
func (f *testFlags) playCommand(cmd *cobra.Command, command []string, list []cases.Case) error {
	client, err := runner.Command(command)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if list, err = f.clientCases(runner.ForClients(list)); err != nil {
		return err
	}
	return f.playClient(cmd, client, list, nil, f.againClient("client", " -- "+client.String(), list))
}

// clientCases are those of the cases, all of which can test the client, that this run
// is to play, with a command line that can be played.
func (f *testFlags) clientCases(list []cases.Case) ([]cases.Case, error) {
	if len(list) == 0 {
		return nil, usage("none of the selected cases can test this client: they are for servers, or for browsers")
	}
	list, err := f.part(list)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(f.check(nil, nil), f.reportFlags.check(1), f.loadKnown(&f.selectFlags)); err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return list, nil
}

// playClient plays the cases to a client, from these hosts, prints the report, and
// writes it into the files that are asked for. The error has the exit code.
func (f *testFlags) playClient(cmd *cobra.Command, client runner.Client, list []cases.Case, hosts []string, again func(string) string) error {
	out := cmd.OutOrStdout()
	if f.toStdout() {
		out = cmd.ErrOrStderr()
	}
	f.asAutobahn = func(r *runner.Report) reports.AutobahnRun {
		return reports.AutobahnRun{Agent: r.Target, Report: r, Clients: true}
	}
	earlier, err := f.resume(f.report, client.String(), list)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	text := &reports.Text{W: out, Again: again, Verbose: f.verbose, Strict: f.strict}
	text.Begin(client.String(), len(list), f.seed)
	earlier.tell(out)
	show := newProgress(out, cmd.ErrOrStderr(), f.quiet, f.strict)
	keep := &keeper{flags: &f.reportFlags, folder: f.report}
	o := f.runOptions(show, keep, earlier)
	o.Hosts = hosts
	report, err := runner.RunClient(cmd.Context(), client, earlier.rest(list), o)
	keep.end()
	show.clear()
	switch {
	case err != nil && cmd.Context().Err() != nil:
		return &exitError{exitTrouble, errors.New("stopped before the first case")}
	case err != nil:
		return &exitError{exitTrouble, fmt.Errorf("%s: %w", client, err)}
	}
	earlier.whole(report, list)
	text.Report(report)
	return f.conclude(cmd, out, f.report, report, again)
}

// againClient makes the command lines that repeat one case with the client: those of
// the command, with these words behind all others.
func (f *testFlags) againClient(command, behind string, list []cases.Case) func(id string) string {
	byID := map[string]*cases.Case{}
	for i := range list {
		byID[list[i].ID] = &list[i]
	}
	return func(id string) string {
		words := append([]string{"wsspec", command, id, "--seed", fmt.Sprint(f.seed)}, f.caseWords(byID[id])...)
		if f.timeout != 5*time.Second {
			words = append(words, "--timeout", f.timeout.String())
		}
		if f.noEcho {
			words = append(words, "--no-echo")
		}
		for i, w := range words {
			words[i] = shellQuote(w)
		}
		return strings.Join(words, " ") + behind
	}
}
