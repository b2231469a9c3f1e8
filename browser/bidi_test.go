package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/runner/wire"
)

// driven answers the commands of one connection as the function says, which gets the id
// and the method and writes messages.
func driven(t *testing.T, head string, answer func(id int64, method string, say func(format string, args ...any))) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		nc, err := l.Accept()
		if err != nil {
			return
		}
		defer nc.Close()
		rd := wire.NewReader(nc)
		if _, err := wire.ReadHead(rd, 0); err != nil {
			return
		}
		fmt.Fprint(nc, head)
		for {
			f, err := rd.Next()
			if err != nil {
				return
			}
			var command struct {
				ID     int64
				Method string
			}
			if json.Unmarshal(f.Payload, &command) != nil {
				continue
			}
			answer(command.ID, command.Method, func(format string, args ...any) {
				text := fmt.Appendf(nil, format, args...)
				for i, part := range [][]byte{text[:1], text[1:]} { // in fragments
					h := wire.Header{FIN: i == 1, Opcode: []wire.Opcode{wire.Text, wire.Continuation}[i], Length: uint64(len(part))}
					nc.Write(wire.AppendFrame(nil, h, part))
				}
			})
		}
	}()
	return l.Addr().String()
}

const switching = "HTTP/1.1 101 Switching Protocols\r\n\r\n"

func TestCommandsOfBiDiGetTheirOwnResults(t *testing.T) {
	events := make(chan string, 1)
	var held int64
	address := driven(t, switching, func(id int64, method string, say func(string, ...any)) {
		switch method {
		case "first": // is answered behind the second
			held = id
			say(`{"type": "event", "method": "log.entryAdded", "params": {"text": "hello"}}`)
			say(`no JSON`)
		case "second":
			say(`{"type": "success", "id": %d, "result": {"N": 2}}`, id)
			say(`{"type": "success", "id": %d, "result": {"N": 1}}`, held)
		case "wrong":
			say(`{"type": "error", "id": %d, "error": "invalid argument", "message": "no such thing"}`, id)
		}
	})
	b, err := dialBidi(t.Context(), address, func(method string, parameters json.RawMessage) { events <- method + string(parameters) })
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	var first, second struct{ N int }
	done := make(chan error)
	go func() { done <- b.call(t.Context(), "first", struct{}{}, &first) }()
	if e := <-events; e != `log.entryAdded{"text": "hello"}` {
		t.Errorf("the event %s", e)
	}
	if err := errors.Join(b.call(t.Context(), "second", struct{}{}, &second), <-done); err != nil || first.N != 1 || second.N != 2 {
		t.Errorf("results %d and %d, %v", first.N, second.N, err)
	}
	if err := b.call(t.Context(), "wrong", struct{}{}, nil); err == nil || err.Error() != "wrong: invalid argument: no such thing" {
		t.Errorf("an error: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.call(ctx, "silent", struct{}{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a call whose context has ended: %v", err)
	}
	b.close()
	if err := b.call(t.Context(), "late", struct{}{}, nil); !errors.Is(err, errBidiEnded) {
		t.Errorf("a call behind the end: %v", err)
	}
}

func TestBiDiThatIsRefusedIsTold(t *testing.T) {
	address := driven(t, "HTTP/1.1 404 Not Found\r\n\r\n", nil)
	if _, err := dialBidi(t.Context(), address, nil); err == nil || !strings.Contains(err.Error(), "404 Not Found") {
		t.Errorf("got %v", err)
	}
}

func TestToolsHearBiDi(t *testing.T) {
	tools := newTools()
	for _, e := range []string{
		`network.beforeRequestSent {"context": "tab", "request": {"request": "1", "url": "http://a/b", "headers": [{"name": "Sec-WebSocket-Key", "value": {"type": "string", "value": "k"}}]}}`,
		`network.beforeRequestSent {"context": "tab", "request": {"request": "2", "url": "https://a/c", "headers": [{"name": "Sec-WebSocket-Key", "value": {"value": "l"}}]}}`,
		`network.beforeRequestSent {"context": "tab", "request": {"request": "3", "url": "http://a/page", "headers": []}}`,
		`network.responseStarted {"context": "tab", "request": {"request": "1", "headers": [{"name": "Upgrade", "value": {"value": "websocket"}}]}, "response": {"status": 404, "statusText": "No", "headers": [{"name": "Date", "value": {"value": "now"}}]}}`,
		`network.fetchError {"context": "tab", "request": {"request": "2"}, "errorText": "NS_ERROR"}`,
		`log.entryAdded {"source": {"context": "tab"}, "text": "can't establish a connection to the server at ws://a/b."}`,
	} {
		method, parameters, _ := strings.Cut(e, " ")
		event, ok := readBidi(json.RawMessage(parameters))
		if !ok || event.Context != "tab" {
			t.Fatalf("%s: %+v", method, event)
		}
		tools.hear(method, &event)
	}
	got := []DevTools{tools.take("ws://a/b"), tools.take("wss://a/c")}
	want := []DevTools{
		{Frameless: true, Request: "Upgrade: websocket\n", Status: 404, Response: "404 No\nDate: now\n", Console: []string{"can't establish a connection to the server at ws://a/b."}},
		{Frameless: true, Request: "Sec-WebSocket-Key: l\n", Errors: []string{"NS_ERROR"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(tools.shown) > 0 {
		t.Errorf("%d requests are kept that open no connection", len(tools.shown))
	}
	if _, ok := readBidi(json.RawMessage(`[]`)); ok {
		t.Error("an event without parameters is one")
	}
}
