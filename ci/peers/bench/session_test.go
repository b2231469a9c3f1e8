package bench

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gobwas/ws"
)

// patience bounds a test; it is never waited for.
const patience = 30 * time.Second

func start(t *testing.T, target Target) string {
	t.Helper()
	running, err := Start(target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := running.Stop(); err != nil {
			t.Error(err)
		}
	})
	return running.URL
}

func TestEveryTargetEchoesEveryCell(t *testing.T) {
	for _, target := range append(Targets(), Ceiling()) {
		t.Run(target.Name, func(t *testing.T) {
			url := start(t, target)
			for _, cell := range Cells() {
				if testing.Short() && cell.Size*cell.Conns*cell.Depth > 1<<20 {
					continue
				}
				echoCell(t, url, cell)
			}
		})
	}
}

// echoCell has a few more messages echoed than can be in flight.
func echoCell(t *testing.T, url string, cell Cell) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	session, err := Open(ctx, url, cell)
	if err != nil {
		t.Fatalf("%s: %v", cell, err)
	}
	defer session.Close()
	want := int64(cell.Conns*cell.Depth + 3)
	result, err := session.Messages(ctx, want)
	if err != nil || result.Messages != want {
		t.Fatalf("%s: got %d messages, want %d: %v", cell, result.Messages, want, err)
	}
}

func TestForCountsUntilTheTimeIsOver(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	session, err := Open(ctx, start(t, Ceiling()), Cell{Size: 64, Conns: 2, Depth: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	const d = 20 * time.Millisecond
	for range 2 { // the connections stay of use
		result, err := session.For(ctx, d)
		if err != nil || result.Elapsed < d || result.Messages == 0 {
			t.Errorf("got %+v, %v", result, err)
		}
	}
}

// server makes a target of what a handler does with a connection.
func server(handle func(net.Conn, io.Reader)) Target {
	return Target{Name: "test", New: func() Service {
		return &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			conn, rw, _, err := ws.UpgradeHTTP(r, w)
			if err != nil {
				return
			}
			defer conn.Close()
			handle(conn, rw)
		})}
	}}
}

// afterFirst echoes the first frame, waits for more, and then does what it is
// told.
func afterFirst(then func(net.Conn)) func(net.Conn, io.Reader) {
	return func(conn net.Conn, r io.Reader) {
		frame, err := ws.ReadFrame(r)
		if err != nil || ws.WriteFrame(conn, ws.NewBinaryFrame(ws.UnmaskFrame(frame).Payload)) != nil {
			return
		}
		if _, err := r.Read(make([]byte, 1)); err == nil {
			then(conn)
		}
	}
}

func TestServerThatGivesUpIsAnErrorAndNoHang(t *testing.T) {
	tests := map[string]func(net.Conn){
		"end of TCP": func(net.Conn) {},
		"close":      func(conn net.Conn) { _, _ = conn.Write([]byte{0x88, 0}) },
		"garbage":    func(conn net.Conn) { _, _ = conn.Write(bytes.Repeat([]byte{0xff}, 1<<20)) },
	}
	for name, then := range tests {
		for _, size := range []int{64, 1 << 20} {
			t.Run(name+"/"+sizeString(size), func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				url := start(t, server(afterFirst(then)))
				session, err := Open(ctx, url, Cell{Size: size, Conns: 2, Depth: 4})
				if err != nil {
					t.Fatal(err)
				}
				defer session.Close()
				if result, err := session.For(ctx, patience); err == nil || ctx.Err() != nil {
					t.Errorf("got %+v, %v; want an error at once", result, err)
				}
			})
		}
	}
}

func TestEndOfTheContextEndsTheLoad(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	silent := afterFirst(func(conn net.Conn) {
		cancel()
		_, _ = io.Copy(io.Discard, conn)
	})
	session, err := Open(ctx, start(t, server(silent)), Cell{Size: 64, Conns: 1, Depth: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := session.For(ctx, patience); err == nil {
		t.Error("a silent server was measured")
	}
}

func TestOpenComparesTheEcho(t *testing.T) {
	noEcho := server(func(conn net.Conn, r io.Reader) {
		_ = ws.WriteFrame(conn, ws.NewTextFrame([]byte("no echo")))
		_, _ = io.Copy(io.Discard, r)
	})
	_, err := Open(t.Context(), start(t, noEcho), Cell{Size: 64, Conns: 1, Depth: 1})
	if err == nil || !strings.Contains(err.Error(), "differs") {
		t.Errorf("got %v", err)
	}
}
