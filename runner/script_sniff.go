package runner

import (
	"context"
	"net"
	"net/url"
	"strings"
	"time"
)

// sniffed is how many octets of a request-target are waited for.
const sniffed = 4096

// sniff looks at a connection until it is plain what path is asked for, or that none
// of a WebSocket is; path is then empty. What has been read belongs to whoever goes on
// with the connection.
func sniff(ctx context.Context, nc net.Conn) (read []byte, path string) {
	nc.SetReadDeadline(time.Now().Add(headWithin))
	cut := make(chan struct{})
	release := context.AfterFunc(ctx, func() { nc.SetReadDeadline(longAgo); close(cut) })
	defer func() {
		if !release() {
			<-cut
		}
		nc.SetReadDeadline(time.Time{})
	}()
	if path, known := peekPath(nc); known {
		return nil, path
	}
	buffer := make([]byte, 0, sniffed)
	for {
		path, more := pathAsked(buffer)
		if !more || len(buffer) == cap(buffer) {
			return buffer, path
		}
		n, err := nc.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		if err != nil && n == 0 {
			return buffer, ""
		}
	}
}

// pathAsked is the path in the beginning of a request with GET; more tells that it is
// not all there yet.
func pathAsked(b []byte) (path string, more bool) {
	const method = "GET "
	if n := min(len(b), len(method)); string(b[:n]) != method[:n] {
		return "", false
	} else if n < len(method) {
		return "", true
	}
	target, _, whole := strings.Cut(string(b[len(method):]), " ")
	if strings.ContainsAny(target, "\r\n") {
		return "", false
	}
	if !whole {
		return "", true
	}
	u, err := url.ParseRequestURI(target)
	if err != nil {
		return "", false
	}
	return u.Path, false
}

// handed is a connection for whoever goes on with it: as it is when nothing has been
// read from it.
func handed(nc net.Conn, read []byte) net.Conn {
	if len(read) == 0 {
		return nc
	}
	return &handedConn{webConn{Conn: nc, head: read}}
}

// A handedConn is a connection for another server, which begins with what has been
// read from it.
type handedConn struct{ webConn }

// CloseWrite ends our side of TCP, where the connection can do that.
func (c *handedConn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return net.ErrClosed
}
