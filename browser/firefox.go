package browser

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/wsspec/wsspec/runner"
)

// Firefox is a headless Firefox, with pages that open connections. It is driven over
// WebDriver BiDi. One that hangs is ended, and started again for the next connection.
type Firefox struct {
	servers
	options Options
	path    string
	version string

	ctx    context.Context // ends with Close
	cancel context.CancelFunc

	mu       sync.Mutex
	now      *firefoxRun
	starting chan struct{} // closed when it is started again; nil unless it is
	broken   error         // it cannot be
}

// errClosed is the error of a call behind Close.
var errClosed = errors.New("the browser is closed")

// StartFirefox starts a browser with an empty profile of its own, which lives until
// Close. The context is for the start. The error is ErrNoFirefox when there is none.
func StartFirefox(ctx context.Context, o Options) (*Firefox, error) {
	path, err := program(o.Path, FindFirefox)
	if err != nil {
		return nil, err
	}
	f := &Firefox{options: o, path: path}
	if f.servers, err = startServers(&o); err != nil {
		return nil, err
	}
	f.ctx, f.cancel = context.WithCancel(context.WithoutCancel(ctx))
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now, err = f.start(ctx); err != nil {
		f.cancel()
		f.servers.close()
		return nil, err
	}
	f.version = f.now.version
	return f, nil
}

func (f *Firefox) start(ctx context.Context) (*firefoxRun, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, startWithin, fmt.Errorf("it is not ready after %v", startWithin))
	defer cancel()
	r, err := runFirefox(ctx, f.path, &f.servers, &f.options, f.hung)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", f.path, err)
	}
	return r, nil
}

// running is the browser that runs. When it has hung it is started again, and the call
// that waits for that is disturbed: its time may be over.
func (f *Firefox) running(ctx context.Context) (*firefoxRun, error) {
	f.mu.Lock()
	now, err := f.now, f.broken
	if f.ctx.Err() != nil {
		err = errClosed
	}
	if err == nil && now.hangs() {
		f.begin(now)
	}
	starting := f.starting
	f.mu.Unlock()
	if err != nil || starting == nil {
		return now, err
	}
	select {
	case <-starting:
	case <-ctx.Done():
	}
	return nil, fmt.Errorf("%s is started again: %w", f, runner.ErrDisturbed)
}

// begin begins to start the browser again, unless that has been done. The caller holds
// the mutex.
func (f *Firefox) begin(old *firefoxRun) {
	if f.starting == nil && f.now == old && f.ctx.Err() == nil {
		f.starting = make(chan struct{})
		go f.startAgain(old, f.starting)
	}
}

// hung begins that as soon as a browser hangs: a case that is played alone goes on for
// some time.
func (f *Firefox) hung(old *firefoxRun) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.begin(old)
}

// startAgain starts another browser, and ends the one that hangs when nobody has
// anything to do with it any more.
func (f *Firefox) startAgain(old *firefoxRun, done chan struct{}) {
	defer close(done)
	again, err := f.start(f.ctx)
	select {
	case <-old.idle:
	case <-f.ctx.Done():
	}
	if late := old.close(); err == nil {
		err = late
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.starting = nil
	f.broken = err
	if again != nil {
		f.now = again
	}
}

// String is the name of the browser with its exact version.
func (f *Firefox) String() string { return f.version }

// Connect has a page open the URL and echo until the connection ends. The error is
// always one: an *Account of what the page saw, runner.ErrUnable for a call that no
// page can make, runner.ErrDisturbed when the browser has hung because of another call,
// or trouble with it.
func (f *Firefox) Connect(ctx context.Context, call runner.Call) error {
	r, err := f.running(ctx)
	if err == nil {
		err = r.do(func(t *firefoxTab) error { return t.visit(ctx, call, f.options.OnSeen) })
	}
	return f.fate(r, err)
}

// Play has a page play the steps of the call, and tells what became of each. The error
// is as that of Connect.
func (f *Firefox) Play(ctx context.Context, call runner.Call) (moves []runner.Move, err error) {
	r, err := f.running(ctx)
	if err == nil {
		err = r.do(func(t *firefoxTab) error {
			moves, err = t.play(ctx, call, f.options.OnSeen)
			return err
		})
	}
	return moves, f.fate(r, err)
}

// Use has a page use the server at the URL. Each step of it has so much time.
func (f *Firefox) Use(ctx context.Context, url string, subprotocols []string, patience time.Duration) (u Use, err error) {
	r, err := f.running(ctx)
	if err == nil {
		err = r.do(func(t *firefoxTab) error {
			u, err = t.use(ctx, url, subprotocols, patience)
			return err
		})
	}
	return u, f.fate(r, err)
}

// fate is the error of a call, or how the browser ended that died meanwhile.
func (f *Firefox) fate(r *firefoxRun, err error) error {
	var account *Account
	var hung *Hung
	switch {
	case err == nil, errors.As(err, &account), errors.As(err, &hung), errors.Is(err, runner.ErrUnable), errors.Is(err, runner.ErrDisturbed), errors.Is(err, errClosed):
		return err
	case r != nil && r.process.alive.Err() != nil:
		return fmt.Errorf("%s has ended: %s", f, r.process.fate())
	}
	return fmt.Errorf("%s: %w", f, err)
}

// Close ends the browser, and removes its profile.
func (f *Firefox) Close() error {
	f.cancel()
	f.mu.Lock()
	starting := f.starting
	f.mu.Unlock()
	if starting != nil {
		<-starting
	}
	err := f.now.close()
	f.servers.close()
	return err
}
