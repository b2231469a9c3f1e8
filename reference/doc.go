// Package reference is a strict and complete implementation of the WebSocket
// protocol in both roles: RFC 6455, with permessage-deflate of RFC 7692. It is
// the code to read to learn the protocol, and what conformance cases are proved
// on.
//
// A server, behind net/http or, stricter than that, behind a Server:
//
//	mux := http.NewServeMux()
//	mux.Handle("/echo", &reference.Handler{
//		Options: reference.Options{Subprotocols: []string{"chat"}},
//		Serve: func(ctx context.Context, c *reference.Conn) {
//			for {
//				typ, p, err := c.Read(ctx)
//				if err != nil {
//					return // *CloseError, *Violation, or what happened to TCP
//				}
//				if err := c.Write(ctx, typ, p); err != nil {
//					return
//				}
//			}
//		},
//	})
//	server := &reference.Server{Handler: mux}
//	err := server.Serve(ctx, listener)
//
// A client:
//
//	c, _, err := reference.Dial(ctx, "ws://127.0.0.1:9001/echo", nil)
//	...
//	err = c.Write(ctx, reference.Text, []byte("Hello"))
//	typ, p, err := c.Read(ctx)
//	err = c.Close(reference.StatusNormalClosure, "")
//
// Each rule that binds the peer is checked in one place, beside the id of its
// requirement. A breach is a *Violation with that id; the peer gets a Close frame
// whose reason cites the section, or an HTTP status whose body does.
package reference
