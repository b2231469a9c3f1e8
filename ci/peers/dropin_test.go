package peers_test

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A driver that its author wrote for Autobahn's fuzzing server runs to its end against
// wsspec listen, and what the command writes passes the check that coder/websocket
// makes of index.json, but for the cases in expected/driver-*.txt.
func TestVerdictsOnDriversForAutobahn(t *testing.T) {
	command := build(t)
	for _, d := range drivers(t) {
		t.Run(d.library, func(t *testing.T) {
			t.Parallel() // they wait more than they work
			folder := t.TempDir()
			serve(t, command, folder, d.run)
			index := holdShape(t, folder)
			if len(index) != 1 || len(index[d.agent]) != 517 {
				t.Fatalf("%d agents, %d cases", len(index), len(index[d.agent]))
			}
			text, err := os.ReadFile(filepath.Join("expected", "driver-"+d.library+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			want, got := map[string][2]string{}, map[string][2]string{}
			for id, e := range index[d.agent] {
				got[id] = [2]string{e.Behavior, e.BehaviorClose}
				want[id] = got[id]
				if !accepted(e) {
					want[id] = [2]string{"OK", "OK"}
				}
			}
			table, faults := parseWords(string(text))
			if faults = append(faults, compareWords(table, want, got)...); len(faults) > 0 {
				t.Errorf("the check of index.json:\n%s", strings.Join(faults, "\n"))
			}
		})
	}
}

// accepted is the check that the authors of coder/websocket make.
func accepted(e indexEntry) bool {
	return slices.Contains([]string{"OK", "INFORMATIONAL"}, e.BehaviorClose) &&
		slices.Contains([]string{"OK", "NON-STRICT", "INFORMATIONAL"}, e.Behavior)
}

// build builds the command.
func build(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "wsspec.exe")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", name, ".")
	cmd.Dir = filepath.Join("..", "..")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return name
}

var listening = regexp.MustCompile(`^listening at (ws://.*)/ with`)

// serve runs wsspec listen until a client has asked for its reports, which it writes
// into the folder.
func serve(t *testing.T, command, folder string, client func(ctx context.Context, url string) error) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	cmd := exec.CommandContext(ctx, command, "listen", "--listen", "127.0.0.1:0", "--once", "--quiet", "--report", "", "--autobahn", folder)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Scan()
	url := listening.FindStringSubmatch(lines.Text())
	if url == nil {
		t.Fatalf("%q", lines.Text())
	}
	done := make(chan error, 1)
	go func() {
		err := client(ctx, url[1])
		if err != nil {
			stop() // or it would wait for the client for ever
		}
		done <- err
	}()
	last := ""
	for lines.Scan() {
		last = lines.Text()
	}
	err = cmd.Wait()
	if failed := <-done; failed != nil {
		t.Fatal(failed)
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() != 1 {
		t.Fatal(err)
	}
	t.Log(last)
}
