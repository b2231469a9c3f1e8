package runner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strings"
	"sync"
	"time"
)

const (
	readyEvery = 20 * time.Millisecond // between two probes of a process that is starting
	endsWithin = 5 * time.Second       // after SIGTERM, before SIGKILL
	tailOctets = 4 << 10               // of the output of a process, kept for its obituary
)

// A Process is a target that the run starts and ends.
type Process struct {
	Target
	cmd    *exec.Cmd
	output *tail
	exited chan struct{}
	err    error // valid once exited is closed
}

// Start runs the command, whose server is reached at t, and waits until it
// accepts connections. The error tells what the process printed.
func Start(ctx context.Context, t Target, command []string) (*Process, error) {
	if len(command) == 0 {
		return nil, errors.New("no command to start")
	}
	p := &Process{Target: t, output: &tail{}, exited: make(chan struct{})}
	p.cmd = exec.Command(command[0], command[1:]...)
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	ownGroup(p.cmd)
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	go func() { p.err = p.cmd.Wait(); close(p.exited) }()
	if err := p.ready(ctx); err != nil {
		p.Stop()
		return nil, err
	}
	return p, nil
}

// ready dials until the server accepts.
func (p *Process) ready(ctx context.Context) error {
	tick := time.NewTicker(readyEvery)
	defer tick.Stop()
	for {
		nc, err := p.Target.Dial(ctx)
		if err == nil {
			return nc.Close()
		}
		select {
		case <-p.exited:
			return fmt.Errorf("the server ended before it was ready: %s", p.Obituary())
		case <-ctx.Done():
			return fmt.Errorf("the server is not ready: %w%s", err, p.output.indented())
		case <-tick.C:
		}
	}
}

// Dial fails at once when the process has ended.
func (p *Process) Dial(ctx context.Context) (net.Conn, error) {
	select {
	case <-p.exited:
		return nil, errors.New("the server has ended: " + p.Obituary())
	default:
		return p.Target.Dial(ctx)
	}
}

// Obituary is how the process ended and what it printed last; empty while it runs.
func (p *Process) Obituary() string {
	select {
	case <-p.exited:
	default:
		return ""
	}
	how := "exit status 0"
	if p.err != nil {
		how = p.err.Error()
	}
	return how + p.output.indented()
}

// Stop ends the process, with force when it does not end by itself.
func (p *Process) Stop() {
	p.signal(terminate)
	select {
	case <-p.exited:
	case <-time.After(endsWithin):
		p.signal(kill)
		<-p.exited
	}
}

func (p *Process) signal(send func(*exec.Cmd) error) {
	select {
	case <-p.exited:
	default:
		send(p.cmd) // it may end at this moment: there is nothing to do about an error
	}
}

// A tail keeps the last octets written to it.
type tail struct {
	mu sync.Mutex
	b  []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, b...)
	if over := len(t.b) - tailOctets; over > 0 {
		t.b = append(t.b[:0], t.b[over:]...)
	}
	return len(b), nil
}

func (t *tail) indented() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.TrimSpace(string(bytes.ToValidUTF8(t.b, []byte("?"))))
	if text == "" {
		return ""
	}
	return "\n    " + strings.ReplaceAll(text, "\n", "\n    ")
}
