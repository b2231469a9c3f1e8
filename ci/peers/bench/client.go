package bench

import (
	"errors"
	"fmt"
	"math"
	"net"
	"sync"
	"sync/atomic"

	"github.com/wsspec/wsspec/ci/peers/internal/raw"
)

const (
	// readSize is as much as a client reads at a time.
	readSize = 256 << 10
	// blockSize is about as much as a client writes at a time; a larger frame
	// is written by itself.
	blockSize = 64 << 10
)

// A block is a number of equal masked frames, ready to be written.
type block struct {
	octets []byte
	frame  int // octets of one frame
}

// newBlock builds the frames of a cell. All clients share them.
func newBlock(c Cell) block {
	one := raw.Frame{Fin: true, Opcode: raw.Binary, Payload: payload(c.Size)}.Append(nil)
	b := block{frame: len(one)}
	for range min(c.Depth, max(1, blockSize/len(one))) {
		b.octets = append(b.octets, one...)
	}
	return b
}

// payload returns octets that are no text and do not repeat with the key.
func payload(n int) []byte {
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(i*7 + i>>8)
	}
	return p
}

// write writes n frames.
func (b block) write(conn net.Conn, n int) error {
	for n > 0 {
		k := min(n, len(b.octets)/b.frame)
		if _, err := conn.Write(b.octets[:k*b.frame]); err != nil {
			return fmt.Errorf("sending: %w", err)
		}
		n -= k
	}
	return nil
}

// A budget is how many messages the clients of a session may still send.
type budget struct{ left atomic.Int64 }

// take takes up to n messages.
func (b *budget) take(n int) int {
	left := b.left.Add(-int64(n)) + int64(n)
	return int(max(0, min(int64(n), left)))
}

// stop ends the budget. It leaves room below zero for those who still take.
func (b *budget) stop() { b.left.Store(math.MinInt64 / 2) }

// A client keeps one connection busy.
type client struct {
	conn  net.Conn
	block block
	buf   []byte
}

// run sends what the budget gives, no more than depth at a time, and returns
// how many messages came back.
func (c *client) run(b *budget, depth int) (int64, error) {
	if depth*c.block.frame <= blockSize {
		// All that is in flight fits into the socket buffers, so that writing
		// cannot wait for reading.
		return c.receive(b, depth, func(n int) error { return c.block.write(c.conn, n) })
	}
	return c.runDuplex(b, depth)
}

// runDuplex writes in a goroutine of its own: a server that echoes while it
// reads would otherwise wait for us to read, and we for it.
func (c *client) runDuplex(b *budget, depth int) (int64, error) {
	grants := make(chan int, depth) // never full: each grant is at least one message
	var (
		writing  sync.WaitGroup
		writeErr error
	)
	writing.Go(func() {
		for n := range grants {
			if writeErr = c.block.write(c.conn, n); writeErr != nil {
				_ = c.conn.Close() // ends the reading
				return
			}
		}
	})
	done, err := c.receive(b, depth, func(n int) error { grants <- n; return nil })
	if err != nil {
		_ = c.conn.Close() // ends the writing
	}
	close(grants)
	writing.Wait()
	return done, errors.Join(err, writeErr)
}

// receive counts the messages that come back, and for each lets another be sent.
func (c *client) receive(b *budget, depth int, send func(n int) error) (int64, error) {
	var (
		scan scanner
		done int64
	)
	ended := depth // as if that many had come back
	for pending := 0; ; {
		if n := b.take(ended); n > 0 {
			if err := send(n); err != nil {
				return done, err
			}
			pending += n
		}
		if pending == 0 {
			return done, nil
		}
		n, err := c.conn.Read(c.buf)
		if err != nil {
			return done, fmt.Errorf("receiving, with %d messages in flight: %w", pending, err)
		}
		if ended, err = scan.scan(c.buf[:n]); err != nil {
			return done, err
		}
		done += int64(ended)
		pending -= ended
	}
}
