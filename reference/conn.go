package reference

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// MessageType is the type of a message (RFC 6455, section 5.6).
type MessageType uint8

// The message types; their values are the opcodes.
const (
	Text   MessageType = MessageType(opText)
	Binary MessageType = MessageType(opBinary)
)

func (t MessageType) String() string {
	switch t {
	case Text:
		return "text"
	case Binary:
		return "binary"
	}
	return fmt.Sprintf("MessageType(%d)", uint8(t))
}

const (
	defaultReadLimit    = 32 << 20
	defaultCloseTimeout = 5 * time.Second
	// failTimeout bounds how long a failed connection lingers for the peer to
	// fetch our Close frame.
	failTimeout = time.Second
)

// A Conn is an open WebSocket connection, as a client or as a server. One
// goroutine at a time may read; any number may write, ping and close, also
// while one reads.
//
// Pings are answered, Pongs noted and the closing handshake is done by the
// reading methods, so an application that expects nothing must read all the
// same.
type Conn struct {
	nc           net.Conn
	client       bool
	limit        int64 // of a message, in octets; negative: none
	closeTimeout time.Duration
	coalesce     bool
	subprotocol  string
	deflate      *DeflateParams
	enforced     func(requirement string) bool // nil: every rule is

	reading  sync.Mutex    // held while a method reads
	readFree chan struct{} // has room for one: reading was unlocked while others waited
	readers  atomic.Int32  // how many wait for reading
	readErr  error         // what every later read returns
	in       input
	msg      inMessage
	whole    wholeMessage
	reader   *messageReader // the one that may read the message; nil: Read does
	replies  bool           // Pongs wait in out.buf
	held     bool           // the reader's copy of out.hold

	out   output
	pings pingList

	zmu    sync.Mutex
	z      *compressor // kept for its window; nil while the open message uses it
	keeps  bool        // counted in keptContexts
	zended bool        // nothing is kept any more

	endErr    error // why the connection ended; set before done is closed
	setEndErr sync.Once
	endOnce   sync.Once
	done      chan struct{} // closed when the transport has been
}

// newConn takes over nc after the opening handshake.
func newConn(nc net.Conn, cfg connConfig) *Conn {
	c := &Conn{
		nc:           nc,
		client:       cfg.client,
		limit:        cfg.opts.ReadLimit,
		closeTimeout: cfg.opts.CloseTimeout,
		coalesce:     cfg.opts.Coalesce,
		subprotocol:  cfg.subprotocol,
		deflate:      cfg.deflate,
		enforced:     cfg.enforced,
		readFree:     make(chan struct{}, 1),
		done:         make(chan struct{}),
	}
	if c.limit == 0 {
		c.limit = defaultReadLimit
	}
	if c.closeTimeout <= 0 {
		c.closeTimeout = defaultCloseTimeout
	}
	c.in.init(nc, cfg.buffered)
	c.out.interrupt = interrupt{nc: nc, write: true}
	return c
}

// Subprotocol is the subprotocol that was agreed on, or empty.
func (c *Conn) Subprotocol() string { return c.subprotocol }

// Deflate is what was agreed on for permessage-deflate, or nil when it is not in
// use. It must not be changed.
func (c *Conn) Deflate() *DeflateParams { return c.deflate }

// LocalAddr is the address of this end of the transport.
func (c *Conn) LocalAddr() net.Addr { return c.nc.LocalAddr() }

// RemoteAddr is the address of the peer's end of the transport.
func (c *Conn) RemoteAddr() net.Addr { return c.nc.RemoteAddr() }

var (
	errClosing = fmt.Errorf("our Close frame has been sent: %w", net.ErrClosed)
	errNow     = fmt.Errorf("ended without a closing handshake: %w", net.ErrClosed)
)

// CloseNow ends the transport at once, without a closing handshake. The peer
// sees that as 1006. It does nothing to a connection that has ended.
func (c *Conn) CloseNow() error {
	c.end(errNow)
	return nil
}

// because notes why the connection ends, or will end when the transport has been
// seen to. The first reason is right: what comes later follows from it.
func (c *Conn) because(err error) {
	c.setEndErr.Do(func() { c.endErr = err })
}

// end closes the transport.
func (c *Conn) end(err error) {
	c.because(err)
	c.endOnce.Do(func() {
		c.nc.Close()
		c.dropCompressor()
		close(c.done)
		c.in.interrupt.release()
		c.out.interrupt.release()
	})
}

// cause is the reason why the connection ended, or err while it has not.
func (c *Conn) cause(err error) error {
	select {
	case <-c.done:
		return c.endErr
	default:
		return err
	}
}

// closedError is the error of a method that comes too late to send.
func (c *Conn) closedError() error {
	err := c.cause(errClosing)
	if errors.Is(err, net.ErrClosed) {
		return err
	}
	return fmt.Errorf("%w: %w", net.ErrClosed, err)
}
