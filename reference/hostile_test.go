package reference

import (
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// checkLeaks fails the test when goroutines of this package are left behind.
func checkLeaks(t testing.TB) {
	t.Helper()
	t.Cleanup(func() {
		deadline := time.After(5 * time.Second)
		for {
			stacks := make([]byte, 1<<20)
			stacks = stacks[:runtime.Stack(stacks, true)]
			n := 0
			for stack := range strings.SplitSeq(string(stacks), "\n\n") {
				if strings.Contains(stack, "/reference.") && !strings.Contains(stack, "testing.tRunner") {
					n++
				}
			}
			if n == 0 {
				return
			}
			select {
			case <-deadline:
				t.Errorf("%d goroutines are left:\n%s", n, stacks)
				return
			default:
				runtime.Gosched()
			}
		}
	})
}

func TestNoGoroutineIsLeftBehind(t *testing.T) {
	checkLeaks(t)
	addr := strictDoor(t, testMux(Options{}))
	for _, request := range []string{
		"", "GET", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\n\r\n", baseline(), baseline() + "\x81", baseline() + "GET / HTTP/1.1\r\n",
		baseline("Content-Length: 100"), "POST /page HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nx",
	} {
		nc, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(nc, request)
		if len(request)%2 == 0 {
			nc.(*net.TCPConn).SetLinger(0) // ends in RST
		}
		nc.Close()
	}
	for _, uri := range []string{"ws://" + addr + "/echo", "ws://" + addr + "/nothing"} {
		if c, _, err := Dial(t.Context(), uri, nil); err == nil {
			c.CloseNow()
		}
	}
}

func TestSplitAtEveryOctet(t *testing.T) {
	addr := strictDoor(t, testMux(Options{}))
	stream := baseline() + hello
	for at := 1; at < len(stream); at++ {
		c := call(t, addr).send(stream[:at])
		runtime.Gosched() // a segment of its own, most of the time
		c.send(stream[at:])
		if resp := c.answer("GET"); resp.StatusCode != 101 {
			t.Fatalf("split at %d: %d", at, resp.StatusCode)
		}
		c.expect(olleh)
		c.Close()
	}
}

func TestHalfClosedClientStillGetsItsAnswer(t *testing.T) {
	addr := strictDoor(t, testMux(Options{}))
	c := call(t, addr).send(baseline())
	c.Conn.(*net.TCPConn).CloseWrite()
	if resp := c.answer("GET"); resp.StatusCode != 101 {
		t.Errorf("%d", resp.StatusCode)
	}
	call(t, addr).send("GET / HTTP/1.1\r\nHo").Conn.(*net.TCPConn).CloseWrite()
	if got := call(t, addr).send(baseline()).answer("GET").StatusCode; got != 101 {
		t.Errorf("the next connection: %d", got)
	}
}

// What follows the opening handshake is frames, a second request included.
func TestSecondRequestIsNoRequest(t *testing.T) {
	c := call(t, strictDoor(t, testMux(Options{}))).send(baseline() + baseline())
	c.answer("GET")
	if rest, _ := io.ReadAll(c.r); strings.Contains(string(rest), "HTTP/") {
		t.Errorf("%q", rest)
	}
}

func TestManyClientsAtOnce(t *testing.T) {
	addr := strictDoor(t, testMux(Options{}))
	var clients sync.WaitGroup
	for range 200 {
		clients.Go(func() {
			c, _, err := Dial(t.Context(), "ws://"+addr+"/echo", nil)
			if err != nil {
				t.Error(err)
				return
			}
			defer c.CloseNow()
			if err := c.Write(t.Context(), Text, []byte("hi")); err != nil {
				t.Error(err)
			}
			if _, p, err := c.Read(t.Context()); err != nil || string(p) != "hi" {
				t.Errorf("%q, %v", p, err)
			}
		})
	}
	clients.Wait()
}

// TestIdleConnectionIsLean measures what a connection costs the server that
// has been upgraded, has echoed once and is silent now: memory of the heap and
// of the goroutine, the raw client of the test included. What net/http keeps is
// for comparison.
func TestIdleConnectionIsLean(t *testing.T) {
	const clients, bound = 500, 24 << 10
	mux := testMux(Options{Subprotocols: []string{"chat"}})
	if per := idle(t, strictDoor(t, mux), clients); per > bound {
		t.Errorf("an idle connection takes %d octets, more than %d", per, bound)
	}
	idle(t, netHTTPDoor(t, mux), clients)
}

func idle(t *testing.T, addr string, clients int) int64 {
	t.Helper()
	before := memory()
	for range clients {
		nc, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer nc.Close()
		io.WriteString(nc, baseline("Sec-WebSocket-Protocol: chat", "X: "+long('x', 2000))+hello)
		answer := make([]byte, 500)
		for n := 0; !strings.HasSuffix(string(answer[:n]), olleh); {
			m, err := nc.Read(answer[n:])
			if err != nil {
				t.Fatal(err)
			}
			n += m
		}
	}
	per := (memory() - before) / int64(clients)
	t.Logf("%d octets a connection", per)
	return per
}

func memory() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}
