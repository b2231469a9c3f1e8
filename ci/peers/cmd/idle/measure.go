package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/wsspec/wsspec/ci/peers/internal/raw"
)

// openers is how many connections are opened at a time, well below the backlog
// of a listening socket.
const openers = 64

// measure opens n connections and prints what the memory of the server does.
func measure(ctx context.Context, stdout io.Writer, s *server, n int) (err error) {
	before, err := memory(s)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%-28s %10s   per connection: resident, settled, its heap, its stacks\n", "", "resident")
	fmt.Fprintf(stdout, "%-28s %6d KiB\n", "before", before.settled)
	conns, err := open(ctx, s.url, n)
	defer func() { err = errors.Join(err, closeAll(conns)) }()
	if err != nil {
		return err
	}
	if err := show(stdout, s, fmt.Sprintf("%d connections", n), before, n); err != nil {
		return err
	}
	if err := each(conns, echo); err != nil {
		return err
	}
	return show(stdout, s, "after one message on each", before, n)
}

// figures are memory of the server, in KiB.
type figures struct {
	standing int      // resident, as it stands
	settled  int      // resident, when the server has given back what it can
	use      goMemory // then in use
}

func memory(s *server) (f figures, err error) {
	if f.standing, err = residentKiB(s.pid); err != nil {
		return f, err
	}
	if f.use, err = s.settle(); err != nil {
		return f, err
	}
	f.settled, err = residentKiB(s.pid)
	return f, err
}

// show prints the memory and the part of it that is due to each connection.
func show(stdout io.Writer, s *server, what string, before figures, n int) error {
	now, err := memory(s)
	if err != nil {
		return err
	}
	per := func(now, before int) float64 { return float64(now-before) / float64(n) }
	fmt.Fprintf(stdout, "%-28s %6d KiB %7.2f KiB %7.2f KiB %7.2f KiB %7.2f KiB\n", what, now.standing,
		per(now.standing, before.settled), per(now.settled, before.settled),
		per(int(now.use.heap), int(before.use.heap)), per(int(now.use.stacks), int(before.use.stacks)))
	return nil
}

// open opens n connections, some at a time. It returns those there are also
// when it fails.
func open(ctx context.Context, url string, n int) ([]*raw.Conn, error) {
	conns := make([]*raw.Conn, n)
	errs := make([]error, openers)
	var opening sync.WaitGroup
	for o := range openers {
		opening.Go(func() {
			for i := o; i < n && errs[o] == nil; i += openers {
				conns[i], errs[o] = raw.Dial(ctx, url, nil)
			}
		})
	}
	opening.Wait()
	return conns, errors.Join(errs...)
}

// echo has one message of 1 KiB echoed.
func echo(conn *raw.Conn) error {
	err := conn.Send(raw.Frame{Fin: true, Opcode: raw.Binary, Payload: make([]byte, 1024)})
	if err != nil {
		return err
	}
	_, err = conn.Message()
	return err
}

func closeAll(conns []*raw.Conn) error {
	return each(conns, (*raw.Conn).Close)
}

// each does something with all connections that there are.
func each(conns []*raw.Conn, do func(*raw.Conn) error) error {
	var errs []error
	for _, conn := range conns {
		if conn != nil {
			errs = append(errs, do(conn))
		}
	}
	return errors.Join(errs...)
}
