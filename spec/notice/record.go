package notice

import (
	"io"
	"net"
	"sync"
	"time"
)

// mostKept bounds what is kept of each direction of a connection.
const mostKept = 4 << 20

// A record is the transport of the server with all that passes. It has faults above
// it, and the client on the other side.
type record struct {
	net.Conn
	linger time.Duration // wait for what the client says when the server has left

	mu       sync.Mutex
	in, out  []byte
	pace     []pace
	closing  int           // octets of in when the conversation was over; -1 before
	since    time.Time     // when that was
	took     time.Duration // from there to the end of TCP
	gone     bool          // the client ended TCP while the server had not
	left     bool          // the server ended TCP
	closed   sync.Once
	finished chan struct{} // closed when the transport has ended
}

// A pace is how much had come and gone when the server read.
type pace struct{ in, out int }

func newRecord(nc net.Conn, linger time.Duration) *record {
	return &record{Conn: nc, linger: linger, closing: -1, finished: make(chan struct{})}
}

func (r *record) Read(p []byte) (int, error) {
	n, err := r.Conn.Read(p)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.in = keep(r.in, p[:n])
	r.pace = append(r.pace, pace{len(r.in), len(r.out)})
	r.fails(err)
	return n, err
}

// fails notes that the client has ended TCP, if that is what the error says.
func (r *record) fails(err error) {
	if timeout, ok := err.(net.Error); err != nil && (!ok || !timeout.Timeout()) && !r.left {
		r.gone = true
		r.endedNow()
	}
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	r.out = keep(r.out, p)
	r.mu.Unlock()
	n, err := r.Conn.Write(p)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fails(err)
	return n, err
}

func keep(all, more []byte) []byte { return append(all, more[:min(len(more), mostKept-len(all))]...) }

// over marks the end of the conversation: Close frames of the client that come behind
// so many octets are in order. A negative number stands for what has come.
func (r *record) over(octets int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closing, r.since = octets, time.Now(); octets < 0 {
		r.closing = len(r.in)
	}
}

// ended notes when the first side ended TCP.
func (r *record) ended() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.endedNow()
}

func (r *record) endedNow() {
	if r.took == 0 && r.closing >= 0 {
		r.took = time.Since(r.since)
	}
}

// CloseWrite ends the server's direction.
func (r *record) CloseWrite() error {
	r.mu.Lock()
	r.left = true
	r.endedNow()
	r.mu.Unlock()
	return r.Conn.(interface{ CloseWrite() error }).CloseWrite()
}

// Close ends the connection as the server does.
func (r *record) Close() error {
	r.mu.Lock()
	r.left = true
	r.mu.Unlock()
	r.finish()
	return nil
}

// finish ends the transport, but first hears the client out: to close a socket with
// unread octets would reset it, and what the client has to say might be lost.
func (r *record) finish() {
	r.closed.Do(func() {
		defer close(r.finished)
		defer r.Conn.Close()
		r.ended()
		r.Conn.(interface{ CloseWrite() error }).CloseWrite()
		r.Conn.SetReadDeadline(time.Now().Add(r.linger))
		rest, _ := io.ReadAll(io.LimitReader(r.Conn, mostKept))
		r.mu.Lock()
		r.in = keep(r.in, rest)
		r.mu.Unlock()
	})
}
