// Package wire is the permissive WebSocket codec of the runner: it writes
// anything, reads anything and judges nothing.
//
// What a peer sends is kept octet for octet beside its meaning, because a
// transcript shows both: [Frame] has the header as it came, [Head] the HTTP
// head with a list of its oddities, [Report] what a compressed message looked
// like from inside. What is sent may be wrong in any way: a [Header] is written
// as it says, also when its length lies about the payload or does not take the
// shortest form, and [Blocks] writes DEFLATE that no compressor would.
//
// A connection is read by one [Reader] from its first octet on:
//
//	r := wire.NewReader(conn)
//	head, err := wire.ReadHead(r, 0)
//	if err != nil {
//		return err // head.Raw has what was read
//	}
//	_, status, _, ok := head.StatusLine()
//	if !ok || status != 101 {
//		body, err := wire.ReadBody(r, head, 0)
//		...
//	}
//	for {
//		f, err := r.Next()
//		...
//	}
//
// Nothing here enforces a rule of RFC 6455 or RFC 7692; an error means that
// octets are missing, that a bound was reached, or that DEFLATE data cannot be
// decoded. Memory is bounded by the limits the caller sets, whatever a header
// claims.
package wire
