// Package reference is a strict and complete implementation of the WebSocket
// protocol in both roles: RFC 6455, with permessage-deflate of RFC 7692. It is
// meant to be right first, to be read second, and to be fast all the same.
//
//	func serve(ctx context.Context, c *reference.Conn) error {
//		for {
//			typ, p, err := c.Read(ctx) // p is valid until the next Read
//			var closed *reference.CloseError
//			if errors.As(err, &closed) {
//				return nil // the peer said goodbye
//			}
//			if err != nil {
//				return err // a *reference.Violation names the rule that the peer broke
//			}
//			if err := c.Write(ctx, typ, p); err != nil {
//				return err
//			}
//		}
//	}
//
// # Connections
//
// [Dial] and [Client] open a connection as a client; [Accept], [Upgrade],
// [Handler] and [Server] as a server. From then on both have a [Conn].
//
// One goroutine at a time reads, with [Conn.Read] for whole messages or
// [Conn.Reader] for streams. Reading is what keeps a connection alive: it answers
// Pings, notes Pongs and answers the peer's Close frame. Any number of goroutines
// write, with [Conn.Write] for whole messages or [Conn.Writer] for streams.
// Control frames never wait for the end of a message, only for that of a frame.
//
// Every method that can block takes a context. When it ends, a read can be taken
// up again by the next one. A write is either undone, if nothing of its frame was
// sent yet, or ends the connection.
//
// # The end of a connection
//
// [Conn.Close] does the closing handshake, [Conn.CloseNow] does without. When the
// peer closes, reading methods return a [*CloseError] with its code and reason;
// the answer has been sent by then. [CloseStatus] turns any error of a reading
// method into the status code that RFC 6455, section 7.1.5, gives the connection.
//
// # Broken rules
//
// What the peer sends is checked as soon as the octets are there: a frame header
// before its payload, text before the end of its frame, compressed data before
// the end of its message. The first octet that breaks a rule fails the connection
// (RFC 6455, section 7.1.7). The peer gets a Close frame whose reason cites the
// section, such as "RFC 6455 5.1: frame is not masked", and the application a
// [*Violation] with the id of the requirement. Nothing that comes later is
// looked at.
//
// What the application sends is checked too: text that is not UTF-8, and status
// codes and reasons that may not be sent, are refused with an error.
//
// # Memory and speed
//
// A message is parsed, unmasked and handed out in the buffer it was read into,
// and a large one is read to its place and sent from its place. A connection over
// TCP holds no buffer while it waits with nothing half read; over TLS it holds a
// small one. What a peer may make a connection allocate is bounded by
// [ConnOptions].ReadLimit, and grows with what the peer has really sent.
//
// With ConnOptions.Coalesce the answers to messages that arrived together leave
// together, which makes small messages in quick succession several times faster.
//
// A connection that compresses with context takeover keeps a compressor of about
// 1 MiB. So that many connections do not add up to much, only the first 256 of
// them do; others begin each message with an empty window, as any sender may.
package reference
