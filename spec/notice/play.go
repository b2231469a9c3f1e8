package notice

import (
	"context"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

func accept(key string) string {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// A stage is where a client comes to hold one conversation with one fault.
type stage struct {
	client   runner.Client
	talk     conversation
	fault    string // empty: honest
	host     string
	patience time.Duration

	attended chan struct{} // gets a value for each connection that has ended

	mu   sync.Mutex
	came []*visit
}

// A visit is one connection to a stage.
type visit struct {
	record  *record
	readErr error
	late    bool
}

// play has the client come, and tells what was seen. Without a connection, the error
// is that of the client.
func (s *stage) play(ctx context.Context) (*sight, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(s.host, "0"))
	if err != nil {
		return nil, err
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var serving sync.WaitGroup
	serving.Go(func() { s.serve(ctx, l) })
	called := make(chan error, 1)
	calling, hangUp := context.WithCancel(ctx)
	defer hangUp()
	go func() {
		if leader, ok := s.client.(Leader); ok && s.talk.say == nil {
			called <- leader.Lead(calling, s.call(l))
			return
		}
		called <- s.client.Connect(calling, s.call(l))
	}()
	callErr, early := s.await(ctx, called, hangUp)
	l.Close()
	cancel()
	serving.Wait()
	if errors.Is(callErr, runner.ErrUnable) {
		return nil, callErr
	}
	return s.seen(callErr, early)
}

func (s *stage) call(l net.Listener) runner.Call {
	path := "/"
	if s.fault != "" {
		path = "/fault/" + s.fault
	}
	return runner.Call{URL: "ws://" + l.Addr().String() + path, Subprotocols: s.talk.subprotocols}
}

// await waits for the end of the client's call. A client that outlives the
// connection is interrupted.
func (s *stage) await(ctx context.Context, called <-chan error, hangUp func()) (err error, early bool) {
	timer := time.NewTimer(20 * s.patience)
	defer timer.Stop()
	select {
	case err = <-called:
		return err, !s.over()
	case <-s.attended:
		timer.Reset(2 * s.patience)
		select {
		case err = <-called:
			return err, false
		case <-timer.C:
		}
	case <-timer.C:
	case <-ctx.Done():
	}
	hangUp()
	return <-called, false
}

// over reports whether the server has ended all connections.
func (s *stage) over() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.came {
		v.record.mu.Lock()
		left := v.record.left
		v.record.mu.Unlock()
		if !left {
			return false
		}
	}
	return true
}

// serve serves the connections of the client until ctx ends.
func (s *stage) serve(ctx context.Context, l net.Listener) {
	var visits sync.WaitGroup
	defer visits.Wait()
	for {
		nc, err := l.Accept()
		if err != nil {
			return
		}
		v := &visit{record: newRecord(nc, s.patience)}
		s.mu.Lock()
		s.came = append(s.came, v)
		s.mu.Unlock()
		visits.Go(func() { s.attend(ctx, v) })
	}
}

// attend is the server for one connection, with a fault beneath HTTP and above it.
func (s *stage) attend(ctx context.Context, v *visit) {
	o := s.talk.options
	o.CloseTimeout = 4 * s.patience
	server := &reference.Server{HandshakeTimeout: 4 * s.patience}
	if s.fault != "" {
		o.Faults, server.Faults = []string{s.fault}, []string{s.fault}
	}
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := reference.Upgrade(w, r, &o)
		switch {
		case err != nil:
		case s.talk.say == nil:
			s.echo(c, v)
		default:
			s.converse(c, v)
		}
	})
	server.ServeConn(context.WithoutCancel(ctx), v.record)
	v.record.finish()
	<-v.record.finished
	select {
	case s.attended <- struct{}{}:
	default:
	}
}

// converse holds the conversation, and closes.
func (s *stage) converse(c *reference.Conn, v *visit) {
	p := &speaker{conn: c, patience: s.patience, heard: make(chan reply, 64), ended: make(chan struct{})}
	reading := make(chan error, 1)
	go func() { reading <- p.listen() }()
	s.talk.say(p)
	v.record.over(-1)
	if s.talk.code == reference.StatusNoStatusReceived {
		c.CloseEmpty()
	} else {
		c.Close(s.talk.code, s.talk.reason)
	}
	c.CloseNow()
	v.readErr, v.late = <-reading, p.late > 0
}

// echo follows a client that leads, unless that says nothing for long. Its Close frame
// may come at any time.
func (s *stage) echo(c *reference.Conn, v *visit) {
	for v.readErr == nil {
		v.readErr = s.echoOne(c)
	}
	v.late = errors.Is(v.readErr, context.DeadlineExceeded)
	v.record.over(0)
	c.CloseNow()
}

func (s *stage) echoOne(c *reference.Conn) error {
	ctx, cancel := context.WithTimeout(context.Background(), 8*s.patience)
	defer cancel()
	kind, p, err := c.Read(ctx)
	if err != nil {
		return err
	}
	return c.Write(ctx, kind, p)
}

// outstays is how long TCP may outlive the closing handshake on the busiest machine. A
// server that leaves it open does so for longer.
const outstays = 3 * time.Second

// seen is what was seen of the last connection on which the client said something.
func (s *stage) seen(err error, early bool) (*sight, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.came) - 1; i >= 0; i-- {
		v := s.came[i]
		r := v.record
		r.mu.Lock()
		found := &sight{in: r.in, out: r.out, pace: r.pace, closing: r.closing, gone: r.gone, slow: r.took > min(2*s.patience, outstays), readErr: v.readErr, err: err, early: early, late: v.late}
		r.mu.Unlock()
		if len(found.in) > 0 || i == 0 {
			return found, nil
		}
	}
	if err == nil {
		err = errors.New("the client makes no connection")
	}
	return nil, err
}
