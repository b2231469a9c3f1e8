package reference

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"runtime"
	"sync"
	"testing"
)

// BenchmarkEcho measures an echo server that is a loop of Read and Write, over
// loopback, with a client that costs little: what it sends is made beforehand,
// and of what comes back only the octets are counted.
func BenchmarkEcho(b *testing.B) {
	for _, size := range []int{64, 1 << 10, 64 << 10, 16 << 20} {
		for _, conns := range []int{1, 64} {
			for _, depth := range []int{1, 32} {
				if size*conns*depth > 4<<30 {
					continue // as much would only be in the kernel's buffers
				}
				b.Run(fmt.Sprintf("%s/conns=%d/depth=%d", sizeName(size), conns, depth), func(b *testing.B) {
					benchmarkEcho(b, size, conns, depth)
				})
			}
		}
	}
}

func benchmarkEcho(b *testing.B, size, conns, depth int) {
	frame := frameBytes(0x82, true, make([]byte, size))
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var servers, clients sync.WaitGroup
	ends := make([]net.Conn, conns)
	for i := range ends {
		nc, ns := tcpPair(b)
		ends[i] = nc
		c := newConn(ns, connConfig{opts: ConnOptions{Coalesce: true}})
		servers.Go(func() { echo(context.Background(), c) })
	}
	each := b.N/conns + 1
	b.ResetTimer()
	for _, nc := range ends {
		clients.Go(func() { load(b, nc, frame, each, depth) })
	}
	clients.Wait()
	b.StopTimer()
	for _, nc := range ends {
		nc.Close()
	}
	servers.Wait()
}

// load sends a frame n times, with depth of them under way, and waits for the
// answers, which are shorter by the masking key.
func load(b *testing.B, nc net.Conn, frame []byte, n, depth int) {
	burst := max(1, min(depth, 64<<10/len(frame)))
	many := bytes.Repeat(frame, burst)
	room := make(chan int, depth)
	var wg sync.WaitGroup
	wg.Go(func() { // writes as soon as answers make room
		sent, free := 0, depth
		for sent < n {
			for k := min(free, n-sent, burst); k > 0; k = min(free, n-sent, burst) {
				if _, err := nc.Write(many[:k*len(frame)]); err != nil {
					b.Error(err)
					return
				}
				sent, free = sent+k, free-k
			}
			if sent < n {
				free += <-room
			}
		}
	})
	buf := make([]byte, 256<<10)
	got, answers := 0, 0
	for answers < n {
		k, err := nc.Read(buf)
		if err != nil {
			b.Error(err)
			return
		}
		got += k
		if whole := got / (len(frame) - 4); whole > 0 {
			got -= whole * (len(frame) - 4)
			answers += whole
			room <- whole
		}
	}
	wg.Wait()
}

// BenchmarkEchoCompressed is the same for messages of text with compression.
func BenchmarkEchoCompressed(b *testing.B) {
	for _, size := range []int{256, 4 << 10, 64 << 10} {
		for name, params := range deflateChoices() {
			b.Run(sizeName(size)+"/"+name, func(b *testing.B) {
				nc, ns := tcpPair(b)
				client, server := pairOf(b, nc, ns, connConfig{deflate: params})
				ctx := context.Background()
				go echo(ctx, server)
				p := payloadOf(size)
				b.SetBytes(int64(size))
				for b.Loop() {
					if err := client.Write(ctx, Text, p); err != nil {
						b.Fatal(err)
					}
					if _, _, err := client.Read(ctx); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkIdleConnection tells what a server pays for a connection that waits:
// goroutine, buffers and all.
func BenchmarkIdleConnection(b *testing.B) {
	for b.Loop() {
		b.ReportMetric(float64(idleOctets(b, 2000, connConfig{}, plainHello())), "B/conn")
	}
}

func plainHello() []byte {
	return frameBytes(0x81, true, bytes.Repeat([]byte("hello"), 200))
}

// idleOctets opens connections, has each answer a message, and tells how much
// more memory the process then has in use for each, the other end included.
func idleOctets(t testing.TB, conns int, cfg connConfig, hello []byte) int64 {
	before := memoryInUse()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	var ends []net.Conn
	for range conns {
		nc, ns := tcpPair(t)
		ends = append(ends, nc)
		wg.Go(func() { echo(ctx, newConn(ns, cfg)) })
	}
	answer := make([]byte, 1)
	for _, nc := range ends {
		nc.Write(hello)
		if _, err := io.ReadFull(nc, answer); err != nil {
			t.Fatal(err)
		}
	}
	after := memoryInUse()
	for _, nc := range ends {
		nc.Close()
	}
	cancel()
	wg.Wait()
	return (after - before) / int64(conns)
}

func memoryInUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

func TestIdleConnectionsCostLittle(t *testing.T) {
	for name, test := range map[string]struct {
		cfg   connConfig
		hello []byte
	}{
		"plain":      {connConfig{}, plainHello()},
		"compressed": {connConfig{deflate: bothWindows(15)}, frameBytes(0xc1, true, []byte("\xf2\x48\xcd\xc9\xc9\x07\x00"))},
	} {
		per := idleOctets(t, 1000, test.cfg, test.hello)
		t.Logf("%s: %d octets for each idle connection", name, per)
		if per > 24<<10 {
			t.Errorf("%s: %d octets for each idle connection, want less than 24 KiB", name, per)
		}
	}
}
