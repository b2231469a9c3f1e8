package peers

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsflate"
	"github.com/gobwas/ws/wsutil"
)

// NewGobwas returns an echo server on gobwas/ws with wsutil and wsflate, after
// the handlers that its author runs under Autobahn.
//
// The library is a kit: wsflate works without context takeover only, and the
// checks of UTF-8 and of the bits RSV2 and RSV3 on a compressed connection,
// and the Close frame that fails a connection, are its user's.
func NewGobwas() http.Handler {
	pool := new(buffers)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		extension := wsflate.Extension{Parameters: wsflate.DefaultParameters}
		upgrader := ws.HTTPUpgrader{
			Protocol:  func(name string) bool { return slices.Contains(subprotocols(), name) },
			Negotiate: extension.Negotiate,
		}
		conn, rw, _, err := upgrader.Upgrade(r, w)
		if conn != nil {
			defer conn.Close() // also after a refusal, which has been written
		}
		if err != nil {
			return
		}
		_, compress := extension.Accepted()
		g := newGobwasConn(conn, rw, pool, ws.StateServerSide, compress)
		for err == nil {
			err = g.echo()
		}
		g.fail(err)
	})
}

// gobwasConn is the state of one connection.
type gobwasConn struct {
	conn    net.Conn
	rw      *bufio.ReadWriter // of conn; may hold octets that came with the request
	pool    *buffers
	client  bool // whose frames are masked
	reader  wsutil.Reader
	control wsutil.FrameHandlerFunc
	state   wsflate.MessageState // whether the message at hand is compressed
	inflate *wsflate.Reader      // nil: permessage-deflate is not in use
	deflate *wsflate.Writer
}

func newGobwasConn(conn net.Conn, rw *bufio.ReadWriter, pool *buffers, state ws.State, compress bool) *gobwasConn {
	g := &gobwasConn{conn: conn, rw: rw, pool: pool, client: state.ClientSide()}
	if compress {
		state |= ws.StateExtended
		g.inflate = wsflate.NewReader(nil, func(r io.Reader) wsflate.Decompressor {
			return flate.NewReader(r)
		})
		g.deflate = wsflate.NewWriter(nil, func(w io.Writer) wsflate.Compressor {
			f, _ := flate.NewWriter(w, flate.BestSpeed) // no error for a valid level
			return f
		})
	}
	g.control = wsutil.ControlFrameHandler(conn, state)
	g.reader = wsutil.Reader{
		Source:         rw.Reader,
		State:          state,
		MaxMessageSize: readLimit,
		OnContinuation: func(h ws.Header, _ io.Reader) error { return checkGobwasRsv(h) },
		OnIntermediate: g.handleControl,
	}
	if compress {
		g.reader.Extensions = []wsutil.RecvExtension{&g.state}
	}
	return g
}

// echo echoes one message or answers one control frame.
func (g *gobwasConn) echo() error {
	h, err := g.reader.NextFrame()
	if err != nil {
		return err
	}
	if h.OpCode.IsControl() {
		return g.handleControl(h, &g.reader)
	}
	if err := checkGobwasRsv(h); err != nil {
		return err
	}
	buf, err := g.readMessage(h.OpCode == ws.OpText)
	defer g.pool.put(buf)
	if err != nil {
		return err
	}
	return g.write(h.OpCode, buf.Bytes())
}

// readMessage reads the message whose first frame has been announced.
func (g *gobwasConn) readMessage(text bool) (*bytes.Buffer, error) {
	src := io.Reader(&g.reader)
	if g.state.IsCompressed() {
		g.inflate.Reset(src)
		src = g.inflate
	}
	// The check of wsutil.Reader would look at compressed octets.
	checked := wsutil.NewUTF8Reader(src)
	if text {
		src = checked
	}
	buf, err := g.pool.read(src)
	switch {
	case err == nil && !checked.Valid():
		return buf, wsutil.ErrInvalidUTF8
	case errors.Is(err, io.ErrUnexpectedEOF) && g.state.IsCompressed():
		return buf, errDeflateCut
	case err != nil:
		return buf, err
	}
	// Deflate data may end before the message does.
	return buf, g.reader.Discard()
}

// write sends a message as one frame, compressed if what it answers was.
func (g *gobwasConn) write(op ws.OpCode, payload []byte) error {
	frame := ws.NewFrame(op, true, payload)
	if g.state.IsCompressed() {
		buf := g.pool.get()
		defer g.pool.put(buf)
		g.deflate.Reset(buf)
		if _, err := g.deflate.Write(payload); err != nil {
			return err
		}
		if err := g.deflate.Close(); err != nil {
			return err
		}
		frame = ws.NewFrame(op, true, buf.Bytes())
		frame.Header.Rsv = ws.Rsv(true, false, false)
	}
	return g.send(frame)
}

// send writes a frame.
func (g *gobwasConn) send(frame ws.Frame) error {
	if g.client {
		frame = ws.MaskFrame(frame)
	}
	if err := ws.WriteFrame(g.rw, frame); err != nil {
		return err
	}
	return g.rw.Flush()
}

// handleControl answers a control frame. Its errors come as answeredError,
// since the library answers a Close frame, and a wrong one too, by itself.
func (g *gobwasConn) handleControl(h ws.Header, payload io.Reader) error {
	if err := checkGobwasRsv(h); err != nil {
		return err
	}
	if err := g.control(h, payload); err != nil {
		return answeredError{err}
	}
	return nil
}

// checkGobwasRsv refuses the reserved bits that are left when the extension has
// taken its own (RFC 6455, section 5.2).
func checkGobwasRsv(h ws.Header) error {
	if h.Rsv != 0 {
		return ws.ErrProtocolNonZeroRsv
	}
	return nil
}
