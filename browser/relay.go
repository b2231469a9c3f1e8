package browser

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	relayKept   = 64 << 10 // octets that are kept of each direction
	dialWithin  = 10 * time.Second
	relayedKept = 64 // connections that are kept
)

// A relay is an HTTP proxy for tunnels that keeps what goes through them, since no
// developer tools show the octets of an opening handshake. The browser changes nothing
// in it for a tunnel: the request is the one that the server would get.
type relay struct {
	listener net.Listener
	server   *http.Server
	running  sync.WaitGroup

	mu      sync.Mutex
	tunnels []*tunnel
	open    map[net.Conn]bool
	closed  bool
}

// Relayed is what went over a TCP connection.
type Relayed struct {
	// Address is where the browser wanted to connect to, Error why it could not.
	Address string
	Error   string
	// Sent and Received are the first octets from and to the browser, with TLS if
	// there is any.
	Sent, Received []byte
	// Answered is the time from the first octet sent to the first received.
	Answered time.Duration
}

func startRelay() (*relay, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the browser: %w", err)
	}
	r := &relay{listener: l, open: map[net.Conn]bool{}}
	r.server = &http.Server{Handler: http.HandlerFunc(r.serve), ReadHeaderTimeout: dialWithin}
	r.running.Go(func() { r.server.Serve(l) }) // its error is that of close
	return r, nil
}

func (r *relay) address() string { return r.listener.Addr().String() }

func (r *relay) relayed() []Relayed {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []Relayed
	for _, t := range r.tunnels {
		list = append(list, t.snapshot())
	}
	return list
}

// serve opens a tunnel. Anything but CONNECT is no concern of a WebSocket's.
func (r *relay) serve(w http.ResponseWriter, req *http.Request) {
	if req.Method != http.MethodConnect {
		http.Error(w, "this proxy is for tunnels", http.StatusMethodNotAllowed)
		return
	}
	t := &tunnel{address: req.Host}
	r.mu.Lock()
	if len(r.tunnels) < relayedKept {
		r.tunnels = append(r.tunnels, t)
	}
	r.mu.Unlock()
	far, err := (&net.Dialer{Timeout: dialWithin}).DialContext(req.Context(), "tcp", req.Host)
	if err != nil {
		t.fail(err)
		http.Error(w, "no connection", http.StatusBadGateway)
		return
	}
	defer far.Close()
	near, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer near.Close()
	if !r.keep(near, far) {
		return
	}
	defer r.drop(near, far)
	if _, err := io.WriteString(near, "HTTP/1.1 200 OK\r\n\r\n"); err == nil {
		t.run(near, far)
	}
}

// keep notes connections to be closed with the relay, unless that is closed already.
func (r *relay) keep(conns ...net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return false
	}
	r.running.Add(1)
	for _, nc := range conns {
		r.open[nc] = true
	}
	return true
}

func (r *relay) drop(conns ...net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.running.Done()
	for _, nc := range conns {
		delete(r.open, nc)
	}
}

// close closes all tunnels.
func (r *relay) close() {
	r.server.Close()
	r.mu.Lock()
	r.closed = true
	for nc := range r.open {
		nc.Close()
	}
	r.mu.Unlock()
	r.running.Wait()
}

// A tunnel copies octets both ways and keeps the first of them.
type tunnel struct {
	address string

	mu        sync.Mutex
	error     string
	up, down  []byte
	asked, at time.Time
}

func (t *tunnel) fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.error = err.Error()
}

// run copies until both directions have ended.
func (t *tunnel) run(near, far net.Conn) {
	var up sync.WaitGroup
	up.Go(func() { pipe(far, near, func(b []byte) { t.saw(&t.up, &t.asked, b) }) })
	pipe(near, far, func(b []byte) { t.saw(&t.down, &t.at, b) })
	up.Wait()
}

// saw keeps octets as far as there is room, and when the first came.
func (t *tunnel) saw(kept *[]byte, first *time.Time, b []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if first.IsZero() {
		*first = time.Now()
	}
	*kept = append(*kept, b[:min(len(b), relayKept-len(*kept))]...)
}

func (t *tunnel) snapshot() Relayed {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := Relayed{Address: t.address, Error: t.error, Sent: t.up[:len(t.up):len(t.up)], Received: t.down[:len(t.down):len(t.down)]}
	if !t.at.IsZero() {
		r.Answered = max(0, t.at.Sub(t.asked))
	}
	return r
}

// pipe copies one direction, and passes on its end.
func pipe(to, from net.Conn, saw func([]byte)) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		saw(buffer[:n])
		if _, werr := to.Write(buffer[:n]); err != nil || werr != nil {
			break
		}
	}
	if half, ok := to.(interface{ CloseWrite() error }); ok {
		half.CloseWrite()
	}
}
