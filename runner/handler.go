package runner

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// handlersWithin is how long Stop waits for handlers to return, once their
// connections are closed.
const handlersWithin = 5 * time.Second

// Handler serves h on a loopback port of its own, and is that server as a
// target. Stop ends the server, and waits some seconds for handlers to return.
// It panics when it cannot listen on loopback.
func Handler(h http.Handler, o TargetOptions) (t Target, stop func()) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		l, err = net.Listen("tcp", "[::1]:0")
	}
	if err != nil {
		panic("runner: listen on loopback: " + err.Error())
	}
	counted := &countedHandler{Handler: h}
	server := &http.Server{Handler: counted}
	var serving sync.WaitGroup
	serving.Go(func() { server.Serve(l) })
	return Listener(l, o), func() {
		server.Close()
		serving.Wait()
		counted.stop(handlersWithin)
	}
}

// A countedHandler knows how many calls of it are under way. The server itself
// forgets those that have taken their connection over.
type countedHandler struct {
	http.Handler
	mu       sync.Mutex
	stopped  bool
	handling sync.WaitGroup
}

func (h *countedHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	if h.stopped {
		h.mu.Unlock()
		return
	}
	h.handling.Add(1)
	h.mu.Unlock()
	defer h.handling.Done()
	h.Handler.ServeHTTP(w, r)
}

// stop lets no call begin, and waits for those that have, but no longer than d.
func (h *countedHandler) stop(d time.Duration) {
	h.mu.Lock()
	h.stopped = true
	h.mu.Unlock()
	done := make(chan struct{})
	go func() { h.handling.Wait(); close(done) }()
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-done:
	case <-t.C:
	}
}

// Listener is the target of a server that accepts connections on l. It panics
// when l has no address that a URL can name.
func Listener(l net.Listener, o TargetOptions) Target {
	t, err := URL("ws://"+l.Addr().String()+"/", o)
	if err != nil {
		panic("runner: listener without an address to dial: " + err.Error())
	}
	return t
}
