// Command faults has clients on other libraries come to the server of package
// reference with each of its faults, and writes the table of who notices what.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wsspec/wsspec/ci/peers"
)

func main() {
	out := flag.String("out", "expected/faults.md", "`file` to write; empty: standard output")
	only := flag.String("only", "", "clients to play with, with `commas` between; all without it")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, only string) error {
	table := peers.NewFaultTable()
	var playing sync.WaitGroup
	failed := make(chan error, len(peers.Witnesses()))
	for _, w := range peers.Witnesses() {
		if only != "" && !slices.Contains(strings.Split(only, ","), w.Name) {
			continue
		}
		playing.Go(func() {
			began := time.Now()
			err := table.Add(ctx, w)
			switch {
			case errors.Is(err, peers.ErrAbsent):
				fmt.Fprintf(os.Stderr, "%s %v\n", w.Name, err)
			case err != nil:
				failed <- fmt.Errorf("%s: %w", w.Name, err)
			default:
				fmt.Fprintf(os.Stderr, "%-10s %.1f s\n", w.Name, time.Since(began).Seconds())
			}
		})
	}
	playing.Wait()
	close(failed)
	if err := <-failed; err != nil {
		return err
	}
	if out == "" {
		return table.Write(os.Stdout)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	return errors.Join(table.Write(f), f.Close())
}
