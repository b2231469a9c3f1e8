package runner

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
)

// acted is a run whose cases are not played: act gives the outcome of each.
func acted(parallel int, act func(ctx context.Context, c *cases.Case) (Result, error)) *run {
	return &run{options: Options{Parallel: parallel}, features: Features{Handshake: true}, play: act, set: usual.settings()}
}

func named(ids ...string) (list []cases.Case) {
	for _, id := range ids {
		list = append(list, cases.Case{ID: id, Refs: []string{"6455-5.5.2-3"}, Steps: []cases.Step{cases.Alive()}})
	}
	return list
}

// outcome is a result of a case in which the peer spoke.
func outcome(c *cases.Case, v cases.Verdict) Result {
	return Result{Case: *c, Verdict: v, Transcript: Transcript{Entries: []Entry{{Direction: Received, Kind: EntryHTTP}}}}
}

func TestResultsAreInTheOrderOfTheCases(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		list := named("d", "c", "b", "a")
		list[1].Weight = cases.Heavy
		var done []string
		r := acted(4, func(_ context.Context, c *cases.Case) (Result, error) {
			elapse(time.Duration(c.ID[0]) * time.Second)
			return outcome(c, cases.Pass), nil
		})
		r.options.OnResult = func(n, total int, result Result) {
			done = append(done, fmt.Sprintf("%s %d/%d", result.Case.ID, n, total))
		}
		var report Report
		r.all(t.Context(), list, &report)
		for i, result := range report.Results {
			if result.Case.ID != list[i].ID {
				t.Errorf("result %d is that of %s", i, result.Case.ID)
			}
		}
		if d := cmp.Diff([]string{"a 1/4", "b 2/4", "d 3/4", "c 4/4"}, done); d != "" || report.Trouble != "" {
			t.Errorf("trouble %q\n%s", report.Trouble, d)
		}
	})
}

func TestHeavyCasesShareTheMachineWithFewOthers(t *testing.T) {
	for _, parallel := range []int{1, 3} {
		synctest.Test(t, func(t *testing.T) {
			var now, most, mostHeavy atomic.Int32
			list := named("a", "b", "c", "d", "e", "f", "g", "h")
			for i := range list[:4] {
				list[i].Weight = cases.Heavy
			}
			r := acted(parallel, func(_ context.Context, c *cases.Case) (Result, error) {
				n := now.Add(1)
				most.Store(max(most.Load(), n))
				if c.Weight == cases.Heavy {
					mostHeavy.Store(max(mostHeavy.Load(), n))
				}
				elapse(time.Second)
				now.Add(-1)
				return outcome(c, cases.Pass), nil
			})
			r.all(t.Context(), list, &Report{})
			want := min(parallel, runtime.GOMAXPROCS(0))
			if int(most.Load()) != parallel || int(mostHeavy.Load()) != want {
				t.Errorf("%d cases at a time, %d with a heavy one; want %d and %d", most.Load(), mostHeavy.Load(), parallel, want)
			}
		})
	}
}

// The target dies at 10 s, with a case under way since the beginning.
func TestCasesUnderWayWhenTheTargetDiesAreErrors(t *testing.T) {
	refused := errors.New("connection refused")
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		dies := began.Add(10 * time.Second)
		r := acted(2, func(ctx context.Context, c *cases.Case) (Result, error) {
			if !time.Now().Before(dies) {
				return Result{Case: *c, Verdict: cases.Errored, Reason: "cannot connect: " + refused.Error()}, refused
			}
			if c.ID == "long" {
				elapse(10500 * ms)
				return outcome(c, cases.Failed), nil
			}
			elapse(3 * time.Second)
			r := outcome(c, cases.Lax)
			if c.ID == "d" { // was accepted, and never heard of again
				r.Transcript.Entries[0].Kind = EntryEnd
			}
			return r, nil
		})
		var report Report
		r.all(t.Context(), named("long", "a", "b", "c", "d", "e", "f"), &report)
		type row struct {
			ID      string
			Verdict cases.Verdict
			Reason  string
		}
		var got []row
		for _, v := range report.Results {
			got = append(got, row{v.Case.ID, v.Verdict, v.Reason})
		}
		want := []row{
			{"long", cases.Errored, "the target died while this case was played"}, // until 10.5 s
			{"a", cases.Lax, ""}, {"b", cases.Lax, ""}, // until 6 s, at which c began, the last that was answered
			{"c", cases.Errored, "the target died while this case was played"}, // until 9 s
			{"d", cases.Errored, "the target died while this case was played"}, // from 9 s on
			{"e", cases.Errored, "cannot connect: connection refused"},
			{"f", cases.Errored, "not played: the run was cut short"},
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		if want := "the target died: connection refused\n  played at that time: c, d, long"; report.Trouble != want {
			t.Errorf("trouble %q, want %q", report.Trouble, want)
		}
	})
}

func TestNothingIsPlayedBehindTheDeathOfTheTarget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var played atomic.Int32
		r := acted(1, func(_ context.Context, c *cases.Case) (Result, error) {
			played.Add(1)
			return Result{Case: *c, Verdict: cases.Errored}, errors.New("refused")
		})
		var report Report
		list := named("a", "b", "c")
		list[2].Weight = cases.Heavy
		r.all(t.Context(), list, &report)
		if n := played.Load(); int(n) != 1+len(redialAfter) {
			t.Errorf("played %d times", n)
		}
		for _, v := range report.Results[1:] {
			if v.Verdict != cases.Errored || v.Reason != "not played: the run was cut short" {
				t.Errorf("%s: %v, %q", v.Case.ID, v.Verdict, v.Reason)
			}
		}
	})
}

func TestAServerThatIsSlowToAcceptIsNotDead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		r := acted(1, func(_ context.Context, c *cases.Case) (Result, error) {
			if tries++; tries <= len(redialAfter) {
				return Result{Case: *c, Verdict: cases.Errored}, errors.New("refused")
			}
			return outcome(c, cases.Pass), nil
		})
		var report Report
		r.all(t.Context(), named("a"), &report)
		if report.Results[0].Verdict != cases.Pass || report.Trouble != "" {
			t.Errorf("%+v", report)
		}
	})
}

// Want of file descriptors or ports on this side says nothing about the target.
func TestTroubleOfOurOwnIsNotTheDeathOfTheTarget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := acted(1, func(_ context.Context, c *cases.Case) (Result, error) {
			if c.ID == "many" {
				return Result{Case: *c, Verdict: cases.Errored}, fmt.Errorf("dial: %w", syscall.EMFILE)
			}
			return outcome(c, cases.Pass), nil
		})
		var report Report
		r.all(t.Context(), named("many", "one"), &report)
		if report.Results[0].Verdict != cases.Errored || report.Results[1].Verdict != cases.Pass || report.Trouble != "" {
			t.Errorf("%+v", report)
		}
	})
}

func TestAStoppedRunTellsWhatWasNotPlayed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		r := acted(1, func(_ context.Context, c *cases.Case) (Result, error) {
			cancel()
			return outcome(c, cases.Pass), nil
		})
		var report Report
		r.all(ctx, named("a", "b"), &report)
		if v := report.Results[1]; v.Verdict != cases.Errored || v.Reason != "not played: the run was cut short" || report.Results[0].Verdict != cases.Pass {
			t.Errorf("%+v", report.Results)
		}
		if report.Trouble != "the run was stopped before its end" {
			t.Errorf("trouble %q", report.Trouble)
		}
	})
}

func TestManySuspectsAreCut(t *testing.T) {
	var l life
	l.cause = errors.New("gone")
	if s := l.obituary(make([]string, shownSuspects+2)); !strings.HasSuffix(s, ", and 2 more") {
		t.Errorf("%q", s)
	}
}
