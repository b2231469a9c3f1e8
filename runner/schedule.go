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

	mu        sync.Mutex
	done      int
	total     int
	disturbed []int // indices of cases to be played once more
}

// all plays the light cases side by side and then the heavy ones, as many at a
// time as there are processors, and puts the results in the order of the list.
func (r *run) all(ctx context.Context, list []cases.Case, report *Report) {
	playing, end := context.WithCancel(ctx)
	defer end()
	r.total, r.life.end = len(list), end
	report.Results = make([]Result, len(list))
	ended := make([]time.Time, len(list))
	one := func(i int) (told bool) {
		result, disturbed := r.one(playing, &list[i])
		report.Results[i], ended[i] = result, time.Now()
		if !disturbed {
			r.tell(result)
		}
		return !disturbed
	}
	unlessDisturbed := func(i int) {
		if !one(i) {
			r.putOff(i)
		}
	}
	light, heavy, last := inTurn(list)
	sideBySide(light, r.options.Parallel, unlessDisturbed)
	sideBySide(heavy, heavyAtOnce(r.options.Parallel), unlessDisturbed)
	sideBySide(r.disturbed, 1, func(i int) { r.insist(&report.Results[i], func() bool { return one(i) }) })
	sideBySide(last, 1, func(i int) { one(i) })
	switch {
	case r.life.dead():
		report.Trouble = r.life.obituary(r.life.suspect(report.Results, ended))
	case ctx.Err() != nil:
		report.Trouble = "the run was stopped before its end"
	}
}

// aloneAtMost is how often a case is played again that was disturbed, when even alone
// it is: by the one before.
const aloneAtMost = 8

// insist plays a case until nothing disturbs it; in the end what has come of it stands.
func (r *run) insist(result *Result, one func() (told bool)) {
	for range aloneAtMost {
		if one() {
			return
		}
	}
	r.tell(*result)
}

// putOff notes that a case is to be played once more.
func (r *run) putOff(i int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.disturbed = append(r.disturbed, i)
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
func (r *run) one(ctx context.Context, c *cases.Case) (result Result, disturbed bool) {
	quick := c.Quick != nil && !r.options.Full
	played := c.Played(r.options.Full)
	result, disturbed = r.played(ctx, &played)
	result.Quick = quick && result.Verdict != cases.Skipped
	return result, disturbed
}

func (r *run) played(ctx context.Context, c *cases.Case) (_ Result, disturbed bool) {
	switch why := r.missing(c); {
	case ctx.Err() != nil:
		return Result{Case: *c, Verdict: cases.Errored, Reason: "not played: the run was cut short"}, false
	case why != "":
		return Result{Case: *c, Verdict: cases.Skipped, Reason: why}, false
	}
	began := time.Now()
	result, err := r.play(ctx, c)
	for _, d := range redialAfter {
		if err == nil || err == ErrDisturbed || !pause(ctx, d) {
			break
		}
		began = time.Now()
		result, err = r.play(ctx, c)
	}
	switch {
	case err == ErrDisturbed:
		return result, ctx.Err() == nil
	case spoke(&result):
		r.life.show(began)
	case err != nil && ctx.Err() == nil && !isOurs(err):
		r.life.bury(err)
	}
	return result, false
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
