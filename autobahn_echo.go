package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/reference"
)

// mostEchoed is the largest message, in octets, that is echoed: Autobahn's cases
// have up to 16 MiB.
const mostEchoed = 64 << 20

// testeeServer echoes, with compression when the client offers it.
func (f *autobahnFlags) testeeServer(cmd *cobra.Command) error {
	return f.echo(cmd, &reference.DeflateOptions{})
}

// echoServer echoes, and takes no extension.
func (f *autobahnFlags) echoServer(cmd *cobra.Command) error { return f.echo(cmd, nil) }

func (f *autobahnFlags) echo(cmd *cobra.Command, deflate *reference.DeflateOptions) error {
	options := reference.Options{Deflate: deflate}
	options.ReadLimit, options.Coalesce = mostEchoed, true
	return f.serve(cmd, echoHandler(options))
}

// serve serves at the URL of the command line until it is interrupted.
func (f *autobahnFlags) serve(cmd *cobra.Command, h http.Handler) error {
	l, at, err := f.open(cmd, f.uri(), f.files)
	if err != nil {
		return err
	}
	says(cmd, "listening at %s", at)
	server := &reference.Server{Handler: h, Logger: slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))}
	if err := server.Serve(cmd.Context(), l); err != nil {
		return &exitError{exitTrouble, err}
	}
	return nil
}

// echoClient echoes what a server says, until one of the two ends it.
func (f *autobahnFlags) echoClient(cmd *cobra.Command) error {
	return f.visit(cmd, func(ctx context.Context, c *reference.Conn) error {
		for {
			typ, p, err := c.Read(ctx)
			if err == nil {
				err = c.Write(ctx, typ, p)
			}
			if err != nil {
				return err
			}
		}
	})
}

// visit talks to the server at the URL of the command line. The end of the
// connection by a Close frame is no error, nor is an interrupt.
func (f *autobahnFlags) visit(cmd *cobra.Command, talk func(context.Context, *reference.Conn) error) error {
	u, err := f.server(f.uri())
	if err != nil {
		return &exitError{exitUsage, err}
	}
	c, err := call(cmd.Context(), u.String(), nil)
	if err != nil {
		return notReached(cmd.Context(), u.String(), err)
	}
	defer c.CloseNow()
	says(cmd, "connected to %s", u)
	err = talk(cmd.Context(), c)
	if cmd.Context().Err() != nil {
		c.Close(reference.StatusGoingAway, "")
		return nil
	}
	if _, closed := errors.AsType[*reference.CloseError](err); closed || err == nil {
		return nil
	}
	return &exitError{exitTrouble, fmt.Errorf("%s: %w", u, err)}
}

// server is the URL of a server to connect to.
func (f *autobahnFlags) server(node *specNode) (*url.URL, error) {
	u, err := url.Parse(node.value)
	switch {
	case err != nil:
		return nil, node.errorf("%w", errors.Unwrap(err))
	case u.Scheme != "ws" && u.Scheme != "wss" || u.Hostname() == "" || u.Fragment != "":
		return nil, node.errorf("%q is no URL of the form ws://HOST:PORT/PATH or wss://HOST:PORT/PATH", node.value)
	}
	return u, nil
}

// call connects to a server as wstest does, which verifies no certificate.
func call(ctx context.Context, url string, deflate []reference.DeflateOptions) (*reference.Conn, error) {
	o := &reference.DialOptions{Deflate: deflate, TLS: &tls.Config{InsecureSkipVerify: true}}
	o.ReadLimit, o.Coalesce, o.CloseTimeout = mostEchoed, true, time.Second
	c, _, err := reference.Dial(ctx, url, o)
	return c, err
}

// notReached is the error of a connection that cannot be opened.
func notReached(ctx context.Context, url string, err error) error {
	switch {
	case ctx.Err() != nil:
		err = errors.New("stopped before the connection was open")
	case errors.Is(err, syscall.ECONNREFUSED):
		err = fmt.Errorf("%w (nothing listens there)", err)
	}
	return &exitError{exitTrouble, fmt.Errorf("%s: %w", url, err)}
}
