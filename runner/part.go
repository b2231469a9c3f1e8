package runner

import (
	"errors"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// part lets the client go that is tested: its connection has ended, and so must
// its call. What the client chose at random goes to the session.
func (p *player) part() {
	if p.visit == nil {
		return
	}
	if s := p.set.session; s != nil && p.conn != nil {
		s.connection(p.asked, p.conn.obs.keys)
	}
	if p.script.Page != nil && p.conn == nil && p.visit.gone != nil {
		p.visit.cancel() // no connection ends that would end the call
	}
	switch returned := p.visit.end(); {
	case !returned && p.result.Verdict < cases.Failed && p.ctx.Err() == nil:
		p.trouble("the client does not return, though its connection has ended")
	case returned && errors.Is(p.visit.err, errPanic):
		panicked, stack, _ := strings.Cut(p.visit.err.Error(), "\n")
		p.result.Explanation = append(p.result.Explanation, stack)
		if p.result.Verdict < cases.Failed {
			p.trouble("%s", panicked)
		}
	case returned:
		p.judgePage()
		p.quote()
	}
}

// readAgain reads a request that a client sends in answer to a response, where
// one comes instead of frames. It reports whether frames are to be read.
func (c *conn) readAgain() bool {
	b, err := c.rd.Peek(1)
	if err != nil || b[0] < 'A' || b[0] > 'Z' { // no first octet of a frame that means anything
		return true
	}
	head, err := wire.ReadHead(c.rd, headLimit)
	if err != nil {
		c.end(head.Raw, err)
		return false
	}
	c.log.add(httpEntry(Received, head.Raw, head.StartLine))
	c.queue.put(observation{kind: gotRequest, request: judgeRequest(head)})
	return true
}
