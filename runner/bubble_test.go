package runner

import (
	"context"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// piped is a target whose connections are pipes, so that time can be that of a
// bubble of package synctest.
type piped struct {
	serve   func(net.Conn)
	serving sync.WaitGroup
}

func (*piped) String() string       { return "ws://pipe/" }
func (*piped) Request() RequestInfo { return RequestInfo{Host: "pipe", Port: "80", Target: "/"} }

func (t *piped) Dial(context.Context) (net.Conn, error) {
	ours, theirs := net.Pipe()
	t.serving.Go(func() {
		defer theirs.Close()
		t.serve(theirs)
	})
	return ours, nil
}

// script is a case of these steps.
func script(steps ...cases.Step) cases.Case {
	return cases.Case{ID: "t/script", Title: "a script", Refs: []string{"6455-5.5.2-3"}, Steps: steps}
}

var usual = Options{}.withDefaults()

// inBubble plays the case against the server in a bubble, in which waiting takes
// no time, and gives the time that it took there. The bubble sees to it that no
// goroutine is left.
func inBubble(t *testing.T, serve func(net.Conn), c cases.Case, check func(r Result, took time.Duration)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		target := &piped{serve: serve}
		began := time.Now()
		r, err := playServer(t.Context(), target, usual.settings(), &c)
		took := time.Since(began)
		if err != nil {
			t.Error(err)
		}
		target.serving.Wait()
		check(r, took)
	})
}

// opened is a server that opens the connection and goes on with serve.
func opened(serve func(nc net.Conn, rd *wire.Reader)) func(net.Conn) {
	return func(nc net.Conn) {
		if rd := accept(nc, right); rd != nil {
			serve(nc, rd)
		}
	}
}

// elapse waits in a bubble, where that takes no time.
func elapse(d time.Duration) { <-time.After(d) }

// readAll reads frames until there are no more.
func readAll(rd *wire.Reader) {
	for {
		if _, err := rd.Next(); err != nil {
			return
		}
	}
}

// reply sends a frame without a mask.
func reply(nc net.Conn, opcode wire.Opcode, payload string) {
	h := wire.Header{FIN: true, Opcode: opcode, Length: uint64(len(payload))}
	nc.Write(wire.AppendFrame(nil, h, []byte(payload)))
}
