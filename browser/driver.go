package browser

import (
	"context"
	"crypto/sha1"
	"embed"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

//go:embed *.html *.js
var pageFiles embed.FS

// A driver serves the page from which the connections are opened. It must come over
// HTTP, from this machine: to pages from elsewhere, and to those without an origin,
// browsers forbid connections to it.
type driver struct {
	server *http.Server
	url    string
	done   chan struct{}
}

func serveDriver() (*driver, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the browser: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", file("driver.html"))
	mux.HandleFunc("GET /frame", file("frame.html"))
	mux.HandleFunc("GET /sealed", file("frame.html", "Content-Security-Policy", "connect-src 'none'"))
	mux.HandleFunc("GET /empty", file("empty.html"))
	for _, script := range []string{"driver.js", "events.js", "places.js", "steps.js", "worker.js"} {
		mux.HandleFunc("GET /"+script, file(script))
	}
	mux.HandleFunc("GET /steady", steady)
	d := &driver{
		server: &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second},
		url:    "http://" + l.Addr().String() + "/",
		done:   make(chan struct{}),
	}
	go func() {
		defer close(d.done)
		d.server.Serve(l) // its error is that of close
	}()
	return d, nil
}

// host is its host and port.
func (d *driver) host() string { return strings.TrimSuffix(strings.TrimPrefix(d.url, "http://"), "/") }

// file serves one of the files, with a field more if need be.
func file(name string, field ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if len(field) == 2 {
			w.Header().Set(field[0], field[1])
		}
		w.Header().Set("Cache-Control", "no-store")
		http.ServeFileFS(w, r, pageFiles, name)
	}
}

// closeWithin bounds the wait for what the browser still loads.
const closeWithin = time.Second

func (d *driver) close() {
	ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
	defer cancel()
	if d.server.Shutdown(ctx) != nil {
		d.server.Close()
	}
	<-d.done
}

// steady opens a WebSocket connection and closes it at once. It is here for the count
// that a browser keeps of those that opened.
func steady(w http.ResponseWriter, r *http.Request) {
	nc, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer nc.Close()
	nc.SetDeadline(time.Now().Add(closeWithin))
	accept := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	fmt.Fprintf(nc, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n\x88\x00",
		base64.StdEncoding.EncodeToString(accept[:]))
	nc.Read(make([]byte, 16)) // its Close
}
