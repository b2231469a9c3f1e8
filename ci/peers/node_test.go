package peers_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// A nodeClient is an echo client without any Go, that comes by itself.
type nodeClient struct {
	library string // as node/client.mjs names it
	flags   []string
	// check is a script that names the table to hold the client against, "-" and the
	// reason where there is none.
	check string
}

func nodeClients() []nodeClient {
	return []nodeClient{{
		library: "ws",
		check: `try { require('ws') } catch { console.log('- npm ci has not been run in ci/peers/node'); process.exit() }
			console.log(parseInt(process.versions.node) < 20 ? 'client-node-ws-18.txt' : 'client-node-ws.txt')`,
	}, {
		library: "builtin", flags: []string{"--experimental-websocket", "--no-warnings"},
		check: `const has = typeof WebSocket === 'undefined' ? 'no' : process.versions.undici
			console.log(has === '6.24.1' ? 'client-node-builtin.txt' :
				'- the table is for the WebSocket of undici 6.24.1, and Node ' + process.version + ' has ' + has)`,
	}}
}

// The same holds for clients on Node, with one process for all cases.
func TestVerdictsOnNodeClientsAreThoseOfTheTable(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, err.Error())
	}
	for _, client := range nodeClients() {
		t.Run(client.library, func(t *testing.T) {
			table := client.table(t)
			text, err := os.ReadFile(filepath.Join("expected", table))
			if err != nil {
				t.Fatal(err)
			}
			hold(t, string(text), client.play(t))
		})
	}
}

// missing skips a test for want of something that ci/test installs, and fails it there.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// table is the name of the table for the client on this machine. Where there is none,
// the test is skipped.
func (c *nodeClient) table(t *testing.T) string {
	t.Helper()
	node := exec.CommandContext(t.Context(), "node", append(slices.Clone(c.flags), "-e", c.check)...)
	node.Dir = "node"
	out, err := node.CombinedOutput()
	said := strings.TrimSpace(string(out))
	if why, none := strings.CutPrefix(said, "- "); none || err != nil {
		if why = "node cannot run the client: " + why; c.library == "ws" {
			missing(t, why)
		}
		t.Skip(why) // not every version has a WebSocket of its own
	}
	return said
}

// play lets the client come to all cases that are offered to one that comes by
// itself, eight at a time.
func (c *nodeClient) play(t *testing.T) *runner.Report {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	args := append(slices.Clone(c.flags), "client.mjs", "ws://"+l.Addr().String()+"/", "node", c.library, "8")
	node := exec.CommandContext(ctx, "node", args...)
	node.Dir = "node"
	ended := make(chan error, 1)
	var out []byte
	go func() {
		defer stop()
		var err error
		out, err = node.CombinedOutput()
		ended <- err
	}()
	reports, err := runner.Listen(ctx, l, cases.All(), runner.ListenOptions{Refusals: true})
	if failed := <-ended; failed != nil || err != nil {
		t.Fatalf("node: %v, listen: %v\n%s", failed, err, out)
	}
	if len(reports) != 1 {
		t.Fatalf("%d clients came", len(reports))
	}
	report := reports[0].Report
	if report.Trouble != "" {
		t.Fatal(report.Trouble)
	}
	t.Logf("%s: %d cases in %v", c.library, len(report.Results), report.Elapsed)
	return report
}
