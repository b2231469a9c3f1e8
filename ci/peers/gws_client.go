package peers

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/lxzan/gws"

	"github.com/wsspec/wsspec/runner"
)

// NewGWSClient returns an echo client on lxzan/gws, after the author's client for
// Autobahn. It echoes as the server does.
//
// The library has one offer of permessage-deflate in each mode, so that it cannot be
// told another. Subprotocols are a field that its user sets.
//
// ReadLoop panics as it does in the server, which readGWS tells.
func NewGWSClient() func(context.Context, runner.Call) error {
	return func(ctx context.Context, call runner.Call) (err error) {
		if call.Extensions != "" {
			return runner.ErrUnable
		}
		option := gwsClientOption(ctx, call)
		conn, _, err := gws.NewClient(gwsEcho{}, option)
		if err != nil {
			return err
		}
		defer conn.NetConn().Close()
		defer func() {
			if cause := recover(); cause != nil {
				err = fmt.Errorf("lxzan/gws panics: %v", cause)
			}
		}()
		conn.ReadLoop()
		return nil
	}
}

func gwsClientOption(ctx context.Context, call runner.Call) *gws.ClientOption {
	header := http.Header{}
	if call.Subprotocols != nil {
		header.Set("Sec-WebSocket-Protocol", strings.Join(call.Subprotocols, ", "))
	}
	return &gws.ClientOption{
		Addr:                call.URL,
		RequestHeader:       header,
		CheckUtf8Enabled:    true,
		Recovery:            gws.Recovery,
		ReadMaxPayloadSize:  readLimit,
		WriteMaxPayloadSize: readLimit,
		PermessageDeflate: gws.PermessageDeflate{
			Enabled:               true,
			ServerContextTakeover: true,
			ClientContextTakeover: true,
		},
		NewDialer: func() (gws.Dialer, error) { return gwsDialer{ctx}, nil },
	}
}

// A gwsDialer ends the connections that it makes with the context.
type gwsDialer struct{ ctx context.Context }

func (d gwsDialer) Dial(network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(d.ctx, network, address)
	if err == nil {
		context.AfterFunc(d.ctx, func() { conn.Close() })
	}
	return conn, err
}
