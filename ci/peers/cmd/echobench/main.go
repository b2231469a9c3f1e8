// Command echobench compares how fast the reference and other people's
// libraries echo, and writes a Markdown table:
//
//	go run ./cmd/echobench > BENCH.md
//	go run ./cmd/echobench -only 64B -rounds 3
//
// The figures in parentheses are ratios to the fastest of the other people's
// libraries. See package bench for what is measured.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/wsspec/wsspec/ci/peers/bench"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "echobench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var options bench.Options
	flags := flag.NewFlagSet("echobench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&options.Rounds, "rounds", 7, "how often each cell is measured")
	flags.DurationVar(&options.Duration, "time", 300*time.Millisecond, "of one measurement")
	only := flags.String("only", "", "cells whose name contains this, such as 64B or 64conn/32deep")
	ceiling := flags.Bool("ceiling", false, "also measure a plain echo of octets")
	if err := flags.Parse(args); err != nil {
		return err
	}
	cells := selectCells(*only)
	if len(cells) == 0 {
		return fmt.Errorf("no cell is named like %q", *only)
	}
	targets := bench.Targets()
	if *ceiling {
		targets = append(targets, bench.Ceiling())
	}
	options.Progress = func(done, of int, what string) {
		fmt.Fprintf(stderr, "%4d of %d  %s\n", done+1, of, what)
	}
	report, err := bench.Play(ctx, targets, cells, options)
	if err != nil {
		return err
	}
	return report.WriteTable(stdout)
}

// selectCells returns the cells with a part in their name.
func selectCells(part string) []bench.Cell {
	var cells []bench.Cell
	for _, cell := range bench.Cells() {
		if strings.Contains(cell.String(), part) {
			cells = append(cells, cell)
		}
	}
	return cells
}
