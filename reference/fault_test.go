package reference

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestFaultsAreNamedOnceAndInWords(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Faults() {
		if seen[f.ID] {
			t.Errorf("two faults are called %s", f.ID)
		}
		seen[f.ID] = true
		if f.ID == "" || strings.Trim(f.ID, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
			t.Errorf("%q is not a name in small letters with hyphens", f.ID)
		}
		if f.Title == "" || strings.HasSuffix(f.Title, ".") || f.Title[0] >= 'A' && f.Title[0] <= 'Z' && !strings.HasPrefix(f.Title, "TCP") && !strings.HasPrefix(f.Title, "P") {
			t.Errorf("%s: %q is not a title", f.ID, f.Title)
		}
		if strings.Count(f.Requirement, "-") < 2 {
			t.Errorf("%s: %q is not a requirement", f.ID, f.Requirement)
		}
	}
}

func TestUnknownFaultsHaveAHint(t *testing.T) {
	for id, want := range map[string]string{
		"pong-payload-cutt": "did you mean pong-payload-cut?",
		"payload-cut":       "did you mean pong-payload-cut?",
		"frames-masked":     "one of a server, not of a client",
		"xxxxxxxxxxxxxxxxx": `unknown fault "xxxxxxxxxxxxxxxxx"`,
	} {
		if err := CheckFaults(ClientSide, id); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", id, err, want)
		}
	}
	if err := CheckFaults(ServerSide, "pong-payload-cut", "frames-masked"); err != nil {
		t.Error(err)
	}
}

// An endpoint with a fault may do anything to its peer, but it must neither panic
// nor race, and its connections have to end. What comes of the conversation is
// for the fault matrix to judge.
func TestFaultyEndpointsSurviveThemselves(t *testing.T) {
	for _, f := range Faults() {
		for _, side := range []Side{ServerSide, ClientSide} {
			if f.Side.Includes(side) {
				t.Run(f.ID+"/"+side.String(), func(t *testing.T) {
					t.Parallel()
					converseWith(t, side, f.ID)
				})
			}
		}
	}
}

// converseWith has the reference talk to itself, with a fault on one side.
func converseWith(t *testing.T, side Side, fault string) {
	const moment = 100 * time.Millisecond
	server := Options{Subprotocols: []string{"chat"}, Deflate: &DeflateOptions{}, HandshakeTimeout: moment}
	client := DialOptions{Subprotocols: []string{"chat"}, Deflate: []DeflateOptions{{}}, HandshakeTimeout: moment}
	server.CloseTimeout, client.CloseTimeout = moment, moment
	s := &Server{Handler: &Handler{Options: server}, HandshakeTimeout: moment}
	if side == ServerSide {
		s.Faults = []string{fault}
		s.Handler.(*Handler).Options.Faults = s.Faults
	} else {
		client.Faults = []string{fault}
	}
	nc, ns := tcpPair(t)
	serving, stop := context.WithCancel(context.Background())
	var group sync.WaitGroup
	group.Go(func() { s.ServeConn(serving, ns) })
	defer group.Wait()
	defer stop()
	ctx, cancel := context.WithTimeout(context.Background(), moment)
	defer cancel()
	c, _, err := Client(ctx, nc, "ws://127.0.0.1:80/path?query", &client)
	if err != nil {
		return
	}
	group.Go(func() { Echo(ctx, c) })
	for _, size := range []int{0, 5, 125, 126, 300, 70000} {
		c.Write(ctx, Text, bytes.Repeat([]byte("a"), size))
		c.Write(ctx, Binary, payloadOf(size))
	}
	c.Ping(ctx)
	if w, err := c.Writer(ctx, Text); err == nil {
		io.WriteString(w, "in two")
		w.Close()
	}
	c.Close(StatusNormalClosure, "bye")
	c.CloseNow()
	nc.Close()
}

func TestUnknownFaultsAreRefused(t *testing.T) {
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/", nil)
	if _, err := Upgrade(w, r, &Options{Faults: []string{"pong-payload"}}); err == nil || w.Code != 500 {
		t.Errorf("status %d, %v", w.Code, err)
	}
	if _, _, err := Dial(t.Context(), "ws://127.0.0.1:1/", &DialOptions{Faults: []string{"frames-masked"}}); err == nil || !strings.Contains(err.Error(), "one of a server") {
		t.Error(err)
	}
	nc, ns := net.Pipe()
	defer nc.Close()
	if _, err := Accept(t.Context(), ns, &Options{Faults: []string{"x"}}); err == nil {
		t.Error("no error")
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := (&Server{Faults: []string{"x"}}).Serve(t.Context(), ln); err == nil {
		t.Error("no error")
	}
}

// What no fault touches goes out as it was.
func TestFaultsTakeNothingApartThatTheyCannotPutTogether(t *testing.T) {
	answer := "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nX: a: b\r\n\r\n"
	if got := string(parseHead([]byte(answer), nil).append(nil)); got != answer {
		t.Errorf("%q became %q", answer, got)
	}
	for _, n := range []int{0, 125, 126, 0xffff, 0x10000} {
		for _, form := range []byte{0, 126, 127} {
			f := wireFrame{header: header{fin: true, opcode: opBinary, masked: true, key: 0x01020304, form: form}, payload: payloadOf(n)}
			b := f.append(nil)
			got, size, ok := cutFrame(b)
			if !ok || size != len(b) || !bytes.Equal(got.payload, f.payload) || form == 127 && got.form != 127 {
				t.Errorf("%d octets in form %d: %v, %d of %d octets, form %d", n, form, ok, size, len(b), got.form)
			}
			for end := range min(size, 20) {
				if _, _, ok := cutFrame(b[:end]); ok {
					t.Errorf("%d of %d octets are a frame", end, size)
				}
			}
		}
	}
}
