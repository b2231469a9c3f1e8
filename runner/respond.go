package runner

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// accept is the right opening handshake with the client that is tested.
func (p *player) accept(s cases.OpenStep) {
	if !p.await() {
		return
	}
	var edits []cases.Edit
	if s.Extensions != "" {
		if !p.asked.offers(deflateName) {
			p.skip("the client does not offer permessage-deflate")
			return
		}
		edits = append(edits, cases.Set("Sec-WebSocket-Extensions", p.asked.concede(s.Extensions)))
	}
	if s.Subprotocols != "" {
		edits = append(edits, cases.Set("Sec-WebSocket-Protocol", listElements([]string{s.Subprotocols})[0]))
	}
	r := cases.Respond(edits...)
	if a := judgeAnswer(wire.ParseHead(p.responses().build(r.Edits)), p.request); !a.open() {
		p.skip("what the client offers does not allow the answer: %s", a.faults[0].detail)
		return
	}
	p.respond(r)
}

// responses makes answers to the client's request.
func (p *player) responses() *requestBuilder {
	b := &requestBuilder{info: p.visit.info, chat: p.set.chat, superchat: p.set.superchat, answers: true}
	if page, ok := p.visit.client.(Pager); ok {
		b.origin = page.Origin()
	}
	b.split()
	if p.request != nil {
		b.key = strings.TrimSpace(p.request.Get("Sec-WebSocket-Key"))
	}
	return b
}

// respond answers the client's request as the case says, and reads frames from
// then on.
func (p *player) respond(r cases.Response) {
	if p.visit == nil {
		p.trouble("a server cannot be sent a response")
		return
	}
	if !p.await() {
		return
	}
	if early := p.early(); len(early) > 0 {
		p.spoiled(&breach{"6455-4.1-41", "it sends " + quote(early, uint64(len(early))) + " behind its opening handshake, before the answer"})
		return
	}
	head := p.responses().build(r.Edits)
	p.replied(head)
	o := octets{bytes: head, entries: []Entry{httpEntry(Sent, head, "answer")}}
	o.cut(0, r.Chop, r.Cuts)
	tail := p.encoder.frames(r.Tail)
	if len(r.Tail) > 0 {
		o.follow(tail)
		p.sending(r.Tail, tail)
	}
	p.readFrames()
	p.write(o)
}

// early is what has come behind the request before the first answer. Behind that,
// frames are read elsewhere.
func (p *player) early() []byte {
	if p.reply != nil {
		return nil
	}
	return p.conn.rd.Buffered()
}

// write sends what is no frame.
func (p *player) write(o octets) { p.conn.write(o, p.deadline) }

// refusal answers a request that cannot be accepted.
func (p *player) refusal() octets {
	raw := []byte("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
	return octets{bytes: raw, entries: []Entry{httpEntry(Sent, raw, "answer")}}
}

// replied notes what has been answered, as a client must read it.
func (p *player) replied(octets []byte) {
	p.answering = append(p.answering, octets...)
	var complete bool
	p.reply, complete = readReply(p.answering, p.request)
	p.partial = !complete
	p.opened = p.reply.open()
	if d := p.reply.agreedDeflate(); d != nil && p.asked.offers(deflateName) {
		p.agree(d)
	}
}

// readReply reads the final answer in what was sent, and reports whether it is
// complete: what is no HTTP at all is.
func readReply(octets []byte, request *wire.Head) (a *answer, complete bool) {
	rd := wire.NewReader(bytes.NewReader(octets))
	for {
		head, err := wire.ReadHead(rd, headLimit)
		if err != nil {
			foreign := errors.Is(err, wire.ErrNotHTTP) || errors.Is(err, wire.ErrHeadTooLong)
			return &answer{head: head, err: err.Error()}, foreign
		}
		if _, status, _, ok := head.StatusLine(); !ok || status/100 != 1 || status == 101 {
			return judgeAnswer(head, request), true
		}
	}
}

// readFrames begins to read frames. Behind an answer that opens nothing a client
// may send another request on the same connection (RFC 9112, section 9.3).
func (p *player) readFrames() {
	if p.framing {
		return
	}
	p.framing = true
	p.conn.asks = p.reply.status != 101
	p.conn.readFrames()
}

// hush waits behind a request that has not been answered: nothing may come.
func (p *player) hush(until time.Time) observation {
	p.conn.readUntil(until)
	b, err := p.conn.rd.Peek(1)
	switch {
	case len(b) > 0:
		early := slices.Clone(p.conn.rd.Buffered())
		p.log.add(Entry{Direction: Received, Kind: EntryOctets, Raw: cut(early, shownOctets), Size: len(early), Meaning: "octets before the answer"})
		return observation{kind: gotBreach, breach: &breach{"6455-4.1-41", "it sends " + quote(early, uint64(len(early))) + " before its opening handshake is answered"}}
	case errors.Is(err, io.EOF) || isReset(err):
		return p.conn.ended(err)
	}
	return observation{kind: gotDeadline, words: "nothing, and TCP stays open"}
}
