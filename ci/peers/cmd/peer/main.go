// Command peer serves an echo server on one WebSocket library until it is
// interrupted:
//
//	go run ./cmd/peer gorilla
//	go run ./cmd/peer gws 127.0.0.1:9001
//
// It prints the URL when it is ready. The address is on loopback unless it says
// otherwise, with a port that is free.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/wsspec/wsspec/ci/peers"
)

// errUsage asks for the usage to be shown.
var errUsage = errors.New("usage: peer NAME [ADDR]")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		if errors.Is(err, errUsage) {
			fmt.Fprintln(os.Stderr, names())
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// run serves until the context ends, which is no error.
func run(ctx context.Context, args []string, stdout io.Writer) error {
	if len(args) < 1 || len(args) > 2 {
		return errUsage
	}
	peer, err := peers.Find(args[0])
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	listener, err := net.Listen("tcp", address(args[1:]))
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s %s at ws://%s/\n", peer.Module, peer.Version, listener.Addr())
	server := &http.Server{Handler: peer.New(), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// address returns where to listen; without a host it is loopback.
func address(args []string) string {
	if len(args) == 0 {
		return "127.0.0.1:0"
	}
	if host, port, err := net.SplitHostPort(args[0]); err == nil && host == "" {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return args[0]
}

// names lists the servers for the usage.
func names() string {
	var b strings.Builder
	for _, peer := range peers.Servers() {
		fmt.Fprintf(&b, "  %-8s %s %s\n", peer.Name, peer.Module, peer.Version)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
