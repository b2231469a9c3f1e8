package reference

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// serveOne serves one end of a pipe in a bubble; done is closed when the server
// has nothing more to do with it.
func serveOne(ctx context.Context, s *Server) (far net.Conn, done chan struct{}) {
	near, far := net.Pipe()
	done = make(chan struct{})
	go func() { s.ServeConn(ctx, near); close(done) }()
	return far, done
}

func echoServer() *Server { return &Server{Handler: &Handler{}} }

func TestClientThatTricklesGetsThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		far, done := serveOne(t.Context(), echoServer())
		var writing sync.WaitGroup
		writing.Go(func() {
			for _, c := range []byte(baseline("Origin: " + long('x', 100))) {
				far.Write([]byte{c})
				<-time.After(50 * time.Millisecond)
			}
		})
		c := caller{Conn: far, r: newReader(far), t: t}
		if resp := c.answer("GET"); resp.StatusCode != 101 {
			t.Errorf("%d", resp.StatusCode)
		}
		c.leave()
		<-done
		writing.Wait()
	})
}

func TestRequestThatDoesNotArriveInTimeIsGivenUp(t *testing.T) {
	for name, tt := range map[string]struct {
		write func(net.Conn)
		want  string
		from  time.Duration
		to    time.Duration
	}{
		"nothing":           {func(net.Conn) {}, "", 10 * time.Second, 10 * time.Second},
		"half a request":    {func(c net.Conn) { io.WriteString(c, "GET / HTTP/1.1\r\n") }, "HTTP/1.1 408 ", 10 * time.Second, 12 * time.Second},
		"an octet a second": {func(c net.Conn) { trickle(c, time.Second) }, "HTTP/1.1 408 ", 10 * time.Second, 12 * time.Second},
		"a steady trickle":  {func(c net.Conn) { trickle(c, 10*time.Millisecond) }, "HTTP/1.1 408 ", 60 * time.Second, 61 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			far, done := serveOne(t.Context(), echoServer())
			start := time.Now()
			var writing sync.WaitGroup
			writing.Go(func() { tt.write(far) })
			b, err := io.ReadAll(far)
			<-done
			writing.Wait()
			if d := time.Since(start); err != nil || !strings.HasPrefix(string(b), tt.want) || tt.want == "" && len(b) > 0 || d < tt.from || d > tt.to {
				t.Errorf("%s: %q, %v after %v", name, b, err, d)
			}
		})
	}
}

func trickle(c net.Conn, pause time.Duration) {
	io.WriteString(c, "GET /")
	for {
		if _, err := c.Write([]byte("a")); err != nil {
			return
		}
		<-time.After(pause)
	}
}

// When its context is done the server takes leave of every connection in the
// way that its state asks for, and comes back.
func TestServerEndsConnectionsInOrder(t *testing.T) {
	for name, tt := range map[string]struct {
		before func(*caller)
		after  func(*caller)
	}{
		"nothing received": {func(*caller) {}, func(*caller) {}},
		"half a request":   {func(c *caller) { c.send("GET / HTTP/1.1\r\n") }, func(*caller) {}},
		"between requests": {func(c *caller) {
			c.send(baseline("Sec-WebSocket-Version: 14")).answer("GET")
		}, func(*caller) {}},
		"open": {func(c *caller) { c.send(baseline()).answer("GET") }, func(c *caller) {
			c.expect("\x88\x1d\x03\xe9the server is shutting down")
			c.send("\x88\x82\x00\x00\x00\x00\x03\xe9")
		}},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			far, done := serveOne(ctx, echoServer())
			c := &caller{far, newReader(far), t}
			tt.before(c)
			synctest.Wait()
			start := time.Now()
			cancel()
			tt.after(c)
			rest, err := io.ReadAll(c.r)
			<-done
			if d := time.Since(start); err != nil || d > time.Second || len(rest) > 0 && !strings.HasPrefix(string(rest), "HTTP/1.1 408 ") {
				t.Errorf("%s: %q, %v after %v", name, rest, err, d)
			}
		})
	}
}

func TestShutdownWaitsForHandlersAndThenCutsThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Server{Handler: &Handler{Serve: func(ctx context.Context, c *Conn) { <-ctx.Done() }}}
		far, done := serveOne(t.Context(), s)
		c := &caller{far, newReader(far), t}
		c.send(baseline()).answer("GET")
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		go io.Copy(io.Discard, far)
		start := time.Now()
		err := s.Shutdown(ctx)
		if d := time.Since(start); d > time.Second || err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v after %v", err, d)
		}
		<-done
	})
}

func TestHandlersContextEndsWithTheConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan error, 1)
		s := &Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			context.AfterFunc(r.Context(), func() { ended <- r.Context().Err() })
		})}
		far, done := serveOne(t.Context(), s)
		c := &caller{far, newReader(far), t}
		c.send("GET / HTTP/1.0\r\n\r\n").answer("GET")
		c.expectEnd()
		<-done
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

func TestAcceptWaitsForAValidHandshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		c := &caller{far, newReader(far), t}
		go func() {
			c.send(baseline("Sec-WebSocket-Version: 14")).answer("GET")
			c.send(baseline() + hello)
			c.answer("GET")
		}()
		ws, err := Accept(t.Context(), near, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, p, err := ws.Read(t.Context()); err != nil || string(p) != "Hello" {
			t.Errorf("%q, %v", p, err)
		}
		ws.CloseNow()
	})
}

func TestAcceptFailsWithTheLastRefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		go func() {
			io.WriteString(far, baseline("Sec-WebSocket-Key:-"))
			io.CopyN(io.Discard, far, 10)
			far.Close()
		}()
		_, err := Accept(t.Context(), near, nil)
		if refusal, ok := errors.AsType[*Refusal](err); !ok || refusal.Status != 400 || requirementOf(err) != "6455-4.2.1-8" {
			t.Errorf("%v", err)
		}
	})
}

func TestAcceptHeedsItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			io.WriteString(far, "GET / HTTP/1.1\r\n")
			cancel()
			io.Copy(io.Discard, far)
		}()
		start := time.Now()
		if _, err := Accept(ctx, near, nil); !errors.Is(err, context.Canceled) || time.Since(start) > 0 {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}
