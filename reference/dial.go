package reference

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// DialOptions say what a client asks for in its opening handshake. The zero
// value asks for a connection and nothing else.
type DialOptions struct {
	ConnOptions

	// Header has further header fields of the request, such as Cookie or
	// Authorization. Those of the handshake itself cannot be set.
	Header http.Header

	// Origin is the value of the Origin field; empty leaves the field out, as
	// clients do that no web page controls.
	Origin string

	// Subprotocols are offered in this order, the most wanted first. They are
	// tokens and all different.
	Subprotocols []string

	// Deflate are the offers of permessage-deflate, the most wanted first; none
	// means no compression.
	Deflate []DeflateOptions

	// TLS is the configuration for wss. Without a ServerName the host of the URI
	// is sent and verified.
	TLS *tls.Config

	// NetDial opens the transport connection, through a proxy for instance; nil
	// means a net.Dialer.
	NetDial func(ctx context.Context, network, address string) (net.Conn, error)

	// Throttle makes connections to one address wait for each other; nil does
	// not.
	Throttle *Throttle

	// HandshakeTimeout bounds everything up to the answer. Zero means 10 seconds.
	HandshakeTimeout time.Duration

	// MaxRedirects is how many redirections are followed. A redirection from wss
	// to ws is not followed, and credentials do not go to another host.
	MaxRedirects int

	// Faults are the ids of what this client does wrong; Faults lists them. They
	// are for testing servers.
	Faults []string

	rules   rules
	conduct *conduct // nil: honest
}

// withFaults is the options themselves for a client without faults, and else
// options for one connection.
func (o *DialOptions) withFaults() (*DialOptions, error) {
	if len(o.Faults) == 0 {
		return o, nil
	}
	faulty := *o
	c, err := newConduct(ClientSide, o.Faults)
	faulty.rules, faulty.conduct = c.rules(), c
	return &faulty, err
}

// Dial connects to a ws or wss URI and does the opening handshake (RFC 6455,
// section 4.1). opts may be nil.
//
// The response is there whenever the server has sent one that can be read. The
// error is a *Refusal when the server has answered with another status than 101,
// and wraps a *Violation when its answer broke a rule. There is no time limit on
// the connection once it is open; ctx does not matter then.
func Dial(ctx context.Context, uri string, opts *DialOptions) (*Conn, *Response, error) {
	if opts == nil {
		opts = &DialOptions{}
	}
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout(opts.HandshakeTimeout))
	defer cancel()
	for hops := 0; ; hops++ {
		c, resp, err := dialOnce(ctx, uri, opts)
		next, followable := redirection(uri, err)
		if !followable || hops >= opts.MaxRedirects {
			return c, resp, err
		}
		if opts, err = opts.redirected(uri, next); err != nil {
			return nil, resp, err
		}
		uri = next
	}
}

func dialOnce(ctx context.Context, uri string, opts *DialOptions) (*Conn, *Response, error) {
	opts, err := opts.withFaults()
	if err != nil {
		return nil, nil, err
	}
	u, err := parseURL(opts.conduct.uri(uri))
	if err != nil {
		return nil, nil, err
	}
	if err := opts.conduct.mind(opts.check()); err != nil {
		return nil, nil, err
	}
	nc, leave, err := opts.dialInTurn(ctx, u.host, u.port)
	if err != nil {
		return nil, nil, fmt.Errorf("connect to %s: %w", u.hostField(), err)
	}
	defer leave()
	if nc, err = opts.secured(ctx, nc, u); err != nil {
		return nil, nil, fmt.Errorf("connect to %s: %w", u.hostField(), err)
	}
	return opts.shake(ctx, nc, u)
}

// Client does the opening handshake of a client on a connection that somebody
// else has made, TLS included. The URI serves for the request alone. When the
// error is not nil, nc has been closed. For the rest see Dial; redirections are
// not followed.
func Client(ctx context.Context, nc net.Conn, uri string, opts *DialOptions) (*Conn, *Response, error) {
	if opts == nil {
		opts = &DialOptions{}
	}
	opts, err := opts.withFaults()
	var u wsURL
	if err == nil {
		u, err = parseURL(opts.conduct.uri(uri))
	}
	if err == nil {
		err = opts.conduct.mind(opts.check())
	}
	if err != nil {
		nc.Close()
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout(opts.HandshakeTimeout))
	defer cancel()
	return opts.shake(ctx, nc, u)
}

// secured does the TLS handshake for wss, right behind connecting.
func (o *DialOptions) secured(ctx context.Context, nc net.Conn, u wsURL) (net.Conn, error) {
	if !u.secure {
		return nc, nil
	}
	config := o.TLS.Clone()
	if config == nil {
		config = &tls.Config{}
	}
	if config.ServerName == "" {
		config.ServerName = u.host
	}
	if len(config.NextProtos) == 0 {
		config.NextProtos = []string{"http/1.1"}
	}
	c := tls.Client(nc, config)
	if err := handshakeTLS(ctx, c); err != nil {
		nc.Close()
		return nil, err
	}
	return c, nil
}

// check refuses options that would make an invalid request.
func (o *DialOptions) check() error {
	for i, name := range o.Subprotocols {
		if !isToken(name) {
			return fmt.Errorf("subprotocol %q is not a token", name)
		}
		if slices.Contains(o.Subprotocols[:i], name) {
			return fmt.Errorf("subprotocol %q is offered twice", name)
		}
	}
	if !isFieldValue(o.Origin) {
		return fmt.Errorf("origin %q cannot be sent", o.Origin)
	}
	for name, values := range o.Header {
		canonical := http.CanonicalHeaderKey(name)
		if ofHandshake(canonical) || canonical == "Origin" && o.Origin != "" {
			return fmt.Errorf("header field %q belongs to the opening handshake", name)
		}
		if !sendable(name, values) {
			return fmt.Errorf("header field %q cannot be sent", name)
		}
	}
	return nil
}

// redirection returns the URI that a refusal points to.
func redirection(from string, err error) (to string, ok bool) {
	refusal, ok := errors.AsType[*Refusal](err)
	if !ok || !slices.Contains([]int{301, 302, 303, 307, 308}, refusal.Status) {
		return "", false
	}
	base, err := url.Parse(from)
	if err != nil {
		return "", false
	}
	u, err := base.Parse(refusal.Header.Get("Location"))
	if err != nil || refusal.Header.Get("Location") == "" {
		return "", false
	}
	switch u.Scheme { // servers think of the handshake as of any other request
	case "http":
		u.Scheme = "ws"
	case "https":
		u.Scheme = "wss"
	}
	u.Fragment = ""
	return u.String(), true
}

// redirected returns the options for the next hop.
func (o *DialOptions) redirected(from, to string) (*DialOptions, error) {
	a, errA := parseURL(from)
	b, errB := parseURL(to)
	if err := errors.Join(errA, errB); err != nil {
		return nil, err
	}
	if a.secure && !b.secure {
		return nil, fmt.Errorf("the server redirects from wss to ws, to %q", to)
	}
	next := *o
	if !strings.EqualFold(a.host, b.host) || a.port != b.port {
		next.Header = o.Header.Clone()
		next.Header.Del("Authorization")
		next.Header.Del("Cookie")
	}
	return &next, nil
}
