package browser

import (
	"context"

	"github.com/chromedp/chromedp"

	"github.com/wsspec/wsspec/runner"
)

// tabsOpen is how many tabs share the connections. Chrome delays those of one page
// where some are still being opened.
const tabsOpen = 2

// openTabs opens the tabs, the first the one that the browser starts with.
func (c *Chrome) openTabs() error {
	for i := range tabsOpen {
		ctx := c.ctx
		if i > 0 {
			var cancel context.CancelFunc
			ctx, cancel = chromedp.NewContext(c.ctx)
			context.AfterFunc(c.ctx, cancel) // the browser ends with all its pages
		}
		t, err := openTab(ctx, c.driver.url)
		if err != nil {
			return err
		}
		c.tabs = append(c.tabs, t)
	}
	return nil
}

// tabFor is the tab that makes a call: for heavy ones the last, whose developer
// tools are closed then, and for light ones the one with the least to do.
func (c *Chrome) tabFor(call runner.Call) (*tab, error) {
	if call.Heavy {
		last := c.tabs[len(c.tabs)-1]
		return last, last.closeTools()
	}
	best := c.tabs[0]
	for _, t := range c.tabs[1:] {
		if !t.blind.Load() && t.busy.Load() < best.busy.Load() {
			best = t
		}
	}
	return best, nil
}
