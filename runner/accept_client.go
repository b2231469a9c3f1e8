package runner

import (
	"fmt"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// accept plays the server's side of the opening handshake: it reads the request
// of the client that is tested, and answers it rightly.
func (p *player) accept() {
	p.conn = newConn(p.accepted, p.log)
	keep, total := expectedOctets(p.script.Steps)
	p.conn.queue.limit = 2*total + 4<<20
	p.conn.obs = &observer{fromClient: true, keep: max(keep, 64<<10)}
	stop := p.interruptReads()
	defer stop()
	p.conn.nc.SetReadDeadline(p.deadline)
	head, err := wire.ReadHead(p.conn.rd, headLimit)
	if o, done := p.readTrouble(head, err); done {
		p.skip("the client sent no opening handshake: %s", gotWords([]observation{o}, false))
		return
	}
	p.log.add(Entry{Direction: Received, Kind: EntryHTTP, Raw: cut(head.Raw, shownHead), Size: len(head.Raw), Meaning: head.StartLine})
	p.request = head
	if fault := judgeRequest(head); fault != nil {
		p.judge(cases.Failed, fault.requirement)
		p.result.Expected, p.result.Got = "an opening handshake as RFC 6455 4.1 describes it", fault.detail
		p.over = true
		return
	}
	p.answerRequest()
}

// judgeRequest checks what no client may do differently (RFC 6455, section
// 4.1); nil when the request is right.
func judgeRequest(head *wire.Head) *breach {
	method, target, proto, ok := head.RequestLine()
	key := head.Values("Sec-WebSocket-Key")
	switch {
	case !ok:
		return &breach{"6455-4.1-17", "no HTTP request: " + quoteText(head.StartLine)}
	case method != "GET" || proto != "HTTP/1.1":
		return &breach{"6455-4.1-18", fmt.Sprintf("the request line is %q", head.StartLine)}
	case !strings.HasPrefix(target, "/") && !strings.Contains(target, "://"):
		return &breach{"6455-4.1-20", fmt.Sprintf("the request-target is %q", target)}
	case len(head.Values("Host")) != 1:
		return &breach{"6455-4.1-21", fmt.Sprintf("there are %d Host fields", len(head.Values("Host")))}
	case !holdsToken(head, "Upgrade", "websocket"):
		return &breach{"6455-4.1-24", "the Upgrade field does not hold websocket"}
	case !holdsToken(head, "Connection", "upgrade"):
		return &breach{"6455-4.1-25", "the Connection field does not hold Upgrade"}
	case len(key) != 1 || len(key[0]) != 24:
		return &breach{"6455-4.1-28", fmt.Sprintf("Sec-WebSocket-Key is %s", quoteValues(key))}
	case head.Get("Sec-WebSocket-Version") != "13":
		return &breach{"6455-4.1-33", fmt.Sprintf("Sec-WebSocket-Version is %s", quoteValues(head.Values("Sec-WebSocket-Version")))}
	}
	return nil
}

func holdsToken(head *wire.Head, name, token string) bool {
	for _, e := range listElements(head.Values(name)) {
		if wire.EqualFold(e, token) {
			return true
		}
	}
	return false
}

// answerRequest opens the connection.
func (p *player) answerRequest() {
	head := "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Accept: " + acceptValue(p.request.Get("Sec-WebSocket-Key")) + "\r\n\r\n"
	raw := []byte(head)
	p.conn.write(octets{bytes: raw, entries: []Entry{{
		Direction: Sent, Kind: EntryHTTP, Raw: raw, Size: len(raw), Meaning: "HTTP/1.1 101 Switching Protocols",
	}}}, p.deadline)
	p.opened = true
	p.conn.readFrames(p.conn.obs)
}
