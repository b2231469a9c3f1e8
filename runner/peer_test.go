package runner

import (
	"fmt"
	"net"
	"sync"
	"testing"

	"github.com/wsspec/wsspec/runner/wire"
)

// listen calls serve for each connection to a loopback port of its own, and is
// the target there. All connections are closed when the test ends.
func listen(t *testing.T, serve func(net.Conn)) (Target, net.Listener) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var conns []net.Conn
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			nc, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns = append(conns, nc)
			mu.Unlock()
			serving.Go(func() { serve(nc); nc.Close() })
		}
	})
	t.Cleanup(func() {
		l.Close()
		mu.Lock()
		for _, nc := range conns {
			nc.Close()
		}
		mu.Unlock()
		serving.Wait()
	})
	return Listener(l, TargetOptions{}), l
}

// accept reads an opening handshake and answers it with what answer makes of
// the accept value.
func accept(nc net.Conn, answer func(accept string) string) *wire.Reader {
	rd := wire.NewReader(nc)
	head, err := wire.ReadHead(rd, 0)
	if err != nil {
		return nil
	}
	fmt.Fprint(nc, answer(acceptValue(head.Get("Sec-WebSocket-Key"))))
	return rd
}

func right(accept string) string {
	return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n"
}

// echo is a server that takes everything for right and echoes every frame.
func echo(nc net.Conn) {
	if rd := accept(nc, right); rd != nil {
		echoFrames(nc, rd)
	}
}

// echoFrames is echo behind the opening handshake.
func echoFrames(nc net.Conn, rd *wire.Reader) {
	for {
		f, err := rd.Next()
		if err != nil {
			return
		}
		h := wire.Header{FIN: f.FIN, Opcode: f.Opcode, Length: f.Length}
		if h.Opcode == wire.Ping {
			h.Opcode = wire.Pong
		}
		if h.Opcode == wire.Pong && f.Opcode == wire.Pong {
			continue
		}
		if _, err := nc.Write(wire.AppendFrame(nil, h, f.Payload)); err != nil || f.Opcode == wire.Close {
			return
		}
	}
}
