package peers

import (
	"net/http"
	"slices"

	"golang.org/x/net/websocket"
)

// NewXNet returns an echo server on golang.org/x/net/websocket.
//
// The library hands out frames, not messages, and does not say which frame is
// the last of a message: a fragmented message comes back as one message for
// each fragment, and text is not checked for UTF-8, since a fragment may end
// within a character. It has no permessage-deflate, and closes with status code
// 1000 whatever the reason.
func NewXNet() http.Handler {
	return websocket.Server{Handshake: acceptXNet, Handler: echoXNet}
}

// acceptXNet takes any origin and picks the subprotocol, as the library asks of
// this hook: config comes with all those that the client offers.
func acceptXNet(config *websocket.Config, r *http.Request) error {
	config.Origin, _ = websocket.Origin(config, r)
	offered := config.Protocol
	config.Protocol = nil
	for _, name := range subprotocols() {
		if slices.Contains(offered, name) {
			config.Protocol = []string{name}
			break
		}
	}
	return nil
}

func echoXNet(conn *websocket.Conn) {
	// Close sends the Close frame, also in answer to the peer's.
	defer conn.Close()
	conn.MaxPayloadBytes = readLimit
	codec := websocket.Codec{Marshal: marshalXNet, Unmarshal: unmarshalXNet}
	for {
		var f xnetFrame
		if codec.Receive(conn, &f) != nil || codec.Send(conn, &f) != nil {
			return
		}
	}
}

// An xnetFrame keeps the type of a frame, which the library's own codecs drop.
type xnetFrame struct {
	kind    byte
	payload []byte
}

func marshalXNet(v any) (data []byte, kind byte, err error) {
	f, ok := v.(*xnetFrame)
	if !ok {
		return nil, websocket.UnknownFrame, websocket.ErrNotSupported
	}
	return f.payload, f.kind, nil
}

// unmarshalXNet refuses reserved opcodes, which the library passes on.
func unmarshalXNet(data []byte, kind byte, v any) error {
	f, ok := v.(*xnetFrame)
	if !ok || kind != websocket.TextFrame && kind != websocket.BinaryFrame {
		return websocket.ErrNotSupported
	}
	f.kind, f.payload = kind, data
	return nil
}
