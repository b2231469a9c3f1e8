package peers_test

import (
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/wsspec/wsspec/ci/peers"
	"github.com/wsspec/wsspec/ci/peers/internal/raw"
)

// endings are ways in which a connection ends.
func endings() map[string]func(*testing.T, *raw.Conn) {
	sendAll := func(frames ...raw.Frame) func(*testing.T, *raw.Conn) {
		return func(t *testing.T, conn *raw.Conn) { send(t, conn, frames...) }
	}
	return map[string]func(*testing.T, *raw.Conn){
		"close": func(t *testing.T, conn *raw.Conn) {
			if err := conn.SendClose(1000); err != nil {
				t.Fatal(err)
			}
		},
		"end of TCP":                  func(*testing.T, *raw.Conn) {},
		"end of TCP within a message": sendAll(raw.Frame{Opcode: raw.Text, Payload: []byte("frag")}),
		"end of TCP within a header": func(t *testing.T, conn *raw.Conn) {
			if _, err := conn.Write([]byte{0x81, 0x85, 1}); err != nil {
				t.Fatal(err)
			}
		},
		"protocol error": sendAll(raw.Frame{Fin: true, Opcode: 3}),
		"invalid text":   sendAll(text("\xff")),
	}
}

// A server must let go of a connection when it is over. The bubble fails the
// test if a goroutine of the server is left when all have come to rest, and the
// pipe tells whether the server has closed its end.
func TestNothingIsLeftBehind(t *testing.T) {
	for _, peer := range peers.Servers() {
		handler := peer.New()
		for name, end := range endings() {
			t.Run(peer.Name+"/"+name, func(t *testing.T) {
				leavesNothing(t, handler, func(t *testing.T, nc net.Conn) { playEnding(t, nc, end) })
			})
		}
		t.Run(peer.Name+"/refused handshake", func(t *testing.T) {
			leavesNothing(t, handler, playRefusal)
		})
	}
}

// leavesNothing serves one connection in a bubble.
func leavesNothing(t *testing.T, handler http.Handler, play func(*testing.T, net.Conn)) {
	synctest.Test(t, func(t *testing.T) {
		listener := newPipeListener()
		server := &http.Server{Handler: handler, ErrorLog: log.New(io.Discard, "", 0)}
		var serving sync.WaitGroup
		serving.Go(func() { _ = server.Serve(listener) })
		nc := listener.dial()
		defer nc.Close()
		play(t, nc)
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		serving.Wait()
		synctest.Wait()
		if n := listener.open(); n != 0 {
			t.Errorf("the server left %d connections open", n)
		}
	})
}

// playEnding opens a connection, has one message echoed, and ends it.
func playEnding(t *testing.T, nc net.Conn, end func(*testing.T, *raw.Conn)) {
	t.Helper()
	conn, err := raw.Handshake(t.Context(), nc, nil)
	if err != nil {
		t.Fatal(err)
	}
	send(t, conn, text("Hello"))
	expect(t, conn, text("Hello"))
	var reading sync.WaitGroup
	reading.Go(func() { _, _ = io.Copy(io.Discard, conn.Reader) }) // a pipe has no buffer
	end(t, conn)
	synctest.Wait()
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	reading.Wait()
}

// playRefusal asks for a version of the protocol that there is not.
func playRefusal(t *testing.T, nc net.Conn) {
	t.Helper()
	_, err := raw.Handshake(t.Context(), nc, http.Header{"Sec-Websocket-Version": {"99"}})
	if err == nil {
		t.Fatal("version 99 was accepted")
	}
	if err := nc.Close(); err != nil {
		t.Error(err)
	}
}

// A pipeListener accepts net.Pipe connections, for sockets cannot be waited for
// in a bubble, and counts those that the server has not closed.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
	close func()

	mu    sync.Mutex
	count int
}

func newPipeListener() *pipeListener {
	l := &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
	l.close = sync.OnceFunc(func() { close(l.done) })
	return l
}

func (l *pipeListener) dial() net.Conn {
	client, server := net.Pipe()
	l.add(1)
	l.conns <- &countedConn{Conn: server, closed: sync.OnceFunc(func() { l.add(-1) })}
	return client
}

func (l *pipeListener) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count += n
}

func (l *pipeListener) open() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.count
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error   { l.close(); return nil }
func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

type countedConn struct {
	net.Conn
	closed func()
}

func (c *countedConn) Close() error {
	c.closed()
	return c.Conn.Close()
}
