package bench

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"
)

// Options are the choices of Play. The zero value is useful.
type Options struct {
	Rounds   int                          // how often each cell is measured; 0 means 5
	Duration time.Duration                // of one measurement; 0 means 300 ms
	Progress func(done, of int, c string) // called before each measurement; nil: nobody listens
}

func (o Options) withDefaults() Options {
	if o.Rounds == 0 {
		o.Rounds = 5
	}
	if o.Duration == 0 {
		o.Duration = 300 * time.Millisecond
	}
	if o.Progress == nil {
		o.Progress = func(int, int, string) {}
	}
	return o
}

// A Report is what Play has measured.
type Report struct {
	Options Options
	Targets []Target
	Cells   []Cell
	Results [][][]Result // by cell, target and round
}

// Play measures all targets in all cells. In each round the targets of a cell
// come right after one another, each round with another one first: a noisy
// moment then spoils a round, which the medians of a Report leave out, and not
// a target.
func Play(ctx context.Context, targets []Target, cells []Cell, options Options) (*Report, error) {
	options = options.withDefaults()
	report := &Report{Options: options, Targets: targets, Cells: cells}
	for range cells {
		report.Results = append(report.Results, make([][]Result, len(targets)))
	}
	running, err := startAll(targets)
	defer stopAll(running)
	if err != nil {
		return nil, err
	}
	done, of := 0, options.Rounds*len(cells)*len(targets)
	for round := range options.Rounds {
		for c, cell := range cells {
			for i := range targets {
				t := (i + round) % len(targets)
				options.Progress(done, of, targets[t].Name+"/"+cell.String())
				result, err := measure(ctx, running[t].URL, cell, options.Duration)
				if err != nil {
					return nil, fmt.Errorf("%s in %s: %w", targets[t].Name, cell, err)
				}
				report.Results[c][t] = append(report.Results[c][t], result)
				done++
			}
		}
	}
	return report, nil
}

// measure opens a session, warms it up, and measures once.
func measure(ctx context.Context, url string, cell Cell, d time.Duration) (result Result, err error) {
	session, err := Open(ctx, url, cell)
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	if _, err := session.For(ctx, d/5); err != nil {
		return Result{}, err
	}
	runtime.GC() // nobody pays for the garbage of the one before
	return session.For(ctx, d)
}

func startAll(targets []Target) ([]*Running, error) {
	var all []*Running
	for _, target := range targets {
		running, err := Start(target)
		if err != nil {
			return all, fmt.Errorf("starting %s: %w", target.Name, err)
		}
		all = append(all, running)
	}
	return all, nil
}

func stopAll(all []*Running) {
	for _, running := range all {
		_ = running.Stop() // the measurements are done
	}
}
