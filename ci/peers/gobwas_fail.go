package peers

import (
	"compress/flate"
	"errors"
	"io"
	"time"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
)

// lingering bounds the wait for the end of TCP after a Close frame that fails
// the connection; the author's example waits as long.
const lingering = 500 * time.Millisecond

// errDeflateCut says that a message ended, or TCP did, within a deflate block.
var errDeflateCut = errors.New("deflate data cut short")

// An answeredError ends a connection on which nothing more may be sent.
type answeredError struct{ error }

// fail sends the Close frame that the error calls for and waits for the peer's
// end of TCP: a connection closed with unread octets is reset, and the Close
// frame may be lost with it.
func (g *gobwasConn) fail(err error) {
	code := gobwasStatus(err)
	if code == 0 {
		return
	}
	frame := ws.NewCloseFrame(ws.NewCloseFrameBody(code, ""))
	if g.send(frame) != nil {
		return
	}
	if half, ok := g.conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	_ = g.conn.SetReadDeadline(time.Now().Add(lingering))
	_, _ = io.Copy(io.Discard, g.conn)
}

// gobwasStatus returns the status code to send for an error, 0 for none.
func gobwasStatus(err error) ws.StatusCode {
	var (
		answered answeredError
		protocol ws.ProtocolError
		corrupt  flate.CorruptInputError
	)
	switch {
	case errors.As(err, &answered):
		return 0
	case errors.As(err, &protocol), errors.Is(err, ws.ErrHeaderLengthMSB),
		errors.Is(err, ws.ErrHeaderLengthUnexpected):
		return ws.StatusProtocolError
	case errors.Is(err, wsutil.ErrInvalidUTF8), errors.As(err, &corrupt),
		errors.Is(err, errDeflateCut):
		return ws.StatusInvalidFramePayloadData
	case errors.Is(err, errTooBig), errors.Is(err, wsutil.ErrMessageTooLarge):
		return ws.StatusMessageTooBig
	default:
		return 0
	}
}
