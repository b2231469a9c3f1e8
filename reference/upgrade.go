package reference

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Upgrade answers an opening handshake on any net/http server, and on a Server
// of this package (RFC 6455, section 4.2). Header fields already set on w go into
// the answer. opts may be nil.
//
// When the request is refused, by the rules or by opts, the answer has been
// sent and the error is a *Refusal, which wraps a *Violation if the request broke
// a rule. Otherwise the connection is the caller's, who has to close it.
func Upgrade(w http.ResponseWriter, r *http.Request, opts *Options) (*Conn, error) {
	if opts == nil {
		opts = &Options{}
	}
	opts, err := opts.withFaults()
	if err != nil {
		return nil, opts.refuse(w, r, &Refusal{Status: http.StatusInternalServerError, Reason: err.Error(), Err: err})
	}
	hs, answer, err := opts.answer(w.Header(), opts.conduct.request(r))
	if err != nil {
		return nil, opts.refuse(w, r, err)
	}
	nc, buffered, err := hijack(w)
	if err != nil {
		return nil, opts.refuse(w, r, &Refusal{Status: http.StatusInternalServerError, Err: err})
	}
	if err := send(nc, opts.conduct.handshake(answer.bytes, r), handshakeTimeout(opts.HandshakeTimeout)); err != nil {
		nc.Close()
		return nil, fmt.Errorf("send the answer to the opening handshake: %w", err)
	}
	cfg := connConfig{
		subprotocol: strings.Clone(hs.subprotocol), // the original keeps the request in memory
		deflate:     answer.deflate,
		buffered:    buffered,
		opts:        opts.ConnOptions,
		enforced:    opts.rules.enforced,
	}
	c := newConn(opts.conduct.connection(nc, &cfg), cfg)
	adopt(r.Context(), c)
	return c, nil
}

// switching is the answer that accepts an opening handshake.
type switching struct {
	bytes   []byte
	deflate *DeflateParams
}

// answer decides about a request; it touches no connection.
func (o *Options) answer(header http.Header, r *http.Request) (*Request, switching, error) {
	hs, err := examine(o.rules, r)
	if err != nil {
		return nil, switching{}, err
	}
	if err := checkOrigin(o.rules, r, o.AllowedOrigins); err != nil {
		return nil, switching{}, err
	}
	hs.header, hs.Deflate = header, o.Deflate
	if i := slices.IndexFunc(hs.Subprotocols, func(s string) bool { return slices.Contains(o.Subprotocols, s) }); i >= 0 {
		hs.subprotocol = hs.Subprotocols[i]
	}
	if o.Handshake != nil {
		if err := o.Handshake(hs); err != nil {
			return nil, switching{}, err
		}
	}
	extensions, deflate := hs.Deflate.negotiate(o.rules, hs.Extensions)
	b, err := appendSwitching(nil, hs, extensions)
	return hs, switching{b, deflate}, err
}

// appendSwitching writes the 101 answer (RFC 6455, section 4.2.2). A client that
// waits for 100 gets it first (RFC 9110, section 7.8).
func appendSwitching(b []byte, hs *Request, extensions []Extension) ([]byte, error) {
	if hs.ProtoAtLeast(1, 1) && equalFold(hs.Header.Get("Expect"), "100-continue") {
		b = append(b, "HTTP/1.1 100 Continue\r\n\r\n"...)
	}
	b = append(b, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"...)
	b = appendField(b, "Sec-WebSocket-Accept", acceptValue(hs.key))
	if hs.subprotocol != "" {
		b = appendField(b, "Sec-WebSocket-Protocol", hs.subprotocol)
	}
	if len(extensions) > 0 {
		b = appendField(b, "Sec-WebSocket-Extensions", string(AppendExtensions(nil, extensions)))
	}
	b, err := appendFields(b, hs.header, ofHandshake)
	if err != nil {
		return nil, &Refusal{Status: http.StatusInternalServerError, Err: err}
	}
	return append(b, "\r\n"...), nil
}

// ofHandshake reports whether a field is not for applications to set in an
// opening handshake: its own fields, and those that announce a body.
func ofHandshake(name string) bool {
	switch name {
	case "Upgrade", "Connection", "Host", "Content-Length", "Transfer-Encoding", "Trailer":
		return true
	}
	return strings.HasPrefix(name, "Sec-Websocket-")
}

// appendFields writes header fields in the order of their names, without those
// that skip picks. A name or value that would break the header section is an
// error.
func appendFields(b []byte, header http.Header, skip func(name string) bool) ([]byte, error) {
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if skip(http.CanonicalHeaderKey(name)) {
			continue
		}
		if !sendable(name, header[name]) {
			return nil, fmt.Errorf("header field %q cannot be sent", name)
		}
		for _, value := range header[name] {
			b = appendField(b, name, value)
		}
	}
	return b, nil
}

func sendable(name string, values []string) bool {
	return isToken(name) && !slices.ContainsFunc(values, func(v string) bool { return !isFieldValue(v) })
}

func appendField(b []byte, name, value string) []byte {
	b = append(append(b, name...), ": "...)
	return append(append(b, value...), "\r\n"...)
}

// acceptValue is the proof that the server has read the key as a WebSocket key
// (RFC 6455, section 4.2.2): the key goes in as text, not decoded.
func acceptValue(key string) string {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// refuse sends a refusal, whatever err is, and returns it.
func (o *Options) refuse(w http.ResponseWriter, r *http.Request, err error) error {
	maps.DeleteFunc(w.Header(), func(name string, values []string) bool {
		return ofHandshake(http.CanonicalHeaderKey(name)) || !sendable(name, values)
	})
	refusal := refusalOf(err)
	refusal.write(o.conduct.refusing(w), !r.ProtoAtLeast(1, 1) || r.ContentLength != 0)
	return refusal
}

// hijack takes the connection away from its HTTP server, with what has arrived
// behind the request.
func hijack(w http.ResponseWriter) (nc net.Conn, buffered []byte, err error) {
	nc, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("take over the connection: %w", err)
	}
	return nc, takeBuffered(rw.Reader), nil
}

// takeBuffered copies what a reader holds, so that the reader can go.
func takeBuffered(r *bufio.Reader) []byte {
	if r.Buffered() == 0 {
		return nil
	}
	b, _ := r.Peek(r.Buffered())
	return slices.Clone(b)
}

// send writes b within a time, and leaves the connection without a deadline.
func send(nc net.Conn, b []byte, timeout time.Duration) error {
	nc.SetDeadline(time.Now().Add(timeout))
	_, err := nc.Write(b)
	nc.SetDeadline(time.Time{})
	return err
}
