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
//		Title: "a ping between two fragments is answered and leaves the message whole",
//		Refs:  refs("6455-5.4-9", "6455-5.5.2-3"),
//		Needs: needs(Echo),
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
//	title "a ping between two fragments is answered and leaves the message whole"
//	refs 6455-5.4-9 6455-5.5.2-3
//	needs echo
//	> text "frag" part
//	> ping "mid"
//	> cont "ment"
//	< pong "mid"
//	< text "fragment"
//	close 1000
//
// Cover tells which cases prove a requirement: those that name it, or one that the
// same observation judges (Requirement.See), and that can test the side it binds.
// What the player judges in passing is in Watched, and why a requirement has no
// case in Exemptions.
//
// # The notation
//
// A file holds cases, line by line. Blank lines and lines that begin with # say
// nothing. ">" is what the player sends and "<" what it expects from the peer,
// whichever role the player has. First come the fields: case, title, refs,
// level, subject, needs, weight, timeout, connections, alias and note. Then
// come the steps:
//
//	open extensions "permessage-deflate"    a right opening handshake that offers this
//	> request set "Upgrade" "h2c"           an opening handshake of the case's own
//	+ ping "early"                          what follows it in the same write
//	> text "Hello"                          frames; lines that follow each other are one write
//	flush                                   ends a write
//	< answer 101 without "Sec-WebSocket-Protocol"
//	< close 1002                            what is expected, one event a line
//	| lax close 1000; end                   another course of events, with its grade
//	within 500ms                            bounds the wait
//	else lax                                the case goes on with a peer that does not react
//	then                                    stands between two expectations
//	alive                                   a ping shows that nothing else has come
//	close 1000                              ends politely
//	shut                                    sends FIN
//	reset                                   sends RST
//	repeat 100 ... done                     plays the indented lines so many times
//
// A frame is text, binary, cont, ping, pong, op3 to op7 or op11 to op15 with a
// payload; close with a code and a reason, or close raw with any body; or raw
// octets. Behind it stand its attributes: part, rsv1, rsv2, rsv3, masked,
// unmasked, key=37fa213d, len16, len64, length=N (which need not be true),
// chop=N, cut=A,B, first=N and deflate.
//
// A payload is quoted as in Go, "\xff" for octets that are no text; "ab"*3 is
// three times ab, fill("ab", 5) is ab repeated and cut to 5 octets, and
// random(1000, 1) is 1000 octets of the first random stream; + joins them.
//
// The edits of a request are method, target, proto, set, add, drop, octets,
// eol, reversed and raw; see Edit for the placeholders in them.
//
// An event is text, binary or pong with a payload, which stand for a whole
// message and a pong; close with codes, of which 1005 means none, or close any;
// end, which is the end of TCP; fail with codes; answer and refuse with a
// status, where 4xx is a whole class; maybe before an event that may be left
// out; wait; and anything.
package cases
