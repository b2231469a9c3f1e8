package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"

	"github.com/wsspec/wsspec/runner"
)

const (
	// startWithin and stopWithin are how long the browser may take to start, and to
	// stop by itself before it is killed.
	startWithin = 30 * time.Second
	stopWithin  = 5 * time.Second
)

// resolverRules let a browser find this machine alone, which also has a name that pages
// over TLS may not connect to without it.
const resolverRules = "MAP " + insecureHost + " 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.*"

// insecureHost is a name that is not one of this machine as such.
const insecureHost = "insecure.test"

// Chrome is a headless Chrome or Chromium, with pages that open connections. It is
// a runner.Client.
type Chrome struct {
	servers
	options Options
	version string
	tabs    []*tab
	folder  string // of its profile
	guard   *guard // of the folder

	ctx    context.Context // of the browser
	cancel context.CancelFunc
	stop   sync.Once
}

// StartChrome starts a browser with an empty profile of its own, which lives until
// Close. The context is for the start. The error is ErrNoChrome when there is none.
func StartChrome(ctx context.Context, o Options) (*Chrome, error) {
	path, err := program(o.Path, FindChrome)
	if err != nil {
		return nil, err
	}
	c := &Chrome{options: o}
	if c.servers, err = startServers(&o); err != nil {
		return nil, err
	}
	if c.folder, err = os.MkdirTemp("", "wsspec-chrome-*"); err != nil {
		c.servers.close()
		return nil, err
	}
	if c.guard, err = startGuard(0, c.folder); err == nil {
		err = c.start(ctx, path)
	}
	if err != nil && strings.Contains(err.Error(), "sandbox") && ctx.Err() == nil {
		err = c.start(ctx, path, chromedp.NoSandbox) // a container may forbid it to whoever is not root as well
	}
	if err != nil {
		c.servers.close()
		c.removeProfile()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return c, nil
}

// start starts the program, and opens the tabs.
func (c *Chrome) start(ctx context.Context, path string, more ...chromedp.ExecAllocatorOption) (err error) {
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.Flag("disable-component-update", true),
		chromedp.Flag("js-flags", "--expose-gc"),
		chromedp.UserDataDir(filepath.Join(c.folder, "profile")))
	if c.options.Insecure {
		options = append(options, chromedp.IgnoreCertErrors)
	}
	if c.relay != nil { // also for this machine, but not for the page
		options = append(options, chromedp.ProxyServer("http://"+c.relay.address()),
			chromedp.Flag("proxy-bypass-list", "<-loopback>;"+c.driver.host()))
	} else {
		options = append(options, chromedp.Flag("no-proxy-server", true),
			chromedp.Flag("host-resolver-rules", resolverRules), // the cases are on this machine
			chromedp.IgnoreCertErrors)                           // that of the secure frame is self-signed
	}
	own, cancel := chromedp.NewExecAllocator(context.WithoutCancel(ctx), append(options, more...)...)
	c.ctx, c.cancel = chromedp.NewContext(own, chromedp.WithErrorf(func(string, ...any) {}), chromedp.WithLogf(func(string, ...any) {}))
	late := time.AfterFunc(startWithin, cancel) // the context of the first call is that of the browser
	stop := context.AfterFunc(ctx, cancel)
	defer func() {
		stop()
		if !late.Stop() {
			err = fmt.Errorf("it is not ready after %v", startWithin)
		}
		if err != nil {
			c.cancel()
			cancel()
		}
	}()
	if err = c.openTabs(); err != nil {
		return err
	}
	v, err := chromedp.CallBrowser(c.ctx, browser.GetVersion, cdp.Empty{})
	if err != nil {
		return err
	}
	c.version = nameOf(v.Product)
	end := c.cancel
	c.cancel = func() { end(); cancel() }
	return nil
}

// nameOf is the name and version of a product: "HeadlessChrome/140.0.7339.80" is
// "Chrome 140.0.7339.80".
func nameOf(product string) string {
	name, version, _ := strings.Cut(product, "/")
	return strings.TrimSpace(strings.TrimPrefix(name, "Headless") + " " + version)
}

// String is the name of the browser with its exact version.
func (c *Chrome) String() string { return c.version }

// fate is the error of a call, or how the browser ended that died meanwhile.
func (c *Chrome) fate(err error) error {
	var account *Account
	switch {
	case err == nil, errors.As(err, &account), errors.Is(err, runner.ErrUnable):
		return err
	case c.ctx.Err() != nil:
		_, err = chromedp.CallBrowser(c.ctx, browser.GetVersion, cdp.Empty{}) // knows the exit status
		return fmt.Errorf("%s has ended: %w", c, err)
	}
	return fmt.Errorf("%s: %w", c, err)
}

// Close ends the browser, and removes its profile.
func (c *Chrome) Close() error {
	var err error
	c.stop.Do(func() {
		ctx, cancel := context.WithTimeout(c.ctx, stopWithin)
		defer cancel()
		if alive := c.ctx.Err() == nil; alive {
			err = chromedp.Cancel(ctx)
		}
		c.cancel()
		c.servers.close()
		err = errors.Join(err, c.removeProfile())
	})
	return err
}

func (c *Chrome) removeProfile() error {
	if c.guard != nil {
		defer c.guard.dismiss()
	}
	return removeFolder(c.folder)
}
