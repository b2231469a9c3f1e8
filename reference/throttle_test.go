package reference

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestThrottleOpensConnectionsOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var connecting, most atomic.Int32
		opts := &DialOptions{Throttle: &Throttle{}, NetDial: func(ctx context.Context, network, address string) (net.Conn, error) {
			most.Store(max(most.Load(), connecting.Add(1)))
			near, far := net.Pipe()
			go func() {
				defer far.Close()
				req, err := http.ReadRequest(bufio.NewReader(far))
				if err != nil {
					return
				}
				<-time.After(time.Second)
				connecting.Add(-1)
				io.WriteString(far, accepting(req.Header.Get("Sec-WebSocket-Key")))
			}()
			return near, nil
		}}
		start := time.Now()
		var clients sync.WaitGroup
		for range 5 {
			clients.Go(func() {
				c, _, err := Dial(t.Context(), "ws://h/", opts)
				if err != nil {
					t.Error(err)
					return
				}
				c.CloseNow()
			})
		}
		clients.Wait()
		if d := time.Since(start); most.Load() != 1 || d != 5*time.Second || len(opts.Throttle.busy) > 0 {
			t.Errorf("%d at once, %v, %d left", most.Load(), d, len(opts.Throttle.busy))
		}
	})
}

func TestThrottleKnowsAddressesApartAndHeedsContexts(t *testing.T) {
	var throttle Throttle
	leave, err := throttle.enter(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	leaveB, err := throttle.enter(t.Context(), "b")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := throttle.enter(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	leave()
	leaveB()
	if len(throttle.busy) > 0 {
		t.Errorf("%v", throttle.busy)
	}
}

func TestThrottleResolvesNames(t *testing.T) {
	uri, _ := answering(t, func(key string) string { return accepting(key) })
	c, _, err := Dial(t.Context(), uri, &DialOptions{Throttle: &Throttle{}})
	if err != nil {
		t.Fatal(err)
	}
	c.CloseNow()
}
