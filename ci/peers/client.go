package peers

import (
	"context"
	"fmt"

	"github.com/wsspec/wsspec/runner"
)

// A Client is an echo client on one library, for runner.RunClient.
type Client struct {
	Name    string // short name
	Module  string // module path of the library
	Version string // of Module in this build; "unknown" without build information
	// Dial opens the URL of the call, echoes until the connection ends, and returns.
	Dial func(ctx context.Context, call runner.Call) error
}

// Clients lists all clients in the order in which reports show them.
func Clients() []Client {
	list := []Client{
		{Name: "gorilla", Module: "github.com/gorilla/websocket", Dial: NewGorillaClient()},
		{Name: "coder", Module: "github.com/coder/websocket", Dial: NewCoderClient()},
		{Name: "gobwas", Module: "github.com/gobwas/ws", Dial: NewGobwasClient()},
		{Name: "gws", Module: "github.com/lxzan/gws", Dial: NewGWSClient()},
	}
	for i := range list {
		list[i].Version = version(list[i].Module)
	}
	return list
}

// String names the client.
func (c Client) String() string { return fmt.Sprintf("client on %s %s", c.Module, c.Version) }

// Connect is Dial.
func (c Client) Connect(ctx context.Context, call runner.Call) error { return c.Dial(ctx, call) }
