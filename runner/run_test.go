package runner

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// sample is a case of every kind: one that needs an open connection, one that
// needs an echo, and some of the opening handshake.
func sample() []cases.Case {
	list := []cases.Case{
		{ID: "t/open", Refs: []string{"6455-5.5.2-3"}, Steps: []cases.Step{cases.Alive(), cases.Close(1000)}},
		{ID: "t/echo", Refs: []string{"6455-5.6-1"}, Needs: []cases.Feature{cases.Echo}, Steps: []cases.Step{
			cases.Send(cases.Text("Hello")), cases.Expect(cases.Text("Hello")), cases.Close(1000)}},
		{ID: "t/unmasked", Refs: []string{"6455-5.1-2"}, Steps: []cases.Step{
			cases.Send(cases.Text("Hello").Unmasked()), cases.FailsWith(1002)}},
		{ID: "t/accepted", Refs: []string{"6455-4.2.2-20"}, Steps: []cases.Step{
			cases.Baseline(), cases.Expect(cases.Answer(101)), cases.Alive(), cases.Close(1000)}},
		{ID: "t/refused", Refs: []string{"6455-4.2.1-8"}, Steps: []cases.Step{
			cases.Baseline(cases.Drop("Sec-WebSocket-Key")), cases.Expect(cases.Refuse(4))}},
	}
	for i := range list {
		list[i].Title = "a sample"
	}
	return list
}

func verdicts(r *Report) map[string]cases.Verdict {
	m := map[string]cases.Verdict{}
	for _, v := range r.Results {
		m[v.Case.ID] = v.Verdict
	}
	return m
}

func mustRun(t *testing.T, target Target, list []cases.Case, o Options) *Report {
	t.Helper()
	r, err := Run(t.Context(), target, list, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Results) != len(list) {
		t.Fatalf("%d results for %d cases", len(r.Results), len(list))
	}
	noGoroutineLeft(t)
	return r
}

// noGoroutineLeft waits for goroutines that are about to end.
func noGoroutineLeft(t *testing.T) {
	t.Helper()
	var stacks [1 << 16]byte
	for range 1000 {
		n := runtime.Stack(stacks[:], true)
		if !strings.Contains(string(stacks[:n]), "runner.(*player)") && !strings.Contains(string(stacks[:n]), "runner.(*conn)") &&
			!strings.Contains(string(stacks[:n]), "runner.(*visit)") && !strings.Contains(string(stacks[:n]), "runner.(*webConn)") {
			return
		}
		runtime.Gosched()
		<-time.After(time.Millisecond)
	}
	t.Errorf("goroutines of the runner are left behind :\n%s", stacks[:])
}

func TestACarelessEchoServerFailsWhatItShould(t *testing.T) {
	target, _ := listen(t, echo)
	r := mustRun(t, target, sample(), Options{})
	want := map[string]cases.Verdict{
		"t/open": cases.Pass, "t/echo": cases.Pass, "t/unmasked": cases.Failed, "t/accepted": cases.Pass, "t/refused": cases.Failed,
	}
	for id, v := range verdicts(r) {
		if v != want[id] {
			t.Errorf("%s: %v, want %v", id, v, want[id])
		}
	}
	if !r.Features.Handshake || !r.Features.Echo || r.Features.Deflate != "" {
		t.Errorf("features %+v", r.Features)
	}
}

func TestAServerThatIsDownIsUnreachable(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if _, err := Run(t.Context(), Listener(l, TargetOptions{}), sample(), Options{}); !errors.Is(err, ErrUnreachable) {
		t.Errorf("error %v, want %v", err, ErrUnreachable)
	}
}

func TestAPlainHTTPServerGetsAVerdictForEachCase(t *testing.T) {
	target, stop := Handler(http.NotFoundHandler(), TargetOptions{})
	defer stop()
	v := verdicts(mustRun(t, target, sample(), Options{}))
	if v["t/open"] != cases.Skipped || v["t/accepted"] != cases.Failed || v["t/refused"] != cases.Pass {
		t.Errorf("verdicts %v", v)
	}
}

func TestAServerThatDiesIsReportedWithWhatWasLearned(t *testing.T) {
	var conns atomic.Int32
	listener := make(chan net.Listener, 1)
	target, l := listen(t, func(nc net.Conn) {
		if conns.Add(1) == 40 {
			(<-listener).Close()
		}
		if conns.Load() < 40 {
			echo(nc)
		}
	})
	listener <- l
	var list []cases.Case
	for range 60 {
		list = append(list, sample()...)
	}
	r := mustRun(t, target, list, Options{Parallel: 4})
	n := r.Count()
	if !strings.HasPrefix(r.Trouble, "the target died") || n[cases.Pass] == 0 || n[cases.Errored] == 0 {
		t.Errorf("trouble %q, counts %v", r.Trouble, n)
	}
}

func TestARunCanBeStopped(t *testing.T) {
	target, _ := listen(t, func(nc net.Conn) { accept(nc, right); io.Copy(io.Discard, nc) })
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stop := time.AfterFunc(50*time.Millisecond, cancel)
	defer stop.Stop()
	began := time.Now()
	r, err := Run(ctx, target, sample(), Options{Timeout: time.Minute})
	if err != nil || r.Trouble == "" || r.Count()[cases.Errored] != len(sample()) || time.Since(began) > time.Second {
		t.Errorf("report %+v, error %v after %v", r, err, time.Since(began))
	}
}

// Two runs with one seed send the same octets.
func TestTheSeedDecidesEveryOctet(t *testing.T) {
	target, _ := listen(t, echo)
	sent := func(seed uint64) string {
		var b strings.Builder
		for _, r := range mustRun(t, target, sample(), Options{Seed: seed}).Results {
			for _, e := range r.Transcript.Entries {
				if e.Direction == Sent {
					b.Write(e.Raw)
				}
			}
		}
		return b.String()
	}
	if a, b := sent(7), sent(7); a != b {
		t.Error("the same seed sent different octets")
	}
	if a, b := sent(7), sent(8); a == b {
		t.Error("different seeds sent the same octets")
	}
}

// A server that accepts once and is gone has taught nothing.
func TestAServerThatGoesBeforeTheFirstHandshakeIsUnreachable(t *testing.T) {
	listener := make(chan net.Listener, 1)
	gone := make(chan struct{})
	target, l := listen(t, func(nc net.Conn) { (<-listener).Close(); close(gone) })
	listener <- l
	_, err := Run(t.Context(), &after{target, gone}, sample(), Options{})
	if !errors.Is(err, ErrUnreachable) {
		t.Errorf("error %v, want %v", err, ErrUnreachable)
	}
}

// after is a target whose second connection waits for a channel to be closed.
type after struct {
	Target
	gate chan struct{}
}

func (a *after) Dial(ctx context.Context) (net.Conn, error) {
	nc, err := a.Target.Dial(ctx)
	if err == nil {
		<-a.gate
	}
	return nc, err
}

func TestARunThatIsStoppedBeforeItBeginsSaysSo(t *testing.T) {
	target, _ := listen(t, echo)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := Run(ctx, target, sample(), Options{})
	if err != nil || r.Trouble == "" || r.Count()[cases.Errored] != len(sample()) {
		t.Errorf("report %+v, error %v", r, err)
	}
}
