package runner

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

const headLimit = 256 << 10 // octets of an HTTP header that the player reads

// dial connects to the target. A target that cannot be reached is no verdict.
func (p *player) dial() bool {
	nc, err := p.target.Dial(p.ctx)
	if err != nil {
		p.dead = err
		p.judge(cases.Errored, "")
		p.result.Reason = "cannot connect: " + err.Error()
		p.over = true
		return false
	}
	p.conn = newConn(nc, p.log)
	keep, total := expectedOctets(p.script.Steps)
	p.conn.queue.limit = 2*total + 4<<20
	p.conn.obs = &observer{fromClient: p.target == nil, keep: max(keep, 64<<10)}
	return true
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
					if f, ok := e.(cases.Frame); ok {
						add(f.Payload.Len(), f.Payload.Len())
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
	info := p.target.Request()
	host, port, err := net.SplitHostPort(info.Host)
	if err != nil {
		host, port = info.Host, info.Port
	}
	return &requestBuilder{
		info: info, hostname: host, port: port,
		key:  base64.StdEncoding.EncodeToString(nonce[:]),
		chat: p.set.chat, superchat: p.set.superchat,
	}
}

// open is the right opening handshake in front of what the case is about.
func (p *player) open(s cases.OpenStep) {
	if p.target == nil {
		p.accept()
		return
	}
	if !p.dial() {
		return
	}
	b := p.builder()
	b.extensions, b.subs = s.Extensions, s.Subprotocols
	p.sendOctets(octets{bytes: b.build(nil)})
	o := p.next(p.deadline)
	switch {
	case o.kind != gotAnswer:
		p.skip("the opening handshake failed: %s", gotWords([]observation{o}, false))
	case o.answer.status == 101 && !o.answer.open() && s.Extensions != "":
		p.lose("HTTP 101 with a legal answer to the offer", []observation{o})
		p.blameAnswer()
	case !o.answer.open():
		p.skip("the opening handshake failed: %s", o.answer.words())
	case s.Extensions != "" && p.answer.agreedDeflate() == nil:
		p.skip("the server declined %q", s.Extensions)
	}
}

// sendRequest sends a request of the case's own; an expectation takes its answer.
func (p *player) sendRequest(r cases.Request) {
	if p.conn == nil && !p.dial() {
		return
	}
	b := p.builder()
	p.expand = b.expand
	o := octets{bytes: b.build(r.Edits)}
	o.cut(0, r.Chop, r.Cuts)
	headLen := len(o.bytes)
	if len(r.Tail) > 0 {
		tail := p.encoder.frames(r.Tail)
		for _, at := range tail.cuts {
			o.cuts = append(o.cuts, headLen+at)
		}
		o.bytes, o.entries = append(o.bytes, tail.bytes...), tail.entries
		p.partial = tail.partial
	}
	p.sendOctets(o)
}

// sendOctets sends a request. It is written beside reading, since a server may
// refuse a large one before it has read all of it.
func (p *player) sendOctets(o octets) {
	tail := 0
	for _, e := range o.entries {
		tail += e.Size
	}
	raw := o.bytes[:len(o.bytes)-tail]
	p.log.add(Entry{Direction: Sent, Kind: EntryHTTP, Raw: cut(raw, shownHead), Size: len(raw), Meaning: "opening handshake"})
	p.request = wire.ParseHead(raw)
	p.awaiting, p.answer = true, nil
	p.requesting.Go(func() { p.conn.write(o, p.deadline) })
}

// readAnswer reads the final response to a request.
func (p *player) readAnswer(until time.Time) observation {
	stop := p.interruptReads()
	defer stop()
	p.conn.nc.SetReadDeadline(until)
	for {
		head, err := wire.ReadHead(p.conn.rd, headLimit)
		if o, done := p.readTrouble(head, err); done {
			return o
		}
		p.log.add(Entry{Direction: Received, Kind: EntryHTTP, Raw: cut(head.Raw, shownHead), Size: len(head.Raw), Meaning: head.StartLine})
		if _, status, _, ok := head.StatusLine(); ok && status >= 100 && status < 200 && status != 101 {
			continue // interim
		}
		p.awaiting = false
		p.answer = judgeAnswer(head, p.request)
		p.afterAnswer()
		return observation{kind: gotAnswer, answer: p.answer}
	}
}

// interruptReads makes a read end when the run is stopped.
func (p *player) interruptReads() (stop func()) {
	done := make(chan struct{})
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		select {
		case <-p.ctx.Done():
			p.conn.nc.SetReadDeadline(time.Unix(1, 0))
		case <-done:
		}
	}()
	return func() { close(done); <-finished }
}

// readTrouble makes an observation of a response that could not be read.
func (p *player) readTrouble(head *wire.Head, err error) (o observation, done bool) {
	if err == nil {
		return o, false
	}
	if len(head.Raw) > 0 {
		p.log.add(Entry{Direction: Received, Kind: EntryOctets, Raw: cut(head.Raw, shownHead), Size: len(head.Raw), Meaning: "no complete HTTP response"})
	}
	var timeout net.Error
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		p.log.note("no complete HTTP response in time")
		return observation{kind: gotDeadline}, true
	case errors.Is(err, wire.ErrNotHTTP), errors.Is(err, wire.ErrHeadTooLong):
		p.awaiting = false
		p.answer = &answer{head: head, err: strings.TrimPrefix(err.Error(), "read HTTP head: ")}
		return observation{kind: gotAnswer, answer: p.answer}, true
	case errors.Is(err, io.ErrUnexpectedEOF):
		p.awaiting = false
		p.answer = &answer{head: head, err: fmt.Sprintf("an HTTP header that ends after %d octets", len(head.Raw))}
		p.conn.ended(io.EOF)
		return observation{kind: gotAnswer, answer: p.answer}, true
	}
	p.awaiting = false
	return p.conn.ended(err), true
}

// afterAnswer goes over to frames, or notes what came behind a refusal.
func (p *player) afterAnswer() {
	if p.answer.open() {
		p.opened = true
		p.agree(p.answer.agreedDeflate())
		p.conn.readFrames(p.conn.obs)
		return
	}
	if rest := p.conn.rd.Buffered(); len(rest) > 0 {
		p.log.add(Entry{Direction: Received, Kind: EntryOctets, Raw: cut(rest, 8*shownOctets), Size: len(rest), Meaning: "octets behind the header"})
	}
}

// agree sets up permessage-deflate as the server agreed to it.
func (p *player) agree(d *deflateParams) {
	if d == nil {
		return
	}
	p.conn.obs.inflater = &wire.Inflater{WindowBits: d.serverBits}
	p.conn.obs.noTakeover = d.serverNoTakeover
	p.encoder.compressor = &wire.Compressor{WindowBits: d.clientBits, NoContextTakeover: d.clientNoTakeover}
}

// reusable reports whether another request can go out on the connection: the
// server refused one, and left the connection open.
func (p *player) reusable() bool {
	if p.result.Verdict >= cases.Failed || p.answer == nil || p.answer.status == 101 || p.ended || p.answer.head.Has("Connection") &&
		wire.EqualFold(p.answer.head.Get("Connection"), "close") {
		return false
	}
	p.conn.nc.SetReadDeadline(p.deadline)
	_, err := wire.ReadBody(p.conn.rd, p.answer.head, headLimit)
	return err == nil && p.answer.head.BodyFraming() != wire.ToStreamEnd
}
