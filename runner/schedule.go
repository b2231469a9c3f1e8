package runner

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// A run is the state of playing a list of cases.
type run struct {
	options  Options
	set      *settings
	features Features
	play     func(context.Context, *cases.Case) (Result, error)
	life     life

	mu    sync.Mutex
	done  int
	total int
}

// all plays the light cases side by side and then the heavy ones, as many at a
// time as there are processors, and puts the results in the order of the list.
func (r *run) all(ctx context.Context, list []cases.Case, report *Report) {
	playing, end := context.WithCancel(ctx)
	defer end()
	r.total, r.life.end = len(list), end
	report.Results = make([]Result, len(list))
	ended := make([]time.Time, len(list))
	one := func(i int) {
		report.Results[i] = r.one(playing, &list[i])
		ended[i] = time.Now()
		r.tell(report.Results[i])
	}
	light, heavy, last := inTurn(list)
	sideBySide(light, r.options.Parallel, one)
	sideBySide(heavy, heavyAtOnce(r.options.Parallel), one)
	sideBySide(last, 1, one)
	switch {
	case r.life.dead():
		report.Trouble = r.life.obituary(r.life.suspect(report.Results, ended))
	case ctx.Err() != nil:
		report.Trouble = "the run was stopped before its end"
	}
}

// heavyAtOnce is how many heavy cases are played side by side. Alone, each would
// wait for the peer most of the time, and the peer for it.
func heavyAtOnce(parallel int) int { return min(parallel, runtime.GOMAXPROCS(0)) }

// inTurn are the cases by when they are played; last are those that judge what
// came in all others.
func inTurn(list []cases.Case) (light, heavy, last []int) {
	for i, c := range list {
		switch {
		case slices.Contains(c.Needs, cases.Session):
			last = append(last, i)
		case c.Weight == cases.Heavy:
			heavy = append(heavy, i)
		default:
			light = append(light, i)
		}
	}
	return light, heavy, last
}

// sideBySide calls do for each index, n at a time.
func sideBySide(indices []int, n int, do func(int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(n, len(indices)) {
		workers.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for _, i := range indices {
		next <- i
	}
	close(next)
	workers.Wait()
}

// one plays a case as the run does, in full or with less data, unless something
// that it needs is missing or the run is over.
func (r *run) one(ctx context.Context, c *cases.Case) Result {
	quick := c.Quick != nil && !r.options.Full
	played := c.Played(r.options.Full)
	result := r.played(ctx, &played)
	result.Quick = quick && result.Verdict != cases.Skipped
	return result
}

func (r *run) played(ctx context.Context, c *cases.Case) Result {
	switch why := r.missing(c); {
	case ctx.Err() != nil:
		return Result{Case: *c, Verdict: cases.Errored, Reason: "not played: the run was cut short"}
	case why != "":
		return Result{Case: *c, Verdict: cases.Skipped, Reason: why}
	}
	began := time.Now()
	result, err := r.play(ctx, c)
	for _, d := range redialAfter {
		if err == nil || !pause(ctx, d) {
			break
		}
		began = time.Now()
		result, err = r.play(ctx, c)
	}
	switch {
	case spoke(&result):
		r.life.show(began)
	case err != nil && ctx.Err() == nil && !isOurs(err):
		r.life.bury(err)
	}
	return result
}

// redialAfter are the waits before a server that does not accept is taken for
// dead: it may only be slow to accept.
var redialAfter = [...]time.Duration{20 * time.Millisecond, 100 * time.Millisecond, 400 * time.Millisecond}

// pause waits, and reports whether the context still lasts.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (r *run) tell(result Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	if r.options.OnResult != nil {
		r.options.OnResult(r.done, r.total, result)
	}
}
