package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/wsspec/wsspec/reference"
)

// server starts a server of a kind inside the test: a peer, or one of
//
//	down        a port on which nothing listens
//	mortal      careless, and dead after some connections
//	http        a plain HTTP server that finds nothing
//	redirect    one that answers 302
//	recorder    the reference, whose requests are kept
//	discard     the reference, but it does not echo
//	tls, mtls   the reference behind TLS; mtls wants a certificate of the client
func server(ts *testscript.TestScript, neg bool, args []string) {
	name := "URL"
	if len(args) > 1 {
		name = args[1]
	}
	if args[0] == "down" {
		address := freeAddress(ts)
		ts.Setenv(name, "ws://"+address+"/")
		ts.Setenv("ADDRESS", address)
		return
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	scheme := "ws"
	switch kind := args[0]; kind {
	case "tls", "mtls":
		scheme = "wss"
		host(ts, tls.NewListener(l, serverTLS(ts, kind == "mtls")), &reference.Handler{Options: strict()})
	case "recorder":
		h := &reference.Handler{Options: strict()}
		h.Options.Handshake = stateOf(ts).recorder.record
		host(ts, l, h)
	case "discard":
		host(ts, l, &reference.Handler{Options: strict(), Serve: discard})
	case "http":
		host(ts, l, http.NotFoundHandler())
	case "redirect":
		host(ts, l, http.RedirectHandler("/elsewhere", http.StatusFound))
	case "mortal":
		hostPeer(ts, &peerHost{l: l, serve: peers()["careless"], lives: 60})
	default:
		stateOf(ts).connected = make(chan struct{}, 100)
		hostPeer(ts, &peerHost{l: l, serve: peers()[kind], came: stateOf(ts).connected})
	}
	ts.Setenv(name, scheme+"://"+l.Addr().String()+"/")
	ts.Setenv("ADDRESS", l.Addr().String())
}

// connected waits for so many connections to the latest peer.
func connected(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	for range n {
		<-stateOf(ts).connected
	}
}

func strict() reference.Options {
	return reference.Options{Subprotocols: []string{"chat", "superchat"}, Deflate: &reference.DeflateOptions{}}
}

func host(ts *testscript.TestScript, l net.Listener, h http.Handler) {
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	s := &reference.Server{Handler: h}
	serving.Go(func() { s.Serve(ctx, l) })
	ts.Defer(func() { cancel(); serving.Wait() })
}

func hostPeer(ts *testscript.TestScript, h *peerHost) {
	if h.serve == nil {
		ts.Fatalf("there is no such server")
	}
	var serving sync.WaitGroup
	serving.Go(h.run)
	ts.Defer(func() { h.stop(); serving.Wait() })
}

// discard reads messages and sends none.
func discard(ctx context.Context, c *reference.Conn) {
	for {
		if _, _, err := c.Read(ctx); err != nil {
			return
		}
	}
}

func serverTLS(ts *testscript.TestScript, clients bool) *tls.Config {
	pair, err := tls.LoadX509KeyPair(ts.MkAbs("server.pem"), ts.MkAbs("server.key"))
	ts.Check(err)
	c := &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"}}
	if clients {
		c.ClientAuth, c.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
		c.ClientCAs.AppendCertsFromPEM([]byte(ts.ReadFile("ca.pem")))
	}
	return c
}

// A recorder keeps the header fields of requests.
type recorder struct {
	mu   sync.Mutex
	seen []http.Header
}

func (r *recorder) record(req *reference.Request) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, req.Header.Clone())
	return nil
}

// requests prints the fields that all requests had in common.
func requests(ts *testscript.TestScript, neg bool, args []string) {
	r := &stateOf(ts).recorder
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.seen) == 0 {
		ts.Fatalf("there was no request")
	}
	for name, values := range r.seen[0] {
		if !slices.ContainsFunc(r.seen, func(h http.Header) bool { return !slices.Equal(h[name], values) }) {
			fmt.Fprintf(ts.Stdout(), "%s: %s\n", name, strings.Join(values, " | "))
		}
	}
}

// serve starts wsspec serve and waits until it says where.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	program, err := exec.LookPath("wsspec")
	ts.Check(err)
	cmd := exec.Command(program, append([]string{"serve"}, args...)...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "GORACE="+ts.Getenv("GORACE"))
	var stderr bytes.Buffer
	cmd.Stderr, stateOf(ts).served = &stderr, &stderr
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	stateOf(ts).serving = cmd
	ts.Defer(func() { cmd.Process.Kill(); cmd.Wait() })
	lines := bufio.NewScanner(out)
	for i := range max(1, strings.Count(strings.Join(args, " "), "--listen")) {
		if !lines.Scan() {
			cmd.Wait()
			ts.Fatalf("wsspec serve prints no URL: %s", stderr.String())
		}
		ts.Setenv([]string{"URL", "URL2", "URL3"}[i], lines.Text())
	}
}

func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	cmd := stateOf(ts).serving
	ts.Check(cmd.Process.Signal(os.Interrupt))
	ts.Check(cmd.Wait())
}
