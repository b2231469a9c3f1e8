package reference

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestPingsAreAnsweredInOrderWithTheirPayload(t *testing.T) {
	payloads := []string{"", "a", "\x00\xff\xfe", strings.Repeat("x", 125)}
	for _, coalesce := range []bool{false, true} {
		c, p := rawServer(t, ConnOptions{Coalesce: coalesce})
		var sent []byte
		for _, payload := range payloads {
			sent = append(sent, frameBytes(0x89, true, []byte(payload))...)
		}
		p.send(append(sent, frameBytes(0x81, true, []byte("text"))...))
		if _, got, err := c.Read(testContext(t)); err != nil || string(got) != "text" {
			t.Fatalf("got %q, %v", got, err)
		}
		for _, payload := range payloads {
			p.wantFrame(0x8a, []byte(payload))
		}
	}
}

func TestPingInAMessageIsAnsweredBeforeTheMessageEnds(t *testing.T) {
	for _, coalesce := range []bool{false, true} {
		c, p := rawServer(t, ConnOptions{Coalesce: coalesce})
		go echo(testContext(t), c)
		p.nc.Write(join(frameBytes(0x01, true, []byte("frag")), frameBytes(0x89, true, []byte("mid"))))
		p.wantFrame(0x8a, []byte("mid"))
		p.nc.Write(join(frameBytes(0x8a, true, []byte("unasked")), frameBytes(0x80, true, []byte("ment"))))
		p.wantFrame(0x81, []byte("fragment"))
	}
}

func TestMorePingsThanTheWriteBufferHolds(t *testing.T) {
	c, p := rawServer(t, ConnOptions{Coalesce: true})
	const n = 3000
	payload := bytes.Repeat([]byte("p"), 125)
	p.send(join(bytes.Repeat(frameBytes(0x89, true, payload), n), frameBytes(0x81, true, nil)))
	go c.Read(testContext(t))
	for range n {
		p.wantFrame(0x8a, payload)
	}
}

func TestPingMeasuresTheTimeToItsPong(t *testing.T) {
	eachTransport(t, func(t *testing.T, nc, ns net.Conn) {
		client, server := pairOf(t, nc, ns, connConfig{})
		ctx := testContext(t)
		var wg sync.WaitGroup
		wg.Go(func() { readError(ctx, server) })
		wg.Go(func() { readError(ctx, client) })
		for i := range 3 {
			if took, err := client.Ping(ctx); err != nil || took <= 0 {
				t.Errorf("got %v, %v", took, err)
			}
			if _, err := server.PingPayload(ctx, fmt.Append(nil, "own ", i)); err != nil {
				t.Error(err)
			}
		}
		if _, err := client.PingPayload(ctx, make([]byte, 126)); err == nil {
			t.Error("ping of 126 octets is sent")
		}
		client.Close(1000, "")
		wg.Wait()
	})
}

func TestPongAnswersEarlierPingsToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		peer, nc := net.Pipe()
		c := newConn(nc, connConfig{client: true})
		p := &rawPeer{t: t, nc: peer}
		go readError(context.Background(), c)
		results := make(chan error, 3)
		for _, payload := range []string{"one", "two", "three"} {
			go func() {
				took, err := c.PingPayload(context.Background(), []byte(payload))
				if err == nil && took != time.Second {
					err = fmt.Errorf("took %v", took)
				}
				results <- err
			}()
			p.wantFrame(0x89, []byte(payload))
		}
		timer := time.NewTimer(time.Second)
		<-timer.C
		peer.Write(frameBytes(0x8a, false, []byte("none")))
		peer.Write(frameBytes(0x8a, false, []byte("two")))
		for range 2 {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
		synctest.Wait()
		if len(results) > 0 {
			t.Error("the third ping is answered")
		}
		c.CloseNow()
		if err := <-results; !errors.Is(err, net.ErrClosed) {
			t.Errorf("got %v", err)
		}
	})
}

func TestPingGivesUpWithItsContext(t *testing.T) {
	c, _ := rawServer(t, ConnOptions{})
	ctx, cancel := context.WithCancel(context.Background())
	go cancel()
	if _, err := c.Ping(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if len(c.pings.wait) > 0 {
		t.Error("the ping is still waited for")
	}
}

// The reader must not wait for a writer whose peer does not read, or two peers
// that both write would wait for ever.
func TestReadingGoesOnWhileAWriterIsStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		peer, nc := net.Pipe()
		c := newConn(nc, connConfig{})
		go c.Write(context.Background(), Binary, make([]byte, 100000))
		synctest.Wait()
		const n = 1000
		go func() {
			for i := range n {
				peer.Write(frameBytes(0x89, true, fmt.Append(nil, i)))
			}
			peer.Write(frameBytes(0x81, true, []byte("text")))
		}()
		if _, got, err := c.Read(context.Background()); err != nil || string(got) != "text" {
			t.Fatalf("got %q, %v", got, err)
		}
		if size := len(c.out.buf); size > maxPongs+200 {
			t.Errorf("%d octets of pongs wait", size)
		}
		p := &rawPeer{t: t, nc: peer}
		p.wantFrame(0x82, make([]byte, 100000))
		last := -1
		for last < n-1 {
			_, payload, err := p.frame()
			var i int
			if _, bad := fmt.Sscan(string(payload), &i); err != nil || bad != nil || i <= last {
				t.Fatalf("after %d: got pong %q, %v", last, payload, err)
			}
			last = i
		}
		c.CloseNow()
	})
}
