package runner

import (
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

func TestTheRunLearnsWhatTheServerCanDo(t *testing.T) {
	with := func(change func(*Features)) Features {
		f := Features{Handshake: true, Echo: true, Pings: Yes, Pushes: No, Messages: MessageSize{Taken: largestSent}}
		change(&f)
		return f
	}
	all := &Compression{ServerNoTakeover: true, ClientNoTakeover: true, ServerBits: 8, ClientBits: 12, Compresses: Yes}
	from := func(bits int, c Compression) *Compression { c.ServerBits = bits; return &c }
	for _, test := range []struct {
		name   string
		server featured
		o      Options
		want   Features
	}{
		{"nothing but echo", featured{}, Options{}, with(func(*Features) {})},
		{"everything", featured{smallest: 8, subprotocols: []string{"chat", "superchat"}}, Options{}, with(func(f *Features) {
			f.Deflate, f.Compression, f.Subprotocols = "permessage-deflate; client_max_window_bits=12", all, []string{"chat", "superchat"}
		})},
		{"compression with windows from 10 bits on", featured{smallest: 10}, Options{}, with(func(f *Features) {
			f.Deflate, f.Compression = "permessage-deflate; client_max_window_bits=12", from(10, *all)
		})},
		{"compression with no parameter", featured{deflate: "permessage-deflate"}, Options{}, with(func(f *Features) {
			f.Deflate, f.Compression = "permessage-deflate", &Compression{Compresses: Yes}
		})},
		{"compression of what is received alone", featured{deflate: "permessage-deflate", plain: true}, Options{}, with(func(f *Features) {
			f.Deflate, f.Compression = "permessage-deflate", &Compression{Compresses: No}
		})},
		{"compression without an echo", featured{deflate: "permessage-deflate", mute: true}, Options{NoEcho: true}, with(func(f *Features) {
			f.Echo, f.Deflate, f.Compression = false, "permessage-deflate", &Compression{}
		})},
		{"parameters that answer no offer", featured{deflate: "permessage-deflate; client_no_context_takeover; server_no_context_takeover"}, Options{}, with(func(f *Features) {
			f.Deflate = "permessage-deflate; client_no_context_takeover; server_no_context_takeover"
			f.Compression = &Compression{ServerNoTakeover: true, ClientNoTakeover: true, Compresses: Yes}
		})},
		{"one subprotocol", featured{subprotocols: []string{"superchat"}}, Options{}, with(func(f *Features) { f.Subprotocols = []string{"superchat"} })},
		{"subprotocols of other names", featured{subprotocols: []string{"mqtt", "chat"}}, Options{Chat: "mqtt", Superchat: "amqp"},
			with(func(f *Features) { f.Subprotocols = []string{"mqtt"} })},
		{"no echo", featured{mute: true}, Options{}, with(func(f *Features) { f.Echo = false })},
		{"no echo, as the user says", featured{}, Options{NoEcho: true}, with(func(f *Features) { f.Echo = false })},
		{"no answer at all", featured{deaf: true}, Options{}, Features{Handshake: true, Pings: No, Pushes: No}},
		{"a greeting instead of an echo", featured{greeting: "\x81\x02hi"}, Options{}, with(func(f *Features) { f.Echo, f.Pushes = false, Yes })},
		{"a limit that the header exceeds", featured{limit: 1 << 20, code: 1009}, Options{},
			with(func(f *Features) { f.Messages = MessageSize{largestSent, 2 << 20, 1009} })},
		{"a limit that a message exceeds", featured{limit: 100_000, late: true, code: 1009}, Options{},
			with(func(f *Features) { f.Messages = MessageSize{100_000, 100_001, 1009} })},
		{"a limit below all sizes", featured{limit: 1000, code: 1009}, Options{},
			with(func(f *Features) { f.Messages = MessageSize{1000, 1001, 1009} })},
		{"a limit without an echo", featured{limit: 100_000, code: 1009, mute: true}, Options{},
			with(func(f *Features) { f.Echo, f.Messages = false, MessageSize{64 << 10, 128 << 10, 1009} })},
		{"a limit and no word about it", featured{limit: 100_000}, Options{},
			with(func(f *Features) { f.Messages = MessageSize{64 << 10, 128 << 10, 0} })},
		{"a wrong opening handshake", featured{accept: "wrong"}, Options{}, Features{HandshakeError: "*"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, parallel := range []int{1, 32} {
				test.o.Parallel = parallel
				if d := cmp.Diff(test.want, learned(t, test.server.serve, test.o)); d != "" {
					t.Errorf("with %d side by side: %s", parallel, d)
				}
			}
		})
	}
}

// learned is what a run learns of the server, in a bubble.
func learned(t *testing.T, serve func(net.Conn), o Options) (f Features) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		target := &piped{serve: serve}
		r, err := Run(t.Context(), target, nil, o)
		if err != nil {
			t.Fatal(err)
		}
		target.serving.Wait()
		f = r.Features
	})
	if f.HandshakeError != "" {
		f.HandshakeError = "*"
	}
	return f
}

// To learn costs no more than the budgets, whatever the server does.
func TestLearningIsBounded(t *testing.T) {
	for name, serve := range map[string]func(net.Conn){
		"opens and then says nothing": opened(func(nc net.Conn, _ *wire.Reader) { io.Copy(io.Discard, nc) }),
		"opens and reads nothing":     opened(func(nc net.Conn, _ *wire.Reader) { elapse(time.Hour) }),
		"an octet now and then": opened(func(nc net.Conn, _ *wire.Reader) {
			for _, err := nc.Write([]byte{0x82}); err == nil; _, err = nc.Write([]byte{0x01}) {
				elapse(time.Second)
			}
		}),
		"pings now and then": opened(func(nc net.Conn, rd *wire.Reader) {
			go readAll(rd)
			for _, err := nc.Write([]byte("\x89\x00")); err == nil; _, err = nc.Write([]byte("\x89\x00")) {
				elapse(time.Second)
			}
		}),
		"answers once": opened(func(nc net.Conn, rd *wire.Reader) { rd.Next(); reply(nc, wire.Text, "wsspec"); elapse(time.Hour) }),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				target := &piped{serve: serve}
				if _, err := Run(t.Context(), target, nil, Options{}); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); took > 2*defaultTimeout {
					t.Errorf("took %v", took)
				}
				target.serving.Wait()
			})
		})
	}
}

// counting counts the octets that are read from a connection.
type counting struct {
	net.Conn
	octets *atomic.Int64
}

func (c counting) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.octets.Add(int64(n))
	return n, err
}

// No more than 1 MiB is sent for learning.
func TestLearningSendsLittle(t *testing.T) {
	var octets atomic.Int64
	server := featured{smallest: 8, subprotocols: []string{"chat", "superchat"}}
	learned(t, func(nc net.Conn) { server.serve(counting{nc, &octets}) }, Options{})
	if n := octets.Load(); n > 1<<20 || n < largestSent {
		t.Errorf("%d octets", n)
	}
}

// Against a server on the same machine, learning is not to be noticed.
func TestLearningIsCheap(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("time is measured")
	}
	target, _ := listen(t, featured{smallest: 8, subprotocols: []string{"chat", "superchat"}}.serve)
	best := time.Hour
	for range 5 {
		if r := mustRun(t, target, nil, Options{}); r.Elapsed < best {
			best = r.Elapsed
		}
	}
	t.Logf("learning takes %v", best)
	if best > 50*ms {
		t.Errorf("learning takes %v", best)
	}
}

func TestCasesOfMessagesThatAreTooLargeAreSkipped(t *testing.T) {
	echoOf := func(n int, needs ...cases.Feature) cases.Case {
		f := cases.TextOf(cases.Fill("x", n))
		c := script(cases.Send(f), cases.Expect(f), cases.Close(1000))
		c.Needs = needs
		return c
	}
	for _, test := range []struct {
		name  string
		c     cases.Case
		f     MessageSize
		wants string // in the reason; empty when the case is played
	}{
		{"no limit is known", echoOf(16<<20, cases.Echo), MessageSize{Taken: largestSent}, ""},
		{"below the limit", echoOf(1<<20, cases.Echo), MessageSize{largestSent, 2 << 20, 1009}, ""},
		{"above the limit", echoOf(16<<20, cases.Echo), MessageSize{largestSent, 2 << 20, 1009}, "no message of 2 MiB: it refuses that with close 1009"},
		{"at the limit", echoOf(2<<20, cases.Echo), MessageSize{largestSent, 2 << 20, 1009}, "no message of 2 MiB"},
		{"a fault at that size", echoOf(16<<20, cases.Echo), MessageSize{largestSent, 2 << 20, 1002}, ""},
		{"no echo is needed", echoOf(16 << 20), MessageSize{largestSent, 2 << 20, 1009}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &run{options: usual, set: usual.settings(), features: Features{Handshake: true, Echo: true, Messages: test.f}}
			if why := r.missing(&test.c); !strings.Contains(why, test.wants) || (why == "") != (test.wants == "") {
				t.Errorf("%q, want %q in it", why, test.wants)
			}
		})
	}
}

func TestSizesInWords(t *testing.T) {
	for n, want := range map[int]string{0: "0 octets", 100: "100 octets", 1024: "1 KiB", 1025: "1025 octets", 512 << 10: "512 KiB", 1 << 20: "1 MiB", 128 << 20: "128 MiB", 1<<20 + 1<<10: "1025 KiB"} {
		if got := Octets(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
