package reference

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

var errNoHandshake = errors.New("the connection ended before an opening handshake")

// Accept answers opening handshakes on nc, a connection that somebody else has
// accepted, until one of them is valid. The others get a refusal, as with
// Upgrade, and when the client does not try again, nc is closed and the error
// is the last *Refusal. The grammar is as strict as that of a Server.
// opts.HandshakeTimeout bounds the wait for each request; opts may be nil.
func Accept(ctx context.Context, nc net.Conn, opts *Options) (*Conn, error) {
	if opts == nil {
		opts = &Options{}
	}
	opts, err := opts.withFaults()
	if err != nil {
		nc.Close()
		return nil, err
	}
	var c *Conn
	last := errNoHandshake
	x := exchange{
		nc:      nc,
		rules:   opts.rules,
		timeout: handshakeTimeout(opts.HandshakeTimeout),
		handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			c, last = Upgrade(w, r, opts)
		}),
		wait: func(deadline time.Time) {
			nc.SetReadDeadline(deadline)
			if ctx.Err() != nil {
				nc.SetReadDeadline(time.Unix(1, 0))
			}
		},
	}
	stop := context.AfterFunc(ctx, func() { nc.SetDeadline(time.Unix(1, 0)) })
	taken := x.run(ctx)
	if stop() && taken && c != nil {
		return c, nil
	}
	nc.Close()
	return nil, cmp.Or(ctx.Err(), last)
}
