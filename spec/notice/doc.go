// Package notice finds out which faults of a server a client notices.
//
// The client is any runner.Client, which echoes. It comes to the reference server
// once for each fault and conversation. What the server says in a conversation is
// fixed, and touches whatever a server can do wrong in front of a client that is
// right: messages of all lengths, in fragments, compressed, Pings, Close frames. What
// the client does about it is seen on the wire, from the server's side, beneath the
// fault; its own words count where the wire shows nothing.
//
// A fault is compared with the honest server, before the same client. Where the
// octets of the server are the same, the fault was not shown: most of these are of
// servers that take what no right client sends.
//
// Not to notice is no fault of the client by itself. Rules tells what the strict
// reference client has to say about each fault, and what the standard asks of it.
package notice
