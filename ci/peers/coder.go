package peers

import (
	"context"
	"errors"
	"net/http"
	"unicode/utf8"

	"github.com/coder/websocket"
)

// NewCoder returns an echo server on coder/websocket, after the examples of its
// documentation: it ends TCP with CloseNow once reading has failed.
//
// The library leaves the check of UTF-8 to its user: here the text is checked
// when it is complete.
func NewCoder() http.Handler {
	options := &websocket.AcceptOptions{
		Subprotocols:       subprotocols(),
		InsecureSkipVerify: true,
		CompressionMode:    websocket.CompressionContextTakeover,
	}
	pool := new(buffers)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, options)
		if err != nil {
			return // Accept has answered the request
		}
		// The library has sent its Close frame, if any, when Reader fails. Close
		// would then wait five seconds for the answer of a peer that may have
		// sent its own Close frame, broken, and owes no other.
		defer conn.CloseNow()
		// The library hands out one octet more than its limit before it fails
		// with a Close frame; the buffer would stop there first, without one.
		conn.SetReadLimit(readLimit - 1)
		for err == nil {
			// The request's context ends at hijacking, so it is of no use here.
			err = echoCoder(context.Background(), conn, pool)
		}
	})
}

// echoCoder echoes one message. The library answers pings and Close frames
// while Reader waits.
func echoCoder(ctx context.Context, conn *websocket.Conn, pool *buffers) error {
	kind, r, err := conn.Reader(ctx)
	if err != nil {
		return err
	}
	buf, err := pool.read(r)
	defer pool.put(buf)
	if err != nil {
		return err
	}
	if kind == websocket.MessageText && !utf8.Valid(buf.Bytes()) {
		const code = websocket.StatusInvalidFramePayloadData
		return errors.Join(websocket.CloseError{Code: code}, conn.Close(code, ""))
	}
	return conn.Write(ctx, kind, buf.Bytes())
}
