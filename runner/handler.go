package runner

import (
	"net"
	"net/http"
	"net/http/httptest"
)

// Handler serves h on a loopback port of its own, and is that server as a
// target. Stop ends the server and waits for it.
func Handler(h http.Handler, o TargetOptions) (t Target, stop func()) {
	server := httptest.NewServer(h)
	return loopback(server.Listener.Addr(), o), server.Close
}

// Listener is the target of a server that accepts connections on l.
func Listener(l net.Listener, o TargetOptions) Target { return loopback(l.Addr(), o) }

func loopback(addr net.Addr, o TargetOptions) Target {
	t, err := URL("ws://"+addr.String()+"/", o)
	if err != nil {
		panic("runner: listener without an address to dial: " + err.Error()) // an address makes a URL
	}
	return t
}
