// Command idle tells how much memory a server keeps for a connection on which
// nothing happens:
//
//	go run ./cmd/idle                        # the reference
//	go run ./cmd/idle -target gorilla -n 20000
//	go run ./cmd/idle -addr 127.0.0.1:9001 -pid 4711
//
// A target runs in a process of its own, whose resident memory is read from
// /proc before and after the connections are opened, and again when each has
// echoed one message: as it stands, and settled, when the process has collected
// its garbage and given free memory back. What the kernel keeps for the sockets
// is not in it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == serveArg {
		exit(serve(os.Args[2], os.Stdin, os.Stdout))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	exit(err)
}

func exit(err error) {
	if err == nil || errors.Is(err, flag.ErrHelp) {
		os.Exit(0)
	}
	fmt.Fprintln(os.Stderr, "idle:", err)
	os.Exit(1)
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("idle", flag.ContinueOnError)
	n := flags.Int("n", 10000, "connections")
	target := flags.String("target", "reference", "server to run")
	addr := flags.String("addr", "", "address of a server that runs already; needs -pid")
	pid := flags.Int("pid", 0, "its process")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := raiseFileLimit(*n + spareFiles); err != nil {
		return err
	}
	if *addr != "" {
		if *pid == 0 {
			return errors.New("-addr needs -pid")
		}
		return measure(ctx, stdout, &server{url: "ws://" + *addr + "/", pid: *pid}, *n)
	}
	child, err := startChild(ctx, *target)
	if err != nil {
		return err
	}
	return errors.Join(measure(ctx, stdout, child, *n), child.stop())
}
