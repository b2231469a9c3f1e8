// Command wsspec tells whether a WebSocket implementation does what the
// standards say, and is a reference server and client itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes (they are never a count).
const (
	exitConformant = 0 // also when all failures are known ones
	exitVerdict    = 1 // an unexpected verdict
	exitUsage      = 2 // usage, unreadable input, or a pattern that matches nothing
	exitTrouble    = 3 // the target cannot be reached or died, or trouble of the harness
)

// An exitError is an error with its exit code.
type exitError struct {
	code int
	err  error // nil when everything has been said
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func main() { os.Exit(Main()) }

// Main runs the command line and returns the exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := rootCommand()
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitConformant
	}
	var exit *exitError
	if !errors.As(err, &exit) {
		exit = &exitError{exitUsage, err} // all others are cobra's own
	}
	if exit.err != nil {
		fmt.Fprintf(root.ErrOrStderr(), "wsspec: %v\n", exit.err)
	}
	return exit.code
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "wsspec",
		Short: "Tells whether a WebSocket implementation does what the standards say",
		Long: `wsspec plays conversations with a WebSocket server or client, and judges from
what comes back whether it does what RFC 6455 and RFC 7692 say.

  wsspec test ws://127.0.0.1:9001/     test a server
  wsspec serve                         be a server that does everything right
  wsspec list                          list the cases
  wsspec show fragment/ping-between    show what a case plays

Exit codes: 0 conformant, 1 an unexpected verdict, 2 usage, 3 the target cannot
be reached or died.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
	}
	root.AddCommand(testCommand(), serveCommand(), listCommand(), showCommand())
	return root
}
