package reference

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// An interrupt ends a blocking read or write of a transport when a context is
// done, by way of the deadline. It costs nothing until it is armed, and arming
// it with a context that is never done costs nothing either.
type interrupt struct {
	nc    net.Conn
	write bool // the deadline for writing, not that for reading

	mu    sync.Mutex // the connection may end in another goroutine
	ctx   context.Context
	stop  func() bool
	fired chan struct{}
}

// arm lets the end of ctx move the deadline into the past. It stays armed from
// one call to the next while the context is the same, which spares what it
// costs to tell a context that somebody listens, and no more.
func (i *interrupt) arm(ctx context.Context) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.forgetOthers(ctx)
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

// clear undoes arm for another context than ctx. Without it, a deadline that
// the end of that one has moved would end the next read or write.
func (i *interrupt) clear(ctx context.Context) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.forgetOthers(ctx)
}

func (i *interrupt) forgetOthers(ctx context.Context) {
	// Contexts may be of a type that cannot be compared; their channels can.
	if i.stop != nil && i.ctx.Done() != ctx.Done() {
		i.undo()
	}
}

// disarm translates the error of the read or write: the end of the context is
// told from other ends, and its deadline is taken back.
func (i *interrupt) disarm(err error) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.stop == nil || i.ctx.Err() == nil {
		return err
	}
	ctx := i.ctx
	i.undo()
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = interrupted{ctx.Err()}
	}
	return err
}

// release undoes arm for good, so that a context that outlives the connection
// does not keep it in memory.
func (i *interrupt) release() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.undo()
}

// undo undoes arm. mu is held.
func (i *interrupt) undo() {
	if i.stop == nil {
		return
	}
	if !i.stop() {
		<-i.fired
		i.deadline(time.Time{})
	}
	i.ctx, i.stop, i.fired = nil, nil, nil
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
