package peers

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/lxzan/gws"
)

// NewGWS returns an echo server on lxzan/gws, after the echo and Autobahn
// servers in its repository.
//
// An upgrader of the library that knows subprotocols refuses clients that offer
// none, so there are two, and the offer picks one.
func NewGWS() http.Handler {
	plain := newGWSUpgrader(nil)
	chat := sync.OnceValue(func() *gws.Upgrader { return newGWSUpgrader(subprotocols()) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		upgrader := plain
		if offersSubprotocol(r) {
			upgrader = chat()
		}
		conn, err := upgrader.Upgrade(w, r)
		if err != nil {
			return // Upgrade has answered the request and closed the connection
		}
		// A goroutine of its own lets go of the memory of the HTTP request, as
		// the library advises.
		go readGWS(conn)
	})
}

// readGWS reads until the connection ends, which ReadLoop closes then. The
// library panics on a payload length with the highest bit set, and its Recovery
// guards OnMessage alone: in a goroutine of the caller the panic ends the
// process. For the run to go on, only this connection ends, which to its peer
// is the same.
func readGWS(conn *gws.Conn) {
	defer func() {
		if recover() != nil {
			_ = conn.NetConn().Close()
		}
	}()
	conn.ReadLoop()
}

// gwsWindowBits keeps the parameters for the windows out of the server's answer.
// By default the library answers 12 for both with context takeover, also to a
// client that did not offer client_max_window_bits and must fail the connection
// then (RFC 7692, section 7.1.2.2).
const gwsWindowBits = 15

func newGWSUpgrader(subprotocols []string) *gws.Upgrader {
	return gws.NewUpgrader(gwsEcho{}, &gws.ServerOption{
		SubProtocols:        subprotocols,
		CheckUtf8Enabled:    true,
		Recovery:            gws.Recovery,
		ReadMaxPayloadSize:  readLimit,
		WriteMaxPayloadSize: readLimit,
		PermessageDeflate: gws.PermessageDeflate{
			Enabled:               true,
			ServerContextTakeover: true,
			ClientContextTakeover: true,
			ServerMaxWindowBits:   gwsWindowBits,
			ClientMaxWindowBits:   gwsWindowBits,
		},
	})
}

// offersSubprotocol tells whether the library will find a subprotocol that both
// sides speak; it looks at the first header line alone.
func offersSubprotocol(r *http.Request) bool {
	for name := range strings.SplitSeq(r.Header.Get("Sec-WebSocket-Protocol"), ",") {
		if slices.Contains(subprotocols(), strings.TrimSpace(name)) {
			return true
		}
	}
	return false
}

// gwsEcho handles the events of all connections. Close frames are answered by
// the library.
type gwsEcho struct {
	gws.BuiltinEventHandler
}

// OnPing answers with the payload of the ping, which the built-in handler
// does not.
func (gwsEcho) OnPing(conn *gws.Conn, payload []byte) {
	_ = conn.WritePong(payload) // a failed write closes the connection
}

func (gwsEcho) OnMessage(conn *gws.Conn, message *gws.Message) {
	defer message.Close()
	_ = conn.WriteMessage(message.Opcode, message.Bytes()) // a failed write closes the connection
}
