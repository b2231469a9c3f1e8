package runner

import (
	"context"
	"crypto/tls"
	"net"
	"net/url"
	"strings"
)

// A Target is a server to test.
type Target interface {
	// String names the target for people.
	String() string
	// Dial opens a connection to the target, TLS included.
	Dial(ctx context.Context) (net.Conn, error)
	// Request is what every opening handshake tells the target.
	Request() RequestInfo
}

// TargetOptions are how a server is reached.
type TargetOptions struct {
	// Fields are further header fields of every opening handshake, or other values
	// of those that each has, such as Host.
	Fields []Field
	// Origin is sent as the Origin field, unless empty.
	Origin string
	// Subprotocols are offered in every opening handshake, unless a case is about them.
	Subprotocols []string
	// TLS is the configuration for wss; nil takes the default one.
	TLS *tls.Config
}

// URL is a target that a ws or wss URL names.
func URL(rawURL string, o TargetOptions) (Target, error) {
	u, err := parseURL(rawURL)
	if err != nil {
		return nil, err
	}
	t := &urlTarget{url: u, address: net.JoinHostPort(u.Hostname(), portOf(u)), info: o.requestInfo(u)}
	if u.Scheme == "wss" {
		t.tls = tlsConfig(o.TLS, u.Hostname())
	}
	return t, nil
}

func (o TargetOptions) requestInfo(u *url.URL) RequestInfo {
	info := RequestInfo{Host: hostOf(u), Port: portOf(u), Secure: u.Scheme == "wss", Target: resourceOf(u)}
	for _, f := range o.Fields {
		if f.isNamed(Field{Name: "Host"}) {
			info.Host = f.Value
		} else {
			info.Fields = append(info.Fields, f)
		}
	}
	if o.Origin != "" {
		info.Fields = append(info.Fields, Field{"Origin", o.Origin})
	}
	if len(o.Subprotocols) > 0 {
		info.Fields = append(info.Fields, Field{"Sec-WebSocket-Protocol", strings.Join(o.Subprotocols, ", ")})
	}
	return info
}

// tlsConfig speaks HTTP/1.1 alone and names the host, unless told otherwise.
func tlsConfig(given *tls.Config, host string) *tls.Config {
	c := given.Clone()
	if c == nil {
		c = &tls.Config{}
	}
	if c.ServerName == "" {
		c.ServerName = host
	}
	if len(c.NextProtos) == 0 {
		c.NextProtos = []string{"http/1.1"}
	}
	return c
}

type urlTarget struct {
	url     *url.URL
	address string
	info    RequestInfo
	tls     *tls.Config // nil for ws
}

func (t *urlTarget) String() string       { return t.url.String() }
func (t *urlTarget) Request() RequestInfo { return t.info }

func (t *urlTarget) Dial(ctx context.Context) (net.Conn, error) {
	var d net.Dialer
	if t.tls != nil {
		return (&tls.Dialer{NetDialer: &d, Config: t.tls}).DialContext(ctx, "tcp", t.address)
	}
	return d.DialContext(ctx, "tcp", t.address)
}
