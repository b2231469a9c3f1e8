package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/wsspec/wsspec/ci/peers/internal/raw"
)

// A Session is the connections of a cell to one server.
type Session struct {
	cell    Cell
	clients []*client
}

// A Result is what a session has seen.
type Result struct {
	Messages int64         // echoed
	Elapsed  time.Duration // from the first octet sent to the last one received
	CPU      time.Duration // that the process took meanwhile, client and server
}

// Rate returns messages per second.
func (r Result) Rate() float64 {
	return float64(r.Messages) / r.Elapsed.Seconds()
}

// CPUPerMessage returns the CPU time for one echo, client and server together.
// What else the machine does shows less in it than in Rate.
func (r Result) CPUPerMessage() time.Duration {
	return r.CPU / time.Duration(max(1, r.Messages))
}

// Open opens the connections of a cell and has one message echoed on each, which
// is compared octet by octet.
func Open(ctx context.Context, url string, cell Cell) (*Session, error) {
	s := &Session{cell: cell}
	frames := newBlock(cell)
	for range cell.Conns {
		conn, err := raw.Dial(ctx, url, nil)
		if err == nil {
			err = widen(conn.Conn)
		}
		if err == nil {
			s.clients = append(s.clients, &client{conn: conn.Conn, block: frames, buf: make([]byte, readSize)})
			err = tryEcho(ctx, conn, frames)
		}
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// tryEcho sends one frame and compares what comes back.
func tryEcho(ctx context.Context, conn *raw.Conn, frames block) error {
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	var writing sync.WaitGroup
	writing.Go(func() { _ = frames.write(conn, 1) }) // a failure shows in what comes back
	defer writing.Wait()
	f, err := conn.Message()
	if err != nil {
		return fmt.Errorf("waiting for the first echo: %w", errors.Join(err, conn.Close()))
	}
	masked := raw.Frame{Fin: true, Opcode: f.Opcode, RSV: f.RSV, Payload: f.Payload}.Append(nil)
	if !bytes.Equal(masked, frames.octets[:frames.frame]) {
		return errors.New("the first echo differs from what was sent")
	}
	if n := conn.Reader.Buffered(); n != 0 {
		return fmt.Errorf("%d octets came behind the first echo", n)
	}
	return nil
}

// Messages has n messages echoed over all connections together.
func (s *Session) Messages(ctx context.Context, n int64) (Result, error) {
	b := new(budget)
	b.left.Store(n)
	return s.run(ctx, b)
}

// For has messages echoed for a time. What is in flight at its end is waited
// for, and counts.
func (s *Session) For(ctx context.Context, d time.Duration) (Result, error) {
	b := new(budget)
	b.left.Store(math.MaxInt64)
	timer := time.AfterFunc(d, b.stop)
	defer timer.Stop()
	return s.run(ctx, b)
}

// run lets all clients share a budget. The connections are of no more use after
// an error or the end of the context.
func (s *Session) run(ctx context.Context, b *budget) (Result, error) {
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	var (
		running sync.WaitGroup
		mu      sync.Mutex
		total   int64
		errs    []error
	)
	start, startCPU := time.Now(), cpuTime()
	for _, c := range s.clients {
		running.Go(func() {
			n, err := c.run(b, s.cell.Depth)
			if err != nil {
				b.stop()
			}
			mu.Lock()
			defer mu.Unlock()
			total += n
			errs = append(errs, err)
		})
	}
	running.Wait()
	result := Result{Messages: total, Elapsed: time.Since(start), CPU: cpuTime() - startCPU}
	return result, errors.Join(errs...)
}

// Close drops all connections.
func (s *Session) Close() error {
	var errs []error
	for _, c := range s.clients {
		errs = append(errs, c.conn.Close())
	}
	return errors.Join(errs...)
}
