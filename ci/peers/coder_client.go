package peers

import (
	"context"
	"fmt"
	"net/http"

	"github.com/coder/websocket"

	"github.com/wsspec/wsspec/runner"
)

// NewCoderClient returns an echo client on coder/websocket. It echoes as the server
// does. Each call has a transport of its own, so that no connection is used for two.
//
// Dial waits up to three seconds for a body when it refuses an answer, which is most
// of the time of a run.
//
// The library has one offer of permessage-deflate in each mode, so that it cannot
// be told another.
func NewCoderClient() func(context.Context, runner.Call) error {
	pool := new(buffers)
	return func(ctx context.Context, call runner.Call) (err error) {
		if call.Extensions != "" {
			return runner.ErrUnable
		}
		transport := new(http.Transport)
		defer transport.CloseIdleConnections()
		conn, _, err := websocket.Dial(ctx, call.URL, &websocket.DialOptions{
			HTTPClient:      &http.Client{Transport: transport},
			Subprotocols:    call.Subprotocols,
			CompressionMode: websocket.CompressionContextTakeover,
		})
		if err != nil {
			return err
		}
		defer conn.CloseNow()
		defer func() { // msgReader.Read panics, which net/http recovers for the server
			if cause := recover(); cause != nil {
				err = fmt.Errorf("coder/websocket panics: %v", cause)
			}
		}()
		conn.SetReadLimit(readLimit - 1)
		for err == nil {
			err = echoCoder(ctx, conn, pool)
		}
		return err
	}
}
