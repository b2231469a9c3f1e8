package reference

import (
	"context"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// synctest fails a test that leaves a goroutine behind, also one that waits for
// a timer or a context.
func TestNoGoroutineStaysBehind(t *testing.T) {
	ends := map[string]func(client, server *Conn){
		"closing handshake": func(client, _ *Conn) { client.Close(1000, "") },
		"closed by server":  func(_, server *Conn) { server.Close(1001, "") },
		"at once":           func(client, _ *Conn) { client.CloseNow() },
		"lost":              func(client, _ *Conn) { client.nc.Close() },
		"failed":            func(client, _ *Conn) { client.nc.Write([]byte{0x83}) },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				nc, ns := net.Pipe()
				server := newConn(ns, connConfig{deflate: bothWindows(12), opts: ConnOptions{Coalesce: true}})
				client := newConn(nc, connConfig{client: true, deflate: bothWindows(12)})
				ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
				go echo(ctx, server)
				go readError(ctx, client)
				client.Write(ctx, Text, payloadOf(500))
				client.Ping(ctx)
				go client.Ping(ctx)
				w, err := client.Writer(ctx, Text)
				if err != nil {
					t.Fatal(err)
				}
				w.Write(payloadOf(100000))
				w.Close()
				end(client, server)
				synctest.Wait()
				client.CloseNow()
				server.CloseNow()
				cancel()
			})
		})
	}
}
