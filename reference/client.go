package reference

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of an answer that is not what the client wants.
const (
	maxInterim   = 16                     // answers 1xx in front of the final one
	maxExcerpt   = 4 << 10                // octets of the body of a refusal
	excerptDelay = 250 * time.Millisecond // wait for the rest of that body
)

// shake does the opening handshake on nc.
func (o *DialOptions) shake(ctx context.Context, nc net.Conn, u wsURL) (*Conn, *Response, error) {
	stop := context.AfterFunc(ctx, func() { nc.SetDeadline(time.Unix(1, 0)) })
	in := &headReader{src: nc, rules: o.rules}
	resp, cfg, err := o.ask(nc, in, u)
	if !stop() {
		err = cmp.Or(ctx.Err(), err)
	}
	if err != nil {
		nc.Close()
		return nil, resp, fmt.Errorf("opening handshake with %s: %w", u.hostField(), err)
	}
	cfg.buffered = in.rest()
	return newConn(o.conduct.connection(nc, &cfg), cfg), resp, nil
}

// ask sends the request and waits for the final answer.
func (o *DialOptions) ask(nc net.Conn, in *headReader, u wsURL) (*Response, connConfig, error) {
	key := o.conduct.key()
	request, err := o.appendRequest(nil, u, key)
	if err != nil {
		return nil, connConfig{}, err
	}
	if _, err := nc.Write(o.conduct.handshake(request, nil)); err != nil {
		return nil, connConfig{}, err
	}
	resp, err := o.finalAnswer(in)
	if err != nil {
		return nil, connConfig{}, err
	}
	o.conduct.response(resp, o)
	if resp.StatusCode != 101 {
		resp.Body = excerpt(nc, in, resp)
		return resp, connConfig{}, &Refusal{Status: resp.StatusCode, Header: resp.Header, Reason: firstLine(resp.Body)}
	}
	cfg, err := checkAnswer(o.rules, resp, key, o)
	return resp, cfg, err
}

// newKey makes a Sec-WebSocket-Key, for one connection only.
func newKey() string {
	var nonce [16]byte
	rand.Read(nonce[:]) // never fails
	return base64.StdEncoding.EncodeToString(nonce[:])
}

// appendRequest writes the opening handshake of a client (RFC 6455, section 4.1).
func (o *DialOptions) appendRequest(b []byte, u wsURL, key string) ([]byte, error) {
	b = append(append(append(b, "GET "...), u.resource...), " HTTP/1.1\r\n"...)
	b = appendField(b, "Host", u.hostField())
	b = append(b, "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"...)
	b = appendField(b, "Sec-WebSocket-Key", key)
	if o.Origin != "" {
		b = appendField(b, "Origin", o.Origin)
	}
	if len(o.Subprotocols) > 0 {
		b = appendField(b, "Sec-WebSocket-Protocol", string(appendTokens(nil, o.Subprotocols)))
	}
	if len(o.Deflate) > 0 {
		offers := make([]Extension, len(o.Deflate))
		for i, d := range o.Deflate {
			offers[i] = d.offer().extension()
		}
		b = appendField(b, "Sec-WebSocket-Extensions", string(AppendExtensions(nil, offers)))
	}
	b, err := appendFields(b, o.Header, ofHandshake)
	return append(b, "\r\n"...), err
}

// finalAnswer reads answers up to the first that is final: 101 is, other
// informational ones are not (RFC 9110, section 15.2).
func (o *DialOptions) finalAnswer(in *headReader) (*Response, error) {
	for range maxInterim {
		head, err := in.next(o.rules.judgeStatusLine)
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		resp, err := parseResponse(o.rules, head)
		if err != nil || resp.StatusCode == 101 || resp.StatusCode/100 != 1 {
			return resp, err
		}
	}
	return nil, o.rules.breach("6455-10.4-1", "%d informational answers and no final one", maxInterim)
}

// excerpt reads the beginning of the body of a refusal, which often says what is
// wrong. It does not wait for long: the handshake has failed already.
func excerpt(nc net.Conn, in *headReader, resp *Response) []byte {
	var body io.Reader = in
	limit := int64(len(in.pending))
	switch n, err := strconv.ParseInt(resp.Header.Get("Content-Length"), 10, 64); {
	case hasToken(resp.Header["Transfer-Encoding"], "chunked"):
		body, limit = httputil.NewChunkedReader(in), maxExcerpt
	case err == nil && n >= 0:
		limit = n
	}
	nc.SetReadDeadline(time.Now().Add(excerptDelay))
	b, _ := io.ReadAll(io.LimitReader(body, min(limit, maxExcerpt)))
	return b
}

// firstLine makes a server's words fit for an error message.
func firstLine(body []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(body)), "\n")
	if line = trimOWS(strings.TrimSuffix(line, "\r")); len(line) > 200 || !isFieldValue(line) || !utf8.ValidString(line) {
		return fmt.Sprintf("%.200q", line)
	}
	return line
}
