package runner

import (
	"io"
	"net"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// echoHandler takes the connection over and echoes.
func echoHandler(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") == "" {
		http.Error(w, "this is for WebSocket", http.StatusUpgradeRequired)
		return
	}
	nc, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer nc.Close()
	io.WriteString(nc, right(acceptValue(r.Header.Get("Sec-WebSocket-Key"))))
	echoFrames(nc, wire.NewReader(nc))
}

func TestAHandlerIsServedUntilItIsStopped(t *testing.T) {
	target, stop := Handler(http.HandlerFunc(echoHandler), TargetOptions{Origin: "http://o", Subprotocols: []string{"a"}})
	r := mustRun(t, target, sample()[:2], Options{})
	if r.Count()[cases.Pass] != 2 {
		t.Errorf("%v", verdicts(r))
	}
	if f := target.Request().Fields; len(f) != 2 || f[0] != (Field{"Origin", "http://o"}) {
		t.Errorf("fields %v", f)
	}
	stop()
	if nc, err := target.Dial(t.Context()); err == nil {
		nc.Close()
		t.Error("it still accepts connections")
	}
}

// A handler that has taken its connection over is unknown to the server, which
// must not be taken for idle all the same.
func TestStopWaitsForHandlers(t *testing.T) {
	var returned atomic.Bool
	begun := make(chan struct{})
	target, stop := Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nc, _, _ := w.(http.Hijacker).Hijack()
		close(begun)
		io.Copy(io.Discard, nc) // until the client is gone
		nc.Close()
		<-time.After(20 * ms)
		returned.Store(true)
	}), TargetOptions{})
	nc, err := target.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(nc, clientRequest)
	<-begun
	nc.Close()
	if stop(); !returned.Load() {
		t.Error("stopped while a handler runs")
	}
}

func TestStopDoesNotWaitForever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hold := make(chan struct{})
		h := &countedHandler{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hold })}
		go h.ServeHTTP(nil, nil)
		synctest.Wait()
		began := time.Now()
		h.stop(handlersWithin)
		if d := time.Since(began); d != handlersWithin {
			t.Errorf("waited for %v", d)
		}
		h.ServeHTTP(nil, nil) // does not begin any more
		close(hold)
	})
}

func TestAListenerOnEveryAddressIsReached(t *testing.T) {
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	nc, err := Listener(l, TargetOptions{}).Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	nc.Close()
}

func TestAListenerWithoutAPortIsAMistakeOfTheCaller(t *testing.T) {
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "socket"))
	if err != nil {
		t.Skipf("this system has no Unix sockets: %v", err)
	}
	defer l.Close()
	defer func() {
		if recover() == nil {
			t.Error("it makes a target")
		}
	}()
	Listener(l, TargetOptions{})
}
