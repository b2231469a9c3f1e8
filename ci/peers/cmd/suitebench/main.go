// Command suitebench measures what a run of the suite costs, and what it makes
// the server pay, and writes a Markdown table:
//
//	go run ./cmd/suitebench -full 'autobahn:*'
//	go run ./cmd/suitebench -peer gws close/**
//
// The server runs in a process of its own, so that its CPU time and its memory
// are told apart from those of the suite, which is this process. Without a
// pattern all cases are played.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == serveArg {
		exit(serve(os.Args[2], os.Stdin, os.Stdout))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	exit(err)
}

func exit(err error) {
	if err == nil || errors.Is(err, flag.ErrHelp) {
		os.Exit(0)
	}
	fmt.Fprintln(os.Stderr, "suitebench:", err)
	os.Exit(1)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var options runner.Options
	flags := flag.NewFlagSet("suitebench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	peer := flags.String("peer", "gorilla", "server to run: a library of package peers, or reference")
	flags.IntVar(&options.Parallel, "parallel", 0, "cases side by side; 0 as the suite chooses")
	flags.BoolVar(&options.Full, "full", false, "play the whole volume of data")
	slow := flags.Int("slow", 0, "also list so many of the cases that take longest")
	profile := flags.String("cpuprofile", "", "write a CPU profile of the suite to this file")
	heap := flags.String("memprofile", "", "write a profile of its allocations to this file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	list, err := cases.Select(cases.All(), flags.Args(), nil)
	if err != nil {
		return err
	}
	child, err := startChild(ctx, *peer)
	if err != nil {
		return err
	}
	r, err := measure(ctx, child, list, options, *profile)
	if err = errors.Join(err, writeHeap(*heap)); err != nil {
		return errors.Join(err, child.stop())
	}
	if err := child.stop(); err != nil {
		return err
	}
	r.server = child.usage()
	r.write(stdout)
	r.writeSlow(stdout, *slow)
	return nil
}

// measure plays the cases.
func measure(ctx context.Context, s *server, list []cases.Case, o runner.Options, profile string) (*measurement, error) {
	target, err := runner.URL(s.url, runner.TargetOptions{})
	if err != nil {
		return nil, err
	}
	if profile != "" {
		file, err := os.Create(profile)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return nil, err
		}
		defer pprof.StopCPUProfile()
	}
	before, began := ourUsage(), time.Now()
	report, err := runner.Run(ctx, target, list, o)
	if err != nil {
		return nil, err
	}
	r := &measurement{peer: s.name, report: report, wall: time.Since(began), suite: ourUsage()}
	r.suite.cpu -= before.cpu
	return r, nil
}

// writeHeap writes a profile of all allocations so far.
func writeHeap(path string) error {
	if path == "" {
		return nil
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(pprof.Lookup("allocs").WriteTo(file, 0), file.Close())
}
