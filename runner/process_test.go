//go:build unix

package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// TestMain makes a child of this program when the environment names a role.
func TestMain(m *testing.M) {
	if role := os.Getenv("RUNNER_TEST_ROLE"); role != "" {
		os.Exit(child(role))
	}
	os.Exit(m.Run())
}

// child plays a server that is started. It ends at the latest when the test does,
// which holds a connection to each.
func child(role string) int {
	gate, err := net.Dial("tcp", os.Getenv("RUNNER_TEST_GATE"))
	if err != nil {
		return 9
	}
	go func() { io.Copy(io.Discard, gate); os.Exit(8) }()
	switch role {
	case "fails":
		fmt.Println("no cheese today")
		return 3
	case "ends":
		return 0
	case "waits":
		select {}
	case "visits":
		return visitAsChild(os.Args[1:])
	case "obstinate":
		signal.Ignore(syscall.SIGTERM)
		select {}
	case "stubborn":
		signal.Ignore(syscall.SIGTERM)
	case "parent", "fled": // has its child serve
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "RUNNER_TEST_ROLE=serves")
		c.Stdout, c.Stderr = os.Stdout, os.Stderr
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: role == "fled"}
		if c.Start() != nil {
			return 7
		}
		return 0
	}
	return serveAsChild(role == "dies")
}

// serveAsChild echoes; as a mortal, it crashes at an unmasked frame.
func serveAsChild(mortal bool) int {
	l, err := net.Listen("tcp", os.Getenv("RUNNER_TEST_ADDRESS"))
	if err != nil {
		fmt.Println(err)
		return 4
	}
	fmt.Println("listening")
	for {
		nc, err := l.Accept()
		if err != nil {
			return 5
		}
		go func() {
			defer nc.Close()
			if !mortal {
				echo(nc)
			} else if rd := accept(nc, right); rd != nil {
				if f, err := rd.Next(); err == nil && !f.Masked {
					fmt.Println("out of cheese")
					os.Exit(7)
				}
			}
		}()
	}
}

// gate is what children hold on to: those that have knocked, one after the other.
func gate(t *testing.T) <-chan net.Conn {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("RUNNER_TEST_GATE", l.Addr().String())
	knocks := make(chan net.Conn, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		var all []net.Conn
		for {
			nc, err := l.Accept()
			if err != nil {
				break
			}
			all = append(all, nc)
			knocks <- nc
		}
		for _, nc := range all {
			nc.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return knocks
}

// startChild starts a child of a role under a URL that it can listen on.
func startChild(t *testing.T, ctx context.Context, role string) (*Process, error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	target := Listener(l, TargetOptions{})
	l.Close()
	t.Setenv("RUNNER_TEST_ADDRESS", l.Addr().String())
	t.Setenv("RUNNER_TEST_ROLE", role)
	p, err := Start(ctx, target, []string{os.Args[0], "a process of a test"})
	if err == nil {
		p.patience = 200 * ms
		t.Cleanup(p.Stop)
	}
	return p, err
}

// isGone waits until a child has let go of the gate.
func isGone(t *testing.T, knock net.Conn) {
	t.Helper()
	knock.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.Copy(io.Discard, knock); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the process is still there")
	}
}

func TestAServerThatIsStartedIsTested(t *testing.T) {
	knocks := gate(t)
	p, err := startChild(t, t.Context(), "serves")
	if err != nil {
		t.Fatal(err)
	}
	r := mustRun(t, p, sample()[:2], Options{})
	if r.Count()[cases.Pass] != 2 || r.Target != p.Target.String() || p.Obituary() != "" {
		t.Errorf("%+v, obituary %q", r, p.Obituary())
	}
	p.Stop()
	isGone(t, <-knocks)
	if s := p.Obituary(); s != "signal: terminated\n    listening" {
		t.Errorf("obituary %q", s)
	}
	p.Stop() // once more does no harm
}

func TestWhatAProcessHasStartedEndsWithIt(t *testing.T) {
	knocks := gate(t)
	p, err := startChild(t, t.Context(), "parent")
	if err != nil {
		t.Fatal(err)
	}
	isGone(t, <-knocks)
	if v := mustRun(t, p, sample()[:1], Options{}).Results[0]; v.Verdict != cases.Pass {
		t.Errorf("a server in the background: %v", v.Verdict)
	}
	p.Stop()
	isGone(t, <-knocks)
}

func TestAProcessThatDoesNotWantToEndIsKilled(t *testing.T) {
	knocks := gate(t)
	p, err := startChild(t, t.Context(), "stubborn")
	if err != nil {
		t.Fatal(err)
	}
	p.Stop()
	isGone(t, <-knocks)
	if s := p.Obituary(); !strings.HasPrefix(s, "signal: killed") {
		t.Errorf("obituary %q", s)
	}
}

// What has left the group, and holds on to the output, does not hold Stop.
func TestAProcessThatFledIsNotWaitedFor(t *testing.T) {
	gate(t) // ends it
	p, err := startChild(t, t.Context(), "fled")
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	p.Stop()
	if d := time.Since(began); d > 2*time.Second {
		t.Errorf("Stop took %v", d)
	}
}

func TestAProcessThatEndsBeforeItIsReadyTellsWhy(t *testing.T) {
	for role, want := range map[string]string{
		"fails": "the server ended before it was ready: exit status 3\n    no cheese today",
		"ends":  "the server ended before it was ready: exit status 0",
	} {
		gate(t)
		if _, err := startChild(t, t.Context(), role); err == nil || err.Error() != want {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestAProcessThatIsNeverReadyIsEnded(t *testing.T) {
	knocks := gate(t)
	ctx, cancel := context.WithCancel(t.Context())
	knocked := make(chan net.Conn, 1)
	go func() {
		nc := <-knocks
		cancel()
		knocked <- nc
	}()
	_, err := startChild(t, ctx, "waits")
	if err == nil || !strings.HasPrefix(err.Error(), "the server is not ready: ") {
		t.Errorf("error %v", err)
	}
	isGone(t, <-knocked)
}

func TestACommandThatIsNoneIsAnError(t *testing.T) {
	for _, command := range [][]string{nil, {"/does/not/exist"}, {""}} {
		if _, err := Start(t.Context(), &piped{}, command); err == nil {
			t.Errorf("%q starts", command)
		}
	}
}

func TestAProcessThatDiesInTheMiddleIsMourned(t *testing.T) {
	gate(t)
	p, err := startChild(t, t.Context(), "dies")
	if err != nil {
		t.Fatal(err)
	}
	list := sample()[2:3] // it cannot stand an unmasked frame
	for range 20 {
		list = append(list, named("later")...)
	}
	r := mustRun(t, p, list, Options{Parallel: 1, NoEcho: true})
	// A case may have connected to what was about to die, and is under suspicion too.
	const want = "the target died: the server has ended: exit status 7\n    listening\n    out of cheese\n  played at that time: "
	if suspects, ok := strings.CutPrefix(r.Trouble, want); !ok || suspects != "t/unmasked" && suspects != "later, t/unmasked" {
		t.Errorf("trouble %q, want %q", r.Trouble, want)
	}
	if n := r.Count(); n[cases.Errored] != len(list) {
		t.Errorf("counts %v", n)
	}
	if v := r.Results[0]; v.Reason != "the target died while this case was played" {
		t.Errorf("%v, %q", v.Verdict, v.Reason)
	}
	if v := r.Results[len(list)-1]; v.Reason != "not played: the run was cut short" {
		t.Errorf("%v, %q", v.Verdict, v.Reason)
	}
}

func TestOnlyTheTailOfTheOutputIsKept(t *testing.T) {
	var out tail
	for i := range 10000 {
		fmt.Fprintf(&out, "line %d\n", i)
	}
	io.WriteString(&out, strings.Repeat("x", 2*tailOctets)+"\nend\xff\n")
	if s := out.indented(); !strings.HasSuffix(s, "x\n    end?") || len(out.b) > tailOctets {
		t.Errorf("keeps %d octets, ends in %q", len(out.b), s[len(s)-20:])
	}
}
