package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/wsspec/wsspec/ci/peers/bench"
)

// serveArg makes this program the server.
const serveArg = "serve-target"

// A server is the process that is tested.
type server struct {
	name, url string
	cmd       *exec.Cmd
	stdin     io.Closer
}

// startChild starts this program again with a target, and waits for its URL.
func startChild(ctx context.Context, name string) (*server, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &server{cmd: exec.CommandContext(ctx, program, serveArg, name)}
	s.cmd.Stderr = os.Stderr
	stdin, inErr := s.cmd.StdinPipe()
	stdout, outErr := s.cmd.StdoutPipe()
	if err := errors.Join(inErr, outErr); err != nil {
		return nil, err
	}
	s.stdin = stdin
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", name, errors.Join(err, s.stop()))
	}
	s.url, s.name, _ = strings.Cut(strings.TrimSpace(line), " ")
	return s, nil
}

// stop ends the child by ending its input.
func (s *server) stop() error {
	return errors.Join(s.stdin.Close(), s.cmd.Wait())
}

// serve is the child: it serves a target until its input ends.
func serve(name string, stdin io.Reader, stdout io.Writer) error {
	for _, target := range bench.Targets() {
		if target.Name != name {
			continue
		}
		running, err := bench.Start(target)
		if err != nil {
			return err
		}
		fmt.Fprintln(stdout, running.URL, target.Version)
		_, err = io.Copy(io.Discard, stdin)
		return errors.Join(err, running.Stop())
	}
	return fmt.Errorf("no target %q", name)
}

// usage is what a process has taken.
type usage struct {
	cpu  time.Duration // in it and in the kernel
	peak int64         // resident octets
}

// usage is that of the child, once it has ended.
func (s *server) usage() usage {
	if u, ok := s.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		return usageOf(u)
	}
	return usage{}
}

// ourUsage is that of this process so far.
func ourUsage() usage {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return usage{}
	}
	return usageOf(&u)
}

func usageOf(u *syscall.Rusage) usage {
	cpu := time.Duration(u.Utime.Nano() + u.Stime.Nano())
	return usage{cpu: cpu, peak: int64(u.Maxrss) << 10} // Linux counts it in KiB
}
