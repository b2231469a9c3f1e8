package peers

import (
	"errors"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"
)

// NewGorilla returns an echo server on gorilla/websocket, after the Autobahn
// server in its repository.
//
// The library compresses without context takeover only, and leaves the check of
// UTF-8 to its user: here the text is checked when it is complete.
func NewGorilla() http.Handler {
	upgrader := &websocket.Upgrader{
		Subprotocols:      subprotocols(),
		EnableCompression: true,
		CheckOrigin:       func(*http.Request) bool { return true },
	}
	pool := new(buffers)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return // Upgrade has answered the request
		}
		defer conn.Close()
		conn.SetReadLimit(readLimit)
		for err == nil {
			err = echoGorilla(conn, pool)
		}
	})
}

// echoGorilla echoes one message. The library answers pings and Close frames
// while NextReader waits.
func echoGorilla(conn *websocket.Conn, pool *buffers) error {
	kind, r, err := conn.NextReader()
	if err != nil {
		return err
	}
	buf, err := pool.read(r)
	defer pool.put(buf)
	if errors.Is(err, errTooBig) {
		return failGorilla(conn, websocket.CloseMessageTooBig)
	}
	if err != nil {
		return err
	}
	if kind == websocket.TextMessage && !utf8.Valid(buf.Bytes()) {
		return failGorilla(conn, websocket.CloseInvalidFramePayloadData)
	}
	return conn.WriteMessage(kind, buf.Bytes())
}

// failGorilla sends a Close frame with the status code. It always returns an
// error, for the connection is of no more use.
func failGorilla(conn *websocket.Conn, code int) error {
	err := conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Time{})
	return errors.Join(&websocket.CloseError{Code: code}, err)
}
