package runner

import (
	"context"
	"encoding/base64"
	"net"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// dial connects to the target. A target that cannot be reached is no verdict.
func (p *player) dial() bool {
	ctx, cancel := context.WithDeadline(p.ctx, p.deadline)
	defer cancel()
	nc, err := p.target.Dial(ctx)
	switch {
	case err == nil:
		p.connect(nc)
		return true
	case p.stopped():
	default:
		p.dead = err
		p.trouble("cannot connect: %v", err)
	}
	return false
}

// queueOctets is how much of what nobody expects the player keeps, for all
// connections of a case.
const queueOctets = 4 << 20

// leastKept is how much of a message is kept, even of one that nobody expects.
const leastKept = 64 << 10

// connect takes a connection, and bounds what is kept of what comes on it.
func (p *player) connect(nc net.Conn) {
	p.conn = newConn(p.ctx, nc, p.log)
	largest, total := expectedOctets(p.script.Steps)
	share := p.script.Connects()
	if p.set.talks {
		share = visitorsShare
	}
	p.conn.queue.limit = 2*total + max(leastKept, queueOctets/share)
	p.conn.obs = &observer{fromClient: p.visit != nil, keep: max(largest, leastKept), spares: &p.set.spares}
}

// expectedOctets is the size of the largest message that the steps expect, and
// of all of them together.
func expectedOctets(steps []cases.Step) (largest, total int) {
	add := func(n, all int) { largest, total = max(largest, n), total+all }
	for _, s := range steps {
		switch s := s.(type) {
		case cases.RepeatStep:
			add(expectedOctets(s.Steps))
		case cases.Expectation:
			for _, a := range s.Alternatives {
				for _, e := range a.Events {
					if m, ok := e.(cases.MaybeEvent); ok {
						e = m.Event
					}
					switch e := e.(type) {
					case cases.Frame:
						add(e.Payload.Len(), e.Payload.Len())
					case cases.MessageEvent:
						add(anyOctets, anyOctets)
					}
				}
			}
		}
	}
	return largest, total
}

// builder makes requests for this connection, with a fresh key.
func (p *player) builder() *requestBuilder {
	var nonce [16]byte
	for i := range nonce {
		nonce[i] = byte(p.random.Uint32())
	}
	b := &requestBuilder{
		info: p.target.Request(), key: base64.StdEncoding.EncodeToString(nonce[:]),
		chat: p.set.chat, superchat: p.set.superchat,
	}
	b.split()
	return b
}

// open is the right opening handshake in front of what the case is about.
func (p *player) open(s cases.OpenStep) {
	switch {
	case p.conn != nil:
		p.trouble("the case opens a connection that is open")
		return
	case p.visit != nil:
		p.accept(s)
		return
	case !p.dial():
		return
	}
	b := p.builder()
	b.extensions, b.subs = s.Extensions, s.Subprotocols
	p.sendHead(b.build(nil), cases.Request{})
	o, on := p.next(p.deadline)
	switch {
	case !on:
	case o.kind == gotAnswer && o.answer.status == 101 && !o.answer.open() && s.Extensions != "":
		p.lose("HTTP 101 with a legal answer to the offer", []observation{o})
		p.blameAnswer()
	case o.kind != gotAnswer || !o.answer.open():
		p.notOpened(gotWords([]observation{o}, false))
	case s.Extensions != "" && p.answer.agreedDeflate() == nil:
		p.skip("the server declined %q", s.Extensions)
	}
}

// notOpened ends the case where a plain opening handshake did not succeed: the
// case cannot be played to such a server, and one that could do it before is in
// trouble.
func (p *player) notOpened(what string) {
	if p.set.opens {
		p.trouble("the opening handshake failed, and had succeeded before: %s", what)
		return
	}
	p.skip("the opening handshake failed: %s", what)
}

// sendRequest sends a request of the case's own; an expectation takes its answer.
func (p *player) sendRequest(r cases.Request) {
	if p.visit != nil {
		p.trouble("a client cannot be sent a request")
		return
	}
	if p.conn == nil && !p.dial() {
		return
	}
	b := p.builder()
	p.expand = b.expand
	p.sendHead(b.build(r.Edits), r)
}

// sendHead sends a request with what follows it. It is written beside reading,
// since a server may refuse a large one before it has read all of it.
func (p *player) sendHead(head []byte, r cases.Request) {
	o := octets{bytes: head, entries: []Entry{httpEntry(Sent, head, "opening handshake")}}
	o.cut(0, r.Chop, r.Cuts)
	tail := p.encoder.frames(r.Tail)
	o.follow(tail)
	p.sending(r.Tail, tail)
	p.request, p.awaiting, p.answer, p.refused = wire.ParseHead(head), true, nil, false
	deadline := p.deadline
	p.requesting.Go(func() { p.conn.write(o, deadline) })
}
