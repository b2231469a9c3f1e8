package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wsspec/wsspec/reference"
)

// joined is the client's end of a new connection to the hub.
func joined(t *testing.T, h *hub, serving *sync.WaitGroup) (*reference.Conn, net.Conn) {
	t.Helper()
	ours, theirs := net.Pipe()
	serving.Go(func() {
		c, err := reference.Accept(context.Background(), ours, nil)
		if err != nil {
			t.Error(err)
			return
		}
		h.serve(context.Background(), c)
		c.CloseNow()
	})
	c, _, err := reference.Client(t.Context(), theirs, "ws://hub/", nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, theirs
}

// said sends a text until it comes back, which shows that the client is a member.
func said(t *testing.T, c *reference.Conn, text string) {
	t.Helper()
	if err := c.Write(t.Context(), reference.Text, []byte(text)); err != nil {
		t.Fatal(err)
	}
	if got := heard(t, c); got != text {
		t.Fatalf("%q, want %q", got, text)
	}
}

func heard(t *testing.T, c *reference.Conn) string {
	t.Helper()
	_, p, err := c.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return string(p)
}

func TestEachMessageGoesToAllClients(t *testing.T) {
	h, serving := newHub(), sync.WaitGroup{}
	defer serving.Wait()
	a, _ := joined(t, h, &serving)
	defer a.CloseNow()
	said(t, a, "one")
	b, _ := joined(t, h, &serving)
	defer b.CloseNow()
	said(t, b, "two")
	if got := heard(t, a); got != "two" {
		t.Error(got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ticks := make(chan time.Time)
	var ticking sync.WaitGroup
	ticking.Go(func() { h.tick(ctx, ticks) })
	ticks <- time.Time{}
	ticks <- time.Time{}
	for _, c := range []*reference.Conn{a, b} {
		for _, want := range []string{"tick 1", "tick 2"} {
			if got := heard(t, c); got != want {
				t.Error(got)
			}
		}
	}
	cancel()
	ticking.Wait()
}

// A client that does not read is dropped, and the others get everything.
func TestAClientThatDoesNotReadIsDropped(t *testing.T) {
	for name, size := range map[string]int{"of many messages": 10, "of large messages": 1 << 19} {
		t.Run(name, func(t *testing.T) {
			h, serving := newHub(), sync.WaitGroup{}
			defer serving.Wait()
			slow, raw := joined(t, h, &serving)
			defer slow.CloseNow()
			said(t, slow, "here")
			fast, _ := joined(t, h, &serving)
			defer fast.CloseNow()
			for n := 0; h.size() > 1 || n == 0; n++ {
				said(t, fast, fmt.Sprint(n)+strings.Repeat("x", size))
				if n > 2*mostWaiting {
					t.Fatal("it is still there")
				}
			}
			io.Copy(io.Discard, raw) // ends
			said(t, fast, "carries on")
		})
	}
}

func (h *hub) size() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.members)
}

func TestWhatIsReceivedIsShownInOneLine(t *testing.T) {
	for _, test := range []struct {
		typ        reference.MessageType
		text, want string
	}{
		{reference.Text, "tick 1", "tick 1"},
		{reference.Text, "a\nb\x1b[31m\u202ec", `a\nb\x1b[31m\u202ec`},
		{reference.Binary, "\x00\x01", "binary, 2 octets"},
		{reference.Text, strings.Repeat("x", 2000), strings.Repeat("x", 1000) + " ... 2000 octets"},
	} {
		if got := shown(test.typ, []byte(test.text)); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
