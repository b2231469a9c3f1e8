package runner

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

const (
	// webAtOnce bounds the connections that are with ListenOptions.Web at a time, so
	// that there are always places for clients.
	webAtOnce = receivedAtOnce / 4
	// webIdle is how long a connection may wait for its next request.
	webIdle = 30 * time.Second
	// webWithin is how long an answer may take whose handler sets no deadline.
	webWithin = 30 * time.Second
	// webFarewell is what an answer under way has left when Listen ends.
	webFarewell = time.Second
)

// serveWeb hands a connection to the handler of the options, request by request,
// until it ends or the context does.
func (r *reception) serveWeb(ctx context.Context, g *guest) {
	select {
	case r.web <- struct{}{}:
		defer func() { <-r.web }()
	default:
		g.answer("503 Service Unavailable", "too many connections\n")
		return
	}
	l := &soleListener{ctx: ctx, conn: &webConn{Conn: g.nc, head: slices.Concat(g.head.Raw, g.rest)}, ended: make(chan struct{})}
	s := &http.Server{
		Handler:           plainHTTP(r.options.Web),
		ReadHeaderTimeout: headWithin,
		IdleTimeout:       webIdle,
		WriteTimeout:      webWithin,
		MaxHeaderBytes:    headLimit,
		ErrorLog:          log.New(io.Discard, "", 0),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnState:         l.follow,
	}
	s.Serve(l)
	s.SetKeepAlivesEnabled(false)
	farewell, cancel := context.WithTimeout(context.WithoutCancel(ctx), webFarewell)
	defer cancel()
	select {
	case <-l.ended:
	case <-farewell.Done():
	}
	g.nc.Close()
	<-l.ended
}

// plainHTTP is a handler without what its connection cannot do, or must not be
// kept busy with: opening handshakes come first on a connection, and no request
// has a body, which is not waited for.
func plainHTTP(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Upgrade") != "" || r.Header.Get("Sec-WebSocket-Key") != "":
			w.Header().Set("Connection", "close")
			http.Error(w, "a WebSocket needs a connection of its own", http.StatusBadRequest)
		case r.ContentLength != 0:
			http.NewResponseController(w).SetReadDeadline(longAgo)
			w.Header().Set("Connection", "close")
			http.Error(w, "no request has a body here", http.StatusRequestEntityTooLarge)
		default:
			h.ServeHTTP(w, r)
		}
	})
}

// A soleListener accepts one connection, and then waits until that or the context
// has ended.
type soleListener struct {
	ctx   context.Context
	conn  net.Conn // nil when it has been accepted
	ended chan struct{}
	once  sync.Once
}

func (l *soleListener) Accept() (net.Conn, error) {
	if c := l.conn; c != nil {
		l.conn = nil
		return c, nil
	}
	select {
	case <-l.ended:
	case <-l.ctx.Done():
	}
	return nil, net.ErrClosed
}

func (l *soleListener) Close() error   { return nil }
func (l *soleListener) Addr() net.Addr { return &net.TCPAddr{} }

// follow learns when the server has done with the connection. A handler that takes
// it over loses it.
func (l *soleListener) follow(_ net.Conn, s http.ConnState) {
	if s == http.StateClosed || s == http.StateHijacked {
		l.once.Do(func() { close(l.ended) })
	}
}

// A webConn begins with octets that have been read already.
type webConn struct {
	net.Conn
	head []byte
}

func (c *webConn) Read(b []byte) (int, error) {
	if len(c.head) > 0 {
		n := copy(b, c.head)
		c.head = c.head[n:]
		return n, nil
	}
	return c.Conn.Read(b)
}
