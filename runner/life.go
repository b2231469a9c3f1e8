package runner

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// A life is what a run knows about whether its target still accepts connections.
type life struct {
	mu    sync.Mutex
	shown time.Time // the last case in which it spoke began then
	cause error     // why it is taken for dead
	end   func()    // of the run
}

// show notes that the target spoke in a case which began at that time.
func (l *life) show(began time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if began.After(l.shown) {
		l.shown = began
	}
}

// spoke reports whether the peer sent anything. To accept a connection is no sign
// of life: the system does so for a process that is about to die.
func spoke(r *Result) bool {
	return slices.ContainsFunc(r.Transcript.Entries, func(e Entry) bool {
		return e.Direction == Received && e.Kind != EntryEnd
	})
}

// bury notes that the target is dead and ends the run.
func (l *life) bury(cause error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cause == nil {
		l.cause = cause
		l.end()
	}
}

func (l *life) dead() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cause != nil
}

// suspect takes back the verdicts of the cases that were under way when the
// target died: one of them may have killed it, but which, nobody can say from
// here. It returns their ids.
func (l *life) suspect(results []Result, ended []time.Time) (ids []string) {
	for i := range results {
		r := &results[i]
		if len(r.Transcript.Entries) == 0 || r.Verdict == cases.Pass || r.Verdict == cases.Skipped || !ended[i].After(l.shown) {
			continue
		}
		r.Verdict, r.Requirement, r.Explanation = cases.Errored, "", nil
		r.Reason = "the target died while this case was played"
		ids = append(ids, r.Case.ID)
	}
	slices.Sort(ids)
	return ids
}

const shownSuspects = 40

func (l *life) obituary(suspects []string) string {
	s := fmt.Sprintf("the target died: %v", l.cause)
	switch n := len(suspects); {
	case n > shownSuspects:
		s += fmt.Sprintf("\n  played at that time: %s, and %d more", strings.Join(suspects[:shownSuspects], ", "), n-shownSuspects)
	case n > 0:
		s += "\n  played at that time: " + strings.Join(suspects, ", ")
	}
	return s
}

// isOurs reports whether connecting failed for want of something on this side,
// which tells nothing about the target.
func isOurs(err error) bool {
	for _, e := range []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.EADDRNOTAVAIL} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
