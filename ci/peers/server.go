package peers

import (
	"fmt"
	"net/http"
	"strings"
)

// readLimit is the largest message, in octets, that a server echoes. The limits
// that the libraries start with are as low as 32 KiB; conformance cases send
// 16 MiB.
const readLimit = 64 << 20

// A Server is an echo server on one library.
type Server struct {
	Name    string              // short name, as cmd/peer takes it
	Module  string              // module path of the library
	Version string              // of Module in this build; "unknown" without build information
	New     func() http.Handler // makes a handler, ready for any number of connections
}

// Servers lists all servers in the order in which reports show them.
func Servers() []Server {
	list := []Server{
		{Name: "gorilla", Module: "github.com/gorilla/websocket", New: NewGorilla},
		{Name: "coder", Module: "github.com/coder/websocket", New: NewCoder},
		{Name: "gobwas", Module: "github.com/gobwas/ws", New: NewGobwas},
		{Name: "gws", Module: "github.com/lxzan/gws", New: NewGWS},
		{Name: "xnet", Module: "golang.org/x/net", New: NewXNet},
	}
	for i := range list {
		list[i].Version = version(list[i].Module)
	}
	return list
}

// Find returns the server with the given name. The error names those there are.
func Find(name string) (Server, error) {
	var names []string
	for _, s := range Servers() {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return Server{}, fmt.Errorf("no server %q; there are %s", name, strings.Join(names, ", "))
}

// subprotocols are those that every server can speak, preferred one first.
func subprotocols() []string {
	return []string{"chat", "superchat"}
}
