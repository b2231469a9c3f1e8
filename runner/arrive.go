package runner

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// invite calls the client that is tested.
func (p *player) invite(call Call) {
	p.awaiting = true
	b := p.responses()
	p.expand = b.expand
	if p.visit.failed != nil {
		p.dead = p.visit.failed
		p.trouble("cannot listen: %v", p.dead)
		return
	}
	call.Page = expandPage(p.script.Page, p.expand)
	p.visit.begin(p.ctx, call)
}

// dialStep asks the client to open what the case says.
func (p *player) dialStep(s cases.DialStep) {
	switch {
	case p.visit == nil:
		p.trouble("a server cannot be asked to open a connection")
		return
	case p.visit.client == nil:
		p.skip("the client cannot be told what to open")
		return
	}
	if why := p.host.unsteered(s); why != "" {
		p.skip("%s", why)
		return
	}
	p.dialled = s != cases.DialStep{}
	call, expand := p.visit.call, p.responses().expand
	if s.URL != "" {
		call.URL = expand(s.URL)
	}
	if s.Protocols != "" {
		call.Subprotocols = listElements([]string{expand(s.Protocols)})
	}
	if s.Offer != "" {
		call.Extensions, p.dictated = s.Offer, s.Offer
	}
	p.invite(call)
}

// readRequest waits for the client's connection and reads its request.
func (p *player) readRequest(until time.Time) observation {
	if p.conn == nil {
		nc, err := p.visit.arrive(p.ctx, until)
		switch {
		case errors.Is(err, ErrUnable):
			p.skip("%v", p.visit.err)
			return p.declined(words(err))
		case errors.Is(err, errGone):
			p.missed = err
			return p.declined(words(err))
		case err != nil:
			p.dead = err
			p.trouble("%v", err)
			return p.declined(words(err))
		case nc == nil:
			return observation{kind: gotDeadline, words: "no connection in time"}
		}
		p.connect(nc)
		p.conn.unread(p.visit.read)
		until = p.grant(until)
	}
	p.conn.readUntil(until)
	head, err := wire.ReadHead(p.conn.rd, headLimit)
	if err != nil {
		return p.noRequest(head, err)
	}
	p.log.add(httpEntry(Received, head.Raw, head.StartLine))
	return p.requested(judgeRequest(head))
}

// grant gives a case its budget anew when the client has come, which may have
// had to be started for it.
func (p *player) grant(until time.Time) time.Time {
	late := time.Since(p.log.began)
	p.deadline = p.deadline.Add(late)
	return until.Add(late)
}

func (p *player) requested(r *request) observation {
	p.awaiting, p.asked, p.request = false, r, r.head
	if p.set.session != nil {
		if !p.dialled { // the case judges what it asked for
			p.set.session.request(r)
		}
		r.faults = slices.DeleteFunc(slices.Clone(r.faults), p.isUsual)
	}
	return observation{kind: gotRequest, request: r}
}

// isUsual reports whether the session tells the fault, so that the case, which is
// not about it, need not.
func (p *player) isUsual(f breach) bool {
	return slices.Contains(p.set.usual, f.requirement) && !p.isAbout(f.requirement)
}

func (p *player) declined(why string) observation {
	p.awaiting = false
	return observation{kind: gotDeclined, words: why}
}

// noRequest makes an observation of a request that could not be read.
func (p *player) noRequest(head *wire.Head, err error) observation {
	raw := head.Raw
	if len(raw) > 0 {
		p.log.add(Entry{Direction: Received, Kind: EntryOctets, Raw: cut(raw, shownHead), Size: len(raw), Meaning: "no complete HTTP message"})
	}
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		p.conn.unread(raw)
		return observation{kind: gotDeadline, words: "no complete opening handshake in time"}
	case len(raw) == 0:
		return p.declined(observationWords(p.conn.ended(err), false, false))
	}
	detail := strings.TrimPrefix(err.Error(), "read HTTP head: ")
	if errors.Is(err, io.ErrUnexpectedEOF) {
		detail = fmt.Sprintf("an HTTP header that ends after %d octets", len(raw))
	}
	return p.requested(&request{head: head, faults: []breach{{"6455-4.1-18", detail}}, broken: true})
}

// words is an error of whatever length in one line.
func words(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return visible(line)
}

// await makes sure that the client's request is there and can be answered.
func (p *player) await() bool {
	if p.asked == nil && !p.awaiting && p.conn == nil {
		p.invite(p.visit.call)
	}
	for p.asked == nil && !p.over {
		o, on := p.next(p.deadline)
		switch {
		case !on:
			return false
		case o.kind == gotDeclined && p.dictated != "":
			p.skip("the client does not offer %s as it is told to, but refuses", quoteText(p.dictated))
		case o.kind == gotDeclined, o.kind == gotDeadline:
			p.absent(o)
		}
	}
	return !p.over && p.answerable() && p.obeyed()
}

// absent ends the case because the client sent no request, which is no breach of
// a rule but trouble with the client.
func (p *player) absent(o observation) {
	if p.missed != nil && !errors.Is(p.missed, errPanic) {
		p.dead = fmt.Errorf("the client makes %s", o.words)
	}
	p.trouble("the client sent no opening handshake: %s", o.words)
}

// answerable reports whether the request can be answered as the case wants to.
// What else is wrong with it is told once for the whole session, where there is
// one.
func (p *player) answerable() bool {
	r := p.asked
	if len(r.faults) == 0 || p.reply != nil || !r.broken && p.set.session != nil && !p.isAbout(r.faults[0].requirement) {
		return true
	}
	p.write(p.refusal())
	p.blame(&r.faults[0])
	return false
}

// blame ends the case because the request is not what a client must send.
func (p *player) blame(fault *breach) {
	if p.brokenAnyway([]breach{*fault}) {
		p.skip("the opening handshake is broken: %s", fault.detail)
		return
	}
	p.judge(cases.Failed, fault.requirement)
	p.result.Expected, p.result.Got = "an opening handshake as RFC 6455 4.1 describes it", fault.detail
	p.over = true
}
