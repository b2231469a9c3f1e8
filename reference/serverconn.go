package reference

import (
	"context"
	"errors"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"
)

// serverConn is one connection of a Server, with what is needed to end it from
// outside. It lives as long as the connection and has to stay small.
type serverConn struct {
	server *Server
	nc     net.Conn
	rules  rules

	mu       sync.Mutex
	draining bool
	ws       *Conn              // nil before an upgrade
	stop     context.CancelFunc // ends the context of the handler

	closing sync.WaitGroup // goAway, when it starts late
}

type serverConnKey struct{}

// adopt tells the Server that a request has become a WebSocket connection.
func adopt(ctx context.Context, c *Conn) {
	if sc, ok := ctx.Value(serverConnKey{}).(*serverConn); ok {
		sc.upgraded(c)
	}
}

func (sc *serverConn) upgraded(c *Conn) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	sc.ws = c
	if sc.draining { // too late for drain to see it
		sc.closing.Go(func() { sc.goAway(c) })
	}
}

// serve runs the connection to its end.
func (sc *serverConn) serve(ctx context.Context) {
	defer sc.nc.Close()
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	sc.mu.Lock()
	sc.stop = stop
	sc.mu.Unlock()
	ctx = context.WithValue(ctx, serverConnKey{}, sc)
	x := exchange{
		nc:      sc.nc,
		rules:   sc.rules,
		timeout: handshakeTimeout(sc.server.HandshakeTimeout),
		handler: http.HandlerFunc(sc.handle),
		wait:    sc.wait,
	}
	x.run(ctx)
	if ws := sc.socket(); ws != nil {
		end(ws, StatusNormalClosure)
	}
}

// end closes a connection that the handler may have closed already.
func end(c *Conn, code StatusCode) {
	c.Close(code, "")
	c.CloseNow()
}

// wait sets the deadline for reading a request, unless the connection is to end.
func (sc *serverConn) wait(deadline time.Time) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	if sc.draining {
		deadline = time.Unix(1, 0)
	}
	sc.nc.SetReadDeadline(deadline)
}

func (sc *serverConn) socket() *Conn {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	return sc.ws
}

// handle calls the handler of the Server and outlives its panics.
func (sc *serverConn) handle(w http.ResponseWriter, r *http.Request) {
	remote := r.RemoteAddr
	defer func() {
		if p := recover(); p != nil {
			sc.panicked(p, remote)
			w.(*response).abandon()
		}
	}()
	if sc.server.Handler == nil {
		http.NotFound(w, r)
		return
	}
	sc.server.Handler.ServeHTTP(w, r)
}

func (sc *serverConn) panicked(p any, remote string) {
	if ws := sc.socket(); ws != nil {
		end(ws, StatusInternalError)
	}
	if err, ok := p.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
		sc.server.log("handler panicked", "panic", p, "remote", remote, "stack", string(debug.Stack()))
	}
}

// drain ends the connection in order.
func (sc *serverConn) drain() {
	sc.mu.Lock()
	sc.draining = true
	ws := sc.ws
	if ws == nil {
		sc.nc.SetReadDeadline(time.Unix(1, 0)) // wakes whoever waits for a request
	}
	sc.mu.Unlock()
	if ws != nil {
		sc.goAway(ws)
	}
}

// goAway takes leave of the peer and then of the handler.
func (sc *serverConn) goAway(ws *Conn) {
	ws.Close(StatusGoingAway, "the server is shutting down")
	sc.cut()
}

// cut ends the connection at once.
func (sc *serverConn) cut() {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	if sc.stop != nil {
		sc.stop()
	}
	sc.nc.Close()
}
