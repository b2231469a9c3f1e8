package peers

import (
	"bufio"
	"context"
	"errors"

	"github.com/gobwas/httphead"
	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsflate"

	"github.com/wsspec/wsspec/runner"
)

// NewGobwasClient returns an echo client on gobwas/ws with wsutil and wsflate. It
// echoes as the server does.
//
// The library works without context takeover only, and offers that. It leaves what
// the server agrees to, but for the name, to its user.
func NewGobwasClient() func(context.Context, runner.Call) error {
	pool := new(buffers)
	return func(ctx context.Context, call runner.Call) error {
		if call.Extensions != "" {
			return runner.ErrUnable
		}
		dialer := ws.Dialer{Protocols: call.Subprotocols, Extensions: []httphead.Option{wsflate.DefaultParameters.Option()}}
		conn, rd, agreed, err := dialer.Dial(ctx, call.URL)
		if err != nil {
			return err
		}
		defer conn.Close()
		defer context.AfterFunc(ctx, func() { conn.Close() })()
		if err := checkGobwasAgreement(agreed.Extensions); err != nil {
			return err
		}
		if rd == nil {
			rd = bufio.NewReader(conn)
		}
		g := newGobwasConn(conn, bufio.NewReadWriter(rd, bufio.NewWriter(conn)), pool, ws.StateClientSide, len(agreed.Extensions) > 0)
		for err == nil {
			err = g.echo()
		}
		g.fail(err)
		return err
	}
}

// checkGobwasAgreement refuses parameters that break RFC 7692, and those that the
// library cannot work with.
func checkGobwasAgreement(agreed []httphead.Option) error {
	if len(agreed) > 1 {
		return errors.New("permessage-deflate is agreed to more than once")
	}
	for _, option := range agreed {
		var p wsflate.Parameters
		if err := p.Parse(option); err != nil {
			return err
		}
		if !p.ServerNoContextTakeover {
			return errors.New("the server does not agree to no context takeover")
		}
	}
	return nil
}
