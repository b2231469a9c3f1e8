package runner

import (
	"time"

	"github.com/wsspec/wsspec/cases"
)

// An observation is something that the peer did, or time that ran out on it.
type observation struct {
	kind       observationKind
	at         time.Time    // when it came, of what went through a queue
	opcode     cases.Opcode // of a message
	payload    []byte       // of a message, ping or pong; the reason of a Close
	size       int          // octets of the payload, of which payload may hold fewer
	code       uint16       // of a Close frame; cases.NoCode for an empty one
	reset      bool         // the end of TCP was RST
	compressed bool         // a message that came with RSV1 of permessage-deflate
	answer     *answer      // an HTTP response
	breach     *breach      // a rule that the peer broke in passing
	request    *request     // an opening handshake of the client that is tested
	words      string       // what it is, where the kind does not say it
}

type observationKind byte

const (
	gotMessage    observationKind = iota
	gotPing                       // answered by the player and never matched
	gotPong                       //
	gotClose                      //
	gotCloseAgain                 // a Close frame behind the first, graded by the player and never matched
	gotEnd                        // the end of TCP
	gotAnswer                     // a final HTTP response, or something else in its place
	gotProbe                      // the pong to a ping that the player sent to see whether the peer carries on
	gotRequest                    // an opening handshake, of the client that is tested
	gotDeclined                   // that none will come
	gotDeadline                   // nothing came in time
	gotBreach                     // a rule broken in passing
	gotFlood                      // more than the player is willing to keep
)

// A breach is a rule that the peer broke, whatever the case is about.
type breach struct {
	requirement string
	detail      string
}

// whole reports whether all octets of the payload were kept.
func (o observation) whole() bool { return o.size == len(o.payload) }

// settles reports whether nothing can come after the observation.
func (o observation) settles() bool {
	return o.kind == gotEnd || o.kind == gotDeadline || o.kind == gotFlood || o.kind == gotDeclined
}
