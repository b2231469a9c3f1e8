package peers

import (
	"bufio"
	"context"
	"errors"
	"time"

	"github.com/coder/websocket"
	"github.com/gobwas/ws"
	gorilla "github.com/gorilla/websocket"
	"github.com/lxzan/gws"

	"github.com/wsspec/wsspec/runner"
	"github.com/wsspec/wsspec/spec/notice"
)

// A leader is a client that can also speak first: notice.Leader. It offers no
// extension then.
type leader struct {
	Client
	lead func(ctx context.Context, call runner.Call) error
}

func (l leader) Lead(ctx context.Context, call runner.Call) error { return l.lead(ctx, call) }

// leads are how each library speaks first, as far as it can.
func leads() map[string]func(context.Context, runner.Call) error {
	return map[string]func(context.Context, runner.Call) error{
		"gorilla": leadGorilla, "coder": leadCoder, "gobwas": leadGobwas, "gws": leadGWS,
	}
}

// leadGorilla sends no fragments: the library cuts where its buffer ends.
func leadGorilla(ctx context.Context, call runner.Call) error {
	dialer := gorilla.Dialer{HandshakeTimeout: 5 * time.Second} // it does not mind the end of the context
	conn, _, err := dialer.DialContext(ctx, call.URL, nil)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	control := func(kind int, payload []byte) error { return conn.WriteControl(kind, payload, time.Time{}) }
	t := notice.Talk{
		Send: func(text bool, p []byte) error {
			return conn.WriteMessage(map[bool]int{true: gorilla.TextMessage, false: gorilla.BinaryMessage}[text], p)
		},
		Ping:  func(p []byte) error { return control(gorilla.PingMessage, p) },
		Close: func() error { return control(gorilla.CloseMessage, gorilla.FormatCloseMessage(1000, "bye")) },
		Read:  func() error { _, _, err := conn.ReadMessage(); return err },
	}
	return t.Lead(ctx)
}

// leadCoder sends Pings with the payload of the library's, and waits for the Pong, as
// it has to.
func leadCoder(ctx context.Context, call runner.Call) error {
	conn, _, err := websocket.Dial(ctx, call.URL, nil)
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	t := notice.Talk{
		Send: func(text bool, p []byte) error {
			return conn.Write(ctx, map[bool]websocket.MessageType{true: websocket.MessageText, false: websocket.MessageBinary}[text], p)
		},
		Fragments: func(parts [][]byte, between func()) error {
			w, err := conn.Writer(ctx, websocket.MessageText)
			for i, p := range parts {
				if err == nil {
					_, err = w.Write(p)
				}
				if err != nil {
					return err
				}
				if i == 0 {
					between()
				}
			}
			return w.Close()
		},
		Ping:  notice.Pinger(ctx, func(ctx context.Context, _ []byte) error { return conn.Ping(ctx) }),
		Close: func() error { return conn.Close(websocket.StatusNormalClosure, "bye") },
		Waits: true,
		Read:  func() error { _, _, err := conn.Read(context.WithoutCancel(ctx)); return err },
	}
	defer context.AfterFunc(ctx, func() { conn.CloseNow() })()
	return t.Lead(ctx)
}

// leadGobwas reads with the loop of the echo client, whose echoes are left out.
func leadGobwas(ctx context.Context, call runner.Call) error {
	conn, rd, _, err := new(ws.Dialer).Dial(ctx, call.URL)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if rd == nil {
		rd = bufio.NewReader(conn)
	}
	pool := new(buffers)
	in := newGobwasConn(conn, bufio.NewReadWriter(rd, bufio.NewWriter(conn)), pool, ws.StateClientSide, false)
	out := newGobwasConn(conn, bufio.NewReadWriter(rd, bufio.NewWriter(conn)), pool, ws.StateClientSide, false)
	t := notice.Talk{
		Send: func(text bool, p []byte) error {
			return out.send(ws.NewFrame(map[bool]ws.OpCode{true: ws.OpText, false: ws.OpBinary}[text], true, p))
		},
		Fragments: func(parts [][]byte, between func()) error {
			for i, p := range parts {
				code := ws.OpContinuation
				if i == 0 {
					code = ws.OpText
				}
				if err := out.send(ws.NewFrame(code, i == len(parts)-1, p)); err != nil {
					return err
				}
				if i == 0 {
					between()
				}
			}
			return nil
		},
		Ping:  func(p []byte) error { return out.send(ws.NewPingFrame(p)) },
		Close: func() error { return out.send(ws.NewCloseFrame(ws.NewCloseFrameBody(1000, "bye"))) },
		Read:  in.receive,
	}
	err = t.Lead(ctx)
	in.fail(err)
	return err
}

// receive reads one message, and answers control frames.
func (g *gobwasConn) receive() error {
	for {
		h, err := g.reader.NextFrame()
		switch {
		case err != nil:
			return err
		case h.OpCode.IsControl():
			if err := g.handleControl(h, &g.reader); err != nil {
				return err
			}
			continue
		}
		if err := checkGobwasRsv(h); err != nil {
			return err
		}
		buf, err := g.readMessage(h.OpCode == ws.OpText)
		g.pool.put(buf)
		return err
	}
}

// gwsHearing hands the events of the connection on.
type gwsHearing struct {
	gwsEcho
	heard chan struct{}
	ended chan error
}

func (h gwsHearing) OnMessage(_ *gws.Conn, message *gws.Message) {
	message.Close()
	select {
	case h.heard <- struct{}{}:
	default:
	}
}

func (h gwsHearing) OnClose(_ *gws.Conn, err error) { h.ended <- err }

// OnPong keeps the built-in handler from answering it.
func (gwsHearing) OnPong(*gws.Conn, []byte) {}

func leadGWS(ctx context.Context, call runner.Call) error {
	option := gwsClientOption(ctx, call)
	option.PermessageDeflate.Enabled = false
	h := gwsHearing{heard: make(chan struct{}, 64), ended: make(chan error, 1)}
	conn, _, err := gws.NewClient(h, option)
	if err != nil {
		return err
	}
	defer conn.NetConn().Close()
	go readGWS(conn)
	t := notice.Talk{
		Send: func(text bool, p []byte) error {
			return conn.WriteMessage(map[bool]gws.Opcode{true: gws.OpcodeText, false: gws.OpcodeBinary}[text], p)
		},
		Ping:  conn.WritePing,
		Close: func() error { return conn.WriteClose(1000, []byte("bye")) },
		Read: func() error {
			select {
			case <-h.heard:
				return nil
			case err := <-h.ended:
				return errors.Join(errGWSClosed, err)
			case <-ctx.Done():
				return ctx.Err()
			}
		},
	}
	return t.Lead(ctx)
}

var errGWSClosed = errors.New("closed")
