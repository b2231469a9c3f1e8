package reference

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"

	kflate "github.com/klauspost/compress/flate"
)

func bothWindows(bits int) *DeflateParams {
	return &DeflateParams{ServerMaxWindowBits: bits, ClientMaxWindowBits: bits}
}

// deflateServer returns a server with compression, and its raw peer.
func deflateServer(t *testing.T, params *DeflateParams, opts ConnOptions) (*Conn, *rawPeer) {
	peer, nc := tcpPair(t)
	c := newConn(nc, connConfig{deflate: params, opts: opts})
	t.Cleanup(func() { c.CloseNow() })
	return c, &rawPeer{t: t, nc: peer}
}

// The messages of RFC 7692, section 7.2.3, as one peer might send them.
func TestCompressedMessagesAreRead(t *testing.T) {
	hello := []byte("\xf2\x48\xcd\xc9\xc9\x07\x00")
	tests := map[string]struct {
		frames [][]byte
		want   []string
	}{
		"one frame": {[][]byte{frameBytes(0xc1, true, hello)}, []string{"Hello"}},
		"fragments, one of them empty": {[][]byte{frameBytes(0x41, true, hello[:3]), frameBytes(0x00, true, nil),
			frameBytes(0x80, true, hello[3:])}, []string{"Hello"}},
		"the window is kept": {[][]byte{frameBytes(0xc1, true, hello), frameBytes(0xc1, true, []byte("\xf2\x00\x11\x00\x00"))},
			[]string{"Hello", "Hello"}},
		"and not changed by plain messages": {[][]byte{frameBytes(0xc1, true, hello), frameBytes(0x81, true, []byte("other")),
			frameBytes(0xc1, true, []byte("\xf2\x00\x11\x00\x00"))}, []string{"Hello", "other", "Hello"}},
		"empty, and the last octet alone": {[][]byte{frameBytes(0xc1, true, []byte{0}), frameBytes(0x41, true, hello),
			frameBytes(0x80, true, nil)}, []string{"", "Hello"}},
		"stored": {[][]byte{frameBytes(0xc1, true, []byte("\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00"))}, []string{"Hello"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, p := deflateServer(t, bothWindows(15), ConnOptions{})
			p.send(join(test.frames...))
			for _, want := range test.want {
				typ, got, err := c.Read(testContext(t))
				if err != nil || typ != Text || string(got) != want {
					t.Fatalf("got %v %q, %v, want %q", typ, got, err, want)
				}
			}
		})
	}
}

func TestCompressedMessageMayBeCutAnywhere(t *testing.T) {
	c, p := deflateServer(t, bothWindows(15), ConnOptions{})
	text := payloadOf(1000)
	octets := deflated(t, text, 6)
	var frames []byte
	for cut := range len(octets) {
		frames = append(frames, frameBytes(0x41, true, octets[:cut])...)
		frames = append(frames, frameBytes(0x80, true, octets[cut:])...)
	}
	frames = append(frames, frameBytes(0x41, true, nil)...)
	for i := range octets {
		frames = append(frames, frameBytes(0x00, true, octets[i:i+1])...)
		frames = append(frames, frameBytes(0x89, true, nil)...)
	}
	p.send(append(frames, frameBytes(0x80, true, nil)...))
	go io.Copy(io.Discard, p.nc)
	for i := range len(octets) + 1 {
		if _, got, err := c.Read(testContext(t)); err != nil || !bytes.Equal(got, text) {
			t.Fatalf("message %d: %d octets, %v", i, len(got), err)
		}
	}
}

func TestWithoutTakeoverThePeersWindowIsEmptied(t *testing.T) {
	c, p := deflateServer(t, &DeflateParams{ServerMaxWindowBits: 15, ClientMaxWindowBits: 15, ClientNoContextTakeover: true}, ConnOptions{})
	p.send(join(frameBytes(0xc1, true, []byte("\xf2\x48\xcd\xc9\xc9\x07\x00")), frameBytes(0xc1, true, []byte("\xf2\x00\x11\x00\x00"))))
	if _, got, err := c.Read(testContext(t)); err != nil || string(got) != "Hello" {
		t.Fatalf("got %q, %v", got, err)
	}
	go func() {
		io.Copy(io.Discard, p.nc)
		p.nc.Close()
	}()
	_, _, err := c.Read(testContext(t))
	var v *Violation
	if !errors.As(err, &v) || v.Requirement != "1951-3.2.3-1" {
		t.Errorf("got %v", err)
	}
}

func TestDecompressionBombEndsAtTheReadLimit(t *testing.T) {
	var bomb bytes.Buffer
	w, _ := kflate.NewWriter(&bomb, 1)
	zeros := make([]byte, 1<<20)
	for range 256 {
		w.Write(zeros)
	}
	w.Flush()
	for _, first := range []byte{0xc2, 0x42} {
		c, p := deflateServer(t, bothWindows(15), ConnOptions{ReadLimit: 1 << 20})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p.send(frameBytes(first, true, bomb.Bytes()))
		go func() {
			io.Copy(io.Discard, p.nc)
			p.nc.Close()
		}()
		_, _, err := c.Read(testContext(t))
		runtime.ReadMemStats(&after)
		var v *Violation
		if !errors.As(err, &v) || v.Code != StatusMessageTooBig {
			t.Errorf("got %v", err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
			t.Errorf("%d octets of a bomb of 256 MiB cost %d octets of memory", bomb.Len(), took)
		}
	}
}

// sentMessages reads frames up to the end of n messages, as they are on the wire.
func sentMessages(p *rawPeer, n int) (headers []header, payloads [][]byte) {
	for len(payloads) < n {
		h, payload, err := p.frame()
		if err != nil {
			p.t.Fatal(err)
		}
		if h.opcode != opContinuation {
			headers = append(headers, h)
			payloads = append(payloads, nil)
		} else if h.rsv != 0 {
			p.t.Error("RSV1 is set on a continuation frame")
		}
		payloads[len(payloads)-1] = append(payloads[len(payloads)-1], payload...)
		for !h.fin {
			h, payload, err = p.frame()
			if err != nil || h.opcode != opContinuation || h.rsv != 0 {
				p.t.Fatalf("got %+v, %v", h, err)
			}
			payloads[len(payloads)-1] = append(payloads[len(payloads)-1], payload...)
		}
	}
	return headers, payloads
}

func TestWhatIsSentCompressedStaysInTheAgreedWindow(t *testing.T) {
	random := make([]byte, 3000)
	for i := range random {
		random[i] = byte(i*i*i>>3 ^ i*7919>>5)
	}
	messages := [][]byte{{}, []byte("tiny"), payloadOf(400), payloadOf(400), random, payloadOf(400), payloadOf(100000), payloadOf(400)}
	for bits := 8; bits <= 15; bits++ {
		for _, takeover := range []bool{false, true} {
			params := bothWindows(15)
			params.ServerMaxWindowBits, params.ServerNoContextTakeover = bits, !takeover
			c, p := deflateServer(t, params, ConnOptions{})
			var wg sync.WaitGroup
			wg.Go(func() {
				for i, m := range messages {
					if i%2 == 0 {
						c.Write(testContext(t), Binary, m)
						continue
					}
					w, _ := c.Writer(testContext(t), Binary)
					w.Write(m[:len(m)/3])
					w.(interface{ Flush() error }).Flush()
					w.Write(m[len(m)/3:])
					w.Close()
				}
			})
			headers, payloads := sentMessages(p, len(messages))
			wg.Wait()
			z := freshInflater(bits)
			for i, m := range messages {
				if headers[i].rsv == 0 {
					if !bytes.Equal(payloads[i], m) {
						t.Errorf("%d bits, message %d: plain, and not the same", bits, i)
					}
					continue
				}
				z.begin(bits, takeover)
				got, err := inflateAll(z, payloads[i], 1<<20)
				if err == nil {
					err = z.end(len(payloads[i]) == 0)
				}
				if err != nil || !bytes.Equal(got, m) {
					t.Errorf("%d bits, takeover %v, message %d: %d of %d octets, %v", bits, takeover, i, len(got), len(m), err)
				}
			}
			if headers[2].rsv != bitRSV1 || headers[6].rsv != bitRSV1 {
				t.Error("text is sent without compression")
			}
			if takeover && bits > 9 && len(payloads[3]) > 100 {
				t.Errorf("%d bits: the same message again took %d octets", bits, len(payloads[3]))
			}
		}
	}
}

func TestCompressorsAreKeptByAFewConnectionsOnly(t *testing.T) {
	before := keptContexts.Load()
	text := []byte(strings.Repeat("text ", 100))
	var conns []*Conn
	for range maxContexts + 5 {
		peer, nc := pipePair(t)
		c := newConn(nc, connConfig{deflate: bothWindows(8)})
		conns = append(conns, c)
		go io.Copy(io.Discard, peer)
		if err := c.Write(testContext(t), Text, text); err != nil {
			t.Fatal(err)
		}
	}
	if kept := keptContexts.Load(); kept > maxContexts {
		t.Errorf("%d are kept, want at most %d", kept, maxContexts)
	}
	for _, c := range conns {
		c.CloseNow()
	}
	if kept := keptContexts.Load(); kept > before {
		t.Errorf("%d are kept after the end, before it were %d", kept, before)
	}
}
