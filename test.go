package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// testFlags are the flags of the test command.
type testFlags struct {
	targetFlags
	reportFlags
	selectFlags
	full     bool
	patient  bool
	seed     uint64
	parallel int
	timeout  time.Duration
	start    time.Duration
	noEcho   bool
	goOn     bool   // --resume
	matrix   string // --config
	verbose  bool
	quiet    bool
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

` + selectionHelp + `

` + knownHelp + `

` + matrixHelp + `

Verdicts: pass; lax, it works but departs from a SHOULD or from what is merely
tolerated; fail; info, observed and not judged; skip, a feature is not there;
error, trouble with the target or with wsspec. The exit code is 0 without fail
and error, 1 with fail, 2 for a wrong command line, and 3 with error or when the
target cannot be reached.`,
		Example: `  wsspec test                                        the reference server itself
  wsspec test ws://127.0.0.1:9001/                   a server that runs
  wsspec test ws://127.0.0.1:9001/ -- ./server       a server that is started
  wsspec test ws://127.0.0.1:9001/ 'close/**' -v     some cases, and all that is not a pass in full
  wsspec test ws://127.0.0.1:9001/ --skip @known.txt all cases but those that the file names
  wsspec test ws://127.0.0.1:9001/ --full --patient  as much data as Autobahn, and the waits for timers
  wsspec test ws://127.0.0.1:9001/ --cases my.ws     cases of your own
  wsspec test ws://127.0.0.1:9001/ --write-known known.txt        what fails now
  wsspec test ws://127.0.0.1:9001/ --known-failing @known.txt    and anything else is an error
  wsspec test --config wsspec.yaml                               several servers and clients
  wsspec test wss://localhost/ --ca ca.pem -H 'Authorization: Bearer x'
  wsspec test ws://127.0.0.1:9001/ --junit junit.xml --strict`,
		ValidArgsFunction: f.completeCases,
		RunE:              f.run,
	}
	f.register(c)
	return c
}

func (f *testFlags) register(c *cobra.Command) {
	s := c.Flags()
	s.SortFlags = false
	f.selectFlags.register(s)
	s.BoolVar(&f.full, "full", false, "send all the data of cases that are otherwise played with less of it")
	s.BoolVar(&f.patient, "patient", false, "also play the cases that wait for a timer of the server's")
	s.BoolVar(&f.noEcho, "no-echo", false, "the server does not echo: do not find out, and leave out what needs it")
	s.BoolVarP(&f.verbose, "verbose", "v", false, "show lax, info and skipped cases in full")
	s.BoolVarP(&f.quiet, "quiet", "q", false, "no progress: nothing before the report")
	s.Uint64Var(&f.seed, "seed", 1, "seed of everything random, from 1; the same seed sends the same octets")
	s.IntVar(&f.parallel, "parallel", 32, "light cases that are played side by side")
	s.DurationVar(&f.timeout, "timeout", 5*time.Second, "budget of a light case, and a quarter of that of a heavy one; 0 for none, as with a debugger")
	s.DurationVar(&f.start, "start-timeout", 30*time.Second, "how long a command after -- may take to accept connections")
	f.registerResume(s)
	s.StringVar(&f.matrix, "config", "", "test everybody who is listed in this YAML `file`; no other flag goes with it")
	f.reportFlags.register(s)
	f.targetFlags.register(s)
}

func (f *testFlags) registerResume(s *pflag.FlagSet) {
	s.BoolVar(&f.goOn, "resume", false, "go on from the report of a run that was stopped or killed: play what it has no verdict on")
}

// run tests each target in turn; the worst outcome is the exit code.
func (f *testFlags) run(cmd *cobra.Command, args []string) error {
	if f.matrix != "" {
		return matrix(cmd, f.matrix, args)
	}
	urls, patterns, command, err := splitArgs(cmd, args)
	if err != nil {
		return err
	}
	list, err := f.selected(patterns)
	if err != nil {
		return err
	}
	if list = runner.ForServers(list); len(list) == 0 {
		return usage("the selected cases are for clients alone")
	}
	if list, err = f.part(list); err != nil {
		return err
	}
	if err := errors.Join(f.check(urls, command), f.reportFlags.check(len(urls)), f.loadKnown(&f.selectFlags)); err != nil {
		return &exitError{exitUsage, err}
	}
	f.config = configOf(cmd, patterns)
	targets, err := f.targets(urls)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if len(targets) == 0 {
		return f.reference(cmd, list)
	}
	worst := 0
	for i, folder := range f.folders(urls) {
		var exit *exitError
		if err := f.target(cmd, targets[i], command, list, folder); errors.As(err, &exit) {
			complain(cmd.ErrOrStderr(), exit.err)
			galleryOf(cmd.Context()).met(exit.err)
			worst = max(worst, exit.code)
		}
		if cmd.Context().Err() != nil {
			break
		}
	}
	if worst > 0 {
		return &exitError{worst, nil}
	}
	return nil
}

func (f *testFlags) check(urls, command []string) error {
	switch {
	case len(urls) != 1 && len(command) > 0:
		return errors.New("a command after -- goes with one URL, under which it is reached")
	case f.parallel < 1:
		return errors.New("--parallel must be at least 1")
	case f.timeout < 0:
		return errors.New("--timeout must not be negative")
	case f.seed == 0:
		return errors.New("--seed must be at least 1")
	case f.goOn && f.report == "":
		return errors.New("--resume goes on from the report in the folder of --report, which must not be empty")
	}
	return nil
}

// targets reads all URLs before the first server is tested.
func (f *testFlags) targets(urls []string) ([]runner.Target, error) {
	options, err := f.options()
	if err != nil {
		return nil, err
	}
	var targets []runner.Target
	for _, url := range urls {
		t, err := runner.URL(url, options)
		if err != nil {
			return nil, err
		}
		targets = append(targets, t)
	}
	return targets, nil
}

// reference tests the built-in reference server.
func (f *testFlags) reference(cmd *cobra.Command, list []cases.Case) error {
	options, err := f.options()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	server, err := startReference(cmd.Context())
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	defer server.stop()
	return f.play(cmd, runner.Listener(server.listener, options), list, f.report, f.again("", nil, list))
}

// target tests one server, which it starts when there is a command.
func (f *testFlags) target(cmd *cobra.Command, t runner.Target, command []string, list []cases.Case, folder string) error {
	again := f.again(t.String(), command, list)
	if len(command) == 0 {
		return f.play(cmd, t, list, folder, again)
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), f.start)
	defer cancel()
	process, err := runner.Start(ctx, t, command)
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	defer process.Stop()
	return f.play(cmd, process, list, folder, again)
}

// play runs the cases and writes the reports.
func (f *testFlags) play(cmd *cobra.Command, t runner.Target, list []cases.Case, folder string, again func(string) string) error {
	out := cmd.OutOrStdout()
	if f.toStdout() {
		out = cmd.ErrOrStderr()
	}
	earlier, err := f.resume(folder, t.String(), list)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	text := &reports.Text{W: out, Again: again, Verbose: f.verbose, Strict: f.strict}
	text.Begin(t.String(), len(list), f.seed)
	earlier.tell(out)
	show := newProgress(out, cmd.ErrOrStderr(), f.quiet, f.strict)
	keep := &keeper{flags: &f.reportFlags, folder: folder}
	report, err := runner.Run(cmd.Context(), t, earlier.rest(list), f.runOptions(show, keep, earlier))
	keep.end()
	show.clear()
	switch {
	case err != nil && cmd.Context().Err() != nil:
		return &exitError{exitTrouble, errors.New("stopped before the first case")}
	case err != nil:
		return &exitError{exitTrouble, unreachable(t, err)}
	}
	earlier.whole(report, list)
	for i := range report.Results {
		f.hideSecrets(&report.Results[i])
	}
	text.Report(report)
	return f.conclude(cmd, out, folder, report, again)
}

// runOptions are those of a run that is shown and kept as it goes on.
func (f *testFlags) runOptions(show *progress, keep *keeper, earlier *resumption) runner.Options {
	return runner.Options{
		Seed: f.seed, Parallel: f.parallel, Timeout: noneIfZero(f.timeout), NoEcho: f.noEcho,
		Full: f.full, Patient: f.patient, OnBegin: func(r runner.Report) { keep.begin(earlier.begun(r)) },
		OnResult: func(done, total int, r runner.Result) {
			show.result(done, total, r)
			f.hideSecrets(&r)
			keep.add(&r)
		},
	}
}

// unreachable is the error of a run in which nothing could be learned.
func unreachable(t runner.Target, err error) error {
	if hint := hintOn(err); hint != "" {
		return fmt.Errorf("%s: %w (%s)", t, err, hint)
	}
	return fmt.Errorf("%s: %w", t, err)
}

func noneIfZero(d time.Duration) time.Duration {
	if d == 0 {
		return -1
	}
	return d
}

// verdict is the exit code of a report.
func verdict(r *runner.Report, strict bool) error {
	switch reports.OutcomeOf(r, strict) {
	case reports.Conformant:
		return nil
	case reports.NotConformant:
		return &exitError{exitVerdict, nil}
	}
	return &exitError{exitTrouble, nil}
}
