package reference

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

// exchange reads requests off one connection and has them answered, one after
// the other, until the connection is to end or has been taken over.
type exchange struct {
	nc      net.Conn
	rules   rules
	timeout time.Duration
	handler http.Handler
	wait    func(deadline time.Time) // sets the deadline for reading
	tls     *tls.ConnectionState

	start    time.Time // when waiting for the request began
	received int       // octets of it
}

// run reports whether the connection has been taken over; if not, it is closed.
func (x *exchange) run(ctx context.Context) (taken bool) {
	x.wait(time.Now().Add(x.timeout))
	x.nc.SetWriteDeadline(time.Now().Add(x.timeout))
	state, err := secure(ctx, x.nc)
	if err != nil {
		x.nc.Close()
		return false
	}
	x.tls = state
	in := &headReader{src: x, rules: x.rules}
	for more := true; more; {
		more, taken = x.once(ctx, in)
	}
	if !taken {
		linger(x.nc)
	}
	return taken
}

// once has one request answered.
func (x *exchange) once(ctx context.Context, in *headReader) (more, taken bool) {
	x.start, x.received = time.Now(), 0
	head, err := in.next(x.rules.judgeRequestLine)
	if err != nil {
		return x.fail(in, err), false
	}
	req, err := parseRequest(x.rules, head)
	if err != nil {
		return x.fail(in, err), false
	}
	req = req.WithContext(ctx)
	req.RemoteAddr, req.TLS = x.nc.RemoteAddr().String(), x.tls
	w := newResponse(x.nc, x.timeout, in, req)
	body, err := newBody(w, in, req)
	if err != nil {
		return x.fail(in, err), false
	}
	x.handler.ServeHTTP(w, req)
	if w.hijacked {
		return false, true
	}
	return w.finish() == nil && !w.close && body.skip(), false
}

// fail answers what could not be read as a request. Nothing can follow it.
func (x *exchange) fail(in *headReader, err error) (more bool) {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded) && len(in.pending) > 0:
		err = &Refusal{Status: http.StatusRequestTimeout, Reason: "the request did not arrive in time"}
	case !answerable(err):
		return false
	}
	w := newResponse(x.nc, x.timeout, in, &http.Request{Method: http.MethodGet, ProtoMajor: 1, ProtoMinor: 1})
	refusalOf(err).write(w, true)
	w.finish()
	return false
}

// answerable reports whether an error is the request's and not the transport's.
func answerable(err error) bool {
	_, violation := errors.AsType[*Violation](err)
	_, refusal := errors.AsType[*Refusal](err)
	return violation || refusal
}

// Read reads off the connection with a deadline that moves on with every octet,
// so that a client on a poor line gets through and one that trickles for the
// sake of trickling does not stay for ever.
func (x *exchange) Read(p []byte) (int, error) {
	allowed := x.timeout + time.Duration(x.received)*x.timeout/100
	x.wait(x.start.Add(min(allowed, 6*x.timeout)))
	n, err := x.nc.Read(p)
	x.received = min(x.received+n, maxHead)
	return n, err
}

// linger sends the end of the stream and reads what the client still sends, for
// a while. To close with octets unread would reset the connection, and the reset
// can destroy the answer before the client has read it (RFC 9112, section 9.6).
func linger(nc net.Conn) {
	defer nc.Close()
	if half, ok := nc.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		nc.SetReadDeadline(time.Now().Add(time.Second))
		io.CopyN(io.Discard, nc, 4<<20)
	}
}
