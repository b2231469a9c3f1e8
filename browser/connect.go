package browser

import (
	"context"
	"fmt"
	"strings"
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
	return "the page saw: " + a.Seen.story()
}

// Lines tell people all of it that may matter.
func (a *Account) Lines() []string {
	var lines []string
	s := &a.Seen
	for _, e := range s.Exceptions {
		lines = append(lines, "the page: "+e.String())
	}
	if s.URL == "" {
		return lines
	}
	lines = append(lines, "the page saw: "+s.story())
	if s.BufferedAmount > 0 {
		lines = append(lines, fmt.Sprintf("the page: bufferedAmount %d at the end", s.BufferedAmount))
	}
	lines = append(lines, "developer tools: "+s.DevTools.story())
	for _, text := range s.DevTools.Console {
		lines = append(lines, "the console: "+text)
	}
	return lines
}

func (e Exception) String() string {
	return fmt.Sprintf("%s throws %s: %s", e.Doing, e.Name, e.Message)
}

// storyEvents is how many events, or messages, a story tells one by one.
const storyEvents = 8

// story tells the events in one line.
func (s *Seen) story() string {
	var parts []string
	messages := 0
	for _, e := range s.Events {
		if e.Type == "message" {
			if messages++; messages > storyEvents {
				continue
			}
		}
		parts = append(parts, e.String())
	}
	if n := max(0, messages-storyEvents) + s.Omitted; n > 0 {
		parts = append(parts, fmt.Sprintf("and %d more messages", n))
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

func (e Event) String() string {
	switch e.Type {
	case "message":
		if e.Text {
			return fmt.Sprintf("text of %d", e.Size)
		}
		return fmt.Sprintf("binary of %d", e.Size)
	case "close":
		how := "not clean"
		if e.WasClean {
			how = "clean"
		}
		if e.Reason != "" {
			return fmt.Sprintf("close %d %q, %s", e.Code, e.Reason, how)
		}
		return fmt.Sprintf("close %d, %s", e.Code, how)
	case "left":
		return "no end in time"
	}
	return e.Type
}

// story tells what developer tools showed in one line.
func (d *DevTools) story() string {
	if d.Off != "" {
		return d.Off
	}
	parts := []string{"no response to the opening handshake"}
	if d.Status > 0 {
		parts = []string{fmt.Sprintf("a response of status %d", d.Status)}
	}
	sent := 0
	for _, m := range d.Frames {
		if m.Sent {
			sent++
		}
	}
	switch n := len(d.Frames); {
	case d.Omitted > 0:
		parts = append(parts, fmt.Sprintf("%d messages", n+d.Omitted))
	case n > 0:
		parts = append(parts, fmt.Sprintf("messages (%d received, %d sent)", n-sent, sent))
	case d.Status > 0:
		parts = append(parts, "no message")
	}
	for _, text := range d.Errors {
		parts = append(parts, fmt.Sprintf("the error %q", text))
	}
	if d.Closed {
		parts = append(parts, "the end")
	}
	return strings.Join(parts, ", ")
}
