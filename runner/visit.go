package runner

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime/debug"
	"time"
)

const (
	// leaveWithin is how long a client may take to notice that its connection has
	// ended, before the context of its call ends as well.
	leaveWithin = time.Second
	// returnWithin is how long it may take behind that. Nothing can end it then.
	returnWithin = 2 * time.Second
)

// A visit is a client that comes to a player: a call asks it to, and it makes a
// connection to a listener of the player's own.
type visit struct {
	client   Client // nil: the connection is there already
	listener net.Listener
	failed   error       // to listen
	info     RequestInfo // of the listener, for placeholders
	call     Call        // the run's own
	read     []byte      // what has been read from the connection already; nil for nothing

	came   chan net.Conn // of capacity 1; closed behind the one that came
	lost   error         // why none came, when that is closed
	gone   chan struct{} // closed when Connect has returned; nil before it is called
	err    error         // of Connect, when it has
	moves  []Move        // of a page, when it has
	cancel context.CancelFunc
}

// newVisit listens for a client, on the host if it can. The path of the URL tells it,
// and whoever looks at its log, which case is played.
func newVisit(client Client, host, path string) *visit {
	v := &visit{client: client, came: make(chan net.Conn, 1)}
	if v.listener, v.failed = listenOnLoopback(host); v.failed != nil {
		return v
	}
	v.info = infoOf(v.listener.Addr(), "/"+path)
	v.call.URL = "ws://" + v.info.Host + v.info.Target
	return v
}

// Loopbacks are eight addresses of this machine, for Options.Hosts: a browser makes
// one connection to an address at a time.
func Loopbacks() []string {
	var hosts []string
	for i := range 8 {
		hosts = append(hosts, fmt.Sprintf("127.0.0.%d", i+1))
	}
	return hosts
}

// listenOnLoopback listens on the host, or else where it can: few systems have more
// addresses than 127.0.0.1 without further ado.
func listenOnLoopback(host string) (l net.Listener, err error) {
	for _, h := range []string{host, "127.0.0.1", "::1"} {
		if h == "" {
			continue
		}
		if l, err = net.Listen("tcp", net.JoinHostPort(h, "0")); err == nil {
			return l, nil
		}
	}
	return nil, err
}

// infoOf is what a request for the address holds.
func infoOf(a net.Addr, target string) RequestInfo {
	info := RequestInfo{Host: a.String(), Target: target}
	if _, port, err := net.SplitHostPort(info.Host); err == nil {
		info.Port = port
	}
	return info
}

// arrived is the visit of a client that has connected by itself.
func arrived(nc net.Conn) *visit {
	v := &visit{info: infoOf(nc.LocalAddr(), "/"), came: make(chan net.Conn, 1)}
	v.came <- nc
	return v
}

// begin calls the client.
func (v *visit) begin(ctx context.Context, call Call) {
	if v.client == nil || v.failed != nil || v.gone != nil {
		return
	}
	v.gone = make(chan struct{})
	ctx, v.cancel = context.WithCancel(ctx)
	go func() {
		defer close(v.gone)
		v.moves, v.err = connect(ctx, v.client, call)
	}()
	go func() {
		defer close(v.came)
		nc, err := v.listener.Accept()
		if v.lost = err; err == nil {
			v.came <- nc
		}
	}()
}

// errPanic is the error of a client that panics, which a strange frame may lead
// to, and which must not end the run.
var errPanic = errors.New("the client panics")

func connect(ctx context.Context, c Client, call Call) (moves []Move, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanic, cause, debug.Stack())
		}
	}()
	if p, ok := c.(Pager); ok && call.Page != nil {
		return p.Play(ctx, call)
	}
	return nil, c.Connect(ctx, call)
}

// errGone is the error of arrive when the client has returned without a connection.
var errGone = errors.New("no connection")

// arrive waits for the connection. There is none, and no error, when the time has
// come or the context has ended.
func (v *visit) arrive(ctx context.Context, until time.Time) (net.Conn, error) {
	t := time.NewTimer(time.Until(until))
	defer t.Stop()
	select {
	case nc, ok := <-v.came:
		if !ok {
			return nil, fmt.Errorf("accept a connection: %w", v.lost)
		}
		return nc, nil
	case <-v.gone:
		return v.last()
	case <-t.C:
	case <-ctx.Done():
	}
	return nil, nil
}

// last is the connection that a client made before it returned, if it made one.
// Connections are accepted in their order, so that one of our own shows that none
// came before it.
func (v *visit) last() (net.Conn, error) {
	own, err := net.Dial("tcp", v.listener.Addr().String())
	if err != nil {
		return nil, err
	}
	defer own.Close()
	nc, ok := <-v.came
	switch {
	case !ok:
		return nil, fmt.Errorf("accept a connection: %w", v.lost)
	case nc.RemoteAddr().String() != own.LocalAddr().String():
		return nc, nil
	}
	nc.Close()
	if v.err != nil {
		return nil, fmt.Errorf("%w: %w", errGone, v.err)
	}
	return nil, errGone
}

// end ends the visit, and waits for Connect to return. It reports whether it has.
func (v *visit) end() (returned bool) {
	if v.client == nil || v.failed != nil {
		return true
	}
	v.listener.Close()
	if v.gone == nil {
		return true
	}
	for nc := range v.came { // a connection that nobody wanted
		nc.Close()
	}
	defer v.cancel()
	if v.waited(leaveWithin) {
		return true
	}
	v.cancel()
	return v.waited(returnWithin)
}

// disturbed reports whether the client has told so.
func (v *visit) disturbed() bool {
	if v.gone == nil {
		return false
	}
	select {
	case <-v.gone:
		return errors.Is(v.err, ErrDisturbed)
	default:
		return false
	}
}

func (v *visit) waited(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-v.gone:
		return true
	case <-t.C:
		return false
	}
}
