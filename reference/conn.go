package reference

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
)

// MessageType is the type of a message (RFC 6455, section 5.6).
type MessageType uint8

// The message types; their values are the opcodes.
const (
	Text   MessageType = 1
	Binary MessageType = 2
)

// A Conn is an open WebSocket connection in either role.
type Conn struct {
	nc  net.Conn
	cfg connConfig
	br  *bufio.Reader
	mu  sync.Mutex
}

// newConn takes over nc after the opening handshake.
func newConn(nc net.Conn, cfg connConfig) *Conn {
	in := io.MultiReader(bytes.NewReader(cfg.buffered), nc)
	return &Conn{nc: nc, cfg: cfg, br: bufio.NewReader(in)}
}

// Subprotocol is the subprotocol agreed on, or empty.
func (c *Conn) Subprotocol() string { return c.cfg.subprotocol }

// Deflate is what was agreed for permessage-deflate, or nil.
func (c *Conn) Deflate() *DeflateParams { return c.cfg.deflate }

// LocalAddr is the local address of the transport.
func (c *Conn) LocalAddr() net.Addr { return c.nc.LocalAddr() }

// RemoteAddr is the peer's address of the transport.
func (c *Conn) RemoteAddr() net.Addr { return c.nc.RemoteAddr() }

// Read returns the next unfragmented message.
func (c *Conn) Read(ctx context.Context) (MessageType, []byte, error) {
	var h [14]byte
	if _, err := io.ReadFull(c.br, h[:2]); err != nil {
		return 0, nil, err
	}
	n := int64(h[1] & 0x7f)
	switch n {
	case 126:
		if _, err := io.ReadFull(c.br, h[2:4]); err != nil {
			return 0, nil, err
		}
		n = int64(binary.BigEndian.Uint16(h[2:4]))
	case 127:
		if _, err := io.ReadFull(c.br, h[2:10]); err != nil {
			return 0, nil, err
		}
		n = int64(binary.BigEndian.Uint64(h[2:10]))
	}
	var key [4]byte
	if h[1]&0x80 != 0 {
		if _, err := io.ReadFull(c.br, key[:]); err != nil {
			return 0, nil, err
		}
	}
	p, err := io.ReadAll(io.LimitReader(c.br, n))
	for i := range p {
		p[i] ^= key[i&3]
	}
	if h[0]&0x0f == 8 {
		return 0, nil, errors.Join(c.write(8, p), c.nc.Close(), io.EOF)
	}
	return MessageType(h[0] & 0x0f), p, err
}

// Write sends one message.
func (c *Conn) Write(ctx context.Context, typ MessageType, p []byte) error {
	return c.write(byte(typ), p)
}

func (c *Conn) write(opcode byte, p []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	b := []byte{0x80 | opcode, 127}
	switch {
	case len(p) < 126:
		b[1] = byte(len(p))
	case len(p) < 1<<16:
		b[1] = 126
		b = binary.BigEndian.AppendUint16(b, uint16(len(p)))
	default:
		b = binary.BigEndian.AppendUint64(b, uint64(len(p)))
	}
	var key [4]byte
	if c.cfg.client {
		rand.Read(key[:])
		b[1] |= 0x80
		b = append(b, key[:]...)
	}
	for i, x := range p {
		b = append(b, x^key[i&3])
	}
	_, err := c.nc.Write(b)
	return err
}

// Close sends a Close frame with code and reason.
func (c *Conn) Close(code StatusCode, reason string) error {
	return c.write(8, append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
}

// CloseNow ends the transport at once.
func (c *Conn) CloseNow() error { return c.nc.Close() }
