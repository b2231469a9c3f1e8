package runner

import (
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// flood sends the octets without end.
func flood(nc net.Conn, octets string) {
	b := []byte(strings.Repeat(octets, 1+(32<<10)/len(octets)))
	for {
		if _, err := nc.Write(b); err != nil {
			return
		}
	}
}

func floods(octets string) func(net.Conn) { return func(nc net.Conn) { flood(nc, octets) } }

// opensAndFloods sends octets once and others without end.
func opensAndFloods(once, octets string) func(net.Conn) {
	return opened(func(nc net.Conn, _ *wire.Reader) {
		io.WriteString(nc, once)
		flood(nc, octets)
	})
}

// slowly sends an octet now and then.
func slowly(octets string) func(net.Conn) {
	return func(nc net.Conn) {
		tick := time.NewTicker(20 * ms)
		defer tick.Stop()
		for i := 0; ; i++ {
			<-tick.C
			if _, err := nc.Write([]byte{octets[i%len(octets)]}); err != nil {
				return
			}
		}
	}
}

// Peers that say nothing, too little or too much cost their cases the budget
// and no more.
func TestHostilePeersAreBounded(t *testing.T) {
	silent := func(nc net.Conn) { io.Copy(io.Discard, nc) }
	for name, serve := range map[string]func(net.Conn){
		"says nothing":                silent,
		"closes at once":              func(nc net.Conn) {},
		"an octet now and then":       slowly("HTTP/1.1 101 Switching Protocols\r\n"),
		"endless header":              floods("HTTP/1.1 200 OK\r\nX: y\r\n"),
		"endless line":                floods("H"),
		"endless octets":              floods("\x00\xff"),
		"endless interim responses":   floods("HTTP/1.1 100 Continue\r\n\r\n"),
		"endless body":                func(nc net.Conn) { io.WriteString(nc, "HTTP/1.1 400 Bad Request\r\n\r\n"); flood(nc, "x") },
		"endless frames":              opensAndFloods("", "\x82\x01x"),
		"endless pings":               opensAndFloods("", "\x89\x00"),
		"endless pongs":               opensAndFloods("", "\x8a\x00"),
		"endless frames behind Close": opensAndFloods("\x88\x00", "\x89\x00"),
		"an endless message":          opensAndFloods("\x02\x00", "\x00\x01x"),
		"a frame of 2^62 octets":      opensAndFloods("\x82\x7f\x40\x00\x00\x00\x00\x00\x00\x00", "x"),
		"opens and then says nothing": opened(func(nc net.Conn, _ *wire.Reader) { silent(nc) }),
	} {
		t.Run(name, func(t *testing.T) {
			target, _ := listen(t, serve)
			began := time.Now()
			r := mustRun(t, target, sample(), Options{Timeout: 200 * ms})
			if d := time.Since(began); d > 5*time.Second {
				t.Errorf("took %v", d)
			}
			for _, v := range r.Results {
				if v.Verdict == cases.Pass && v.Case.ID != "t/refused" {
					t.Errorf("%s passes", v.Case.ID)
				}
			}
			boundedHeap(t)
		})
	}
}

func boundedHeap(t *testing.T) {
	t.Helper()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > 256<<20 {
		t.Errorf("heap of %d MiB", m.HeapAlloc>>20)
	}
}

// A case that accepts what never ends is over when its budget or its memory is,
// whatever the peer sends.
func TestAPeerThatNeverStopsCostsTheBudget(t *testing.T) {
	const timeout = 60 * ms
	for name, octets := range map[string]string{
		"messages": "\x82\x01x", "large messages": "\x82\x7e\xff\xff" + strings.Repeat("x", 65535), "pings": "\x89\x00",
		"messages of one octet each": "\x02\x01x\x80\x00", "second Close frames": "\x88\x00",
	} {
		for what, c := range map[string]cases.Case{
			"anything":  script(cases.Expect(cases.Anything())),
			"something": script(cases.Expect(cases.Pong("x"))),
			"nothing":   script(cases.Alive(), cases.Close(1000)),
		} {
			for _, echoes := range []bool{true, false} {
				target, _ := listen(t, opensAndFloods("", octets))
				set := usual.settings()
				set.timeout, set.messages = timeout, echoes
				r, _ := playServer(t.Context(), target, set, &c) // a busy machine may take longer to connect than that
				if r.Duration > timeout+3*time.Second {
					t.Errorf("%s to who expects %s (echo %v): %v of %v", name, what, echoes, r.Duration, timeout)
				}
				boundedHeap(t)
			}
		}
	}
	noGoroutineLeft(t)
}
