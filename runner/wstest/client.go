package wstest

import (
	"context"
	"testing"

	"github.com/wsspec/wsspec/runner"
)

// Client calls connect for each case, plays the cases against the client that
// comes, and reports each as a subtest. Connect opens the URL of the call, echoes
// every message with its type until the connection ends, and returns; see
// runner.Client. One that does not echo, or offers what it likes whatever the call
// says, is still tested by every case that needs neither.
//
//	func dialAndEcho(ctx context.Context, call runner.Call) error {
//		c, err := mywebsocket.Dial(ctx, call.URL, call.Subprotocols)
//		if err != nil {
//			return err
//		}
//		defer c.Close()
//		for {
//			typ, message, err := c.Read()
//			if err != nil {
//				return err
//			}
//			if err := c.Write(typ, message); err != nil {
//				return err
//			}
//		}
//	}
func Client(t *testing.T, connect func(ctx context.Context, call runner.Call) error, o Options) {
	t.Helper()
	list, err := o.list()
	if err != nil {
		t.Fatal(err)
	}
	report, err := runner.RunClient(t.Context(), client(connect), list, o.Options)
	o.report(t, report, err)
}

// client is a function as a client.
type client func(ctx context.Context, call runner.Call) error

func (client) String() string { return "the client of this test" }

func (c client) Connect(ctx context.Context, call runner.Call) error { return c(ctx, call) }
