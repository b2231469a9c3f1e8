package runner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

const (
	readyEvery  = 20 * time.Millisecond // between two probes of a process that is starting
	readyWithin = time.Second           // for one probe
	endsWithin  = 5 * time.Second       // after SIGTERM, before SIGKILL
	tailOctets  = 4 << 10               // of the output of a process, kept for its obituary
)

// A Process is a target that the run starts and ends. It lives as long as the
// command, or whatever that has started with the same output.
type Process struct {
	Target
	cmd      *exec.Cmd
	output   *os.File // that we read
	tail     tail
	alive    context.Context
	err      error         // valid once alive has ended
	patience time.Duration // after SIGTERM
}

// Start runs the command, whose server is reached at t, and waits until it
// accepts connections. The error tells what the process printed.
func Start(ctx context.Context, t Target, command []string) (*Process, error) {
	p, err := launch(command)
	if err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	p.Target = t
	if err := p.ready(ctx); err != nil {
		p.Stop()
		return nil, err
	}
	return p, nil
}

// launch starts a command, with a process group of its own and nothing to read.
func launch(command []string) (*Process, error) {
	if len(command) == 0 {
		return nil, errors.New("no command to start")
	}
	output, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	p := &Process{cmd: exec.Command(command[0], command[1:]...), output: output, patience: endsWithin}
	p.cmd.Stdout, p.cmd.Stderr = theirs, theirs
	ownGroup(p.cmd)
	err = p.cmd.Start()
	theirs.Close()
	if err != nil {
		output.Close()
		return nil, err
	}
	alive, end := context.WithCancel(context.Background())
	p.alive = alive
	go p.attend(end)
	return p, nil
}

// attend reads what the process prints until all that hold its output have
// ended, and takes its exit status.
func (p *Process) attend(end func()) {
	io.Copy(&p.tail, p.output) // or until Stop has lost patience
	p.output.Close()
	p.err = p.cmd.Wait()
	end()
}

// ready dials until the server accepts.
func (p *Process) ready(ctx context.Context) error {
	tick := time.NewTicker(readyEvery)
	defer tick.Stop()
	for {
		err := p.probe(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.alive.Done():
			return fmt.Errorf("the server ended before it was ready: %s", p.Obituary())
		case <-ctx.Done():
			return fmt.Errorf("the server is not ready: %w%s", err, p.tail.indented())
		case <-tick.C:
		}
	}
}

// probe connects once, for as long as the process lives.
func (p *Process) probe(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	defer context.AfterFunc(p.alive, cancel)()
	nc, err := p.Target.Dial(ctx)
	if err != nil {
		return err
	}
	return nc.Close()
}

// Dial fails at once when the process has ended.
func (p *Process) Dial(ctx context.Context) (net.Conn, error) {
	if p.alive.Err() != nil {
		return nil, errors.New("the server has ended: " + p.Obituary())
	}
	return p.Target.Dial(ctx)
}

// Obituary is how the process ended and what it printed last; empty while it lives.
func (p *Process) Obituary() string {
	if p.alive.Err() == nil {
		return ""
	}
	return p.fate() + p.tail.indented()
}

// fate is how the process ended, once it has.
func (p *Process) fate() string {
	if p.err != nil {
		return p.err.Error()
	}
	return "exit status 0"
}

// Stop ends the process and what it has started, with force when they do not end
// by themselves. What has left the group of the process is left alone.
func (p *Process) Stop() {
	if p.alive.Err() != nil {
		return
	}
	terminate(p.cmd) // it may end at this moment: there is nothing to do about an error
	t := time.NewTimer(p.patience)
	defer t.Stop()
	select {
	case <-p.alive.Done():
		return
	case <-t.C:
	}
	kill(p.cmd)
	p.output.SetReadDeadline(time.Now()) // whoever holds it still is none of ours
	<-p.alive.Done()
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

// text is what was written last, without the space around it.
func (t *tail) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(bytes.ToValidUTF8(t.b, []byte("?"))))
}

// lines are the last n lines.
func (t *tail) lines(n int) []string {
	lines := strings.FieldsFunc(t.text(), func(r rune) bool { return r == '\n' || r == '\r' })
	return lines[max(0, len(lines)-n):]
}

func (t *tail) indented() string {
	text := t.text()
	if text == "" {
		return ""
	}
	return "\n    " + strings.ReplaceAll(text, "\n", "\n    ")
}
