// Command wsspec tells whether a WebSocket implementation does what the
// standards say, and is a reference server and client itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/wsspec/wsspec/reports"
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

func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

func main() { os.Exit(Main()) }

// Main runs the command line and returns the exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	root := rootCommand()
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitConformant
	}
	var exit *exitError
	if !errors.As(err, &exit) {
		exit = &exitError{exitUsage, err} // all others are cobra's own
	}
	complain(root.ErrOrStderr(), exit.err)
	return exit.code
}

// complain prints an error, which may quote what a peer sent. Lines that are
// indented belong to the one above them.
func complain(w io.Writer, err error) {
	if err == nil {
		return
	}
	for line := range strings.SplitSeq(strings.TrimRight(err.Error(), "\n"), "\n") {
		if line != "" && line[0] != ' ' {
			line = "wsspec: " + line
		}
		fmt.Fprintln(w, reports.Visible(line))
	}
}
