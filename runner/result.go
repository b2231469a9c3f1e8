package runner

import (
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/seen"
)

// A Result is the outcome of one case.
type Result struct {
	// Case is what was played: its Steps are those, and it has no Quick ones.
	Case cases.Case
	// Quick reports whether that was with less data than the case has in full.
	Quick   bool
	Verdict cases.Verdict
	// Requirement is the id that the verdict rests on: the first of the case's,
	// or the one that the peer broke in passing. Empty when nothing was judged.
	Requirement string
	// Expected and Got tell in words what should have come and what came instead.
	// They are empty for a pass.
	Expected, Got string
	// Reason says why a case was skipped, could not be played, or has its verdict
	// where Expected and Got do not say it.
	Reason string
	// Explanation is plain words for the author of the peer: what is wrong, what
	// it leads to, and what usually causes it. One paragraph each.
	Explanation []string
	// Close tells how the connection ended: the second axis.
	Close CloseOutcome
	// Duration is the time from the start of the case to its verdict.
	Duration time.Duration
	// Transcript is what went over the wire. A case on several connections keeps
	// that of the connection that decided.
	Transcript Transcript
	// Seen is what a page saw of the connection, when the client is a browser; nil for
	// others.
	Seen *seen.Connection
}

// CloseOutcome tells how a connection ended.
type CloseOutcome struct {
	// Opened reports whether the opening handshake succeeded.
	Opened bool
	// Clean reports whether both sides sent a Close frame.
	Clean bool
	// Code is the status code in the peer's Close frame, 1005 when it had none,
	// and 0 when no Close frame came.
	Code uint16
	// First is the side that sent the first Close frame.
	First Side
	// Dropped is the side that ended TCP first.
	Dropped Side
	// Reset reports whether the peer ended TCP with RST.
	Reset bool
}

// Side is one of the two ends of a conversation.
type Side byte

// The sides.
const (
	Nobody Side = iota
	Ours        // the player
	Peer        // who is tested
)

func (s Side) String() string { return [...]string{"nobody", "wsspec", "peer"}[min(s, Peer)] }

// A Transcript is the log of one conversation.
type Transcript struct {
	Entries []Entry
	// Omitted is the number of entries left out when there were too many.
	Omitted int
}

// An Entry is one line of a transcript.
type Entry struct {
	At        time.Duration // since the case began
	Direction Direction
	// Kind is what the entry shows.
	Kind EntryKind
	// Raw are the octets on the wire, cut to what is worth showing: header and
	// beginning of the payload as they are on the wire, that is masked.
	Raw []byte
	// Size is the number of octets on the wire, of which Raw may show fewer.
	Size int
	// HeaderLen is how many octets of Raw are the frame header; 0 for other kinds.
	HeaderLen int
	// Meaning is what the octets say, for people. Whatever a peer sent is quoted.
	Meaning string
}

// Direction is where the octets of an entry went.
type Direction byte

// The directions, with their signs in print.
const (
	Sent     Direction = '>'
	Received Direction = '<'
	Remark   Direction = '#'
)

// EntryKind is the kind of an entry.
type EntryKind byte

// The kinds.
const (
	EntryNote   EntryKind = iota // a remark of the player
	EntryHTTP                    // a request or response of the opening handshake
	EntryFrame                   // a frame
	EntryOctets                  // octets that are no frame
	EntryEnd                     // the end of TCP, or of one direction
)
