package runner

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// streamed is an echo server that costs as little as it can: it sends back what
// it gets without waiting for the end of a frame.
func streamed(nc net.Conn) { stream(nc, right) }

func stream(nc net.Conn, answer func(accept string) string) {
	rd := accept(nc, answer)
	if rd == nil {
		return
	}
	b := make([]byte, 64<<10)
	for {
		h, _, err := rd.NextHeader()
		if err != nil {
			return
		}
		left, masked := h.Length, h.Masked
		h.Masked = false
		if h.Opcode == wire.Ping {
			h.Opcode = wire.Pong
		}
		out := h.Append(b[:0])
		for left > 0 || len(out) > 0 {
			n, err := rd.ReadPayload(b[len(out):])
			if err != nil && err != io.EOF || !masked {
				return
			}
			if _, err := nc.Write(b[:len(out)+n]); err != nil {
				return
			}
			out, left = out[:0], left-uint64(n)
		}
		if h.Opcode == wire.Close {
			return
		}
	}
}

// benchTarget serves on loopback for a benchmark.
func benchTarget(b *testing.B, serve func(net.Conn)) Target {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	go func() {
		for {
			nc, err := l.Accept()
			if err != nil {
				return
			}
			go func() { serve(nc); nc.Close() }()
		}
	}()
	return Listener(l, TargetOptions{})
}

func benchCase(b *testing.B, target Target, c cases.Case) {
	b.Helper()
	b.ReportAllocs()
	set := usual.settings()
	for b.Loop() {
		if r, err := playServer(b.Context(), target, set, &c); err != nil || r.Verdict != cases.Pass {
			b.Fatalf("%v, error %v\n%s", r.Verdict, err, r.Block(""))
		}
	}
}

// BenchmarkCase is what a small case costs, with the peer in the same process.
func BenchmarkCase(b *testing.B) {
	hello := script(cases.Send(cases.Text("Hello")), cases.Expect(cases.Text("Hello")), cases.Close(1000))
	b.Run("pipe", func(b *testing.B) { benchCase(b, &piped{serve: streamed}, hello) })
	b.Run("TCP", func(b *testing.B) { benchCase(b, benchTarget(b, streamed), hello) })
	b.Run("connect", func(b *testing.B) { // and nothing else
		target := benchTarget(b, func(nc net.Conn) { io.Copy(io.Discard, nc) })
		b.ReportAllocs()
		for b.Loop() {
			nc, err := target.Dial(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			nc.Close()
		}
	})
}

// BenchmarkEcho is a message that goes out and comes back whole.
func BenchmarkEcho(b *testing.B) {
	for name, message := range map[string]cases.Frame{
		"64KiB": cases.BinaryOf(cases.Fill("\xfe", 64<<10)),
		"16MiB": cases.BinaryOf(cases.Fill("\xfe", 16<<20)),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(2 * message.Payload.Len()))
			benchCase(b, benchTarget(b, streamed), script(cases.Send(message), cases.Expect(message), cases.Close(1000)))
		})
	}
}

// BenchmarkManyExpected is a conversation whose messages are all expected at once.
func BenchmarkManyExpected(b *testing.B) {
	var frames []cases.Frame
	var events []cases.Event
	for range 1000 {
		frames, events = append(frames, cases.Text("Hello")), append(events, cases.Text("Hello"))
	}
	benchCase(b, benchTarget(b, streamed), script(cases.Send(frames...), cases.Expect(events...), cases.Close(1000)))
}

// BenchmarkRounds is compressed messages that go out when the one before has come
// back. What comes back are the octets that went out.
func BenchmarkRounds(b *testing.B) {
	const offer = "permessage-deflate; client_no_context_takeover"
	serve := func(nc net.Conn) {
		stream(nc, func(accept string) string {
			return strings.TrimSuffix(right(accept), "\r\n") + "Sec-WebSocket-Extensions: " + offer + "\r\n\r\n"
		})
	}
	const rounds = 1000
	for _, corpus := range []string{"json", "bitmap"} {
		for _, size := range []int{16, 4 << 10, 128 << 10} {
			b.Run(fmt.Sprintf("%s/%d", corpus, size), func(b *testing.B) {
				message := cases.BinaryOf(cases.Slice(corpus, size))
				b.SetBytes(int64(2 * rounds * size))
				benchCase(b, benchTarget(b, serve), script(cases.Open(offer),
					cases.Repeat(rounds, cases.Send(message.Deflate()), cases.Expect(message)), cases.Close(1000)))
			})
		}
	}
}

// BenchmarkEncode is a message of 4 MiB, as it goes out.
func BenchmarkEncode(b *testing.B) {
	message := cases.BinaryOf(cases.Fill("\xfe", 4<<20))
	for name, f := range map[string]cases.Frame{
		"whole": message, "fragments of 64": message.InFragments(64), "pieces of 64": message.Chopped(64),
	} {
		b.Run(name, func(b *testing.B) {
			e := newEncoder(true)
			b.SetBytes(int64(message.Payload.Len()))
			b.ReportAllocs()
			for b.Loop() {
				o := e.frames([]cases.Frame{f})
				for piece := range o.pieces() {
					_ = piece
				}
			}
		})
	}
}
