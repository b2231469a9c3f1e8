package reference

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// maxWaiting is how much of a body waits for the handler to end, so that its
// length can be announced; a longer one goes out in chunks.
const maxWaiting = 8 << 10

var (
	errTaken     = errors.New("the connection is no longer there to be taken over")
	errAbandoned = errors.New("the handler failed in the middle of its answer")
)

// response is the http.ResponseWriter of the strict front door. It answers one
// request, or gives the connection away.
type response struct {
	nc       net.Conn
	timeout  time.Duration // for every piece of the answer
	in       *headReader   // octets behind the request
	req      *http.Request
	header   http.Header
	status   int // 0 before WriteHeader
	waiting  []byte
	left     int64 // octets of the announced length still to come; -1 if not announced
	sent     bool  // the header section has gone
	chunked  bool
	close    bool // the connection ends behind this answer
	hijacked bool
	err      error // first failure to write
}

func newResponse(nc net.Conn, timeout time.Duration, in *headReader, req *http.Request) *response {
	return &response{nc: nc, timeout: timeout, in: in, req: req, header: http.Header{}, left: -1, close: req.Close}
}

// Header never returns nil, not even when the connection has been taken over.
func (w *response) Header() http.Header {
	if w.header == nil {
		w.header = http.Header{}
	}
	return w.header
}

// WriteHeader takes the status of the answer. An informational one goes out at
// once and leaves the final one open.
func (w *response) WriteHeader(status int) {
	switch {
	case w.hijacked || w.status != 0:
	case 100 <= status && status < 200 && status != http.StatusSwitchingProtocols:
		w.flush(fmt.Appendf(nil, "HTTP/1.1 %d %s\r\n\r\n", status, http.StatusText(status)))
	default:
		w.status = status
		if n, err := strconv.ParseInt(w.header.Get("Content-Length"), 10, 64); err == nil && n >= 0 {
			w.left = n
		}
	}
}

// bodyless reports whether the answer ends with its header section.
func (w *response) bodyless() bool {
	return w.req.Method == http.MethodHead || w.status == http.StatusNoContent || w.status == http.StatusNotModified
}

func (w *response) Write(p []byte) (int, error) {
	if w.hijacked {
		return 0, http.ErrHijacked
	}
	w.WriteHeader(http.StatusOK)
	if w.left >= 0 {
		if int64(len(p)) > w.left {
			return 0, http.ErrContentLength
		}
		w.left -= int64(len(p))
	}
	if w.bodyless() {
		return len(p), w.err
	}
	if !w.sent && len(w.waiting)+len(p) <= maxWaiting {
		w.waiting = append(w.waiting, p...)
		return len(p), w.err
	}
	w.Flush()
	w.flush(w.chunk(p))
	return len(p), w.err
}

// Flush sends what has been written so far.
func (w *response) Flush() {
	if w.hijacked {
		return
	}
	w.WriteHeader(http.StatusOK)
	waiting := w.waiting
	w.waiting = nil
	if w.sent {
		return
	}
	if w.left < 0 && !w.bodyless() && w.header.Get("Content-Length") == "" {
		w.chunked = w.req.ProtoAtLeast(1, 1)
		w.close = w.close || !w.chunked
	}
	w.flush(append(w.appendHead(nil), w.chunk(waiting)...))
}

// finish sends what the handler has left to send.
func (w *response) finish() error {
	if w.hijacked {
		return nil
	}
	w.WriteHeader(http.StatusOK)
	if !w.sent && !w.bodyless() && w.left < 0 {
		w.header.Set("Content-Length", strconv.Itoa(len(w.waiting)))
		w.left = 0
	}
	w.Flush()
	if w.chunked {
		w.flush([]byte("0\r\n\r\n"))
	}
	if w.left > 0 && !w.bodyless() { // the client would wait for the rest
		w.close = true
	}
	return w.err
}

// abandon is for a handler that has panicked: it answers 500 if nothing has gone
// out yet, and breaks the answer off otherwise, so that it does not look whole.
func (w *response) abandon() {
	switch {
	case w.hijacked:
	case w.sent:
		w.err = errAbandoned
	default:
		w.header, w.status, w.waiting, w.left = http.Header{}, 0, nil, -1
		(&Refusal{Status: http.StatusInternalServerError, Reason: "the handler failed"}).write(w, true)
	}
}

// appendHead writes the header section.
func (w *response) appendHead(b []byte) []byte {
	w.sent = true
	w.close = w.close || hasToken(w.header["Connection"], "close")
	b = fmt.Appendf(b, "HTTP/1.1 %03d %s\r\n", w.status, http.StatusText(w.status))
	if w.close && !hasToken(w.header["Connection"], "close") {
		b = append(b, "Connection: close\r\n"...)
	}
	if w.chunked {
		b = append(b, "Transfer-Encoding: chunked\r\n"...)
	}
	if w.header.Get("Date") == "" {
		b = appendField(b, "Date", time.Now().UTC().Format(http.TimeFormat))
	}
	b, err := appendFields(b, w.header, func(name string) bool { return name == "Transfer-Encoding" })
	if err != nil && w.err == nil {
		w.err, w.close = err, true
		return nil
	}
	return append(b, "\r\n"...)
}

// chunk puts p into the form that the body has on the wire.
func (w *response) chunk(p []byte) []byte {
	if !w.chunked || len(p) == 0 {
		return p
	}
	b := fmt.Appendf(nil, "%x\r\n", len(p))
	return append(append(b, p...), "\r\n"...)
}

// flush writes b in pieces, so that the client gets the more time the more it
// has to take.
func (w *response) flush(b []byte) {
	for w.err == nil && len(b) > 0 {
		w.nc.SetWriteDeadline(time.Now().Add(w.timeout))
		var n int
		n, w.err = w.nc.Write(b[:min(len(b), 64<<10)])
		b = b[n:]
	}
}

// Hijack gives the connection to the caller (http.Hijacker). The writer's buffer
// is as small as it gets: Upgrade has no use for one.
func (w *response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if w.hijacked || w.sent || w.status != 0 {
		return nil, nil, errTaken
	}
	nc, rest := w.nc, w.in.rest()
	w.hijacked = true
	nc.SetDeadline(time.Time{})
	w.nc, w.in, w.req, w.header = nil, nil, nil, nil // the handler may run for days
	r := bufio.NewReaderSize(io.MultiReader(bytes.NewReader(rest), nc), max(16, len(rest)))
	if len(rest) > 0 {
		r.Peek(len(rest)) // moves the octets to where Buffered counts them
	}
	return nc, bufio.NewReadWriter(r, bufio.NewWriterSize(nc, 16)), nil
}
