package cases

import (
	"slices"
	"time"
)

// A Case is the script of one conversation and what it proves.
type Case struct {
	// ID is a stable path that names the fault or the behaviour, such as
	// "close/code-1005-on-the-wire". It is lower case, of letters, digits,
	// dots and hyphens, with slashes between its parts.
	ID string
	// Title is the rule in one sentence, in lower case and without a full stop,
	// as a person would say it: "a masked frame with a key of zeros is accepted".
	Title string
	// Refs are the ids of the requirements that the case proves. The first gives
	// the section that the case stands under, and its level unless Level is set.
	Refs []string
	// Level is how strongly the standard asks for what the case judges; the zero
	// value takes the level of the first requirement.
	Level Level
	// Subject is who is tested: a server, a client, or either.
	Subject Subject
	// Needs are the features without which the case cannot be played.
	Needs []Feature
	// Weight says whether the case may share the machine with others.
	Weight Weight
	// Timeout is the case's own budget; zero takes that of the run.
	Timeout time.Duration
	// Connections is how many connections play the script side by side; zero
	// means one. The worst verdict counts.
	Connections int
	// Alias are other names of the case: "autobahn:5.6", or ids it had before.
	Alias []string
	// Note tells what a reader of a verdict must know: why the rule is read so,
	// or where Autobahn's own case differs and why.
	Note string
	// Page is what a web page does meanwhile; only a case for pages has it. The page
	// opens the connection by Construct, or none, when the case has no Steps.
	Page []PageStep
	// Steps are the conversation. Unless they begin with Open or Request, a
	// plain opening handshake comes first. A case that needs Session has none.
	Steps []Step
	// Quick are played instead of Steps unless the run is a full one: the same
	// rule, proved with less data and in the time that other cases have. Nil: Steps
	// are played always.
	Quick []Step
}

// Played is the case as a run plays it: with Steps, or unless the run is full,
// with Quick in their place.
func (c Case) Played(full bool) Case {
	if c.Quick != nil && !full {
		c.Steps, c.Timeout = c.Quick, 0
	}
	c.Quick = nil
	return c
}

// Subject is the side that a case tests.
type Subject byte

// The subjects. Most cases of framing, control frames and closing are for Both. A
// Page is one in a browser: a client that also plays Case.Page.
const (
	Both Subject = iota
	Server
	Client
	Page
)

// Includes reports whether a case for s can test the given side. A page plays all
// cases for clients as well.
func (s Subject) Includes(side Subject) bool {
	return s == Both || s == side || s == Client && side == Page
}

// Weight tells how much of the machine a case takes.
type Weight byte

// Light cases run side by side; of Heavy ones no more than there are processors.
const (
	Light Weight = iota
	Heavy
)

// A Feature is something that the peer must have for a case to be played. A
// case whose feature is missing is skipped, with the feature as the reason.
type Feature string

// The features.
const (
	// Echo: the peer sends every message back, with its type.
	Echo Feature = "echo"
	// Deflate: the server agrees to permessage-deflate when it is offered; the
	// client offers it.
	Deflate Feature = "deflate"
	// WindowBits: the server agrees to a server_max_window_bits below 15; the
	// client offers client_max_window_bits.
	WindowBits Feature = "window-bits"
	// Subprotocol: the server supports the subprotocols that the run knows by
	// the placeholders {chat} and {superchat}; the client offers both.
	Subprotocol Feature = "subprotocol"
	// Dialing: the run can tell the client which URL to open and what to offer.
	Dialing Feature = "dial"
	// Session: the case has no steps. It judges, by its requirements, what a
	// client has sent on all connections of a run.
	Session Feature = "session"
	// Patience: not the peer but the run has it. The case waits for a timer of
	// the peer's.
	Patience Feature = "patience"
)

// RequiresOpen reports whether the steps need an opening handshake that succeeds
// before anything is judged, so that a peer with a broken opening handshake is
// not blamed once more for it.
func (c *Case) RequiresOpen() bool {
	if len(c.Steps) == 0 {
		return !slices.Contains(c.Needs, Session) && c.Page == nil
	}
	switch leader(c.Steps).(type) {
	case Request, Response, DialStep:
		return false
	}
	return true
}

// Connects is the number of connections that the case is played on.
func (c *Case) Connects() int { return max(1, c.Connections) }

// EffectiveLevel is the level that the case judges by.
func (c *Case) EffectiveLevel() Level {
	if c.Level != Unset || len(c.Refs) == 0 {
		return c.Level
	}
	r, _ := FindRequirement(c.Refs[0])
	return r.Level
}
