package peers

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"slices"

	"github.com/coder/websocket"
	"github.com/gobwas/ws/wsutil"
	gorilla "github.com/gorilla/websocket"

	"github.com/wsspec/wsspec/browser"
	"github.com/wsspec/wsspec/runner"
	"github.com/wsspec/wsspec/spec/notice"
)

// A Witness is a client that comes to the faulty servers of package reference, for
// the table of who notices what.
type Witness struct {
	Name string // of its column
	// Start makes the client ready, and gives what ends it. ErrAbsent says that it is
	// not there on this machine.
	Start func(ctx context.Context, o *notice.Options) (runner.Client, func() error, error)
}

// ErrAbsent says that a client is not installed on this machine.
var ErrAbsent = errors.New("is not installed here")

// Witnesses are all clients, in the order of the columns.
func Witnesses() []Witness {
	list := []Witness{{"reference", startStrict}}
	for _, c := range Clients() {
		list = append(list, Witness{c.Name, func(_ context.Context, o *notice.Options) (runner.Client, func() error, error) {
			o.Failed = failures()[c.Name]
			return leader{c, leads()[c.Name]}, nothing, nil
		}})
	}
	return append(list,
		Witness{"ws", startNode("ws")},
		Witness{"Node", startNode("builtin")},
		Witness{"Chrome", startChrome},
		Witness{"Firefox", startFirefox},
	)
}

func nothing() error { return nil }

func startStrict(context.Context, *notice.Options) (runner.Client, func() error, error) {
	return notice.Strict{}, nothing, nil
}

// failures tell of the errors of each library those that are a failure from those that
// are the Close frame of the server. gws keeps its errors to itself here.
func failures() map[string]func(error) bool {
	return map[string]func(error) bool{
		"gorilla": func(err error) bool {
			closed, ok := errors.AsType[*gorilla.CloseError](err)
			return !ok || closed.Code == gorilla.CloseAbnormalClosure
		},
		"coder": func(err error) bool {
			return err != nil && websocket.CloseStatus(err) < 0 && !errors.Is(err, net.ErrClosed)
		},
		"gobwas": func(err error) bool {
			if answered, ok := errors.AsType[answeredError](err); ok {
				err = answered.error
			}
			_, ok := errors.AsType[wsutil.ClosedError](err)
			return !ok
		},
	}
}

// startChrome starts headless Chrome.
func startChrome(ctx context.Context, o *notice.Options) (runner.Client, func() error, error) {
	chrome, err := browser.StartChrome(ctx, browser.Options{})
	if err != nil {
		return nil, nil, absent(err)
	}
	pages(o)
	return chrome, chrome.Close, nil
}

// startFirefox starts headless Firefox.
func startFirefox(ctx context.Context, o *notice.Options) (runner.Client, func() error, error) {
	firefox, err := browser.StartFirefox(ctx, browser.Options{})
	if err != nil {
		return nil, nil, absent(err)
	}
	pages(o)
	return firefox, firefox.Close, nil
}

func absent(err error) error {
	if errors.Is(err, browser.ErrNoChrome) || errors.Is(err, browser.ErrNoFirefox) {
		return ErrAbsent
	}
	return err
}

// pages are the options for a browser.
func pages(o *notice.Options) {
	o.Hosts, o.AtOnce = runner.Loopbacks(), 8
	o.Failed = func(err error) bool {
		account, ok := errors.AsType[*browser.Account](err)
		return !ok || slices.ContainsFunc(account.Seen.Events, func(e browser.Event) bool { return e.Type == "error" })
	}
}

// startNode starts node/steered.mjs on one of its libraries.
func startNode(library string) func(context.Context, *notice.Options) (runner.Client, func() error, error) {
	return func(ctx context.Context, o *notice.Options) (runner.Client, func() error, error) {
		node, err := exec.LookPath("node")
		if err != nil {
			return nil, nil, ErrAbsent
		}
		o.Failed = func(err error) bool {
			said, ok := errors.AsType[*nodeReport](err)
			return !ok || said.Failed
		}
		n, err := newNode(ctx, node, library)
		if err != nil {
			return nil, nil, err
		}
		return n, n.close, nil
	}
}
