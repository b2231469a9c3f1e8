package runner

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/wsspec/wsspec/runner/wire"
)

// A guest is a connection whose request has been read.
type guest struct {
	nc    net.Conn
	head  *wire.Head
	rest  []byte // what came behind the request
	path  string
	query url.Values
}

// greet reads the request of a connection. It answers one that nobody can answer
// otherwise, and then returns nil.
func greet(ctx context.Context, nc net.Conn) *guest {
	g, err := meet(ctx, nc)
	if ctx.Err() != nil {
		return nil
	}
	if plain, ok := errors.AsType[tls.RecordHeaderError](err); ok && plain.Conn != nil {
		g.nc = plain.Conn
		g.answer("400 Bad Request", "this port speaks TLS: the URL begins with wss\n")
		return nil
	}
	if err != nil {
		if len(g.head.Raw) > 0 {
			g.answer("400 Bad Request", "")
		}
		return nil
	}
	return g
}

// meet reads the request of a connection. What it has read is there also when that is
// none.
func meet(ctx context.Context, nc net.Conn) (*guest, error) {
	nc.SetDeadline(time.Now().Add(headWithin)) // TLS writes as well
	release := context.AfterFunc(ctx, func() { nc.SetDeadline(longAgo) })
	rd := wire.NewReader(nc)
	head, err := wire.ReadHead(rd, headLimit)
	if release() {
		nc.SetDeadline(time.Time{})
	}
	g := &guest{nc: nc, head: head, rest: slices.Clone(rd.Buffered())}
	if err != nil {
		return g, err
	}
	if _, target, _, ok := head.RequestLine(); ok {
		if u, err := url.ParseRequestURI(target); err == nil {
			g.path = u.Path
			g.query, err = url.ParseQuery(u.RawQuery)
			if err != nil {
				g.path = ""
			}
		}
	}
	return g, nil
}

// visit hands the connection to a player, which reads the request once more.
func (g *guest) visit() *visit {
	v := arrived(g.nc)
	v.info.Target = g.path
	v.read = slices.Concat(g.head.Raw, g.rest)
	return v
}

// asksForWebSocket reports whether the request is meant as an opening handshake,
// right or not.
func (g *guest) asksForWebSocket() bool {
	return g.head.Has("Upgrade") || g.head.Has("Sec-WebSocket-Key")
}

// one is the value of a parameter; not ok when it is there more than once.
func (g *guest) one(name string) (value string, ok bool) {
	values := g.query[name]
	if len(values) == 0 {
		return "", true
	}
	return values[0], len(values) == 1
}

// answer answers the request with HTTP.
func (g *guest) answer(status, text string) {
	g.nc.SetWriteDeadline(time.Now().Add(hangupWithin))
	head := "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + strconv.Itoa(len(text)) + "\r\n"
	if text != "" {
		head += "Content-Type: text/plain; charset=utf-8\r\n"
	}
	io.WriteString(g.nc, head+"\r\n"+text)
}

// mistaken answers a request for something that is not there, as Autobahn does.
func (g *guest) mistaken(why string) { g.answer("500 Internal Server Error", why+"\n") }
