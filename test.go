package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// testFlags are the flags of the test command.
type testFlags struct {
	targetFlags
	skip        []string
	seed        uint64
	parallel    int
	timeout     time.Duration
	start       time.Duration
	noEcho      bool
	strict      bool
	verbose     bool
	quiet       bool
	report      string
	json, junit string
}

func testCommand() *cobra.Command {
	var f testFlags
	c := &cobra.Command{
		Use:   "test [URL...] [PATTERN...] [-- COMMAND...]",
		Short: "Test servers",
		Long: `test plays the cases against each server whose URL is given, and against the
built-in reference server without one. The server should echo every message with
its type; one that does not is still tested by every case that needs no echo.

With a command after --, that is started first, waited for until the URL accepts
connections, and ended after the run.

` + selectionHelp,
		Example: `  wsspec test                                        the reference server itself
  wsspec test ws://127.0.0.1:9001/                   a server that runs
  wsspec test ws://127.0.0.1:9001/ -- ./server       a server that is started
  wsspec test ws://127.0.0.1:9001/ 'close/**' -v     some cases, and all that is not a pass in full
  wsspec test wss://localhost/ --ca ca.pem -H 'Authorization: Bearer x'
  wsspec test ws://127.0.0.1:9001/ --junit junit.xml --strict`,
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd, args)
		},
	}
	f.register(c)
	return c
}

func (f *testFlags) register(c *cobra.Command) {
	s := c.Flags()
	s.SortFlags = false
	s.StringArrayVar(&f.skip, "skip", nil, "leave out the cases that this `pattern` matches (repeatable)")
	s.Uint64Var(&f.seed, "seed", 1, "seed of everything random; the same seed sends the same octets")
	s.IntVar(&f.parallel, "parallel", 32, "light cases that are played side by side")
	s.DurationVar(&f.timeout, "timeout", 5*time.Second, "budget of a case; 0 for none, as with a debugger")
	s.BoolVar(&f.noEcho, "no-echo", false, "the server does not echo: do not find out, and leave out what needs it")
	s.BoolVar(&f.strict, "strict", false, "count lax as failures")
	s.BoolVarP(&f.verbose, "verbose", "v", false, "show lax, info and skipped cases in full")
	s.BoolVarP(&f.quiet, "quiet", "q", false, "no progress")
	s.StringVar(&f.report, "report", "wsspec-report", "write report.json and junit.xml into this `folder`; empty for none")
	s.StringVar(&f.json, "json", "", "write the report as JSON to this `file` (- for standard output)")
	s.StringVar(&f.junit, "junit", "", "write the report as JUnit to this `file` (- for standard output)")
	s.DurationVar(&f.start, "start-timeout", 30*time.Second, "how long a command after -- may take to accept connections")
	f.targetFlags.register(s)
}

// run tests each target in turn; the worst outcome is the exit code.
func (f *testFlags) run(cmd *cobra.Command, args []string) error {
	urls, patterns, command := splitArgs(cmd, args)
	list, err := selectCases(patterns, f.skip)
	if err != nil {
		return err
	}
	if list = runner.ForServers(list); len(list) == 0 {
		return &exitError{exitUsage, errors.New("the patterns select cases for clients alone")}
	}
	if err := f.check(urls, command); err != nil {
		return &exitError{exitUsage, err}
	}
	options, err := f.options()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if len(urls) == 0 {
		return f.reference(cmd, list, options)
	}
	worst := 0
	for _, url := range urls {
		target, err := runner.URL(url, options)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		err = f.target(cmd, target, command, list)
		var exit *exitError
		if errors.As(err, &exit) {
			if exit.err != nil {
				fmt.Fprintf(cmd.ErrOrStderr(), "wsspec: %v\n", exit.err)
			}
			worst = max(worst, exit.code)
		}
	}
	if worst > 0 {
		return &exitError{worst, nil}
	}
	return nil
}

func (f *testFlags) check(urls, command []string) error {
	switch {
	case len(urls) > 1 && (f.json != "" || f.junit != ""):
		return errors.New("--json and --junit go with one URL: give the reports a --report folder each instead")
	case len(urls) != 1 && len(command) > 0:
		return errors.New("a command after -- goes with one URL, under which it is reached")
	case f.parallel < 1:
		return errors.New("--parallel must be at least 1")
	case f.timeout < 0:
		return errors.New("--timeout must not be negative")
	}
	return nil
}

// splitArgs tells URLs, patterns and the command apart.
func splitArgs(cmd *cobra.Command, args []string) (urls, patterns, command []string) {
	if at := cmd.ArgsLenAtDash(); at >= 0 {
		args, command = args[:at], args[at:]
	}
	for _, a := range args {
		if strings.Contains(a, "://") {
			urls = append(urls, a)
		} else {
			patterns = append(patterns, a)
		}
	}
	return urls, patterns, command
}

// reference tests the built-in reference server.
func (f *testFlags) reference(cmd *cobra.Command, list []cases.Case, o runner.TargetOptions) error {
	server, err := startReference(cmd.Context())
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	defer server.stop()
	return f.play(cmd, runner.Listener(server.listener, o), "wsspec test", list)
}

// target tests one server, which it starts when there is a command.
func (f *testFlags) target(cmd *cobra.Command, t runner.Target, command []string, list []cases.Case) error {
	again := "wsspec test " + shellQuote(t.String())
	if len(command) == 0 {
		return f.play(cmd, t, again, list)
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), f.start)
	defer cancel()
	process, err := runner.Start(ctx, t, command)
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	defer process.Stop()
	return f.play(cmd, process, again, list)
}

// play runs the cases and writes the reports.
func (f *testFlags) play(cmd *cobra.Command, t runner.Target, again string, list []cases.Case) error {
	out := cmd.OutOrStdout()
	if f.json == "-" || f.junit == "-" {
		out = cmd.ErrOrStderr()
	}
	text := &reports.Text{W: out, Again: again, Verbose: f.verbose, Strict: f.strict}
	text.Begin(t.String(), len(list), f.seed)
	show := newProgress(out, cmd.ErrOrStderr(), f.quiet, f.strict)
	report, err := runner.Run(cmd.Context(), t, list, runner.Options{
		Seed: f.seed, Parallel: f.parallel, Timeout: noneIfZero(f.timeout), NoEcho: f.noEcho, OnResult: show.result,
	})
	show.clear()
	if err != nil {
		return &exitError{exitTrouble, fmt.Errorf("%s: %w", t, err)}
	}
	text.Report(report)
	if err := f.write(cmd.OutOrStdout(), report, again); err != nil {
		return &exitError{exitTrouble, err}
	}
	return verdict(report, f.strict)
}

func noneIfZero(d time.Duration) time.Duration {
	if d == 0 {
		return -1
	}
	return d
}

// verdict is the exit code of a report.
func verdict(r *runner.Report, strict bool) error {
	switch {
	case r.Trouble != "" || r.Count()[cases.Errored] > 0:
		return &exitError{exitTrouble, nil}
	case !r.Conformant(strict):
		return &exitError{exitVerdict, nil}
	}
	return nil
}

// write writes the reports for machines.
func (f *testFlags) write(out io.Writer, r *runner.Report, again string) error {
	asJSON := func(w io.Writer) error { return reports.JSON(w, r) }
	asJUnit := func(w io.Writer) error { return reports.JUnit(w, r, again, f.strict) }
	files := map[string]func(io.Writer) error{f.json: asJSON, f.junit: asJUnit}
	if f.report != "" {
		if err := os.MkdirAll(f.report, 0o755); err != nil {
			return fmt.Errorf("--report: %w", err)
		}
		files[filepath.Join(f.report, "report.json")] = asJSON
		files[filepath.Join(f.report, "junit.xml")] = asJUnit
	}
	delete(files, "")
	for name, write := range files {
		if err := writeFile(out, name, write); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file as a whole or, on an error, not at all.
func writeFile(out io.Writer, name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(out)
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), ".wsspec-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	if err := write(temporary); err != nil {
		temporary.Close()
		return err
	}
	if err := temporary.Close(); err != nil {
		return err
	}
	if err := os.Chmod(temporary.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), name)
}

// shellQuote quotes a word for a shell where it needs it.
func shellQuote(s string) string {
	if !strings.ContainsAny(s, " \t\n\"'`$&|;<>()*?[]#~\\!{}") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
