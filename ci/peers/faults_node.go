package peers

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/wsspec/wsspec/runner"
)

// A node is a process of Node that opens the URLs which it is told: runner.Client.
type node struct {
	version string
	cmd     *exec.Cmd
	in      io.WriteCloser

	mu      sync.Mutex
	calls   int
	waiting map[int]chan *nodeReport
	ended   chan struct{}
}

// A nodeReport is what the process says of a connection, as the error of Connect.
type nodeReport struct {
	N      int    `json:"n"`
	Failed bool   `json:"failed"`
	Said   string `json:"said"`
	Dead   bool   `json:"died"`
}

func (r *nodeReport) Error() string { return r.Said }

// Died tells package notice that the process would have died.
func (r *nodeReport) Died() bool { return r.Dead }

// A nodeCall is what it is told.
type nodeCall struct {
	N         int      `json:"n"`
	URL       string   `json:"url,omitempty"`
	Protocols []string `json:"protocols,omitempty"`
	Lead      bool     `json:"lead,omitempty"`
	Leave     bool     `json:"leave,omitempty"`
}

// newNode starts the process. It is ErrAbsent when this Node has not got the library.
func newNode(ctx context.Context, program, library string) (*node, error) {
	_, file, _, _ := runtime.Caller(0)
	folder := filepath.Join(filepath.Dir(file), "node")
	flags := []string{"--experimental-websocket", "--no-warnings"}
	probe := exec.CommandContext(ctx, program, append(flags, "-e", map[string]string{
		"ws":      "console.log('ws', require('ws/package.json').version, 'on Node', process.version)",
		"builtin": "WebSocket; console.log('Node', process.version, 'with undici', process.versions.undici)",
	}[library])...)
	probe.Dir = folder
	version, err := probe.Output()
	if err != nil {
		return nil, ErrAbsent
	}
	n := &node{version: strings.TrimSpace(string(version)), waiting: map[int]chan *nodeReport{}, ended: make(chan struct{})}
	n.cmd = exec.CommandContext(context.WithoutCancel(ctx), program, append(flags, "steered.mjs", library)...)
	n.cmd.Dir = folder
	in, err := n.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	n.in = in
	if err := n.cmd.Start(); err != nil {
		return nil, err
	}
	go n.read(out)
	return n, nil
}

func (n *node) String() string { return n.version }

// read hands the reports to the calls.
func (n *node) read(out io.Reader) {
	defer close(n.ended)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		report := new(nodeReport)
		if json.Unmarshal(lines.Bytes(), report) != nil {
			continue
		}
		n.mu.Lock()
		if c := n.waiting[report.N]; c != nil {
			c <- report
			delete(n.waiting, report.N)
		}
		n.mu.Unlock()
	}
}

// tell writes a line.
func (n *node) tell(call nodeCall) error {
	line, err := json.Marshal(call)
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	_, err = n.in.Write(append(line, '\n'))
	return err
}

// Connect has the process open the URL and echo, and waits for its report.
func (n *node) Connect(ctx context.Context, call runner.Call) error {
	return n.open(ctx, call, false)
}

// Lead has the process speak first.
func (n *node) Lead(ctx context.Context, call runner.Call) error { return n.open(ctx, call, true) }

func (n *node) open(ctx context.Context, call runner.Call, lead bool) error {
	if call.Extensions != "" {
		return runner.ErrUnable
	}
	report := make(chan *nodeReport, 1)
	n.mu.Lock()
	n.calls++
	number := n.calls
	n.waiting[number] = report
	n.mu.Unlock()
	if err := n.tell(nodeCall{N: number, URL: call.URL, Protocols: call.Subprotocols, Lead: lead}); err != nil {
		return err
	}
	select {
	case r := <-report:
		return r
	case <-n.ended:
		return fmt.Errorf("%s has ended", n)
	case <-ctx.Done():
	}
	if err := n.tell(nodeCall{N: number, Leave: true}); err != nil {
		return err
	}
	select {
	case r := <-report:
		return r
	case <-n.ended:
		return fmt.Errorf("%s has ended", n)
	}
}

// close ends the process.
func (n *node) close() error {
	n.in.Close()
	<-n.ended
	return n.cmd.Wait()
}
