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
//	quick                                   behind all steps: those that follow replace them
//
// Where a client is tested, the player is the server:
//
//	dial "ws://{host}/a?b"                  the client is asked to open this, and may be asked to
//	                                        offer subprotocols "..." and extensions "..."
//	< request "/a?b" has "Origin"           its opening handshake, right in every respect
//	< declined                              or it opens nothing
//	> answer set "Upgrade" "h2c"            an answer of the case's own, with + lines like a request
//	< refuse                                the client ends TCP over it and sends no frame
//	open extensions "permessage-deflate"    a right answer that agrees to this
//	> echo                                  the message that came last, sent back
//	pause 500ms                             lets time pass
//	loop ... done                           plays the indented lines until the client goes
//
// A frame is text, binary, cont, ping, pong, op3 to op7 or op11 to op15 with a
// payload; close with a code and a reason, or close raw with any body; raw octets;
// or echo. Behind it stand its attributes: part, rsv1, rsv2, rsv3, masked,
// unmasked, key=37fa213d, len16, len64, length=N (which need not be true),
// chop=N, cut=A,B, first=N, fragments=N and deflate.
//
// Where a page in a browser is tested (subject page), lines with @ in front are what
// the page does, in their order, beside the wire; see PageStep:
//
//	@ in frame                              or sealed, secure, worker: where the steps run
//	@ new                                   the constructor; also new "ws://{host}/" list "chat"
//	@ send "text"                           or buffer "...", blob "...", view "..."
//	@ close 999 throws InvalidAccessError   each call may throw what stands there
//	@ set binaryType "arraybuffer"          sets an attribute
//	@ is readyState 1 or lax 0              reads one, of the object or the last event
//	@ until readyState 2                    waits for it without an event
//	@ wait open                             the next event; those behind it run in its handler
//	@ maybe error                           the next event, if it is this one
//	@ event 3000 "why" true                 makes a CloseEvent to read
//	@ pause 200                             so many milliseconds, in which no event may come
//	@ forget                                drops the object; collect collects garbage
//	@ leave                                 the frame or the worker goes away
//
// A payload is quoted as in Go, "\xff" for octets that are no text; "ab"*3 is
// three times ab, fill("ab", 5) is ab repeated and cut to 5 octets, random(1000,
// 1) is 1000 octets of the first random stream, and corpus(json, 4096) is the
// next 4096 octets of a corpus: json, bitmap, prose, html or document; + joins
// them.
//
// The edits of a request are method, target, proto, set, add, drop, octets,
// eol, reversed and raw; an answer has status in place of method and target. See
// Edit for the placeholders in them.
//
// An event is text, binary or pong with a payload, which stand for a whole
// message and a pong; text any, binary any, and message for a message of either
// type, whatever its payload; close with codes, of which 1005 means none, or close any;
// end, which is the end of TCP; fail with codes; answer and refuse with a
// status, where 4xx is a whole class; request and declined; maybe before an
// event that may be left out; wait; and anything. What an answer or a request
// must hold stands behind it: with an element of a field's list, equal to a
// field's value, without a field, or has a field.
//
// The features that a case needs are echo, deflate, window-bits, subprotocol,
// dial, session and patience; see Feature. A case is skipped, with the reason,
// when the peer has not got one.
//
// # Full, quick and patient runs
//
// Some cases of Autobahn|Testsuite send the same again and again: a thousand
// messages, or 16 MiB in pieces of 64 octets. Whether a rule is kept shows with
// much less, so such a case has quick steps, which prove the same: by the border
// values, by the rounds after which a window is full, by a size above every
// buffer. A run plays those unless --full (runner.Options.Full) asks for the
// steps as they are, which send as much as Autobahn does and take minutes. A case
// without quick steps is played the same in every run. The summary says how many
// were quick, and each result shows the steps that were played.
//
// A few cases need patience: they can only wait for a timer of the peer's, such as
// the one after which it gives up an opening handshake that never ends. Those are
// left out, and counted, unless --patient (runner.Options.Patient) plays them.
// The budget of such a case is its own timeout.
//
// # Cases of your own
//
// wsspec test, list and show take files of cases with --cases: a file, or a folder
// with all files *.ws in it and below it. Without a pattern, they alone are taken;
// patterns select from them and from the catalogue, so that '**' is both. A case
// with the id of one of the catalogue stands in for that: wsspec show
// fragment/ping-between > my.ws is a good beginning. A case of your own needs
// neither a title nor refs; with refs it is judged by the level of the first, and
// stands under its section. All faults of all files are told with file, line and
// column before anything is played. Load does all this in Go.
//
// An example. The file my.ws says that a ping without a mask must not be answered:
//
//	case own/unmasked-ping
//	title "a ping without a mask is refused"
//	refs 6455-5.1-2
//	> ping "x" unmasked
//	< fail 1002
//
// The player opens a connection, since the case does not begin with a request, and
// sends the ping. It then expects the peer to fail the connection: a Close frame
// with the code 1002, and the end of TCP. A server that does not look at masks
// answers the ping instead:
//
//	$ wsspec test ws://127.0.0.1:9001/ --cases my.ws
//	...
//	FAIL  own/unmasked-ping                    RFC 6455 5.1     MUST                         0.001 s
//	      A ping without a mask is refused.
//	      expected  close 1002, then end of TCP (lax: end of TCP without a close frame)
//	      got       pong "x"
//	      wire      (the opening handshake, octet for octet, and then)
//	                  +0.4 ms > 89 01 78                               ping "x"
//	                  +0.5 ms < 8a 01 78                               pong "x"
//	      ...
//	      again     wsspec test ws://127.0.0.1:9001/ own/unmasked-ping --seed 1 --cases my.ws
//
// "expected" is the script in words, "got" what came instead, and "wire" every
// frame in both directions: header, masking key and payload in hexadecimal, and
// what they mean. "again" repeats this one case octet for octet. A server that ends
// TCP without a Close frame gets lax, which is no failure unless the run is
// --strict; to take another course of events as right, add it as an alternative,
// such as "| pass close 1008; end".
//
// # Scripts of a server
//
// wsspec serve --handlers DIR plays a script to each client that opens its path. The
// script of /example/chat is the file DIR/example/chat.ws, and index.ws is that of its
// folder. It is a case that tests a client, and may leave out what it does not need:
// the line "case", a title, refs and the subject. A line "alias /chat /Rooms/1" gives
// it further paths. LoadScripts does this in Go. For example:
//
//	title "greets, and sends every message back"
//	alias /chat
//	> text "hello"
//	loop
//	  < message
//	  > echo
//	done
//
// A loop is the last step. It ends when the client closes the connection, which is
// right wherever something is expected in it, when the client ends TCP, or when the
// time of the visit is up: the script's own timeout, or --visit-timeout. In front of an
// answer to the opening handshake a pause makes the client wait for that; elsewhere
// what comes in a pause is there for the next expectation. An echo is the last message
// that an expectation has taken, whatever its type, with the attributes that stand
// behind it: "> echo fragments=2". Messages of more than 1 MiB are not sent back, but
// refused with 1009.
//
// Some scripts that servers for tests are wanted for:
//
//	> answer set "Set-Cookie" "a=b"              header fields, and what else an answer may have
//	open subprotocols "chat"                     a subprotocol, if the client offers it
//	> answer raw "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
//	> text "half" length=1000                    a frame that never ends
//	< text "secret"                              a client that says something else gets a
//	                                             Close frame with 1008 and what was expected
//	< fail 1002                                  it must fail the connection
package cases
