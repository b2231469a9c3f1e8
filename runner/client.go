package runner

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"

	"github.com/wsspec/wsspec/cases"
)

// A Client is a client to test. Connect may be called for several connections
// at a time.
type Client interface {
	// String names the client for people.
	String() string
	// Connect opens the URL of the call, echoes every message with its type until
	// the connection ends, and returns. A client that refuses the URL returns
	// without connecting. The error is for people and decides nothing, except that
	// ErrUnable, without a connection, has a case skipped. One with a method Lines()
	// []string has these told with each result that is not a pass; what one with a method
	// Saw() *seen.Connection gives is kept with every result. When the context
	// ends, the connection is of no more use.
	Connect(ctx context.Context, call Call) error
}

// ErrUnable is the error of Connect for a call that the client has no means to
// make, as opposed to one that it refuses.
var ErrUnable = errors.New("the client has no means to make the call")

// ErrDisturbed is the error of Connect for a connection that something else than the
// case may have disturbed, as when the client had to be started again because of
// another one. What has become of it says nothing: its case is played once more, alone.
var ErrDisturbed = errors.New("the connection was disturbed by another one")

// A Call is what a client is asked to open. One that cannot choose what it
// offers may ignore all but the URL: a run finds out.
type Call struct {
	// URL is the address, another one for each case.
	URL string
	// Subprotocols are to be offered, in this order; nil: as the client likes.
	Subprotocols []string
	// Extensions is the value of Sec-WebSocket-Extensions to offer; empty: as the
	// client likes.
	Extensions string
	// Page are the steps that a page is to make; nil: it echoes, as any client.
	Page []cases.PageStep
	// Heavy tells that the connection carries much data, so that a client that keeps
	// a record of it may keep a shorter one.
	Heavy bool
}

// RunClient plays the cases against a client; those for servers alone are left
// out. For each connection it listens on a loopback port of its own, and calls
// Connect with the URL. It returns an error, ErrUnreachable, only when the client
// makes no connection at all; a run that was cut short has its reason in
// Report.Trouble.
//
// What the client chose at random on all connections of the run is judged at its
// end, by the cases that need cases.Session.
func RunClient(ctx context.Context, client Client, list []cases.Case, o Options) (*Report, error) {
	o = o.withDefaults()
	r := &run{options: o, set: o.settings()}
	r.set.session = &session{}
	h := &host{run: r, client: client}
	r.play = h.play
	return r.report(ctx, client.String(), casesFor(client, list), h.learn)
}

// casesFor are the cases that can test the client.
func casesFor(client Client, list []cases.Case) []cases.Case {
	if _, is := client.(Pager); is {
		return ForPages(list)
	}
	return ForClients(list)
}

// ForClients are the cases that can test a client which is no page.
func ForClients(list []cases.Case) []cases.Case { return forSubject(list, cases.Client) }

// ForPages are the cases that can test a page: those for clients, and its own.
func ForPages(list []cases.Case) []cases.Case { return forSubject(list, cases.Page) }

func forSubject(list []cases.Case, s cases.Subject) []cases.Case {
	return slices.DeleteFunc(slices.Clone(list), func(c cases.Case) bool { return !c.Subject.Includes(s) })
}

// A host lets a client come for each case of a run.
type host struct {
	run    *run
	client Client
	// what the client offers when it is asked to, and not by itself
	extensions   string
	subprotocols []string
	steered      bool // it offers the subprotocols that it is told to

	visits atomic.Uint32 // so far
}

// nextHost is the address that the next visit is to. A case that has words of its own
// for the URL may call it localhost.
func (h *host) nextHost(c *cases.Case) string {
	hosts := h.run.options.Hosts
	if len(hosts) == 0 || needsOne(c, cases.Dialing) {
		return ""
	}
	return hosts[int(h.visits.Add(1)-1)%len(hosts)]
}

// play plays the server's side of a case, on as many connections as it asks for.
// The error is that of a client which makes none, or ErrDisturbed.
func (h *host) play(ctx context.Context, c *cases.Case) (Result, error) {
	if slices.Contains(c.Needs, cases.Session) {
		return h.run.set.session.judge(c), nil
	}
	var visits []*visit
	result, err := playEach(ctx, h.run.set, c, func(p *player) {
		h.seat(p)
		visits = append(visits, p.visit)
	})
	if slices.ContainsFunc(visits, (*visit).disturbed) {
		return result, ErrDisturbed
	}
	return result, err
}

// seat lets the client come to a player.
func (h *host) seat(p *player) {
	p.host = h
	p.visit = newVisit(h.client, h.nextHost(p.script), p.script.ID)
	p.visit.call.Heavy = p.script.Weight == cases.Heavy
	if needsOne(p.script, cases.Deflate, cases.WindowBits) {
		p.visit.call.Extensions = h.extensions
	}
	if needsOne(p.script, cases.Subprotocol) {
		p.visit.call.Subprotocols = h.subprotocols
	}
}

func needsOne(c *cases.Case, features ...cases.Feature) bool {
	return slices.ContainsFunc(features, func(f cases.Feature) bool { return slices.Contains(c.Needs, f) })
}
