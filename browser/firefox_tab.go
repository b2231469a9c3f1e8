package browser

import (
	"context"
	"encoding/json"
	"errors"
)

// A firefoxTab is the page in a tab of Firefox's.
type firefoxTab struct {
	page
	bidi   *bidi
	window string // what WebDriver BiDi calls a browsing context
	tools  *tools
}

// firefoxTabs is how many tabs share the connections.
const firefoxTabs = 2

// openTabs opens the tabs. Each has a container of its own: what Firefox allows
// one connection at a time to an address it allows each of them.
func (f *firefoxRun) openTabs(ctx context.Context, url string) error {
	for range firefoxTabs {
		t := &firefoxTab{bidi: f.bidi, tools: newTools()}
		t.page = page{ctx: f.ctx, evaluate: t.run, shown: t.tools.take}
		var container struct{ UserContext string }
		if err := f.bidi.call(ctx, "browser.createUserContext", struct{}{}, &container); err != nil {
			return err
		}
		var window struct{ Context string }
		err := f.bidi.call(ctx, "browsingContext.create", map[string]any{"type": "tab", "userContext": container.UserContext}, &window)
		if err != nil {
			return err
		}
		t.window = window.Context
		f.mu.Lock()
		f.tabs = append(f.tabs, t)
		f.mu.Unlock()
	}
	for _, t := range f.tabs {
		err := f.bidi.call(ctx, "browsingContext.navigate", map[string]any{"context": t.window, "url": url, "wait": "complete"}, nil)
		if err != nil {
			return err
		}
	}
	return nil
}

// tabFor is the tab with the least to do.
func (f *firefoxRun) tabFor() *firefoxTab {
	best := f.tabs[0]
	for _, t := range f.tabs[1:] {
		if t.busy.Load() < best.busy.Load() {
			best = t
		}
	}
	return best
}

// run has the page evaluate an expression, and waits for what it promises.
func (t *firefoxTab) run(ctx context.Context, expression string, into any) error {
	var r struct {
		Type             string
		Result           struct{ Value string }
		ExceptionDetails struct{ Text string }
	}
	err := t.bidi.call(ctx, "script.evaluate", map[string]any{
		"expression":   "Promise.resolve(" + expression + ").then((v) => JSON.stringify(v ?? null))",
		"target":       map[string]any{"context": t.window},
		"awaitPromise": true,
	}, &r)
	switch {
	case err != nil:
		return err
	case r.Type != "success":
		return errors.New(r.ExceptionDetails.Text)
	case into == nil:
		return nil
	}
	return json.Unmarshal([]byte(r.Result.Value), into)
}
