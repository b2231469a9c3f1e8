package browser

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wsspec/wsspec/runner"
)

// A server can have all of Firefox hang: with a deadlock in its main thread, no page
// and no window does anything any more. All calls that are under way then wait for
// something that never comes, and one of them is the reason. If it is the only one, its
// case says so; else Firefox is ended at once, and the cases are played again, each by
// itself.
const (
	askEvery     = 250 * time.Millisecond // between two questions whether it answers
	answerWithin = 2 * time.Second
)

// Hung is the error of Connect for the call that has made the browser hang.
type Hung struct{ Browser string }

// Error tells so.
func (h *Hung) Error() string { return h.Browser + " does not answer any more" }

// Lines tell people what that means.
func (h *Hung) Lines() []string {
	return []string{"the browser: " + h.Error() + ": with this connection, all of its windows hang"}
}

// do makes a call, and tells whether the browser has hung.
func (f *firefoxRun) do(call func(*firefoxTab) error) error {
	f.mu.Lock()
	t := f.tabFor()
	f.calls++
	f.mu.Unlock()
	err := call(t)
	var account *Account
	told := err == nil || errors.As(err, &account) || errors.Is(err, runner.ErrUnable)
	if !told {
		f.answers() // perhaps the page cannot tell anything any more
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls--
	f.rest()
	switch {
	case told || !f.hung:
		return err
	case f.alone:
		return &Hung{f.version}
	}
	return fmt.Errorf("%s has hung: %w", f.version, runner.ErrDisturbed)
}

// rest notes that nothing is under way any more in a browser that has hung. The caller
// holds the mutex.
func (f *firefoxRun) rest() {
	if f.hung && f.calls == 0 {
		close(f.idle) // nobody calls it any more
	}
}

// watch asks the browser again and again whether it answers.
func (f *firefoxRun) watch() {
	next := time.NewTicker(askEvery)
	defer next.Stop()
	for f.answers() {
		select {
		case <-f.lively.Done():
		case <-next.C:
		}
	}
}

// answers asks the browser whether it still answers. One that does not has hung.
func (f *firefoxRun) answers() bool {
	ctx, cancel := context.WithTimeout(f.lively, answerWithin)
	defer cancel()
	err := f.bidi.call(ctx, "session.status", struct{}{}, nil)
	if !errors.Is(err, context.DeadlineExceeded) {
		return err == nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hung {
		return false
	}
	f.hung, f.alone = true, f.calls == 1
	f.hang()
	f.rest()
	go f.onHang(f)
	if !f.alone {
		f.process.kill()
	}
	return false
}

// hangs reports whether the browser has hung.
func (f *firefoxRun) hangs() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.hung
}
