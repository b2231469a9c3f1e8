// Package cases is the catalogue of wsspec: the requirements of the WebSocket
// standards, and the conversations that show whether an implementation keeps
// them.
//
// A Case is the script of one conversation as plain data. It has no function
// in it, so it can be listed, printed, compared, parsed and played in either
// role. A player (package runner) plays our side of it against the peer and
// judges what comes back.
//
// A case in Go:
//
//	Case{
//		ID:    "fragment/ping-between",
//		Title: "a ping between two fragments is answered before the message ends",
//		Refs:  refs("6455-5.4-9", "6455-5.5.2-3"),
//		Steps: steps(
//			Send(Text("frag").Part(), Ping("mid"), Cont("ment")),
//			Expect(Pong("mid"), Text("fragment")),
//			Close(1000),
//		),
//	}
//
// and the same in the notation, which Format writes and Parse reads:
//
//	case fragment/ping-between
//	title "a ping between two fragments is answered before the message ends"
//	refs 6455-5.4-9 6455-5.5.2-3
//	> text "frag" part
//	> ping "mid"
//	> cont "ment"
//	< pong "mid"
//	< text "fragment"
//	close 1000
//
// In the notation ">" is what the player sends and "<" what it expects from the
// peer, whichever role the player has.
package cases
