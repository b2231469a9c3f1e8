package notice

import (
	"context"
	"strings"
	"time"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

// A Leader is a client that can also speak first, which shows what a server makes of
// it: how it answers Pings and a Close frame, and what it does with fragments.
type Leader interface {
	runner.Client
	// Lead opens the URL, says what a Talk says, and returns how the connection ended.
	Lead(ctx context.Context, call runner.Call) error
}

// A Talk is how an application on some library speaks first to an echo server. Each
// function is one call into the library.
type Talk struct {
	Send func(text bool, p []byte) error
	// Fragments sends a text in fragments, and calls between behind the first. nil: the
	// library cannot.
	Fragments func(parts [][]byte, between func()) error
	// Ping sends a Ping; nil: the library cannot.
	Ping func(payload []byte) error
	// Close closes with 1000. With Waits it returns when the connection has ended, and
	// tells how; else Read tells that.
	Close func() error
	Waits bool
	// Read waits for a message, or tells how the connection ended.
	Read func() error
}

// talkPatience is how long an application waits for an echo.
const talkPatience = 400 * time.Millisecond

// Lead says the same with any library, and returns how the connection ended.
func (t *Talk) Lead(ctx context.Context) error {
	heard, ended := make(chan struct{}, 64), make(chan error, 1)
	go func() {
		for {
			if err := t.Read(); err != nil {
				close(heard)
				ended <- err
				return
			}
			select {
			case heard <- struct{}{}:
			default:
			}
		}
	}()
	t.script(waiter(heard))
	if err := t.Close(); t.Waits || err != nil && ctx.Err() != nil {
		return err
	}
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// waiter waits for echoes, until two of them did not come.
func waiter(heard <-chan struct{}) func() {
	late := 0
	return func() {
		if late >= patient {
			return
		}
		timer := time.NewTimer(talkPatience)
		defer timer.Stop()
		select {
		case <-heard:
		case <-timer.C:
			late++
		}
	}
}

// Pinger is for a library that waits for the Pong when it sends a Ping. Where Pongs do
// not come, it is not waited for long.
func Pinger(ctx context.Context, ping func(ctx context.Context, payload []byte) error) func([]byte) error {
	late := 0
	return func(payload []byte) error {
		patience := talkPatience
		if late >= patient {
			patience = talkPatience / 20
		}
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		err := ping(ctx, payload)
		if ctx.Err() != nil {
			late++
		}
		return err
	}
}

// script is what the application says. wait waits for an echo.
func (t *Talk) script(wait func()) {
	send := func(text bool, p string) {
		if t.Send(text, []byte(p)) == nil {
			wait()
		}
	}
	send(true, "Hello")
	send(false, "\x00\xff")
	send(true, "")
	ping := func(payload string) {
		if t.Ping != nil {
			t.Ping([]byte(payload))
		}
	}
	for _, payload := range []string{"", "p", "\xff\xfe", strings.Repeat("p", 125)} {
		ping(payload)
		send(true, "behind a ping")
	}
	fragments := func(between func(), parts ...string) {
		if t.Fragments == nil {
			return
		}
		var octets [][]byte
		for _, p := range parts {
			octets = append(octets, []byte(p))
		}
		if t.Fragments(octets, between) == nil {
			wait()
		}
	}
	fragments(func() {}, "in ", "three ", "fragments")
	fragments(func() {}, "gr\xc3", "\xb6\xc3\x9f", "", "e")
	fragments(func() { ping("between") }, "be", "hind")
	for range 10 {
		ping("again")
		send(true, "behind a ping")
	}
}

// Lead is what the reference client says first.
func (Strict) Lead(ctx context.Context, call runner.Call) error {
	c, _, err := reference.Dial(ctx, call.URL, &reference.DialOptions{})
	if err != nil {
		return err
	}
	defer c.CloseNow()
	defer context.AfterFunc(ctx, func() { c.CloseNow() })()
	t := Talk{
		Send: func(text bool, p []byte) error {
			return c.Write(ctx, map[bool]reference.MessageType{true: reference.Text, false: reference.Binary}[text], p)
		},
		Fragments: func(parts [][]byte, between func()) error {
			w, err := c.Writer(ctx, reference.Text)
			for i, p := range parts {
				if err != nil {
					return err
				}
				if _, err = w.Write(p); i < len(parts)-1 && err == nil {
					err = w.(interface{ Flush() error }).Flush()
				}
				if i == 0 {
					between()
				}
			}
			return w.Close()
		},
		Ping: Pinger(ctx, func(ctx context.Context, payload []byte) error {
			_, err := c.PingPayload(ctx, payload)
			return err
		}),
		Close: func() error { return c.CloseWrite(reference.StatusNormalClosure, "bye") },
		Read:  func() error { _, _, err := c.Read(ctx); return err },
	}
	return t.Lead(ctx)
}
