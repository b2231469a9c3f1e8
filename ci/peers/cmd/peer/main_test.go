package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/wsspec/wsspec/ci/peers/internal/raw"
)

func TestPeerServesAndStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, w := io.Pipe()
	var running sync.WaitGroup
	running.Go(func() {
		if err := run(ctx, []string{"gorilla", ":0"}, w); err != nil {
			t.Error(err)
		}
	})
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(line)
	url := words[len(words)-1]
	if !strings.HasPrefix(url, "ws://127.0.0.1:") {
		t.Errorf("not on loopback: %s", line)
	}
	conn, err := raw.Dial(ctx, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	cancel()
	running.Wait()
}

func TestUnknownNameIsMisuse(t *testing.T) {
	for _, args := range [][]string{{}, {"no such"}, {"gws", ":0", "more"}} {
		if err := run(t.Context(), args, io.Discard); !errors.Is(err, errUsage) {
			t.Errorf("%q: got %v, want %v", args, err, errUsage)
		}
	}
}

func TestAddressIsLoopbackUnlessGiven(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{nil, "127.0.0.1:0"},
		{[]string{":9001"}, "127.0.0.1:9001"},
		{[]string{"0.0.0.0:9001"}, "0.0.0.0:9001"},
		{[]string{"nonsense"}, "nonsense"},
	}
	for _, test := range tests {
		if got := address(test.args); got != test.want {
			t.Errorf("%q: got %q, want %q", test.args, got, test.want)
		}
	}
}
