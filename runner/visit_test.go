package runner

import (
	"context"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// A deserted is a listener that nobody comes to.
type deserted struct{ closed chan struct{} }

func (d deserted) Accept() (net.Conn, error) { <-d.closed; return nil, net.ErrClosed }
func (d deserted) Addr() net.Addr            { return &net.TCPAddr{} }
func (d deserted) Close() error              { close(d.closed); return nil }

func TestAVisitEndsWhateverTheClientDoes(t *testing.T) {
	leave := make(chan struct{})
	for _, test := range []struct {
		name     string
		connect  func(context.Context, Call) error
		returned bool
		took     time.Duration
	}{
		{"it returns at once", func(context.Context, Call) error { return nil }, true, 0},
		{"it takes its time", func(context.Context, Call) error { elapse(300 * ms); return nil }, true, 300 * ms},
		{"it waits for the context", func(ctx context.Context, _ Call) error { <-ctx.Done(); return nil }, true, leaveWithin},
		{"it takes its time behind the context", func(ctx context.Context, _ Call) error { <-ctx.Done(); elapse(time.Second); return nil }, true, leaveWithin + time.Second},
		{"it does not return", func(context.Context, Call) error { <-leave; return nil }, false, leaveWithin + returnWithin},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				leave = make(chan struct{})
				v := &visit{client: &tiny{connector: test.connect}, listener: deserted{make(chan struct{})}, came: make(chan net.Conn, 1)}
				v.begin(t.Context(), Call{})
				began := time.Now()
				if returned := v.end(); returned != test.returned || time.Since(began) != test.took {
					t.Errorf("%v after %v, want %v after %v", returned, time.Since(began), test.returned, test.took)
				}
				close(leave)
			})
		})
	}
}

func TestAVisitThatNeverBeganEnds(t *testing.T) {
	if v := newVisit(&tiny{}, "", "t/none"); !v.end() {
		t.Error("it has not ended")
	}
}

// A connection that nobody took is closed.
func TestAConnectionThatNobodyTookIsClosed(t *testing.T) {
	v := newVisit(&tiny{}, "", "t/none")
	dialed, done := make(chan struct{}), make(chan error, 1)
	v.client = &tiny{connector: func(_ context.Context, c Call) error {
		nc := mustDial(t, c)
		defer nc.Close()
		close(dialed)
		_, err := nc.Read(make([]byte, 1))
		done <- err
		return err
	}}
	v.begin(t.Context(), v.call)
	<-dialed
	if !v.end() {
		t.Error("the client has not returned")
	}
	if err := <-done; err == nil {
		t.Error("the connection was not closed")
	}
}
