package browser

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"

	"github.com/wsspec/wsspec/runner/wire"
)

// messageLimit bounds a message of the browser's, in octets.
const messageLimit = 64 << 20

// A bidi is a connection of WebDriver BiDi: commands, their results and events as JSON,
// over a WebSocket connection.
type bidi struct {
	nc      net.Conn
	onEvent func(method string, parameters json.RawMessage)
	done    chan struct{} // closed when the connection has ended

	writing sync.Mutex
	mu      sync.Mutex
	last    int64
	waiting map[int64]chan<- reply
}

// A reply is a message of the browser's: an event, or the result of a command.
type reply struct {
	ID      int64           `json:"id"`
	Type    string          `json:"type"` // success, error, event
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
}

// errBidiEnded is the error of a call when there is no connection any more.
var errBidiEnded = errors.New("the connection that drives the browser has ended")

// dialBidi connects to the address that a browser tells. Events come one at a time, and
// must not block.
func dialBidi(ctx context.Context, address string, onEvent func(string, json.RawMessage)) (*bidi, error) {
	nc, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { nc.Close() })
	defer stop()
	rd, err := openBidi(nc, address)
	if err != nil {
		nc.Close()
		return nil, fmt.Errorf("open the connection that drives the browser: %w", err)
	}
	b := &bidi{nc: nc, onEvent: onEvent, done: make(chan struct{}), waiting: map[int64]chan<- reply{}}
	go b.read(rd)
	return b, nil
}

// openBidi makes the opening handshake. Whether the accept value is right is no concern
// here: it is the browser that was started.
func openBidi(nc net.Conn, address string) (*wire.Reader, error) {
	key := make([]byte, 16)
	rand.Read(key)
	_, err := fmt.Fprintf(nc, "GET /session HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n", address, base64.StdEncoding.EncodeToString(key))
	if err != nil {
		return nil, err
	}
	rd := wire.NewReader(nc)
	rd.MaxPayload = messageLimit
	head, err := wire.ReadHead(rd, 0)
	if err != nil {
		return nil, err
	}
	if _, status, _, _ := head.StatusLine(); status != 101 {
		return nil, fmt.Errorf("the answer is %q", head.StartLine)
	}
	return rd, nil
}

// read takes messages until the connection ends.
func (b *bidi) read(rd *wire.Reader) {
	defer close(b.done)
	defer b.nc.Close()
	var message []byte
	for {
		f, err := rd.Next()
		switch {
		case err != nil, f.Opcode == wire.Close, len(message)+len(f.Payload) > messageLimit:
			return
		case f.Opcode == wire.Ping:
			b.write(wire.Pong, f.Payload)
			continue
		case f.Opcode != wire.Text && f.Opcode != wire.Continuation:
			continue
		}
		if message = append(message, f.Payload...); f.FIN {
			b.take(message)
			message = message[:0]
		}
	}
}

func (b *bidi) take(message []byte) {
	var r reply
	if json.Unmarshal(message, &r) != nil {
		return
	}
	if r.Type == "event" {
		b.onEvent(r.Method, r.Params)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if c := b.waiting[r.ID]; c != nil {
		delete(b.waiting, r.ID)
		c <- r // it has room for the only one
	}
}

func (b *bidi) write(opcode wire.Opcode, payload []byte) error {
	h := wire.Header{FIN: true, Opcode: opcode, Masked: true, Length: uint64(len(payload))}
	rand.Read(h.Key[:])
	frame := wire.AppendFrame(nil, h, payload)
	b.writing.Lock()
	defer b.writing.Unlock()
	_, err := b.nc.Write(frame)
	return err
}

// call sends a command and waits for its result, which may be of no interest.
func (b *bidi) call(ctx context.Context, method string, parameters, into any) error {
	answer := make(chan reply, 1)
	b.mu.Lock()
	b.last++
	id := b.last
	b.waiting[id] = answer
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.waiting, id)
	}()
	command, err := json.Marshal(map[string]any{"id": id, "method": method, "params": parameters})
	if err != nil {
		return err
	}
	if err := b.write(wire.Text, command); err != nil {
		return fmt.Errorf("%w: %w", errBidiEnded, err)
	}
	select {
	case r := <-answer:
		if r.Type != "success" {
			return fmt.Errorf("%s: %s: %s", method, r.Error, r.Message)
		}
		if into == nil {
			return nil
		}
		return json.Unmarshal(r.Result, into)
	case <-b.done:
		return errBidiEnded
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close ends the connection.
func (b *bidi) close() {
	b.nc.Close()
	<-b.done
}
