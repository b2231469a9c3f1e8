package browser

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// A process is a browser that runs, with those that it has started.
type process struct {
	cmd    *exec.Cmd
	output *os.File        // what it prints, of which nothing but the address is of interest
	alive  context.Context // ends with the process
	tells  chan string     // the address of WebDriver BiDi; closed when it prints nothing more
}

// startProcess starts the program with the profile in the folder.
func startProcess(path, folder string) (*process, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer write.Close()
	p := &process{output: read, tells: make(chan string, 1)}
	p.cmd = exec.Command(path, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0", "about:blank")
	p.cmd.Env = append(os.Environ(), "HOME="+folder, "MOZ_CRASHREPORTER_DISABLE=1")
	p.cmd.Stderr = write
	ownGroup(p.cmd)
	if err := p.cmd.Start(); err != nil {
		read.Close()
		return nil, err
	}
	alive, end := context.WithCancel(context.Background())
	p.alive = alive
	go func() {
		defer end()
		p.cmd.Wait() // its error is in the state
	}()
	go p.listen()
	return p, nil
}

// listen reads what the process prints.
func (p *process) listen() {
	defer close(p.tells)
	told := false
	lines := bufio.NewScanner(p.output)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "BiDi listening on ws://"); ok && !told {
			told = true
			p.tells <- strings.TrimSpace(address)
		}
	}
	io.Copy(io.Discard, p.output) // behind a line that is too long
}

// bidiAddress waits for the address to be printed.
func (p *process) bidiAddress(ctx context.Context) (string, error) {
	select {
	case address, ok := <-p.tells:
		if !ok {
			return "", errors.New("it tells no address of WebDriver BiDi")
		}
		return address, nil
	case <-p.alive.Done():
		return "", fmt.Errorf("it tells no address of WebDriver BiDi, and ends: %s", p.fate())
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// fate is how the process ended, once it has.
func (p *process) fate() string { return p.cmd.ProcessState.String() }

// kill ends the process at once.
func (p *process) kill() { killGroup(p.cmd) }

// end ends the process, and all those that it has started.
func (p *process) end() {
	p.kill()
	<-p.alive.Done()
	p.kill() // what was started meanwhile
	p.output.Close()
}
