package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/reference"
)

// serveFlags are the flags of the serve command.
type serveFlags struct {
	listen       []string
	certificate  pemFiles
	subprotocols []string
	origins      []string
	readLimit    int64
	noDeflate    bool
	faults       faultFlags
	scripts      scriptFlags
}

func serveCommand() *cobra.Command {
	f := serveFlags{listen: []string{"127.0.0.1:9001"}, subprotocols: []string{"chat", "superchat"}, readLimit: 64 << 20}
	c := &cobra.Command{
		Use:   "serve",
		Short: "Be a reference server that does everything right, is wrong in a known way, or plays scripts",
		Long: `serve is an echo server that does what the standards say, on every path. It
listens on loopback unless it is told otherwise, until it is interrupted; then it
closes all connections with 1001.

` + faultHelp + scriptHelp,
		Example: `  wsspec serve
  wsspec serve --listen 127.0.0.1:9001 --listen '[::1]:9001'
  wsspec serve --tls-cert cert.pem --tls-key key.pem --subprotocol chat
  wsspec serve --fault list
  wsspec serve --fault pong-payload-cut        wrong in one way; also ws://127.0.0.1:9001/fault/pong-payload-cut
  wsspec serve --handlers scripts              scripts/chat.ws is played at ws://127.0.0.1:9001/chat
  wsspec serve --fault utf8-not-checked --fault-odds 0.1 --seed 7`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.register(c.Flags())
	f.scripts.register(c.Flags())
	return c
}

// register has what the fields hold as the defaults.
func (f *serveFlags) register(s *pflag.FlagSet) {
	s.StringArrayVar(&f.listen, "listen", f.listen, "`address` to listen on (repeatable)")
	f.certificate.register(s)
	s.StringArrayVar(&f.subprotocols, "subprotocol", f.subprotocols, "support the subprotocol of this `name` (repeatable)")
	s.StringArrayVar(&f.origins, "origin", nil, "accept opening handshakes of this `origin` alone (repeatable)")
	s.Int64Var(&f.readLimit, "read-limit", f.readLimit, "refuse messages of more `octets`; -1 for no limit")
	s.BoolVar(&f.noDeflate, "no-deflate", false, "decline permessage-deflate")
	f.faults.register(s)
}

func (f *serveFlags) run(cmd *cobra.Command) error {
	if f.faults.list() {
		return printFaults(cmd.OutOrStdout(), reference.ServerSide)
	}
	if err := f.faults.check(); err != nil {
		return err
	}
	p, err := f.scripts.load()
	if err != nil {
		return err
	}
	secure, err := f.certificate.config()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
	p.others = newFaultHandler(f.options(), f.faults)
	p.log = log
	server := &reference.Server{Handler: p, Logger: log, Faults: f.faults.ofHTTP()}
	stage := p.stage(f.faults.seed)
	listeners, urls, err := f.listenAll(secure)
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	for _, url := range urls {
		fmt.Fprintln(cmd.OutOrStdout(), url)
	}
	p.list(cmd.OutOrStdout())
	var group sync.WaitGroup
	failed := make(chan error, len(listeners))
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	for _, l := range listeners {
		group.Go(func() {
			if err := stage.Serve(ctx, l, server.ServeConn); err != nil {
				failed <- err
				cancel()
			}
		})
	}
	group.Wait()
	select {
	case err := <-failed:
		return &exitError{exitTrouble, err}
	default:
		return nil
	}
}

// options are the flags as options of the reference, without the faults.
func (f *serveFlags) options() reference.Options {
	o := reference.Options{Subprotocols: f.subprotocols, AllowedOrigins: f.origins}
	o.ReadLimit, o.Coalesce = f.readLimit, true
	if !f.noDeflate {
		o.Deflate = &reference.DeflateOptions{}
	}
	return o
}

// listenAll listens at all addresses, and gives their URLs.
func (f *serveFlags) listenAll(secure *tls.Config) (all []net.Listener, urls []string, err error) {
	for _, address := range f.listen {
		l, url, err := listenSecured(address, secure)
		if err != nil {
			for _, open := range all {
				open.Close()
			}
			return nil, nil, err
		}
		all, urls = append(all, l), append(urls, url)
	}
	return all, urls, nil
}

// listen listens at an address; an error says what may help.
func listen(address string) (net.Listener, error) {
	if address == "" {
		return nil, errors.New("--listen has no address")
	}
	l, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%w (--listen 127.0.0.1:0 takes any free port)", err)
	}
	return l, err
}

// echoHandler echoes on every path.
func echoHandler(o reference.Options) http.Handler {
	return &reference.Handler{Options: o, Serve: reference.Echo}
}

// A builtIn is the reference server that a test runs against.
type builtIn struct {
	listener net.Listener
	stop     func()
}

// startReference starts a reference server on a loopback port of its own.
func startReference(ctx context.Context) (*builtIn, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	options := reference.Options{Subprotocols: []string{"chat", "superchat"}, Deflate: &reference.DeflateOptions{}}
	options.Coalesce, options.CloseTimeout = true, time.Second
	server := &reference.Server{Handler: echoHandler(options)}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var serving sync.WaitGroup
	serving.Go(func() { server.Serve(ctx, l) })
	return &builtIn{listener: l, stop: func() { cancel(); serving.Wait() }}, nil
}
