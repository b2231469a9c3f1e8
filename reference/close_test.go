package reference

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// rawServer returns a server over TCP and its raw peer.
func rawServer(t *testing.T, opts ConnOptions) (*Conn, *rawPeer) {
	peer, nc := tcpPair(t)
	c := newConn(nc, connConfig{opts: opts})
	t.Cleanup(func() { c.CloseNow() })
	return c, &rawPeer{t: t, nc: peer}
}

func rawClient(t *testing.T, opts ConnOptions) (*Conn, *rawPeer) {
	nc, peer := tcpPair(t)
	c := newConn(nc, connConfig{client: true, opts: opts})
	t.Cleanup(func() { c.CloseNow() })
	return c, &rawPeer{t: t, nc: peer}
}

// readError reads until reading fails.
func readError(ctx context.Context, c *Conn) error {
	for {
		if _, _, err := c.Read(ctx); err != nil {
			return err
		}
	}
}

func TestCloseIsAnsweredWithItsCode(t *testing.T) {
	tests := []struct {
		name, body, answer string
		code               StatusCode
		reason             string
	}{
		{"empty", "", "", 1005, ""},
		{"1000", "\x03\xe8", "\x03\xe8", 1000, ""},
		{"1001 with a reason", "\x03\xe9going", "\x03\xe9", 1001, "going"},
		{"1010", "\x03\xf2", "\x03\xf2", 1010, ""},
		{"1014", "\x03\xf6", "\x03\xf6", 1014, ""},
		{"3000", "\x0b\xb8größe", "\x0b\xb8", 3000, "größe"},
		{"4999 with 123 octets", "\x13\x87" + strings.Repeat("x", 123), "\x13\x87", 4999, strings.Repeat("x", 123)},
	}
	for _, test := range tests {
		for _, before := range []string{"", "\x01\x81\x00\x00\x00\x00a", "\x82\x80\x00\x00\x00\x00"} {
			c, p := rawServer(t, ConnOptions{})
			p.send(join([]byte(before), frameBytes(0x88, true, []byte(test.body)),
				frameBytes(0x89, true, nil), frameBytes(0x81, true, []byte("late"))))
			var wg sync.WaitGroup
			wg.Go(func() {
				err := readError(testContext(t), c)
				var ce *CloseError
				if !errors.As(err, &ce) || ce.Code != test.code || ce.Reason != test.reason {
					t.Errorf("%s: got %v", test.name, err)
				}
				if err := c.Write(context.Background(), Text, nil); !errors.Is(err, net.ErrClosed) {
					t.Errorf("%s: write after it: %v", test.name, err)
				}
				if err := c.Close(1000, ""); err != nil {
					t.Errorf("%s: close after it: %v", test.name, err)
				}
			})
			p.wantFrame(0x88, []byte(test.answer))
			p.wantEnd()
			p.nc.Close()
			wg.Wait()
		}
	}
}

func TestNothingIsSentAfterOurClose(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	var wg sync.WaitGroup
	wg.Go(func() { c.Close(1001, "restart") })
	p.wantFrame(0x88, []byte("\x03\xe9restart"))
	if err := c.Write(testContext(t), Text, []byte("late")); !errors.Is(err, net.ErrClosed) {
		t.Errorf("write: %v", err)
	}
	if _, err := c.Ping(testContext(t)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("ping: %v", err)
	}
	if _, err := c.Writer(testContext(t), Text); !errors.Is(err, net.ErrClosed) {
		t.Errorf("writer: %v", err)
	}
	p.send(join(frameBytes(0x89, true, []byte("no pong")), frameBytes(0x82, true, make([]byte, 100000)),
		frameBytes(0x88, true, []byte("\x03\xe9"))))
	p.wantEnd()
	p.nc.Close()
	wg.Wait()
}

func TestCloseInOneGoroutineWhileAnotherReads(t *testing.T) {
	eachTransport(t, func(t *testing.T, nc, ns net.Conn) {
		client, server := pairOf(t, nc, ns, connConfig{})
		var wg sync.WaitGroup
		wg.Go(func() { readError(testContext(t), server) })
		wg.Go(func() {
			var ce *CloseError
			if err := readError(testContext(t), client); !errors.As(err, &ce) || ce.Code != 3001 {
				t.Errorf("reader got %v", err)
			}
		})
		for range 3 {
			wg.Go(func() {
				if err := client.Close(3001, ""); err != nil {
					t.Errorf("closer got %v", err)
				}
			})
		}
		wg.Wait()
	})
}

func TestBothSidesMayCloseAtOnce(t *testing.T) {
	eachTransport(t, func(t *testing.T, nc, ns net.Conn) {
		if nc.LocalAddr().Network() == "pipe" {
			return // both would wait for the other to read
		}
		client, server := pairOf(t, nc, ns, connConfig{})
		var wg sync.WaitGroup
		for _, c := range []*Conn{client, server} {
			wg.Go(func() {
				if err := c.Close(1000, ""); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

func TestCloseThrowsAwayWhatNobodyReads(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	ctx := testContext(t)
	p.send(join(frameBytes(0x81, true, []byte("first")), frameBytes(0x02, true, make([]byte, 300000)),
		frameBytes(0x89, true, nil), frameBytes(0x80, true, make([]byte, 200)), frameBytes(0x88, true, nil)))
	_, first, err := c.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		p.wantFrame(0x88, []byte("\x03\xe8"))
		p.wantEnd()
		p.nc.Close()
	})
	if err := c.Close(1000, ""); err != nil {
		t.Error(err)
	}
	if string(first) != "first" {
		t.Errorf("Close changed a message that is still in use: %q", first)
	}
	if err := readError(ctx, c); CloseStatus(err) != StatusNoStatusReceived {
		t.Errorf("got %v", err)
	}
	wg.Wait()
}

func TestCloseWaitsNoLongerThanAgreedForAPeerThatDoesNotAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, reads := range []bool{false, true} {
			for _, reader := range []bool{false, true} {
				peer, nc := net.Pipe()
				c := newConn(nc, connConfig{opts: ConnOptions{CloseTimeout: 3 * time.Second}})
				if reads {
					go io.Copy(io.Discard, peer)
				}
				done := make(chan error, 1)
				if reader {
					go func() { done <- readError(context.Background(), c) }()
				}
				start := time.Now()
				if err := c.Close(1000, ""); err == nil {
					t.Error("closed without an answer, and no error")
				}
				if took := time.Since(start); took != 3*time.Second {
					t.Errorf("peer reads %v: took %v", reads, took)
				}
				if reader {
					if err := <-done; err == nil || CloseStatus(err) != StatusAbnormalClosure {
						t.Errorf("reader got %v", err)
					}
				}
				peer.Close()
			}
		}
	})
}

// Both Close frames make the end clean, also when the server then forgets to end
// TCP (RFC 6455, section 7.1.4).
func TestClientWaitsNoLongerThanAgreedForTheEndOfTCP(t *testing.T) {
	for _, reader := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			nc, peer := net.Pipe()
			c := newConn(nc, connConfig{client: true, opts: ConnOptions{CloseTimeout: 3 * time.Second}})
			done := make(chan error, 1)
			if reader {
				go func() { done <- readError(context.Background(), c) }()
			}
			go func() {
				p := &rawPeer{t: t, nc: peer}
				p.wantFrame(0x88, []byte("\x03\xe8"))
				peer.Write(frameBytes(0x88, false, []byte("\x03\xe8")))
			}()
			start := time.Now()
			if err := c.Close(1000, ""); err != nil {
				t.Error(err)
			}
			if took := time.Since(start); took != 3*time.Second {
				t.Errorf("took %v", took)
			}
			if reader {
				if err := <-done; CloseStatus(err) != 1000 {
					t.Errorf("reader got %v", err)
				}
			}
			peer.Close()
		})
	}
}

func TestFailingIsNotHeldUpByAPeerThatDoesNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		peer, nc := net.Pipe()
		defer peer.Close()
		c := newConn(nc, connConfig{})
		writer := make(chan error, 1)
		go func() { writer <- c.Write(context.Background(), Binary, make([]byte, 1<<20)) }()
		synctest.Wait() // the writer is stuck
		go peer.Write([]byte{0x83})
		start := time.Now()
		var v *Violation
		if err := readError(context.Background(), c); !errors.As(err, &v) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != failTimeout {
			t.Errorf("took %v", took)
		}
		if err := <-writer; err == nil {
			t.Error("the frame that was cut counts as written")
		}
	})
}

// A kernel answers a close of a socket with unread octets by RST, and the peer's
// kernel then forgets what it has received.
func TestCloseFrameSurvivesUnreadInput(t *testing.T) {
	for name, bad := range map[string][]byte{
		"failed": {0x83, 0x80, 0, 0, 0, 0},
		"closed": frameBytes(0x88, true, []byte("\x03\xea")),
	} {
		c, p := rawServer(t, ConnOptions{})
		done := make(chan error, 1)
		go func() { done <- readError(testContext(t), c) }()
		p.send(append(bad, make([]byte, 4<<20)...))
		h, payload, err := p.frame()
		if err != nil || h.opcode != opClose || payload[1] != 0xea {
			t.Errorf("%s: got %+v %q, %v", name, h, payload, err)
		}
		p.wantEnd()
		p.nc.Close()
		<-done
	}
}

func TestClientLeavesTheEndOfTCPToTheServer(t *testing.T) {
	c, p := rawClient(t, ConnOptions{})
	done := make(chan error, 1)
	go func() { done <- c.Close(1000, "") }()
	if h, payload, err := p.frame(); err != nil || !h.masked || string(payload) != "\x03\xe8" {
		t.Fatalf("got %+v %q %v", h, payload, err)
	}
	p.nc.Write(frameBytes(0x88, false, []byte("\x03\xe8")))
	p.nc.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if n, err := p.nc.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the client ended TCP first: %d, %v", n, err)
	}
	p.nc.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestEndWithoutACloseFrameIsAbnormal(t *testing.T) {
	for _, pair := range transports {
		for _, octets := range []string{"", "\x81", "\x81\x85\x00\x00\x00\x00ab"} {
			peer, nc := pair(t)
			c := newConn(nc, connConfig{})
			go func() {
				peer.Write([]byte(octets))
				peer.Close()
			}()
			_, _, err := c.Read(testContext(t))
			if !errors.Is(err, io.ErrUnexpectedEOF) || CloseStatus(err) != StatusAbnormalClosure {
				t.Errorf("after %x: got %v", octets, err)
			}
			if _, _, again := c.Read(testContext(t)); again != err {
				t.Errorf("after %x: then got %v", octets, again)
			}
			if err := c.Close(1000, ""); err == nil {
				t.Error("close of a lost connection succeeds")
			}
		}
	}
}

func TestCloseNowEndsEveryCall(t *testing.T) {
	eachTransport(t, func(t *testing.T, nc, ns net.Conn) {
		c := newConn(ns, connConfig{})
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := readError(context.Background(), c); !errors.Is(err, net.ErrClosed) {
				t.Errorf("read: %v", err)
			}
		})
		wg.Go(func() {
			if _, err := c.Ping(context.Background()); err == nil {
				t.Error("ping succeeds")
			}
		})
		wg.Go(func() {
			for c.Write(context.Background(), Binary, make([]byte, 1<<20)) == nil {
			}
		})
		wg.Go(func() { c.CloseNow() })
		wg.Wait()
		if err := c.CloseNow(); err != nil {
			t.Error(err)
		}
	})
}
