package reference_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/wsspec/wsspec/reference"
)

// An echo server on a port of its own, until its context is done.
func ExampleServer() {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	server := &reference.Server{Handler: &reference.Handler{}}
	go func() { done <- server.Serve(ctx, ln) }()

	c, _, err := reference.Dial(ctx, "ws://"+ln.Addr().String(), nil)
	if err != nil {
		panic(err)
	}
	c.Write(ctx, reference.Text, []byte("hello"))
	typ, p, err := c.Read(ctx)
	fmt.Println(typ, string(p), err)

	stop() // in a program: signal.NotifyContext
	_, _, err = c.Read(context.Background())
	fmt.Println(err)
	fmt.Println(<-done)
	// Output:
	// text hello <nil>
	// closed by the peer with 1001 "the server is shutting down"
	// <nil>
}

// WebSocket resources beside pages, on the server of net/http.
func ExampleHandler() {
	mux := http.NewServeMux()
	mux.Handle("/ws", &reference.Handler{
		Options: reference.Options{Deflate: &reference.DeflateOptions{}},
		Serve: func(ctx context.Context, c *reference.Conn) {
			c.Write(ctx, reference.Text, []byte("welcome"))
		},
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "a page") })
	server := httptest.NewServer(mux)
	defer server.Close()

	ctx := context.Background()
	c, _, err := reference.Dial(ctx, strings.Replace(server.URL, "http", "ws", 1)+"/ws", nil)
	if err != nil {
		panic(err)
	}
	_, p, _ := c.Read(ctx)
	fmt.Printf("%s\n", p) // before the next Read, which takes p back
	_, _, err = c.Read(ctx)
	fmt.Println(err)
	// Output:
	// welcome
	// closed by the peer with 1000
}

// A handler that needs the request, here the variable of a path.
func ExampleUpgrade() {
	mux := http.NewServeMux()
	mux.HandleFunc("/rooms/{name}", func(w http.ResponseWriter, r *http.Request) {
		c, err := reference.Upgrade(w, r, nil)
		if err != nil {
			return // the client has been told
		}
		defer c.CloseNow()
		c.Write(r.Context(), reference.Text, []byte("this is "+r.PathValue("name")))
		c.Close(reference.StatusNormalClosure, "")
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	ctx := context.Background()
	c, _, err := reference.Dial(ctx, strings.Replace(server.URL, "http", "ws", 1)+"/rooms/kitchen", nil)
	if err != nil {
		panic(err)
	}
	_, p, _ := c.Read(ctx)
	fmt.Printf("%s\n", p)
	c.CloseNow()
	// Output:
	// this is kitchen
}

// The client offers subprotocols, the server's hook chooses.
func ExampleOptions_subprotocol() {
	handler := &reference.Handler{Options: reference.Options{
		Subprotocols: []string{"chat.v1", "chat.v2"},
		Handshake: func(r *reference.Request) error {
			if r.Subprotocol() == "" {
				return &reference.Refusal{Status: http.StatusBadRequest, Reason: "speak chat.v1 or chat.v2"}
			}
			r.ResponseHeader().Set("X-Version", strings.TrimPrefix(r.Subprotocol(), "chat."))
			return nil
		},
	}}
	server := httptest.NewServer(handler)
	defer server.Close()

	ctx, url := context.Background(), strings.Replace(server.URL, "http", "ws", 1)
	c, resp, err := reference.Dial(ctx, url, &reference.DialOptions{Subprotocols: []string{"chat.v9", "chat.v2", "chat.v1"}})
	if err != nil {
		panic(err)
	}
	fmt.Println(c.Subprotocol(), resp.Header.Get("X-Version"))
	c.Close(reference.StatusNormalClosure, "")

	_, _, err = reference.Dial(ctx, url, &reference.DialOptions{Subprotocols: []string{"soap"}})
	refusal, _ := errors.AsType[*reference.Refusal](err)
	fmt.Println(refusal.Status, refusal.Reason)
	// Output:
	// chat.v2 v2
	// 400 400 Bad Request: speak chat.v1 or chat.v2
}

// Both sides over a connection that exists already.
func ExampleAccept() {
	near, far := net.Pipe()
	ctx := context.Background()
	go func() {
		c, err := reference.Accept(ctx, far, nil)
		if err == nil {
			reference.Echo(ctx, c)
		}
	}()
	c, _, err := reference.Client(ctx, near, "ws://pipe/", nil)
	if err != nil {
		panic(err)
	}
	c.Write(ctx, reference.Binary, []byte{1, 2, 3})
	fmt.Println(c.Read(ctx))
	c.Close(reference.StatusNormalClosure, "")
	// Output:
	// binary [1 2 3] <nil>
}

// What a server has to say about a broken handshake.
func ExampleRefusal() {
	request := httptest.NewRequest("GET", "/", nil)
	request.Header.Set("Upgrade", "websocket")
	request.Header.Set("Connection", "keep-alive")
	answer := httptest.NewRecorder()
	_, err := reference.Upgrade(answer, request, nil)
	violation, _ := errors.AsType[*reference.Violation](err)
	fmt.Println(violation.Requirement)
	fmt.Print(answer.Body)
	// Output:
	// 6455-4.2.1-7
	// 426 Upgrade Required: the Connection field does not have the Upgrade option (RFC 6455, section 4.2.1)
}
