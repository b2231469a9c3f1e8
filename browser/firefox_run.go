package browser

import (
	"context"
	"encoding/json"
	"os"
	"sync"
)

// A firefoxRun is a Firefox from its start to its end, with its profile.
type firefoxRun struct {
	version string
	folder  string // of the profile
	process *process
	guard   *guard // nil before there is one
	bidi    *bidi
	ctx     context.Context // ends with the process
	cancel  context.CancelFunc
	ended   sync.Once

	lively context.Context // ends when it hangs as well
	hang   context.CancelFunc
	onHang func(*firefoxRun)
	idle   chan struct{} // closed when it hangs and nothing is under way any more

	mu    sync.Mutex
	tabs  []*firefoxTab
	calls int  // under way
	hung  bool // it does not answer any more
	alone bool // and there was but one call
}

// runFirefox starts the program. The context is for the start. onHang is called when it
// hangs, in a goroutine of its own.
func runFirefox(ctx context.Context, path string, s *servers, o *Options, onHang func(*firefoxRun)) (*firefoxRun, error) {
	folder, err := os.MkdirTemp("", "wsspec-firefox-*")
	if err != nil {
		return nil, err
	}
	f := &firefoxRun{folder: folder, onHang: onHang, idle: make(chan struct{})}
	f.ctx, f.cancel = context.WithCancel(context.WithoutCancel(ctx))
	f.lively, f.hang = context.WithCancel(f.ctx)
	if err = f.start(ctx, path, s, o); err != nil {
		f.close()
		return nil, err
	}
	go f.watch()
	return f, nil
}

// start starts the program, begins a session and opens the tabs.
func (f *firefoxRun) start(ctx context.Context, path string, s *servers, o *Options) (err error) {
	if err = writePreferences(f.folder, s.relay); err != nil {
		return err
	}
	if f.process, err = startProcess(path, f.folder); err != nil {
		return err
	}
	context.AfterFunc(f.process.alive, f.cancel)
	if f.guard, err = startGuard(f.process.cmd.Process.Pid, f.folder); err != nil {
		return err
	}
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
	anyCertificate := o.Insecure || !o.Relay // for the cases, that of the secure frame is self-signed
	wanted := map[string]any{"alwaysMatch": map[string]any{"acceptInsecureCerts": anyCertificate}}
	if err = f.bidi.call(ctx, "session.new", map[string]any{"capabilities": wanted}, &session); err != nil {
		return err
	}
	f.version = "Firefox " + session.Capabilities.BrowserVersion
	if err = f.bidi.call(ctx, "session.subscribe", map[string]any{"events": bidiEvents}, nil); err != nil {
		return err
	}
	return f.openTabs(ctx, s.driver.url)
}

// event takes an event of the browser's to the tab that it belongs to.
func (f *firefoxRun) event(method string, parameters json.RawMessage) {
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

// close ends the program, and removes its profile. A second one has nothing to do.
func (f *firefoxRun) close() (err error) {
	f.ended.Do(func() {
		if f.bidi != nil {
			f.quit()
			f.bidi.close()
		}
		f.cancel()
		if f.process != nil {
			f.process.end()
		}
		err = removeFolder(f.folder)
		if f.guard != nil {
			f.guard.dismiss()
		}
	})
	return err
}

// quit has the program end by itself.
func (f *firefoxRun) quit() {
	ctx, cancel := context.WithTimeout(f.ctx, stopWithin)
	defer cancel()
	if f.hangs() || f.bidi.call(ctx, "browser.close", struct{}{}, nil) != nil {
		return
	}
	select {
	case <-f.process.alive.Done():
	case <-ctx.Done():
	}
}
