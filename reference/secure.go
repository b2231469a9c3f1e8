package reference

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
)

// secure does the TLS handshake of a server, if there is one to do. A client
// that speaks clear text to a TLS port is told so.
func secure(ctx context.Context, nc net.Conn) (*tls.ConnectionState, error) {
	c, ok := nc.(*tls.Conn)
	if !ok {
		return nil, nil
	}
	if err := handshakeTLS(ctx, c); err != nil {
		if header, ok := errors.AsType[tls.RecordHeaderError](err); ok && header.Conn != nil {
			header.Conn.Write([]byte("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
			linger(header.Conn)
		}
		return nil, err
	}
	state := c.ConnectionState()
	return &state, nil
}

// handshakeTLS does the TLS handshake of either side. What is negotiated by ALPN
// decides which HTTP is spoken, and here that can be HTTP/1.1 alone (RFC 7301,
// section 3).
func handshakeTLS(ctx context.Context, c *tls.Conn) error {
	if err := c.HandshakeContext(ctx); err != nil {
		return fmt.Errorf("TLS: %w", err)
	}
	if p := c.ConnectionState().NegotiatedProtocol; p != "" && p != "http/1.1" {
		return fmt.Errorf("TLS: the protocol %q is negotiated instead of HTTP/1.1", p)
	}
	return nil
}
