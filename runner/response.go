package runner

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/wsspec/wsspec/runner/wire"
)

const headLimit = 64 << 10 // octets of an HTTP header that the player reads, and of a body

// readAnswer reads the final response to a request.
func (p *player) readAnswer(until time.Time) observation {
	p.conn.readUntil(until)
	for {
		head, err := wire.ReadHead(p.conn.rd, headLimit)
		if err != nil {
			return p.noAnswer(head, err)
		}
		p.log.add(httpEntry(Received, head.Raw, head.StartLine))
		if _, status, _, ok := head.StatusLine(); ok && status >= 100 && status < 200 && status != 101 && !p.interim {
			continue // interim (RFC 9110, section 15.2)
		}
		return p.answered(judgeAnswer(head, p.request))
	}
}

// noAnswer makes an observation of a response that could not be read.
func (p *player) noAnswer(head *wire.Head, err error) observation {
	raw := head.Raw
	if len(raw) > 0 {
		p.log.add(Entry{Direction: Received, Kind: EntryOctets, Raw: cut(raw, shownHead), Size: len(raw), Meaning: "no complete HTTP message"})
	}
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		p.log.note("no complete HTTP message in time")
		p.conn.unread(raw)
		return observation{kind: gotDeadline}
	case errors.Is(err, wire.ErrNotHTTP), errors.Is(err, wire.ErrHeadTooLong):
		return p.answered(&answer{head: head, err: strings.TrimPrefix(err.Error(), "read HTTP head: ")})
	case len(raw) > 0:
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = io.EOF
		}
		p.conn.queue.put(p.conn.ended(err))
		return p.answered(&answer{head: head, err: fmt.Sprintf("an HTTP header that ends after %d octets", len(raw))})
	}
	p.awaiting = false
	return p.conn.ended(err)
}

// answered takes the answer to a request: the connection goes over to frames, or
// the server has refused it.
func (p *player) answered(a *answer) observation {
	p.awaiting, p.answer = false, a
	p.minded(a)
	if a.open() {
		p.opened, p.framing = true, true
		p.agree(a.agreedDeflate())
		p.conn.readFrames()
		return observation{kind: gotAnswer, answer: a}
	}
	p.refused = true
	if rest := p.conn.rd.Buffered(); len(rest) > 0 {
		p.log.add(Entry{Direction: Received, Kind: EntryOctets, Raw: cut(rest, 8*shownOctets), Size: len(rest), Meaning: "octets behind the header"})
	}
	return observation{kind: gotAnswer, answer: a}
}

// agree sets up permessage-deflate as the server agreed to it, which the player
// is when a client is tested.
func (p *player) agree(d *deflateParams) {
	if d == nil {
		return
	}
	theirs, ours := wire.Compressor{WindowBits: d.serverBits, NoContextTakeover: d.serverNoTakeover},
		wire.Compressor{WindowBits: d.clientBits, NoContextTakeover: d.clientNoTakeover}
	if p.visit != nil {
		theirs, ours = ours, theirs
	}
	p.conn.obs.inflater = &wire.Inflater{WindowBits: theirs.WindowBits}
	p.conn.obs.noTakeover = theirs.NoContextTakeover
	p.encoder.compressor = &ours
	p.repeats()
}

// drain waits for the end of TCP behind a response that opened no connection.
func (p *player) drain(until time.Time) observation {
	if o, ok := p.conn.queue.take(until); ok {
		return o // it came inside the response
	}
	p.conn.readUntil(until)
	_, err := io.Copy(io.Discard, p.conn.rd)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return observation{kind: gotDeadline}
	case err == nil:
		err = io.EOF
	}
	return p.conn.ended(err)
}

// reusable reports whether another request can go out on the connection: the
// server has left it open (RFC 9112, section 9.3), and its response has an end.
func (p *player) reusable() bool {
	p.requesting.Wait()
	head := p.answer.head
	proto, _, _, _ := head.StatusLine()
	if p.ended || proto != "HTTP/1.1" || p.answer.status == 101 || holdsToken(head, "Connection", "close") || head.BodyFraming() == wire.ToStreamEnd {
		return false
	}
	p.conn.readUntil(p.deadline)
	_, err := wire.ReadBody(p.conn.rd, head, headLimit)
	return err == nil
}
