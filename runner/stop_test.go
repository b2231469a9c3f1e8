package runner

import (
	"context"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// hanging is a target that never accepts.
type hanging struct{ piped }

func (*hanging) Dial(ctx context.Context) (net.Conn, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// A run that is stopped ends within a moment, whatever it waits for, and what it
// was playing is an error and never a verdict on the peer.
func TestACaseEndsWithTheContext(t *testing.T) {
	silent := opened(func(nc net.Conn, rd *wire.Reader) { readAll(rd) })
	deaf := opened(func(nc net.Conn, rd *wire.Reader) { elapse(time.Hour) })
	large := cases.Send(cases.BinaryOf(cases.Fill("x", 1<<20)))
	for _, test := range []struct {
		name   string
		target Target
		steps  []cases.Step
	}{
		{"connecting", &hanging{}, []cases.Step{cases.Alive()}},
		{"waiting for the answer to a plain handshake", &piped{serve: func(nc net.Conn) { readAll(wire.NewReader(nc)) }}, []cases.Step{cases.Alive()}},
		{"waiting for the answer to a request", &piped{serve: func(nc net.Conn) { readAll(wire.NewReader(nc)) }},
			[]cases.Step{cases.Baseline(), cases.Expect(cases.Answer(101))}},
		{"writing a request", &piped{serve: func(nc net.Conn) { elapse(time.Hour) }}, []cases.Step{cases.Baseline(), cases.Expect(cases.Answer(101))}},
		{"waiting for FIN to be sent", &piped{serve: func(nc net.Conn) { elapse(time.Hour) }}, []cases.Step{cases.Baseline(), cases.Shut(), cases.Expect(cases.Answer(101))}},
		{"waiting behind a refusal", &piped{serve: func(nc net.Conn) {
			readAll(accept(nc, func(string) string { return "HTTP/1.1 400 Bad Request\r\n\r\n" }))
		}}, []cases.Step{cases.Baseline(), cases.Expect(cases.Answer(400), cases.End())}},
		{"reading the body of a refusal", &piped{serve: func(nc net.Conn) {
			readAll(accept(nc, func(string) string { return "HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\n\r\nab" }))
		}}, []cases.Step{cases.Baseline(), cases.Expect(cases.Answer(400)), cases.Baseline(), cases.Expect(cases.Answer(101))}},
		{"expecting", &piped{serve: silent}, []cases.Step{cases.Alive()}},
		{"expecting a failure", &piped{serve: silent}, []cases.Step{cases.Send(cases.Text("\xff")), cases.FailsWith(1007)}},
		{"expecting nothing", &piped{serve: silent}, []cases.Step{cases.Expect(cases.Wait()).For(time.Minute), cases.Close(1000)}},
		{"accepting anything", &piped{serve: silent}, []cases.Step{cases.Expect(cases.Anything())}},
		{"sending", &piped{serve: deaf}, []cases.Step{large, cases.Alive()}},
		{"sending again and again", &piped{serve: deaf}, []cases.Step{cases.Repeat(1000, large)}},
		{"closing", &piped{serve: silent}, []cases.Step{cases.Close(1000)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 50*ms)
				defer cancel()
				set, c, began := usual.settings(), script(test.steps...), time.Now()
				set.timeout = time.Hour
				r, err := playServer(ctx, test.target, set, &c)
				if took := time.Since(began); took > 50*ms+hangupWithin {
					t.Errorf("took %v", took)
				}
				if r.Verdict != cases.Errored || r.Reason != "not played to its end: the run was stopped" || err != nil {
					t.Errorf("%v, reason %q, error %v", r.Verdict, r.Reason, err)
				}
				if p, ok := test.target.(*piped); ok {
					p.serving.Wait()
				}
			})
		})
	}
}
