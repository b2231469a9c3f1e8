package browser

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/wsspec/wsspec/runner"
)

// Connect has a page open the URL and echo until the connection ends. The error is
// always one: an *Account of what the page saw, runner.ErrUnable for a call that no
// page can make, or trouble with the browser.
func (c *Chrome) Connect(ctx context.Context, call runner.Call) error {
	t, err := c.tabFor(call)
	if err == nil {
		err = t.visit(ctx, call, c.options.OnSeen)
	}
	return c.fate(err)
}

// visit makes a call of the runner's.
func (p *page) visit(ctx context.Context, call runner.Call, onSeen func(Seen)) error {
	switch {
	case call.Extensions != "":
		return fmt.Errorf("%w: a page has no say in the extensions that are offered", runner.ErrUnable)
	case !utf8.ValidString(call.URL):
		return fmt.Errorf("%w: the strings of a page have no octets that are not UTF-8", runner.ErrUnable)
	}
	seen, err := p.connect(ctx, call.URL, call.Subprotocols)
	if err != nil {
		return err
	}
	if onSeen != nil {
		onSeen(seen)
	}
	return &Account{Seen: seen}
}

// An Account is the error of Connect that tells what the page saw.
type Account struct{ Seen Seen }

// Error tells in one line how it ended.
func (a *Account) Error() string {
	if n := len(a.Seen.Exceptions); n > 0 && a.Seen.URL == "" {
		return a.Seen.Exceptions[n-1].String()
	}
	return "the page saw: " + a.Seen.Story()
}

// Saw is what the page saw (runner.Client).
func (a *Account) Saw() *Seen { return &a.Seen }
