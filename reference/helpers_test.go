package reference

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"
)

// patience bounds what should happen at once.
const patience = time.Minute

func testContext(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// tcpPair returns both ends of a loopback connection.
func tcpPair(t testing.TB) (client, server net.Conn) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	client, err = net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	server, err = ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close(); server.Close() })
	return client, server
}

func pipePair(testing.TB) (client, server net.Conn) { return net.Pipe() }

// tlsPair is tcpPair with TLS, which cannot be waited for without a buffer.
func tlsPair(t testing.TB) (client, server net.Conn) {
	t.Helper()
	certificate, _ := selfSigned(t)
	nc, ns := tcpPair(t)
	tc := tls.Client(nc, &tls.Config{InsecureSkipVerify: true})
	ts := tls.Server(ns, &tls.Config{Certificates: []tls.Certificate{certificate}})
	var wg sync.WaitGroup
	wg.Go(func() { tc.Handshake() })
	if err := ts.Handshake(); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	return tc, ts
}

// transports are what connections are tested over.
var transports = map[string]func(testing.TB) (client, server net.Conn){
	"tcp":  tcpPair,
	"tls":  tlsPair,
	"pipe": pipePair,
}

// eachTransport runs a test over every transport.
func eachTransport(t *testing.T, run func(t *testing.T, client, server net.Conn)) {
	for name, pair := range transports {
		t.Run(name, func(t *testing.T) {
			client, server := pair(t)
			t.Cleanup(func() { client.Close(); server.Close() })
			run(t, client, server)
		})
	}
}

// pairOf returns a client and a server that talk to each other.
func pairOf(t testing.TB, nc, ns net.Conn, cfg connConfig) (client, server *Conn) {
	server = newConn(ns, cfg)
	cfg.client = true
	client = newConn(nc, cfg)
	t.Cleanup(func() { client.CloseNow(); server.CloseNow() })
	return client, server
}

// echo sends every message back until the connection ends.
func echo(ctx context.Context, c *Conn) error {
	for {
		typ, p, err := c.Read(ctx)
		if err != nil {
			return err
		}
		if err := c.Write(ctx, typ, p); err != nil {
			return err
		}
	}
}

// frameBytes builds a frame; masked ones get a key that hides nothing.
func frameBytes(first byte, masked bool, payload []byte) []byte {
	h := header{fin: first&bitFIN != 0, rsv: first & bitsRSV, opcode: opcode(first & 15), masked: masked, length: uint64(len(payload))}
	return append(appendHeader(nil, h), payload...)
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// A rawPeer is the other side of a Conn, octet by octet.
type rawPeer struct {
	t  testing.TB
	nc net.Conn
	in []byte
}

// send writes without waiting for the Conn to read it.
func (p *rawPeer) send(octets []byte) {
	var wg sync.WaitGroup
	wg.Go(func() { p.nc.Write(octets) })
	p.t.Cleanup(func() { p.nc.Close(); wg.Wait() })
}

// frame reads the next frame of the Conn and unmasks it.
func (p *rawPeer) frame() (header, []byte, error) {
	p.nc.SetReadDeadline(time.Now().Add(patience))
	for {
		h, n, ok := parseHeader(p.in)
		if ok && uint64(len(p.in)) >= uint64(n)+h.length {
			payload := bytes.Clone(p.in[n : n+int(h.length)])
			p.in = p.in[n+int(h.length):]
			mask(payload, h.key)
			return h, payload, nil
		}
		var buf [4096]byte
		k, err := p.nc.Read(buf[:])
		p.in = append(p.in, buf[:k]...)
		if err != nil && k == 0 {
			return h, nil, err
		}
	}
}

func (p *rawPeer) wantFrame(first byte, payload []byte) {
	p.t.Helper()
	h, got, err := p.frame()
	if err != nil {
		p.t.Fatalf("waiting for frame %#x: %v", first, err)
	}
	if f := frameBytes(first, false, nil); f[0] != appendHeader(nil, h)[0] || !bytes.Equal(got, payload) {
		p.t.Fatalf("got frame %#x %.200q, want %#x %.200q", appendHeader(nil, h)[0], got, first, payload)
	}
}

// wantEnd expects the end of the transport, and nothing before it.
func (p *rawPeer) wantEnd() {
	p.t.Helper()
	h, payload, err := p.frame()
	if err == nil {
		p.t.Fatalf("got a frame of type %d %.200q, want the end", h.opcode, payload)
	}
	if !errors.Is(err, io.EOF) || len(p.in) > 0 {
		p.t.Fatalf("got %v after %x, want the end", err, p.in)
	}
}

// sizeName names a size in a benchmark.
func sizeName(n int) string {
	switch {
	case n >= 1<<20:
		return strconv.Itoa(n>>20) + "MiB"
	case n >= 1<<10:
		return strconv.Itoa(n>>10) + "KiB"
	}
	return strconv.Itoa(n) + "B"
}
