//go:build unix

package browser

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

func startFirefox(t *testing.T, o Options) *Firefox {
	t.Helper()
	return started(t, StartFirefox, o, ErrNoFirefox)
}

func TestFirefoxIsAClientUnderTest(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]Seen{}
	f := startFirefox(t, Options{OnSeen: func(s Seen) {
		mu.Lock()
		defer mu.Unlock()
		_, path, _ := strings.Cut(strings.TrimPrefix(s.URL, "ws://"), "/")
		seen[path] = s
	}})
	if !strings.HasPrefix(f.String(), "Firefox ") || !strings.Contains(f.String(), ".") {
		t.Errorf("the browser calls itself %q", f)
	}
	for _, r := range played(t, f, "client/accept/*", "client/subprotocol/second", "client/fragment/*", "message/text-of-1*", "web/close/*-1000") {
		if r.Verdict != cases.Pass {
			t.Error(r.Block(""))
		}
	}
	mu.Lock()
	defer mu.Unlock()
	s := seen["client/subprotocol/second"]
	if s.Protocol != "superchat" || !s.Has("open") || s.Last("close") == nil || !s.Last("close").WasClean || s.ReadyState != 3 {
		t.Errorf("of a connection the page sees %+v", s)
	}
	if d := s.DevTools; d.Status != 101 || !strings.Contains(d.Request, "Sec-WebSocket-Key: ") || !strings.Contains(d.Response, "Sec-WebSocket-Accept: ") || !d.Frameless {
		t.Errorf("developer tools show %+v", d)
	}
	if s = seen["client/accept/missing"]; s.Has("open") || !s.Has("error") || s.Last("close").Code != 1006 {
		t.Errorf("of one that is refused the page sees %+v", s)
	}
	if d := s.DevTools; d.Status != 101 || len(d.Console) == 0 || !strings.Contains(d.Console[0], s.URL) {
		t.Errorf("and developer tools show %+v", d)
	}
}

// A browser that is stopped answers as little as one that hangs.
func TestFirefoxThatHangsIsStartedAgain(t *testing.T) {
	f := startFirefox(t, Options{})
	first := f.now.process
	var came, calls sync.WaitGroup
	errs := make([]error, 2)
	came.Add(len(errs))
	for i := range errs {
		calls.Go(func() { errs[i] = f.Connect(t.Context(), runner.Call{URL: "ws://" + silent(t, came.Done) + "/"}) })
	}
	came.Wait()
	syscall.Kill(-first.cmd.Process.Pid, syscall.SIGSTOP)
	calls.Wait()
	for _, err := range errs {
		if !errors.Is(err, runner.ErrDisturbed) {
			t.Errorf("a call that was under way: %v", err)
		}
	}
	if err := f.Connect(t.Context(), runner.Call{URL: "ws://127.0.0.1:1/"}); !errors.Is(err, runner.ErrDisturbed) {
		t.Errorf("the call that waits for the next: %v", err)
	}
	<-first.alive.Done()
	for _, r := range played(t, f, "client/accept/missing") {
		if r.Verdict != cases.Pass {
			t.Error(r.Block(""))
		}
	}
}

// The only call that is under way is to blame.
func TestFirefoxThatHangsAloneIsTold(t *testing.T) {
	f := startFirefox(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	hung := f.now.lively
	stop := context.AfterFunc(hung, cancel) // the case is over some time later
	defer stop()
	err := f.Connect(ctx, runner.Call{URL: "ws://" + silent(t, func() {
		syscall.Kill(-f.now.process.cmd.Process.Pid, syscall.SIGSTOP)
	}) + "/"})
	var blamed *Hung
	if !errors.As(err, &blamed) || len(blamed.Lines()) != 1 {
		t.Errorf("got %v", err)
	}
}

func TestFirefoxThatDiesIsTold(t *testing.T) {
	f := startFirefox(t, Options{})
	f.now.process.cmd.Process.Kill()
	<-f.now.process.alive.Done()
	list, err := cases.Select(cases.All(), []string{"client/accept/*"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = runner.RunClient(t.Context(), f, list, runner.Options{}); !errors.Is(err, runner.ErrUnreachable) || !strings.Contains(err.Error(), "killed") {
		t.Errorf("got %v", err)
	}
}

func TestFirefoxConnectReturnsWhenItsContextEnds(t *testing.T) {
	f := startFirefox(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	err := f.Connect(ctx, runner.Call{URL: "ws://" + silent(t, cancel) + "/"})
	var account *Account
	if !errors.As(err, &account) || !account.Seen.Has("left") {
		t.Errorf("got %v", err)
	}
}

func TestFirefoxCloseLeavesNothing(t *testing.T) {
	f := startFirefox(t, Options{})
	process := f.now.process.cmd.Process.Pid
	for range 2 { // a second Close has nothing to do
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
	if err := syscall.Kill(process, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the browser still runs: %v", err)
	}
	if err := f.Connect(t.Context(), runner.Call{URL: "ws://127.0.0.1:1/"}); !errors.Is(err, errClosed) {
		t.Errorf("a call behind it: %v", err)
	}
}
