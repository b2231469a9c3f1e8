package raw

import (
	"bufio"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
)

// nonce is the Sec-WebSocket-Key of all opening handshakes, fixed so that runs
// repeat; accept is the answer that it calls for (RFC 6455, section 1.3).
const (
	nonce  = "dGhlIHNhbXBsZSBub25jZQ=="
	suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
)

// A Conn is an open connection.
type Conn struct {
	net.Conn
	Reader *bufio.Reader // of Conn; may hold octets that came with the response
	Header http.Header   // of the response
}

// Dial connects to the host of an http or ws URL and does the opening
// handshake. The header is added to the request.
func Dial(ctx context.Context, target string, header http.Header) (*Conn, error) {
	u, err := url.Parse(target)
	if err != nil {
		return nil, fmt.Errorf("reading the URL: %w", err)
	}
	var dialer net.Dialer
	nc, err := dialer.DialContext(ctx, "tcp", u.Host)
	if err != nil {
		return nil, err
	}
	conn, err := Handshake(ctx, nc, header)
	if err != nil {
		return nil, errors.Join(err, nc.Close())
	}
	return conn, nil
}

// Handshake does the client's opening handshake on a connection
// (RFC 6455, section 4.1). The connection stays open when it fails.
func Handshake(ctx context.Context, nc net.Conn, header http.Header) (*Conn, error) {
	stop := context.AfterFunc(ctx, func() { _ = nc.Close() })
	defer stop()
	req, err := http.NewRequest(http.MethodGet, "http://localhost/", nil)
	if err != nil {
		return nil, err
	}
	req.Header = http.Header{
		"Upgrade":               {"websocket"},
		"Connection":            {"Upgrade"},
		"Sec-Websocket-Key":     {nonce},
		"Sec-Websocket-Version": {"13"},
		"User-Agent":            {""}, // none
	}
	for name, values := range header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	if err := req.Write(nc); err != nil {
		return nil, fmt.Errorf("sending the request: %w", err)
	}
	br := bufio.NewReader(nc)
	resp, err := http.ReadResponse(br, req)
	if err != nil {
		return nil, fmt.Errorf("reading the response: %w", err)
	}
	if err := check(resp); err != nil {
		return nil, err
	}
	return &Conn{Conn: nc, Reader: br, Header: resp.Header}, nil
}

func check(resp *http.Response) error {
	if resp.StatusCode != http.StatusSwitchingProtocols {
		return fmt.Errorf("opening handshake refused: %s", resp.Status)
	}
	sum := sha1.Sum([]byte(nonce + suffix))
	if got := resp.Header.Get("Sec-Websocket-Accept"); got != base64.StdEncoding.EncodeToString(sum[:]) {
		return fmt.Errorf("wrong Sec-WebSocket-Accept %q", got)
	}
	return nil
}

// Send sends frames in one write.
func (c *Conn) Send(frames ...Frame) error {
	var out []byte
	for _, f := range frames {
		out = f.Append(out)
	}
	_, err := c.Write(out)
	return err
}

// SendClose sends a Close frame with a status code.
func (c *Conn) SendClose(code uint16) error {
	return c.Send(Frame{Fin: true, Opcode: Close, Payload: binary.BigEndian.AppendUint16(nil, code)})
}

// Next returns the next frame. The error is io.EOF at the end of TCP between
// two frames.
func (c *Conn) Next() (Frame, error) {
	return read(c.Reader)
}

// Message returns the next message with its fragments put together; Opcode and
// RSV are those of the first. A control frame is returned where it stands, and
// ends the call.
func (c *Conn) Message() (Frame, error) {
	m, err := c.Next()
	for err == nil && !m.Fin {
		var f Frame
		if f, err = c.Next(); err == nil && f.Opcode != Continuation {
			return m, fmt.Errorf("opcode %d within a fragmented message", f.Opcode)
		}
		m.Fin, m.Payload = f.Fin, append(m.Payload, f.Payload...)
	}
	return m, err
}
