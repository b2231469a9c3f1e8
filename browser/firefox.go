package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/wsspec/wsspec/runner"
)

// Firefox is a headless Firefox, with pages that open connections. It is driven over
// WebDriver BiDi.
type Firefox struct {
	servers
	options Options
	version string
	folder  string // of its profile
	process *process
	bidi    *bidi
	mu      sync.Mutex // while they are opened
	tabs    []*firefoxTab

	ctx    context.Context // of the browser
	cancel context.CancelFunc
	stop   sync.Once
}

// StartFirefox starts a browser with an empty profile of its own, which lives until
// Close. The context is for the start. The error is ErrNoFirefox when there is none.
func StartFirefox(ctx context.Context, o Options) (*Firefox, error) {
	path, err := program(o.Path, FindFirefox)
	if err != nil {
		return nil, err
	}
	f := &Firefox{options: o}
	if f.servers, err = startServers(&o); err != nil {
		return nil, err
	}
	if f.folder, err = os.MkdirTemp("", "wsspec-firefox-*"); err != nil {
		f.servers.close()
		return nil, err
	}
	f.ctx, f.cancel = context.WithCancel(context.WithoutCancel(ctx))
	late, cancel := context.WithTimeoutCause(ctx, startWithin, fmt.Errorf("it is not ready after %v", startWithin))
	defer cancel()
	if err = f.start(late, path); err != nil {
		if late.Err() != nil {
			err = context.Cause(late)
		}
		f.Close()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return f, nil
}

// start starts the program, and opens the tabs.
func (f *Firefox) start(ctx context.Context, path string) (err error) {
	if err = writePreferences(f.folder, f.relay); err != nil {
		return err
	}
	if f.process, err = startProcess(path, f.folder); err != nil {
		return err
	}
	context.AfterFunc(f.process.alive, f.cancel)
	address, err := f.process.bidiAddress(ctx)
	if err != nil {
		return err
	}
	if f.bidi, err = dialBidi(ctx, address, f.event); err != nil {
		return err
	}
	var session struct {
		Capabilities struct{ BrowserVersion string }
	}
	wanted := map[string]any{"acceptInsecureCerts": f.options.Insecure || f.relay == nil} // that of the secure frame is self-signed
	err = f.bidi.call(ctx, "session.new", map[string]any{"capabilities": map[string]any{"alwaysMatch": wanted}}, &session)
	if err != nil {
		return err
	}
	f.version = "Firefox " + session.Capabilities.BrowserVersion
	if err = f.bidi.call(ctx, "session.subscribe", map[string]any{"events": bidiEvents}, nil); err != nil {
		return err
	}
	return f.openTabs(ctx)
}

// event takes an event of the browser's to the tab that it belongs to.
func (f *Firefox) event(method string, parameters json.RawMessage) {
	e, ok := readBidi(parameters)
	if !ok {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range f.tabs {
		if t.window == e.Context {
			t.tools.hear(method, &e)
		}
	}
}

// String is the name of the browser with its exact version.
func (f *Firefox) String() string { return f.version }

// Connect has a page open the URL and echo until the connection ends. The error is
// always one: an *Account of what the page saw, runner.ErrUnable for a call that no
// page can make, or trouble with the browser.
func (f *Firefox) Connect(ctx context.Context, call runner.Call) error {
	return f.fate(f.tabFor().visit(ctx, call, f.options.OnSeen))
}

// Play has a page play the steps of the call, and tells what became of each. The error
// is as that of Connect.
func (f *Firefox) Play(ctx context.Context, call runner.Call) ([]runner.Move, error) {
	moves, err := f.tabFor().play(ctx, call, f.options.OnSeen)
	return moves, f.fate(err)
}

// Use has a page use the server at the URL. Each step of it has so much time.
func (f *Firefox) Use(ctx context.Context, url string, subprotocols []string, patience time.Duration) (Use, error) {
	u, err := f.tabs[0].use(ctx, url, subprotocols, patience)
	return u, f.fate(err)
}

// fate is the error of a call, or how the browser ended that died meanwhile.
func (f *Firefox) fate(err error) error {
	var account *Account
	switch {
	case err == nil, errors.As(err, &account), errors.Is(err, runner.ErrUnable):
		return err
	case errors.Is(err, errBidiEnded): // the process ends before or behind its connection
		select {
		case <-f.process.alive.Done():
		case <-time.After(stopWithin):
		}
	}
	if f.process.alive.Err() != nil {
		return fmt.Errorf("%s has ended: %s", f, f.process.fate())
	}
	return fmt.Errorf("%s: %w", f, err)
}

// Close ends the browser, and removes its profile.
func (f *Firefox) Close() (err error) {
	f.stop.Do(func() {
		if f.bidi != nil {
			f.quit()
			f.bidi.close()
		}
		f.cancel()
		if f.process != nil {
			f.process.end()
		}
		f.servers.close()
		err = removeFolder(f.folder)
	})
	return err
}

// quit has the browser end by itself.
func (f *Firefox) quit() {
	ctx, cancel := context.WithTimeout(f.ctx, stopWithin)
	defer cancel()
	if f.bidi.call(ctx, "browser.close", struct{}{}, nil) != nil {
		return
	}
	select {
	case <-f.process.alive.Done():
	case <-ctx.Done():
	}
}
