package reference

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// A Server serves HTTP/1.1 and WebSocket connections. Unlike net/http it takes
// no request that departs from the grammar, keeps no buffers for a connection
// that has become a WebSocket connection, and ends those with Close 1001 when it
// shuts down. The zero value answers everything with 404.
type Server struct {
	// Handler answers the requests: an http.ServeMux with a Handler of this
	// package for each WebSocket resource, for instance. A handler keeps a
	// connection that it has upgraded for as long as it runs; when it returns or
	// panics, the connection is closed. nil stands for 404.
	Handler http.Handler

	// HandshakeTimeout bounds the wait for a request, TLS handshake included.
	// Zero means 10 seconds. A client that is slow but steady, with ten octets a
	// second, gets up to six times as long.
	HandshakeTimeout time.Duration

	// Logger is told about handlers that panic and listeners that fail. nil
	// discards that.
	Logger *slog.Logger

	// Faults are the ids of what this server does wrong, as far as that concerns
	// HTTP and not a single handler: Options.Faults.
	Faults []string

	mu        sync.Mutex
	closed    bool
	listeners map[net.Listener]struct{}
	conns     map[*serverConn]struct{}
	running   sync.WaitGroup // connections and what closes them
}

// ErrServerClosed says that a Server has been shut down before.
var ErrServerClosed = errors.New("the server has been shut down")

// Serve accepts connections from ln, which it closes, until ctx is done or
// Shutdown is called, and then closes the connections in order. It returns nil
// when the last handler has returned; handlers should return when their context
// is done. For TLS, ln comes from tls.NewListener with "http/1.1" in NextProtos.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	defer ln.Close()
	if err := CheckFaults(ServerSide, s.Faults...); err != nil {
		return err
	}
	if !s.listen(ln) {
		return ErrServerClosed
	}
	defer s.forget(ln)
	stop := context.AfterFunc(ctx, func() { ln.Close() })
	defer stop()
	var conns sync.WaitGroup
	defer conns.Wait()
	for {
		nc, err := s.accept(ctx, ln)
		switch {
		case err == nil:
			conns.Go(func() { s.ServeConn(ctx, nc) })
		case ctx.Err() != nil || s.isClosed():
			return nil
		default:
			return err
		}
	}
}

// accept waits out the errors that pass, such as too many open files.
func (s *Server) accept(ctx context.Context, ln net.Listener) (net.Conn, error) {
	for delay := 5 * time.Millisecond; ; delay = min(2*delay, time.Second) {
		nc, err := ln.Accept()
		var temporary interface{ Temporary() bool }
		if err == nil || !errors.As(err, &temporary) || !temporary.Temporary() {
			return nc, err
		}
		s.log("accept failed", "error", err, "retry", delay)
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// ServeConn serves the requests that arrive on nc, which may be a *tls.Conn,
// until the connection ends, and closes it. When ctx is done the connection is
// ended in order: behind the answer that is under way, or with Close 1001.
func (s *Server) ServeConn(ctx context.Context, nc net.Conn) {
	c, err := newConduct(ServerSide, s.Faults)
	if err != nil {
		s.log("unknown fault", "error", err)
	}
	sc := &serverConn{server: s, nc: c.transport(nc), rules: c.rules()}
	if err != nil || !s.add(sc) {
		nc.Close()
		return
	}
	defer s.remove(sc)
	defer sc.closing.Wait()
	drained := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { defer close(drained); sc.drain() })
	defer func() {
		if !stop() {
			<-drained
		}
	}()
	sc.serve(ctx)
}

// Shutdown stops the listeners, ends the connections in order and waits for
// their handlers. When ctx is done before, the connections are cut and the
// error is that of ctx.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closed = true
	for ln := range s.listeners {
		ln.Close()
	}
	for sc := range s.conns {
		s.running.Go(sc.drain)
	}
	s.mu.Unlock()
	done := make(chan struct{})
	go func() { s.running.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for sc := range s.conns {
		sc.cut()
	}
	return ctx.Err()
}

func (s *Server) listen(ln net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	if s.listeners == nil {
		s.listeners = make(map[net.Listener]struct{})
	}
	s.listeners[ln] = struct{}{}
	return true
}

func (s *Server) forget(ln net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.listeners, ln)
}

func (s *Server) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

func (s *Server) add(sc *serverConn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	if s.conns == nil {
		s.conns = make(map[*serverConn]struct{})
	}
	s.conns[sc] = struct{}{}
	s.running.Add(1)
	return true
}

func (s *Server) remove(sc *serverConn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, sc)
	s.running.Done()
}

func (s *Server) log(message string, args ...any) {
	if s.Logger != nil {
		s.Logger.Error(message, args...)
	}
}
