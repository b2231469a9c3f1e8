package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"
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

	mu    sync.Mutex
	done  int
	total int
	// The target's life: when it was last reached, and how it died.
	reached time.Time
	died    error
	diedAt  time.Time
	cancel  context.CancelFunc
}

// all plays the light cases side by side and then the heavy ones one by one,
// and puts the results in the order of the list.
func (r *run) all(ctx context.Context, list []cases.Case, report *Report) {
	ctx, r.cancel = context.WithCancel(ctx)
	defer r.cancel()
	r.total, r.reached = len(list), time.Now()
	results := make([]Result, len(list))
	ended := make([]time.Time, len(list))
	one := func(i int) {
		results[i] = r.one(ctx, &list[i])
		ended[i] = time.Now()
		r.tell(results[i])
	}
	light, heavy := byWeight(list)
	sideBySide(light, r.options.Parallel, one)
	for _, i := range heavy {
		one(i)
	}
	report.Results = results
	report.Trouble = r.trouble(ctx, results, ended)
}

func byWeight(list []cases.Case) (light, heavy []int) {
	for i := range list {
		if list[i].Weight == cases.Heavy {
			heavy = append(heavy, i)
		} else {
			light = append(light, i)
		}
	}
	return light, heavy
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

// one plays a case, unless something that it needs is missing or the run is over.
func (r *run) one(ctx context.Context, c *cases.Case) Result {
	if ctx.Err() != nil {
		return Result{Case: *c, Verdict: cases.Errored, Reason: "not played: the run was cut short"}
	}
	if why := r.missing(c); why != "" {
		return Result{Case: *c, Verdict: cases.Skipped, Reason: why}
	}
	result, err := r.play(ctx, c)
	for attempt := 0; err != nil && ctx.Err() == nil; attempt++ {
		if attempt == len(redialAfter) {
			r.bury(err)
			break
		}
		if !pause(ctx, redialAfter[attempt]) {
			break
		}
		result, err = r.play(ctx, c)
	}
	if err == nil {
		r.mu.Lock()
		r.reached = time.Now().Add(-result.Duration)
		r.mu.Unlock()
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

// bury notes that the target is dead and ends the run.
func (r *run) bury(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.died == nil {
		r.died, r.diedAt = err, time.Now()
		r.cancel()
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

// trouble says why the run ended early, and takes back the verdicts of the
// cases that were under way when the target died: one of them may have killed
// it, but which, nobody can say from here.
func (r *run) trouble(ctx context.Context, results []Result, ended []time.Time) string {
	if r.died == nil {
		if err := ctx.Err(); err != nil {
			return "the run was stopped before its end"
		}
		return ""
	}
	var suspects []string
	for i := range results {
		v := &results[i]
		if ended[i].Before(r.reached) || v.Verdict == cases.Pass || v.Verdict == cases.Skipped || len(v.Transcript.Entries) == 0 {
			continue
		}
		v.Verdict, v.Requirement = cases.Errored, ""
		v.Reason = "the target died while this case was played"
		suspects = append(suspects, v.Case.ID)
	}
	slices.Sort(suspects)
	trouble := fmt.Sprintf("the target died: %v", r.died)
	if len(suspects) > 0 {
		trouble += fmt.Sprintf("\n  played at that time: %s", strings.Join(suspects[:min(len(suspects), 40)], ", "))
	}
	return trouble
}
