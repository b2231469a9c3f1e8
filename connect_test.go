package main

import (
	"context"
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/reference"
)

// connectTo runs wsspec connect against a server, and tells how the server saw the
// connection end, and how the command did.
func connectTo(t *testing.T, ctx context.Context, in io.Reader, serve func(context.Context, *reference.Conn), args ...string) (code reference.StatusCode, err error) {
	t.Helper()
	ended := make(chan error, 1)
	server := httptest.NewServer(&reference.Handler{Serve: func(ctx context.Context, c *reference.Conn) {
		serve(ctx, c)
		_, _, err := c.Read(ctx)
		ended <- err
	}})
	defer server.Close()
	root := rootCommand()
	root.SetArgs(append([]string{"connect", "ws" + strings.TrimPrefix(server.URL, "http"), "--quiet"}, args...))
	root.SetIn(in)
	root.SetOut(io.Discard)
	root.SetErr(io.Discard)
	err = root.ExecuteContext(ctx)
	return reference.CloseStatus(<-ended), err
}

func TestAnInterruptClosesWith1001(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	typing, typist := io.Pipe()
	go io.WriteString(typist, "Hello\n")
	code, err := connectTo(t, ctx, typing, func(ctx context.Context, c *reference.Conn) {
		c.Read(ctx)
		interrupt()
	})
	if code != reference.StatusGoingAway || err != nil {
		t.Errorf("the server saw %d, the command ended with %v", code, err)
	}
}

func TestTheCodeOfTheServerDecidesTheExitCode(t *testing.T) {
	tests := map[reference.StatusCode]int{1000: 0, 1001: 0, 1002: 1, 1011: 1, 4000: 1}
	for sent, want := range tests {
		typing, _ := io.Pipe()
		_, err := connectTo(t, t.Context(), typing, func(_ context.Context, c *reference.Conn) { c.Close(sent, "x") })
		exit := &exitError{}
		if err != nil && !errors.As(err, &exit) || exit.code != want {
			t.Errorf("closed with %d: exit code %d, want %d", sent, exit.code, want)
		}
	}
}

func TestTCPThatEndsAloneIsTrouble(t *testing.T) {
	typing, _ := io.Pipe()
	_, err := connectTo(t, t.Context(), typing, func(_ context.Context, c *reference.Conn) { c.CloseNow() })
	if exit, ok := errors.AsType[*exitError](err); !ok || exit.code != exitTrouble {
		t.Errorf("ended with %v", err)
	}
}
