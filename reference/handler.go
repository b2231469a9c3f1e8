package reference

import (
	"context"
	"net/http"
)

// A Handler is the http.Handler of a WebSocket resource, for net/http as well as
// for a Server.
type Handler struct {
	Options Options

	// Serve talks to one client; nil means Echo. When it returns, the connection
	// is closed with 1000, when it panics with 1011, unless it is closed already.
	// The context ends with the connection's time on the server. A Serve that
	// wants to know about the request is better written as an http.HandlerFunc
	// that calls Upgrade.
	Serve func(ctx context.Context, c *Conn)
}

// ServeHTTP answers the opening handshake and runs Serve.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, err := Upgrade(w, r, &h.Options)
	if err != nil {
		return // the client knows
	}
	serve := h.Serve
	if serve == nil {
		serve = Echo
	}
	converse(r.Context(), c, serve)
}

// converse runs serve and closes the connection whichever way it ends. A panic
// goes on to the HTTP server, which knows how to report it.
func converse(ctx context.Context, c *Conn, serve func(context.Context, *Conn)) {
	code := StatusInternalError
	defer func() { end(c, code) }()
	serve(ctx, c)
	code = StatusNormalClosure
}

// Echo sends every message back as it came, until the connection ends. It is
// what conformance tests want from a server; with ConnOptions.Coalesce it
// answers many small messages with few writes.
func Echo(ctx context.Context, c *Conn) {
	for {
		typ, p, err := c.Read(ctx)
		if err != nil {
			return
		}
		if err := c.Write(ctx, typ, p); err != nil {
			return
		}
	}
}
