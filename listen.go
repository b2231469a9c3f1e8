package main

import (
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// listenFlags are the flags of the listen command.
type listenFlags struct {
	selectFlags
	reportFlags
	exec        execFlags
	address     string
	certificate pemFiles
	outdir      string // for index.json
	refusals    bool
	once        bool
	full        bool
	seed        uint64
	timeout     time.Duration
	verbose     bool
	quiet       bool
	goOn        bool // --resume
}

func listenCommand() *cobra.Command {
	var f listenFlags
	c := &cobra.Command{
		Use:   "listen [PATTERN...]",
		Short: "Test clients that connect by themselves",
		Long: `listen plays the server's side of cases to the clients that connect. A driver for
Autobahn's fuzzing server works as it is: it asks /getCaseCount for the number of
cases, opens /runCase?case=N&agent=NAME for each from 1 on, echoes every message
until the connection ends, and at last opens /updateReports?agent=NAME, upon which
the reports are written. There are /getCaseInfo, /getCaseStatus and /stopServer as
well, and casetuple=ID in place of case=N. Any number of clients may come, also at
the same time; the agent tells them apart.

A web browser that opens the address is shown the clients and their verdicts as they
come, and has a button with which it is tested itself. Other devices reach the page
with --listen 0.0.0.0:9001.

Without a pattern, case 1 to 517 are Autobahn's, in its order and by its ids, and
all others follow that an echo client survives; with --refusals also those in which
it has to refuse the answer to its opening handshake. With patterns, what they
select is offered in that order, but for cases that tell the client which URL to
open, wait for a timer, or take several connections at a time.

` + selectionHelp + `

With --exec, clients do not come by themselves: the command is started once for each
connection of each case, as wsspec client does with a command behind --. It is split
into words as a shell does, and no shell sees it.

It ends when it is interrupted, or a client asks for /stopServer. The exit code is
that of the worst client: 0 without fail and error, 1 with fail, 3 with error, for a
client that went away before it was through, and when none came; 2 for a wrong
command line.`,
		Example: `  wsspec listen
  wsspec listen --listen 127.0.0.1:9002 --report out --once
  wsspec listen 'autobahn:5.*' 'fragment/**'
  wsspec listen --refusals --full
  wsspec listen --exec './client --url {url}'     a client without a driver (wsspec client)
  wsspec listen --tls-cert cert.pem --tls-key key.pem`,
		ValidArgsFunction: f.completeCases,
		RunE:              f.run,
	}
	f.register(c.Flags())
	return c
}

func (f *listenFlags) register(s *pflag.FlagSet) {
	s.SortFlags = false
	s.StringVar(&f.address, "listen", "127.0.0.1:9001", "`address` to listen on")
	f.certificate.register(s)
	f.selectFlags.register(s)
	f.exec.register(s)
	s.BoolVar(&f.refusals, "refusals", false, "also offer the cases in which a client has to refuse the answer, or may for its parameters")
	s.BoolVar(&f.once, "once", false, "end when a client has asked for its reports")
	s.BoolVar(&f.full, "full", false, "send all the data of cases that are otherwise played with less of it")
	s.BoolVarP(&f.verbose, "verbose", "v", false, "show lax, info and skipped cases in full")
	s.BoolVarP(&f.quiet, "quiet", "q", false, "no progress: nothing before the reports")
	s.Uint64Var(&f.seed, "seed", 1, "seed of everything random, from 1; the same seed sends the same octets")
	s.DurationVar(&f.timeout, "timeout", 5*time.Second, "budget of a light case, and a quarter of that of a heavy one; 0 for none, as with a debugger")
	s.BoolVar(&f.strict, "strict", false, "count lax as failures")
	s.StringVar(&f.report, "report", "wsspec-report", "write report.json and junit.xml into a folder for each client below this `folder`; '' for none")
	s.BoolVar(&f.goOn, "resume", false, "go on from the reports of a run that was stopped or killed: a client is not tested again with what it has a verdict on")
	s.StringVar(&f.html, "html", "", "write the report on all clients as pages for a browser into this `folder`; index.html is the first")
	f.registerFiles(s)
	s.BoolVar(&f.github, "github", false, "print annotations for GitHub, and append the summaries to the file that $GITHUB_STEP_SUMMARY names")
	f.knownFlags.register(s)
	s.StringVar(&f.outdir, "autobahn", "", "write index.json and the files that Autobahn|Testsuite writes into this `folder`, for its own cases")
}

// run serves clients until it is told to stop, and reports.
func (f *listenFlags) run(cmd *cobra.Command, patterns []string) error {
	list, err := f.selected(patterns)
	if err != nil {
		return err
	}
	f.config, f.replace = configOf(cmd, patterns), true
	switch {
	case f.exec.command != "":
		return f.playTo(cmd, list)
	case cmd.Flags().Changed("parallel"):
		return usage("--parallel goes with --exec: clients that connect by themselves decide how many cases they play at a time")
	}
	f.refusals = f.refusals || len(patterns) > 0 || f.own != nil
	offers := runner.Offers(list, f.refusals)
	if err := f.check(len(offers)); err != nil {
		return &exitError{exitUsage, err}
	}
	secure, err := f.certificate.config()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	l, url, err := listenSecured(f.address, secure)
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	return f.receive(cmd, l, url, list, runner.ListenOptions{Refusals: f.refusals, Once: f.once})
}

// receive plays the cases to the clients that connect, and reports.
func (f *listenFlags) receive(cmd *cobra.Command, l net.Listener, url string, list []cases.Case, o runner.ListenOptions) error {
	out, offers := cmd.OutOrStdout(), runner.Offers(list, o.Refusals)
	earlier, err := f.resume(list, offers)
	if err != nil {
		l.Close()
		return &exitError{exitUsage, err}
	}
	fmt.Fprintf(out, "listening at %s with %d cases, seed %d\n", url, len(offers), f.seed)
	earlier.tell(out)
	visitors := newVisitors(f, newProgress(out, cmd.ErrOrStderr(), f.quiet, f.strict), out, len(offers), earlier)
	visitors.page = visitors.livePage(list, offers)
	sayPage(out, url, l.Addr())
	o.Options = runner.Options{Seed: f.seed, Timeout: noneIfZero(f.timeout), Full: f.full}
	if excluded := o.Excluded; f.goOn {
		o.Excluded = func(agent string, offer runner.Offer) bool {
			return earlier.done(agent, offer) || excluded != nil && excluded(agent, offer)
		}
	}
	o.Web, o.OnPlayed = visitors.page, visitors.played
	o.OnUpdate = func(all []*runner.AgentReport) {
		visitors.page.Updated(all)
		if err := visitors.write(all); err != nil {
			complain(cmd.ErrOrStderr(), err)
		}
	}
	all, err := runner.Listen(cmd.Context(), l, list, o)
	visitors.show.clear()
	exit := visitors.report(all)
	if err != nil {
		complain(cmd.ErrOrStderr(), err)
		exit = &exitError{exitTrouble, nil}
	}
	return exit
}

func (f *listenFlags) check(offers int) error {
	switch {
	case offers == 0:
		return errors.New("none of the selected cases can be played to a client that connects by itself")
	case f.timeout < 0:
		return errors.New("--timeout must not be negative")
	case f.seed == 0:
		return errors.New("--seed must be at least 1")
	case f.goOn && f.report == "":
		return errors.New("--resume goes on from the reports in the folder of --report, which must not be empty")
	}
	if f.toStdout() {
		return errors.New("a report cannot go to standard output, where it is told who comes")
	}
	return errors.Join(f.checkFiles(1), f.loadKnown(&f.selectFlags),
		checkFolder("--report", f.report, " (--report '' writes none)"), checkFolder("--html", f.html, ""), checkFolder("--autobahn", f.outdir, ""))
}
