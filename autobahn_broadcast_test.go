package main

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
)

// watched is what a command prints, to wait for.
type watched struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // of capacity 1
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text.Write(p)
	select {
	case w.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

// line waits for a line with this in it.
func (w *watched) line(t *testing.T, part string) string {
	t.Helper()
	for {
		w.mu.Lock()
		text := w.text.String()
		w.mu.Unlock()
		for line := range strings.Lines(text) {
			if strings.HasSuffix(line, "\n") && strings.Contains(line, part) {
				return strings.TrimSpace(line)
			}
		}
		select {
		case <-w.more:
		case <-t.Context().Done():
			t.Fatal(text)
		}
	}
}

// command runs the program in the background until the context ends.
func command(t *testing.T, args ...string) (out *watched, end func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out = &watched{more: make(chan struct{}, 1)}
	root := rootCommand()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(out)
	ended := make(chan error, 1)
	go func() { ended <- root.ExecuteContext(ctx) }()
	return out, func() error { cancel(); return <-ended }
}

// A message of one client reaches the other, ticks reach both, and an interrupt
// ends each in order.
func TestBroadcastModes(t *testing.T) {
	server, endServer := command(t, "autobahn", "-m", "broadcastserver", "--listen", "127.0.0.1:0")
	url := strings.Fields(server.line(t, "listening at "))[2]
	one, endOne := command(t, "autobahn", "-m", "broadcastclient", "-w", url)
	one.line(t, "hello 1 from wsspec")
	two, endTwo := command(t, "autobahn", "-m", "broadcastclient", "-w", url)
	two.line(t, "hello 1 from wsspec")
	two.line(t, "tick ")
	one.line(t, "tick ")
	if err := endTwo(); err != nil {
		t.Error(err)
	}
	if err := endServer(); err != nil {
		t.Error(err)
	}
	if err := endOne(); err != nil { // the server has taken leave
		t.Error(err)
	}
}
