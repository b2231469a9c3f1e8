package reference

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
)

// everyWay are messages that take different ways through the code.
func everyWay(t testing.TB) map[string]struct{ octets, want []byte } {
	text := payloadOf(3000)
	large := payloadOf(maxInPlace + 5000)
	return map[string]struct{ octets, want []byte }{
		"small":          {frameBytes(0x81, true, []byte("größe")), []byte("größe")},
		"empty":          {frameBytes(0x81, true, nil), nil},
		"in place":       {frameBytes(0x81, true, text), text},
		"large":          {frameBytes(0x81, true, large), large},
		"fragments":      {join(frameBytes(0x01, true, text[:1000]), frameBytes(0x00, true, nil), frameBytes(0x80, true, text[1000:])), text},
		"control inside": {join(frameBytes(0x01, true, text[:1]), frameBytes(0x89, true, text[:100]), frameBytes(0x80, true, text[1:])), text},
		"control before": {join(frameBytes(0x8a, true, text[:100]), frameBytes(0x81, true, text)), text},
		"compressed":     {frameBytes(0xc1, true, deflated(t, text, 6)), text},
		"cut":            {join(frameBytes(0x41, true, deflated(t, large, 1)[:500]), frameBytes(0x80, true, deflated(t, large, 1)[500:])), large},
	}
}

func TestReadThatWasInterruptedIsTakenUpAgain(t *testing.T) {
	for name, test := range everyWay(t) {
		step := max(1, len(test.octets)/97)
		for _, stream := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					for cut := 0; cut < len(test.octets); cut += step {
						interruptAt(t, test.octets, test.want, cut, stream)
					}
				})
			})
		}
	}
}

// interruptAt interrupts a Read when the first cut octets have arrived.
func interruptAt(t *testing.T, octets, want []byte, cut int, stream bool) {
	t.Helper()
	peer, nc := net.Pipe()
	defer peer.Close()
	c := newConn(nc, connConfig{deflate: bothWindows(15)})
	defer c.CloseNow()
	go io.Copy(io.Discard, peer)
	ctx, cancel := context.WithCancel(context.Background())
	interrupted := make(chan error, 1)
	go func() {
		_, _, err := c.Read(ctx)
		interrupted <- err
	}()
	peer.Write(octets[:cut])
	synctest.Wait()
	cancel()
	if err := <-interrupted; !errors.Is(err, context.Canceled) {
		t.Fatalf("interrupted after %d octets: %v", cut, err)
	}
	go peer.Write(octets[cut:])
	if typ, got, err := readEither(c, stream); err != nil || typ != Text || !bytes.Equal(got, want) {
		t.Fatalf("taken up after %d octets: %v of %d octets, %v", cut, typ, len(got), err)
	}
}

func readEither(c *Conn, stream bool) (MessageType, []byte, error) {
	if !stream {
		return c.Read(context.Background())
	}
	typ, r, err := c.Reader(context.Background())
	if err != nil {
		return 0, nil, err
	}
	p, err := io.ReadAll(iotest.HalfReader(r))
	return typ, p, err
}

func TestContextOfAnEarlierCallDoesNotEndALaterOne(t *testing.T) {
	eachTransport(t, func(t *testing.T, nc, ns net.Conn) {
		client, server := pairOf(t, nc, ns, connConfig{})
		go echo(context.Background(), server)
		read := make(chan struct{})
		for range 20 {
			ctx, cancel := context.WithCancel(context.Background())
			go func() {
				if _, _, err := client.Read(ctx); err != nil {
					t.Error(err)
				}
				cancel()
				read <- struct{}{}
			}()
			runtime.Gosched() // so that the read waits, as often as not
			if err := client.Write(ctx, Text, []byte("again")); err != nil {
				t.Fatal(err)
			}
			<-read
		}
		if err := client.Write(context.Background(), Text, nil); err != nil {
			t.Error(err)
		}
		if _, _, err := client.Read(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func TestMessagesArriveHoweverTheyAreCut(t *testing.T) {
	for name, test := range everyWay(t) {
		for _, piece := range []int{1, 3, 1000, 5000} {
			for _, stream := range []bool{false, true} {
				if piece < 5 && len(test.octets) > 20000 {
					continue
				}
				peer, nc := net.Pipe()
				c := newConn(nc, connConfig{deflate: bothWindows(15), buffered: test.octets[:len(test.octets)/2]})
				go io.Copy(io.Discard, peer)
				go func() {
					for rest := test.octets[len(test.octets)/2:]; len(rest) > 0; {
						n := min(piece, len(rest))
						peer.Write(rest[:n])
						rest = rest[n:]
					}
				}()
				if _, got, err := readEither(c, stream); err != nil || !bytes.Equal(got, test.want) {
					t.Errorf("%s in pieces of %d: %d octets, %v", name, piece, len(got), err)
				}
				c.CloseNow()
			}
		}
	}
}

// A read of a large frame is bounded by the size of the one before.
func TestMessagesOfChangingSizesArriveWhole(t *testing.T) {
	nc, ns := tcpPair(t)
	client, server := pairOf(t, nc, ns, connConfig{})
	sizes := []int{20000, 20000, 5, 20000, 100000, 0, 130000, 40000, 300000, 16384, 16385, 1}
	for _, together := range []bool{false, true} {
		var pending sync.WaitGroup
		write := func(size int) {
			if err := client.Write(t.Context(), Binary, payloadOf(size)); err != nil {
				t.Error(err)
			}
		}
		if together {
			pending.Go(func() {
				for _, size := range sizes {
					write(size)
				}
			})
		}
		for _, size := range sizes {
			if !together {
				pending.Go(func() { write(size) })
			}
			_, got, err := server.Read(t.Context())
			if err != nil || !bytes.Equal(got, payloadOf(size)) {
				t.Fatalf("%d octets, together %v: got %d, %v", size, together, len(got), err)
			}
		}
		pending.Wait()
	}
}

func TestReaderSkipsWhatIsLeftOfAMessage(t *testing.T) {
	for name, test := range everyWay(t) {
		c, p := deflateServer(t, bothWindows(15), ConnOptions{})
		p.send(join(test.octets, test.octets, frameBytes(0x81, true, []byte("last"))))
		go io.Copy(io.Discard, p.nc)
		ctx := testContext(t)
		_, stale, err := c.Reader(ctx)
		if err != nil {
			t.Fatal(name, err)
		}
		if _, r, err := c.Reader(ctx); err != nil {
			t.Fatal(name, err)
		} else if _, err := io.ReadFull(r, make([]byte, len(test.want)/2)); err != nil {
			t.Fatal(name, err)
		}
		if _, got, err := c.Read(ctx); err != nil || string(got) != "last" {
			t.Errorf("%s: got %.20q, %v", name, got, err)
		}
		if n, err := stale.Read(make([]byte, 1)); n > 0 || err == nil || err == io.EOF {
			t.Errorf("%s: reader of an earlier message: %d, %v", name, n, err)
		}
	}
}

func TestWhatIsSkippedMustBeLegalToo(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	p.send(join(frameBytes(0x01, true, []byte("ok")), frameBytes(0x80, true, []byte("\xff")), frameBytes(0x81, true, nil)))
	go func() {
		io.Copy(io.Discard, p.nc)
		p.nc.Close()
	}()
	if _, _, err := c.Reader(testContext(t)); err != nil {
		t.Fatal(err)
	}
	_, _, err := c.Read(testContext(t))
	var v *Violation
	if !errors.As(err, &v) || v.Code != StatusInvalidPayload {
		t.Errorf("got %v", err)
	}
}

func TestReaderGivesWhatHasArrived(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	h := frameBytes(0x82, true, make([]byte, 1000))
	p.nc.Write(h[:len(h)-1000+3])
	_, r, err := c.Reader(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.ReadAtLeast(r, make([]byte, 2000), 3); n != 3 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
	p.nc.Write(make([]byte, 997))
	if rest, err := io.ReadAll(r); len(rest) != 997 || err != nil {
		t.Errorf("got %d, %v", len(rest), err)
	}
}

func TestReadLimitIsTheLargestMessageThatIsTaken(t *testing.T) {
	const limit = 1000
	compressed := deflated(t, payloadOf(limit), 6)
	tooLarge := deflated(t, payloadOf(limit+1), 6)
	for name, test := range map[string]struct {
		octets []byte
		taken  bool
	}{
		"one frame":             {frameBytes(0x82, true, make([]byte, limit)), true},
		"one frame more":        {frameBytes(0x82, true, make([]byte, limit+1)), false},
		"fragments":             {join(frameBytes(0x02, true, make([]byte, limit)), frameBytes(0x80, true, nil)), true},
		"fragments more":        {join(frameBytes(0x02, true, make([]byte, limit)), frameBytes(0x80, true, []byte{0})), false},
		"compressed":            {frameBytes(0xc2, true, compressed), true},
		"compressed more":       {frameBytes(0xc2, true, tooLarge), false},
		"larger by compression": {frameBytes(0xc2, true, deflated(t, make([]byte, limit), 0)), true},
	} {
		for _, stream := range []bool{false, true} {
			c, p := deflateServer(t, bothWindows(15), ConnOptions{ReadLimit: limit})
			p.send(test.octets)
			go func() {
				io.Copy(io.Discard, p.nc)
				p.nc.Close()
			}()
			_, _, err := readEither(c, stream)
			var v *Violation
			if taken := err == nil; taken != test.taken || !taken && (!errors.As(err, &v) || v.Code != StatusMessageTooBig) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	}
}

func TestNoLimitTakesEverything(t *testing.T) {
	c, p := rawServer(t, ConnOptions{ReadLimit: -1})
	p.send(frameBytes(0x82, true, make([]byte, defaultReadLimit+1)))
	if _, got, err := c.Read(testContext(t)); err != nil || len(got) != defaultReadLimit+1 {
		t.Errorf("%d octets, %v", len(got), err)
	}
}

// What a header announces must not cost memory before it comes.
func TestAnnouncedOctetsCostNothing(t *testing.T) {
	const conns = 20
	for _, first := range []byte{0x82, 0x02} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error, conns)
		for range conns {
			peer, nc := pipePair(t)
			c := newConn(nc, connConfig{opts: ConnOptions{ReadLimit: -1}})
			go func() {
				_, _, err := c.Read(ctx)
				done <- err
			}()
			h := appendHeader(nil, header{fin: first&bitFIN != 0, opcode: opBinary, masked: true, length: 1<<63 - 1})
			peer.Write(append(h, "some"...))
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > conns*4*firstGrowth {
			t.Errorf("%d octets for each connection", took/conns)
		}
		cancel()
		for range conns {
			<-done
		}
	}
}

func TestNoRoomIsMadePerMessage(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector drops pooled buffers at random, to find uses after their return")
	}
	for _, coalesce := range []bool{false, true} {
		for name, n := range map[string]int{"small": 64, "medium": 5000, "large": 300000} {
			nc, ns := tcpPair(t)
			client, server := pairOf(t, nc, ns, connConfig{opts: ConnOptions{Coalesce: coalesce}})
			ctx := context.Background()
			go echo(ctx, server)
			p := bytes.Repeat([]byte("x"), n)
			done := make(chan struct{})
			go func() {
				for range 300 {
					client.Write(ctx, Text, p)
				}
				close(done)
			}()
			allocs := testing.AllocsPerRun(200, func() { client.Read(ctx) })
			if allocs > 1 { // a collection may empty the pools
				t.Errorf("%s: %v allocations for each message", name, allocs)
			}
			for range 99 {
				client.Read(ctx)
			}
			<-done
		}
	}
}

func TestOneReaderDoesNotDisturbTheNext(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	p.send(bytes.Repeat(frameBytes(0x81, true, []byte("0123456789")), 100))
	for i := range 100 {
		_, got, err := c.Read(testContext(t))
		if err != nil || string(got) != "0123456789" {
			t.Fatalf("message %d: %q, %v", i, got, err)
		}
		if cap(got) != len(got) {
			t.Fatal("append would reach the next message")
		}
		copy(got, strings.Repeat("x", len(got)))
	}
}
