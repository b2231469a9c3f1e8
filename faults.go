package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/browser"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
	"github.com/wsspec/wsspec/spec/notice"
)

// faultsFlags are the flags of the faults command.
type faultsFlags struct {
	browserChoice
	all    bool
	missed bool
	json   bool
}

func faultsCommand() *cobra.Command {
	var f faultsFlags
	c := &cobra.Command{
		Use:   "faults [FAULT...] -- COMMAND {url}",
		Short: "Show which faults of a server a client notices",
		Long: `faults has a client come to the server of wsspec serve with each of its faults, and
shows what the client makes of it. The client echoes; its command is started for each
connection, as wsspec client does.

  refused     it gives up the opening handshake
  close CODE  it fails the connection with this code
  TCP         it fails the connection by ending TCP
  error       it ends as always on the wire, but the command fails
  told        the server itself refuses what is right, so that nobody can miss it
  waits       it waits for what never comes
  not noticed it carries on

Faults that the conversation could not show are left out without --all: most are of
servers that take what no right client sends. The column CLIENT has the requirement
for which the reference client fails the connection, if any: with must, every client
has to; with may, the standard leaves it to the client. Not to notice any other fault
is right.

Exit codes: 0 all was noticed that must be; 1 something was not; 2 usage; 3 the client
does not do what it should with a server that is right.`,
		Example: `  wsspec faults -- ./client {url}
  wsspec faults --missed -- ./client {url}            what it must notice, and does not
  wsspec faults accept-constant utf8-not-checked -- ./client {url}
  wsspec faults --browser chrome                       headless Chrome, or firefox
  wsspec faults -- wsspec connect {url} --echo         the reference client`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	s := c.Flags()
	f.register(s)
	s.BoolVar(&f.all, "all", false, "also list the faults that could not be shown")
	s.BoolVar(&f.missed, "missed", false, "list what the client must notice and does not, and nothing else")
	s.BoolVar(&f.json, "json", false, "write a list for programs")
	return c
}

func (f *faultsFlags) run(cmd *cobra.Command, args []string) error {
	urls, ids, command, err := splitArgs(cmd, args)
	switch {
	case err != nil:
		return err
	case len(urls) > 0:
		return usage("%q is no fault: the client comes to a server of wsspec's", urls[0])
	case f.check() != nil:
		return f.check()
	case f.chosen() == (command != nil):
		return usage("which client? Write its command behind --, with {url} for the address, or --browser chrome (wsspec faults --help has examples)")
	}
	if err := reference.CheckFaults(reference.ServerSide, ids...); err != nil {
		return usage("%w (wsspec serve --fault list prints them)", err)
	}
	o := notice.Options{Faults: ids, Failed: commandFailed}
	client, done, err := f.client(cmd.Context(), command, &o)
	if err != nil {
		return err
	}
	defer done()
	rows, err := notice.Play(cmd.Context(), client, o)
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	if f.json {
		err = printNoticesJSON(cmd.OutOrStdout(), rows)
	} else {
		err = f.print(cmd.OutOrStdout(), rows)
	}
	switch {
	case err != nil:
		return &exitError{exitTrouble, err}
	case slices.ContainsFunc(rows, func(r notice.Row) bool { return r.Missed() }):
		return &exitError{exitVerdict, nil}
	}
	return nil
}

// client is the client to play with, and what ends it.
func (f *faultsFlags) client(ctx context.Context, command []string, o *notice.Options) (runner.Client, func() error, error) {
	if !f.chosen() {
		client, err := runner.Command(command)
		if err != nil {
			return nil, nil, usage("%w", err)
		}
		o.AtOnce = 8 // processes
		return client, func() error { return nil }, nil
	}
	b, err := f.start(ctx, browser.Options{})
	if err != nil {
		return nil, nil, err
	}
	o.Hosts, o.AtOnce, o.Failed = runner.Loopbacks(), 8, pageFailed
	return b, b.Close, nil
}

// commandFailed reports whether a command ended with another exit code than 0.
func commandFailed(err error) bool {
	return err != nil && !strings.HasPrefix(err.Error(), "the command ended: exit status 0")
}

// pageFailed reports whether a page was told of an error.
func pageFailed(err error) bool {
	account, ok := errors.AsType[*browser.Account](err)
	return !ok || slices.ContainsFunc(account.Seen.Events, func(e browser.Event) bool { return e.Type == "error" })
}

// print prints a line for each fault, and the numbers.
func (f *faultsFlags) print(w io.Writer, rows []notice.Row) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "RESULT\tCLIENT\tFAULT\tWHAT THE SERVER DOES")
	for i := range rows {
		r := &rows[i]
		if f.missed && !r.Missed() || !f.all && r.Verdict == notice.NotShown {
			continue
		}
		binds := "-"
		if rule, ok := notice.RuleOf(r.Fault.ID); ok {
			binds = fmt.Sprintf("%s %s", map[bool]string{true: "must", false: "may"}[rule.Must], rule.Requirement.ID)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", reports.Visible(r.Outcome.String()), binds, r.Fault.ID, r.Fault.Title)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	n := notice.CountRows(rows)
	_, err := fmt.Fprintf(w, "\n%d faults, %d shown: %d noticed, %d told by the server, %d waited for, %d not noticed\n"+
		"of %d that a client must notice: %d noticed, %d not; of %d that it may: %d noticed\n",
		n.Faults, n.Shown, n.Noticed, n.Told, n.Waits, n.NotNoticed, n.Must, n.MustNoticed, n.Must-n.MustNoticed, n.May, n.MayNoticed)
	return err
}
