package browser

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

func startChrome(t *testing.T, o Options) *Chrome {
	t.Helper()
	return started(t, StartChrome, o, ErrNoChrome)
}

// started is the browser of this machine. Without one, the test is skipped, but not
// where ci/test has installed it. Its profile goes into a folder of the test's own.
func started[B Browser](t *testing.T, start func(context.Context, Options) (B, error), o Options, none error) B {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	b, err := start(t.Context(), o)
	if errors.Is(err, none) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// played are the results of the cases that the patterns select, by id.
func played(t *testing.T, c Browser, patterns ...string) map[string]runner.Result {
	t.Helper()
	list, err := cases.Select(cases.All(), patterns, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := runner.RunClient(t.Context(), c, list, runner.Options{Timeout: -1, Parallel: 8, Hosts: runner.Loopbacks()})
	if err != nil {
		t.Fatal(err)
	}
	if report.Trouble != "" {
		t.Fatal(report.Trouble)
	}
	results := map[string]runner.Result{}
	for _, r := range report.Results {
		results[r.Case.ID] = r
	}
	return results
}

func TestChromeIsAClientUnderTest(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]Seen{}
	c := startChrome(t, Options{OnSeen: func(s Seen) {
		mu.Lock()
		defer mu.Unlock()
		_, path, _ := strings.Cut(strings.TrimPrefix(s.URL, "ws://"), "/")
		seen[path] = s
	}})
	if !strings.HasPrefix(c.String(), "Chrome ") || strings.Count(c.String(), ".") != 3 {
		t.Errorf("the browser calls itself %q", c)
	}
	for _, r := range played(t, c, "client/accept/*", "client/subprotocol/*", "client/fragment/*", "message/text-of-1*", "deflate/bomb/1-mib") {
		if r.Verdict != cases.Pass {
			t.Error(r.Block(""))
		}
	}
	mu.Lock()
	defer mu.Unlock()
	t.Run("what the page sees of a connection", func(t *testing.T) {
		s := seen["client/subprotocol/second"]
		if s.Protocol != "superchat" || !s.Has("open") || s.Last("close") == nil || !s.Last("close").WasClean || s.ReadyState != 3 {
			t.Errorf("got %+v", s)
		}
		if s.DevTools.Status != 101 || !strings.Contains(s.DevTools.Request, "Sec-WebSocket-Key: ") {
			t.Errorf("developer tools show %+v", s.DevTools)
		}
	})
	t.Run("what it sees of one that is refused", func(t *testing.T) {
		var s Seen
		for path, one := range seen {
			if strings.HasPrefix(path, "client/accept/") && !one.Has("open") {
				s = one
			}
		}
		if !s.Has("error") || s.Last("close").Code != 1006 || len(s.DevTools.Errors) == 0 {
			t.Errorf("got %+v", s)
		}
		if len(s.DevTools.Console) == 0 || !strings.HasPrefix(s.DevTools.Console[0], "WebSocket connection to 'ws://") {
			t.Errorf("the console has %q", s.DevTools.Console)
		}
	})
}

func TestConnectRefusesWhatNoPageCanDo(t *testing.T) {
	c := startChrome(t, Options{})
	for _, call := range []runner.Call{{URL: "ws://127.0.0.1:1/", Extensions: "permessage-deflate"}, {URL: "ws://127.0.0.1:1/\xff"}} {
		if err := c.Connect(t.Context(), call); !errors.Is(err, runner.ErrUnable) {
			t.Errorf("%q: got %v", call.URL, err)
		}
	}
	err := c.Connect(t.Context(), runner.Call{URL: "ws://127.0.0.1:1/#f"})
	if err == nil || errors.Is(err, runner.ErrUnable) || !strings.Contains(err.Error(), "SyntaxError") {
		t.Errorf("a fragment: got %v", err)
	}
}

func TestConnectReturnsWhenItsContextEnds(t *testing.T) {
	c := startChrome(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	err := c.Connect(ctx, runner.Call{URL: "ws://" + silent(t, cancel) + "/"})
	var account *Account
	if !errors.As(err, &account) || !account.Seen.Has("left") {
		t.Errorf("got %v", err)
	}
}

func TestChromeThatDiesIsTold(t *testing.T) {
	c := startChrome(t, Options{})
	chromedp.FromContext(c.ctx).Browser.Process().Kill()
	<-c.ctx.Done()
	list, err := cases.Select(cases.All(), []string{"client/accept/*"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = runner.RunClient(t.Context(), c, list, runner.Options{}); !errors.Is(err, runner.ErrUnreachable) || !strings.Contains(err.Error(), "killed") {
		t.Errorf("got %v", err)
	}
}

func TestCloseLeavesNothing(t *testing.T) {
	c := startChrome(t, Options{})
	process := chromedp.FromContext(c.ctx).Browser.Process()
	for range 2 { // a second Close has nothing to do
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
	if err := process.Signal(os.Kill); !errors.Is(err, os.ErrProcessDone) {
		t.Errorf("the browser still runs: %v", err)
	}
}
