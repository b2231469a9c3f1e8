package runner

import (
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// accept plays the server's side of the opening handshake: it reads the request
// of the client that is tested, and answers it rightly.
func (p *player) accept(s cases.OpenStep) {
	p.connect(p.accepted)
	if s.Extensions != "" {
		p.skip("the player does not agree to extensions with a client")
		return
	}
	p.conn.readUntil(p.deadline)
	head, err := wire.ReadHead(p.conn.rd, headLimit)
	if err != nil {
		p.noRequest(head, err)
		return
	}
	p.log.add(httpEntry(Received, head.Raw, head.StartLine))
	p.request = head
	if fault := judgeRequest(head); fault != nil {
		p.respond("HTTP/1.1 400 Bad Request", "Connection: close", "Content-Length: 0")
		p.blame(fault)
		return
	}
	p.respond("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
		"Sec-WebSocket-Accept: "+acceptValue(head.Get("Sec-WebSocket-Key")))
	p.opened = true
	p.conn.readFrames()
}

// noRequest ends the case because the client sent no request: something else
// breaks a rule, and nothing at all is trouble with the client.
func (p *player) noRequest(head *wire.Head, err error) {
	o := p.noAnswer(head, err)
	switch {
	case p.stopped():
	case o.kind == gotAnswer:
		p.blame(&breach{"6455-4.1-18", o.answer.err})
	default:
		p.trouble("the client sent no opening handshake: %s", gotWords([]observation{o}, false))
	}
}

// blame ends the case because the request is not what a client must send.
func (p *player) blame(fault *breach) {
	p.judge(cases.Failed, fault.requirement)
	p.result.Expected, p.result.Got = "an opening handshake as RFC 6455 4.1 describes it", fault.detail
	p.over = true
}

// respond sends a response of these lines.
func (p *player) respond(lines ...string) {
	raw := []byte(strings.Join(lines, "\r\n") + "\r\n\r\n")
	p.conn.write(octets{bytes: raw, entries: []Entry{httpEntry(Sent, raw, lines[0])}}, p.deadline)
}
