package notice

import (
	"context"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

// Strict is the reference client, which notices whatever there is a rule about. The
// errors of its Connect are those of package reference.
type Strict struct{}

func (Strict) String() string { return "the reference client" }

// Connect echoes until the connection ends.
func (Strict) Connect(ctx context.Context, call runner.Call) error {
	if call.Extensions != "" {
		return runner.ErrUnable
	}
	o := &reference.DialOptions{Subprotocols: call.Subprotocols, Deflate: []reference.DeflateOptions{{}}}
	c, _, err := reference.Dial(ctx, call.URL, o)
	if err != nil {
		return err
	}
	defer c.CloseNow()
	for {
		kind, p, err := c.Read(ctx)
		if err != nil {
			return err
		}
		if err := c.Write(ctx, kind, p); err != nil {
			return err
		}
	}
}
