package reference

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Options say how a server answers opening handshakes. The zero value accepts
// every valid one, without a subprotocol and without compression.
type Options struct {
	ConnOptions

	// Subprotocols are the subprotocols that the server speaks. The first one in
	// the client's list that is among them is selected; names are compared octet
	// for octet. Without a common one the connection has no subprotocol.
	Subprotocols []string

	// Deflate lets the server accept offers of permessage-deflate; nil declines
	// them.
	Deflate *DeflateOptions

	// AllowedOrigins are the origins, such as "https://example.com", whose pages
	// may connect; others get 403 (RFC 6455, section 10.2). The comparison is
	// without regard to case. Empty means any. A request without an Origin field
	// does not come from a page and is let through; a Handshake function that
	// knows better can refuse it.
	AllowedOrigins []string

	// Handshake is called for every valid opening handshake before it is
	// answered. It may add header fields to the answer, select a subprotocol, or
	// refuse by returning an error: a *Refusal with a status of its choice, or
	// any other error for a plain 403.
	Handshake func(*Request) error

	// HandshakeTimeout bounds the time that the answer may take to be sent. Zero
	// means 10 seconds.
	HandshakeTimeout time.Duration

	// Faults are the ids of what this server does wrong; Faults lists them. They
	// are for testing clients. Those of HTTP itself are the business of a Server.
	Faults []string

	rules   rules
	conduct *conduct // nil: honest
}

// withFaults is the options themselves for a server without faults, and else
// options for one connection.
func (o *Options) withFaults() (*Options, error) {
	if len(o.Faults) == 0 || o.conduct != nil {
		return o, nil
	}
	faulty := *o
	c, err := newConduct(ServerSide, o.Faults)
	faulty.rules, faulty.conduct = c.rules(), c
	return &faulty, err
}

const defaultHandshakeTimeout = 10 * time.Second

// handshakeTimeout returns d or what zero stands for.
func handshakeTimeout(d time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return defaultHandshakeTimeout
}

// A Request is a valid opening handshake that waits for its answer.
type Request struct {
	*http.Request

	Subprotocols []string    // offered by the client, most wanted first
	Extensions   []Extension // offered by the client, most wanted first

	// Deflate holds for this connection; it starts as Options.Deflate, which has
	// to stay as it is: a hook that wants other options puts its own here.
	Deflate *DeflateOptions

	key         string
	subprotocol string
	header      http.Header
}

// ResponseHeader returns the header fields that go into the answer beyond those
// of the handshake, cookies for instance. The fields of the handshake itself
// (Upgrade, Connection, Sec-WebSocket-...) cannot be set here.
func (r *Request) ResponseHeader() http.Header { return r.header }

// Subprotocol returns the selected subprotocol, or the empty string.
func (r *Request) Subprotocol() string { return r.subprotocol }

// Select selects a subprotocol, or none if it is empty. One that the client has
// not offered is an error and changes nothing (RFC 6455, section 4.2.2).
func (r *Request) Select(subprotocol string) error {
	if subprotocol != "" && !slices.Contains(r.Subprotocols, subprotocol) {
		return fmt.Errorf("select subprotocol: the client did not offer %q", subprotocol)
	}
	r.subprotocol = subprotocol
	return nil
}
