package browser

import (
	"context"
	"crypto/sha1"
	"crypto/tls"
	"embed"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

//go:embed *.html *.js
var pageFiles embed.FS

// A driver serves the page from which the connections are opened. It must come over
// HTTP, from this machine: to pages from elsewhere, and to those without an origin,
// browsers forbid connections to it. It serves the same over TLS, for a frame.
type driver struct {
	server *http.Server
	url    string
	secure string // URL over TLS
	done   sync.WaitGroup
}

func serveDriver() (*driver, error) {
	certificate, err := selfSigned()
	if err != nil {
		return nil, fmt.Errorf("make a certificate for the browser: %w", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the browser: %w", err)
	}
	over, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}})
	if err != nil {
		l.Close()
		return nil, fmt.Errorf("listen for the browser: %w", err)
	}
	d := &driver{url: "http://" + l.Addr().String() + "/", secure: "https://" + over.Addr().String() + "/"}
	d.server = &http.Server{Handler: d.pages(), ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	for _, l := range []net.Listener{l, over} {
		d.done.Go(func() { d.server.Serve(l) }) // its error is that of close
	}
	return d, nil
}

// pages are what it serves.
func (d *driver) pages() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", file("driver.html"))
	mux.HandleFunc("GET /frame", file("frame.html"))
	mux.HandleFunc("GET /sealed", file("frame.html", "Content-Security-Policy", "connect-src 'none'"))
	mux.Handle("GET /secure", http.RedirectHandler(d.secure+"frame", http.StatusFound))
	mux.HandleFunc("GET /empty", file("empty.html"))
	for _, script := range []string{"driver.js", "events.js", "place.js", "places.js", "steps.js", "worker.js"} {
		mux.HandleFunc("GET /"+script, file(script))
	}
	mux.HandleFunc("GET /steady", steady)
	return mux
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
	d.done.Wait()
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
