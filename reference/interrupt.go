package reference

import (
	"context"
	"errors"
	"net"
	"os"
	"time"
)

// An interrupt ends a blocking read or write of a transport when a context is
// done, by way of the deadline. It costs nothing until it is armed, and arming
// it with a context that is never done costs nothing either.
type interrupt struct {
	nc    net.Conn
	write bool // the deadline for writing, not that for reading

	ctx   context.Context
	stop  func() bool
	fired chan struct{}
}

// arm lets the end of ctx move the deadline into the past.
func (i *interrupt) arm(ctx context.Context) {
	if i.stop != nil || ctx.Done() == nil {
		return
	}
	fired := make(chan struct{})
	i.ctx, i.fired = ctx, fired
	i.stop = context.AfterFunc(ctx, func() {
		i.deadline(time.Unix(1, 0))
		close(fired)
	})
}

// disarm undoes arm after the read or write, and translates its error: the end
// of the context is told from other ends.
func (i *interrupt) disarm(err error) error {
	if i.stop == nil {
		return err
	}
	if !i.stop() {
		<-i.fired
		i.deadline(time.Time{})
		if errors.Is(err, os.ErrDeadlineExceeded) {
			err = interrupted{i.ctx.Err()}
		}
	}
	i.ctx, i.stop, i.fired = nil, nil, nil
	return err
}

func (i *interrupt) deadline(t time.Time) {
	if i.write {
		i.nc.SetWriteDeadline(t)
	} else {
		i.nc.SetReadDeadline(t)
	}
}

// interrupted is the error of a read or write that a context ended.
type interrupted struct{ err error }

func (i interrupted) Error() string { return "interrupted: " + i.err.Error() }
func (i interrupted) Unwrap() error { return i.err }
