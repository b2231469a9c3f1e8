package browser

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A tab is the page in a tab of Chrome's.
type tab struct {
	page
	target *chromedp.Target
	tools  *tools
	blind  atomic.Bool // developer tools are closed
	closed sync.Once   // so that they are
}

// openTab opens the driver page in the tab of the context.
func openTab(ctx context.Context, url string) (*tab, error) {
	t := &tab{tools: newTools()}
	t.page = page{ctx: ctx, evaluate: t.run, shown: t.show}
	if err := chromedp.Do(ctx); err != nil { // starts what is not there yet
		return nil, err
	}
	if err := chromedp.Listen(ctx, t.tools.see); err != nil {
		return nil, err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		return nil, err
	}
	t.target = chromedp.FromContext(ctx).Target
	return t, nil
}

// closeTools has developer tools show nothing more of the page: to hand over each
// message once more costs the browser much more than the message.
func (t *tab) closeTools() (err error) {
	t.closed.Do(func() {
		t.blind.Store(true)
		_, err = cdp.Call(t.ctx, t.target, network.Disable, cdp.Empty{})
	})
	return err
}

func (t *tab) show(url string) DevTools {
	shown := t.tools.take(url)
	if t.blind.Load() {
		return DevTools{Off: "closed, because of the much data"}
	}
	return shown
}

func (t *tab) run(ctx context.Context, expression string, into any) error {
	yes := true
	r, err := cdp.Call(ctx, t.target, runtime.Evaluate, runtime.EvaluateParams{
		Expression: expression, AwaitPromise: &yes, ReturnByValue: &yes,
	})
	switch {
	case err != nil:
		return err
	case r.ExceptionDetails != nil:
		return &chromedp.ExceptionError{ExceptionDetails: r.ExceptionDetails}
	case into == nil:
		return nil
	}
	return json.Unmarshal(r.Result.Value, into)
}
