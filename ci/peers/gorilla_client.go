package peers

import (
	"context"

	"github.com/gorilla/websocket"

	"github.com/wsspec/wsspec/runner"
)

// NewGorillaClient returns an echo client on gorilla/websocket. It echoes as the
// server does.
//
// The library has one offer of permessage-deflate, so that it cannot be told
// another.
func NewGorillaClient() func(context.Context, runner.Call) error {
	pool := new(buffers)
	return func(ctx context.Context, call runner.Call) error {
		if call.Extensions != "" {
			return runner.ErrUnable
		}
		dialer := websocket.Dialer{Subprotocols: call.Subprotocols, EnableCompression: true}
		conn, _, err := dialer.DialContext(ctx, call.URL, nil)
		if err != nil {
			return err
		}
		defer conn.Close()
		defer context.AfterFunc(ctx, func() { conn.Close() })()
		conn.SetReadLimit(readLimit)
		for err == nil {
			err = echoGorilla(conn, pool)
		}
		return err
	}
}
