package notice

import (
	"context"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

// careless is an echo client with a fault of its own.
type careless struct{ fault string }

func (c careless) String() string { return "a client with the fault " + c.fault }

func (c careless) Connect(ctx context.Context, call runner.Call) error {
	conn, _, err := reference.Dial(ctx, call.URL, &reference.DialOptions{Subprotocols: call.Subprotocols, Faults: []string{c.fault}})
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	reference.Echo(ctx, conn)
	return nil
}

// silent is a client that does not echo.
type silent struct{}

func (silent) String() string { return "a silent client" }

func (silent) Connect(ctx context.Context, call runner.Call) error {
	conn, _, err := reference.Dial(ctx, call.URL, nil)
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	for err == nil {
		_, _, err = conn.Read(ctx)
	}
	return nil
}
