package reference

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
)

func TestWrittenFramesHaveTheShortestFormAndTheMaskOfTheirRole(t *testing.T) {
	for _, n := range []int{0, 1, 125, 126, 65535, 65536, 70000} {
		for _, client := range []bool{false, true} {
			nc, peer := tcpPair(t)
			c := newConn(nc, connConfig{client: client})
			p := &rawPeer{t: t, nc: peer}
			want := payloadOf(n)
			var wg sync.WaitGroup
			wg.Go(func() { c.Write(testContext(t), Binary, want) })
			h, got, err := p.frame()
			wg.Wait()
			form := byte(n)
			if n > 65535 {
				form = 127
			} else if n > 125 {
				form = 126
			}
			if err != nil || !h.fin || h.rsv != 0 || h.opcode != opBinary || h.masked != client || h.form != form || !bytes.Equal(got, want) {
				t.Errorf("%d octets, client %v: got %+v, %v", n, client, h, err)
			}
		}
	}
}

func TestWriteRefusesWhatIsNoMessage(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	ctx := testContext(t)
	if c.Write(ctx, Text, []byte("\xff")) == nil || c.Write(ctx, 0, nil) == nil || c.Write(ctx, 9, nil) == nil {
		t.Error("written")
	}
	if _, err := c.Writer(ctx, 8); err == nil {
		t.Error("begun")
	}
	if err := c.Write(ctx, Text, []byte("ok")); err != nil {
		t.Error(err)
	}
	p.wantFrame(0x81, []byte("ok"))
}

func TestWriterSendsFragments(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	big := payloadOf(3*fragmentSize + 5)
	var wg sync.WaitGroup
	wg.Go(func() {
		w, err := c.Writer(testContext(t), Text)
		if err != nil {
			t.Error(err)
			return
		}
		io.WriteString(w, "a")
		w.(interface{ Flush() error }).Flush()
		w.(interface{ Flush() error }).Flush()
		io.WriteString(w, "b\xc3")
		w.(interface{ Flush() error }).Flush()
		io.WriteString(w, "\xbc")
		w.Write(big)
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if _, err := w.Write(nil); err == nil {
			t.Error("written after the end")
		}
	})
	p.wantFrame(0x01, []byte("a"))
	p.wantFrame(0x00, []byte("b\xc3"))
	rest := append([]byte("\xbc"), big...)
	for len(rest) > fragmentSize {
		p.wantFrame(0x00, rest[:fragmentSize])
		rest = rest[fragmentSize:]
	}
	p.wantFrame(0x80, rest)
	wg.Wait()
}

func TestEmptyMessageOfAWriterIsOneFrame(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	w, err := c.Writer(testContext(t), Binary)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	p.wantFrame(0x82, nil)
}

func TestMessagesOfManyWritersAreNotMixed(t *testing.T) {
	for name, params := range deflateChoices() {
		t.Run(name, func(t *testing.T) {
			nc, ns := tcpPair(t)
			client, server := pairOf(t, nc, ns, connConfig{deflate: params})
			ctx := testContext(t)
			const writers, each = 8, 30
			var wg sync.WaitGroup
			for i := range writers {
				wg.Go(func() {
					for j := range each {
						p := bytes.Repeat([]byte{byte('a' + i)}, 1+j*97)
						if j%3 > 0 {
							client.Write(ctx, Text, p)
							continue
						}
						w, err := client.Writer(ctx, Text)
						if err != nil {
							t.Error(err)
							return
						}
						w.Write(p[:1])
						w.(interface{ Flush() error }).Flush()
						w.Write(p[1:])
						w.Close()
					}
				})
			}
			for range writers * each {
				_, p, err := server.Read(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if len(p)%97 != 1 || bytes.Count(p, p[:1]) != len(p) {
					t.Fatalf("got %q", p)
				}
			}
			wg.Wait()
		})
	}
}

func TestControlFramesGoBetweenFragments(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	ctx := testContext(t)
	w, err := c.Writer(ctx, Text)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "first")
	w.(interface{ Flush() error }).Flush()
	p.wantFrame(0x01, []byte("first"))
	go readError(ctx, c)
	p.nc.Write(frameBytes(0x89, true, []byte("now")))
	p.wantFrame(0x8a, []byte("now"))
	io.WriteString(w, "second")
	w.(interface{ Flush() error }).Flush()
	p.wantFrame(0x00, []byte("second"))
	p.nc.Write(frameBytes(0x88, true, nil))
	p.wantFrame(0x88, nil)
	p.wantEnd()
	if _, err := io.WriteString(w, "third"); err == nil {
		err = w.Close()
		if !errors.Is(err, net.ErrClosed) {
			t.Errorf("got %v", err)
		}
	}
	p.nc.Close()
}

func TestCoalescedMessagesWaitForTheReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		peer, nc := net.Pipe()
		c := newConn(nc, connConfig{opts: ConnOptions{Coalesce: true}})
		ctx := context.Background()
		arrived := make(chan []byte, 100)
		go func() {
			for {
				b := make([]byte, 1000)
				n, err := peer.Read(b)
				if err != nil {
					return
				}
				arrived <- b[:n]
			}
		}()
		go peer.Write(bytes.Repeat(frameBytes(0x81, true, []byte("in")), 3))
		for i := range 3 {
			if _, _, err := c.Read(ctx); err != nil {
				t.Fatal(err)
			}
			c.Write(ctx, Text, []byte("out"))
			synctest.Wait()
			if waits := len(arrived) == 0; waits != (i < 2) {
				t.Errorf("message %d: waits %v", i, waits)
			}
		}
		if got, want := <-arrived, bytes.Repeat([]byte("\x81\x03out"), 3); !bytes.Equal(got, want) {
			t.Errorf("got %x, want one write of %x", got, want)
		}
		go peer.Write(bytes.Repeat(frameBytes(0x81, true, []byte("in")), 2))
		c.Read(ctx)
		c.Write(ctx, Text, []byte("out"))
		go c.Read(ctx)
		synctest.Wait()
		if len(arrived) > 0 {
			t.Error("sent although a message is unread")
		}
		go c.Read(ctx) // will wait for the peer
		synctest.Wait()
		if len(arrived) != 1 {
			t.Errorf("%d writes, want one before the reader waits", len(arrived))
		}
		c.Write(ctx, Text, nil)
		synctest.Wait()
		if len(arrived) != 2 {
			t.Error("does not write although the reader waits")
		}
		c.CloseNow()
		peer.Close()
	})
}

// The write buffer is full at every octet of a frame once, and all ways to send
// what no longer fits are taken.
func TestCoalescedMessagesOfAnySizeArriveInOrder(t *testing.T) {
	for _, client := range []bool{false, true} {
		for _, last := range []int{100, 4090, 5000, copyMax, copyMax + 1, 80000} {
			nc, peer := tcpPair(t)
			c := newConn(nc, connConfig{client: client, opts: ConnOptions{Coalesce: true}})
			c.out.hold = true
			p := &rawPeer{t: t, nc: peer}
			for left := min(last, copyMax) + 20; left > max(0, min(last, copyMax)-50); left-- {
				sizes := slices.Repeat([]int{7000}, 8)
				sizes = append(sizes, outBlock-8*7008-8-left, last)
				go func() {
					for _, n := range sizes {
						c.Write(context.Background(), Binary, bytes.Repeat([]byte{byte(n)}, n))
					}
					c.Flush(context.Background())
				}()
				for _, n := range sizes {
					p.wantFrame(0x82, bytes.Repeat([]byte{byte(n)}, n))
				}
			}
			c.CloseNow()
		}
	}
}

func TestFlushSendsWhatWaits(t *testing.T) {
	c, p := rawServer(t, ConnOptions{Coalesce: true})
	ctx := testContext(t)
	p.nc.Write(bytes.Repeat(frameBytes(0x81, true, nil), 2))
	if _, _, err := c.Read(ctx); err != nil {
		t.Fatal(err)
	}
	c.Write(ctx, Text, []byte("held"))
	if err := c.Flush(ctx); err != nil {
		t.Error(err)
	}
	p.wantFrame(0x81, []byte("held"))
}

func TestWriteThatCannotBeginLeavesTheConnectionAsItWas(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	ctx := testContext(t)
	w, err := c.Writer(ctx, Text)
	if err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithCancel(ctx)
	go cancel()
	for range 2 {
		if err := c.Write(short, Text, []byte("never")); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	io.WriteString(w, "message")
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	p.wantFrame(0x81, []byte("message"))
}

func TestWriteThatIsCutEndsTheConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, client := range []bool{false, true} {
			_, nc := net.Pipe()
			c := newConn(nc, connConfig{client: client})
			ctx, cancel := context.WithCancel(context.Background())
			written, read := make(chan error, 1), make(chan error, 1)
			go func() { written <- c.Write(ctx, Binary, make([]byte, 4<<20)) }()
			go func() { read <- readError(context.Background(), c) }()
			synctest.Wait()
			cancel()
			if err := <-written; !errors.Is(err, context.Canceled) {
				t.Errorf("writer got %v", err)
			}
			if err := <-read; !errors.Is(err, context.Canceled) {
				t.Errorf("reader got %v", err)
			}
		}
	})
}

func TestBrokenWriterEndsTheConnection(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	w, err := c.Writer(testContext(t), Text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "\xff"); err == nil {
		t.Error("text that is not UTF-8 is taken")
	}
	if err := c.Write(testContext(t), Text, nil); err == nil {
		t.Error("written after a message that could not be completed")
	}
	h, payload, err := p.frame()
	if err != nil || h.opcode != opClose || string(payload[:2]) != "\x03\xf3" {
		t.Errorf("got %+v %q, %v", h, payload, err)
	}
}
