// Package peers holds echo servers on other people's WebSocket libraries: what
// a conformance suite is tried on, and what the reference is measured against.
//
// Each server is written the way the authors of the library write one in their
// documentation or for their own Autobahn runs, so that a verdict is the
// library's and not the adapter's: permessage-deflate with context takeover
// where the library has it, any origin, messages of up to 64 MiB, the
// subprotocols "chat" and "superchat", the closing handshake as the library
// does it, and the TCP connection always closed at the end. Where a library
// leaves a rule to its user, the adapter keeps that rule. A message goes back
// as one frame, with its type.
//
//	peer, err := peers.Find("gorilla")
//	if err != nil {
//		return err
//	}
//	server := httptest.NewServer(peer.New())
//	defer server.Close()
//
// Clients lists echo clients on some of them, for runner.RunClient, whose tables
// are those with names that begin with client. The folder node holds echo clients
// without any Go, which come by themselves, to runner.Listen.
//
// What differs from library to library stands at each constructor, and what the
// suite finds on each in the folder expected, line by line with the reason.
package peers
