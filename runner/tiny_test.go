package runner

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// tiny is a client that is right unless one of its fields makes it wrong.
type tiny struct {
	fields    string                      // further lines of its request
	edit      func(request string) string // of its whole request
	nonce     func() []byte
	key       func() [4]byte
	offers    string                                     // of extensions, when it is not asked for others
	stubborn  bool                                       // it offers what it likes
	gullible  bool                                       // it takes every answer for right
	farewell  string                                     // octets that it sends to refuse an answer
	lingers   bool                                       // it does not end TCP to refuse an answer
	mute      bool                                       // it does not echo
	connector func(ctx context.Context, call Call) error // in place of all that
}

func (*tiny) String() string { return "a tiny client" }

func (c *tiny) Connect(ctx context.Context, call Call) error {
	if c.connector != nil {
		return c.connector(ctx, call)
	}
	u, err := url.Parse(call.URL)
	if err != nil || u.Scheme != "ws" || u.Host == "" || u.Fragment != "" {
		return fmt.Errorf("%q is no URL for me", call.URL)
	}
	nc, err := (&net.Dialer{}).DialContext(ctx, "tcp", u.Host)
	if err != nil {
		return err
	}
	defer nc.Close()
	defer context.AfterFunc(ctx, func() { nc.Close() })()
	return c.talk(nc, u, call)
}

func (c *tiny) request(u *url.URL, call Call) string {
	nonce := make([]byte, 16)
	if rand.Read(nonce); c.nonce != nil {
		nonce = c.nonce()
	}
	s := "GET " + u.RequestURI() + " HTTP/1.1\r\nHost: " + u.Host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Key: " + base64.StdEncoding.EncodeToString(nonce) + "\r\nSec-WebSocket-Version: 13\r\n" + c.fields
	offers := c.offers
	if call.Extensions != "" && !c.stubborn {
		offers = call.Extensions
	}
	if offers != "" {
		s += "Sec-WebSocket-Extensions: " + offers + "\r\n"
	}
	if len(call.Subprotocols) > 0 && !c.stubborn {
		s += "Sec-WebSocket-Protocol: " + strings.Join(call.Subprotocols, ", ") + "\r\n"
	}
	if s += "\r\n"; c.edit != nil {
		s = c.edit(s)
	}
	return s
}

func (c *tiny) talk(nc net.Conn, u *url.URL, call Call) error {
	request := c.request(u, call)
	io.WriteString(nc, request)
	rd := wire.NewReader(nc)
	head, err := wire.ReadHead(rd, 0)
	for err == nil && strings.HasPrefix(head.StartLine, "HTTP/1.1 10") && !strings.Contains(head.StartLine, "101") {
		head, err = wire.ReadHead(rd, 0)
	}
	if err != nil {
		return err
	}
	answer := judgeAnswer(head, wire.ParseHead([]byte(request)))
	if !c.gullible && !answer.open() {
		io.WriteString(nc, c.farewell)
		if c.lingers {
			io.Copy(io.Discard, rd)
		}
		return errors.New(answer.words())
	}
	return c.echo(nc, rd, answer.agreedDeflate())
}

// echo sends back what comes until the connection ends, and refuses what no
// client may take.
func (c *tiny) echo(nc net.Conn, rd *wire.Reader, d *deflateParams) error {
	var in wire.Inflater
	var out wire.Compressor
	if d != nil {
		in.WindowBits, out.WindowBits, out.NoContextTakeover = d.serverBits, d.clientBits, d.clientNoTakeover
	}
	for {
		f, err := rd.Next()
		if err != nil {
			return err
		}
		compressed := d != nil && f.RSV == 4 && f.Opcode < wire.Close
		switch {
		case f.Masked || f.RSV != 0 && !compressed || !f.FIN || f.Opcode > wire.Pong || f.Opcode > wire.Binary && f.Opcode < wire.Close:
			c.send(nc, wire.Close, 0, []byte("\x03\xea"))
			return errors.New("not for me")
		case f.Opcode == wire.Ping:
			c.send(nc, wire.Pong, 0, f.Payload)
		case f.Opcode == wire.Close:
			c.send(nc, wire.Close, 0, f.Payload)
			_, err := io.Copy(io.Discard, rd) // until the server ends TCP
			return err
		case f.Opcode == wire.Pong || c.mute:
		case compressed:
			plain, _, err := in.Inflate(nil, f.Payload, 0)
			if err != nil {
				return err
			}
			c.send(nc, f.Opcode, 4, out.Compress(nil, plain))
		default:
			c.send(nc, f.Opcode, 0, f.Payload)
		}
	}
}

func (c *tiny) send(nc net.Conn, opcode wire.Opcode, rsv byte, payload []byte) {
	h := wire.Header{FIN: true, RSV: rsv, Opcode: opcode, Length: uint64(len(payload)), Masked: true}
	if rand.Read(h.Key[:]); c.key != nil {
		h.Key = c.key()
	}
	nc.Write(wire.AppendFrame(nil, h, payload))
}

// mustRunClient plays the cases to the client.
func mustRunClient(t *testing.T, c Client, list []cases.Case, o Options) *Report {
	t.Helper()
	r, err := RunClient(t.Context(), c, list, o)
	if err != nil {
		t.Fatal(err)
	}
	noGoroutineLeft(t)
	return r
}

// forClient is a case of these steps for clients alone.
func forClient(id string, needs []cases.Feature, steps ...cases.Step) cases.Case {
	c := cases.Case{ID: id, Title: "a sample", Refs: []string{"6455-4.1-42"}, Subject: cases.Client, Needs: needs, Steps: steps}
	return c
}
