package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/wsspec/wsspec/ci/peers/bench"
)

// serveArg makes this program the server whose memory is measured.
const serveArg = "serve-target"

// A server is the process that is measured.
type server struct {
	url string
	pid int

	cmd    *exec.Cmd // nil: not ours
	stdin  io.WriteCloser
	stdout *bufio.Reader
}

// startChild starts this program again with a target, and waits for its URL.
func startChild(ctx context.Context, target string) (*server, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &server{cmd: exec.CommandContext(ctx, program, serveArg, target)}
	s.cmd.Stderr = os.Stderr
	stdin, inErr := s.cmd.StdinPipe()
	stdout, outErr := s.cmd.StdoutPipe()
	if err := errors.Join(inErr, outErr); err != nil {
		return nil, err
	}
	s.stdin, s.stdout = stdin, bufio.NewReader(stdout)
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	s.pid = s.cmd.Process.Pid
	url, err := s.stdout.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", target, errors.Join(err, s.stop()))
	}
	s.url = strings.TrimSpace(url)
	return s, nil
}

// settle lets the server give back what it does not need, and tells what it
// uses. It returns zeros for a process that cannot be asked.
func (s *server) settle() (use goMemory, err error) {
	if s.cmd == nil {
		return goMemory{}, nil
	}
	if _, err := io.WriteString(s.stdin, "settle\n"); err != nil {
		return goMemory{}, err
	}
	_, err = fmt.Fscanln(s.stdout, &use.heap, &use.stacks)
	return use, err
}

// goMemory is memory in use, in KiB.
type goMemory struct{ heap, stacks uint64 }

// settle is the child's side of server.settle.
func settle() goMemory {
	debug.FreeOSMemory()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return goMemory{stats.HeapInuse >> 10, stats.StackInuse >> 10}
}

// stop ends the child by ending its input.
func (s *server) stop() error {
	return errors.Join(s.stdin.Close(), s.cmd.Wait())
}

// serve is the child: it serves a target until its input ends, and for each line
// of it gives memory back.
func serve(name string, stdin io.Reader, stdout io.Writer) error {
	if err := raiseFileLimit(0); err != nil {
		return err
	}
	for _, target := range bench.Targets() {
		if target.Name != name {
			continue
		}
		running, err := bench.Start(target)
		if err != nil {
			return err
		}
		fmt.Fprintln(stdout, running.URL)
		for lines := bufio.NewScanner(stdin); lines.Scan(); {
			use := settle()
			fmt.Fprintln(stdout, use.heap, use.stacks)
		}
		return running.Stop()
	}
	return fmt.Errorf("no target %q", name)
}
