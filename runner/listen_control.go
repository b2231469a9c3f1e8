package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/wsspec/wsspec/cases"
)

const statusPage = `This is wsspec listen, which tests WebSocket clients.

A client asks /getCaseCount for the number of cases, opens /runCase?case=N&agent=NAME
for each from 1 on, echoes every message until the connection ends, and then opens
/updateReports?agent=NAME. There are /getCaseInfo?case=N, /getCaseStatus?case=N&agent=NAME
and /stopServer as well, and casetuple=ID in place of case=N.
`

// receive serves one connection.
func (r *reception) receive(ctx context.Context, nc net.Conn) {
	g := greet(ctx, nc)
	if g == nil {
		return
	}
	switch {
	case g.asksForWebSocket():
	case r.options.Web != nil:
		r.serveWeb(ctx, g)
		return
	default:
		g.answer("200 OK", statusPage)
		return
	}
	for _, name := range []string{"case", "casetuple", "agent", "shutdownOnComplete"} {
		if _, ok := g.one(name); !ok {
			g.mistaken("the parameter " + name + " is there more than once")
			return
		}
	}
	switch g.path {
	case "/": // a driver finds out whether the server is there yet
		r.say(ctx, g, "")
	case "/getCaseCount":
		r.say(ctx, g, strconv.Itoa(len(r.offers)))
	case "/getCaseInfo":
		r.caseInfo(ctx, g)
	case "/getCaseStatus":
		r.caseStatus(ctx, g)
	case "/runCase":
		r.runCase(ctx, g)
	case "/updateReports":
		r.updateReports(ctx, g)
	case "/stopServer":
		r.say(ctx, g, "")
		r.stop()
	default:
		g.answer("404 Not Found", statusPage)
	}
}

// converse is a conversation that is no case: text gives what is said in it, if
// anything.
func (r *reception) converse(ctx context.Context, g *guest, patience time.Duration, text func(*player) string) {
	set := r.options.settings()
	set.session = &session{} // faults are no matter here
	p := newPlayer(ctx, set, &cases.Case{ID: "control" + g.path, Timeout: controlWithin + patience}, 0)
	p.visit = g.visit()
	if p.open(cases.OpenStep{}); p.opened && !p.over {
		if s := text(p); s != "" && !p.over {
			p.send(cases.Text(s))
		}
		if !p.over && !p.got {
			p.send(cases.CloseBody("")) // which is what Autobahn sends
		}
		p.closePolitely(1000)
	}
	p.finish()
}

// controlWithin bounds what is said on a connection that plays no case.
const controlWithin = 10 * time.Second

func (r *reception) say(ctx context.Context, g *guest, text string) {
	r.converse(ctx, g, 0, func(*player) string { return text })
}

// asked is the index of the case that the request asks for. It answers one for a
// case that there is not.
func (r *reception) asked(g *guest) (i int, ok bool) {
	number, _ := g.one("case")
	name, _ := g.one("casetuple")
	if i, ok = r.find(number, name); !ok {
		g.mistaken(fmt.Sprintf("there is no case %q: case=N goes from 1 to %d", number+name, len(r.offers)))
	}
	return i, ok
}

func (r *reception) caseInfo(ctx context.Context, g *guest) {
	if i, ok := r.asked(g); ok {
		o := r.offers[i]
		r.say(ctx, g, asJSON(map[string]string{"id": o.Name, "description": o.Case.Title}))
	}
}

// caseStatus tells what became of a case, when the client has ended it.
func (r *reception) caseStatus(ctx context.Context, g *guest) {
	name, _ := g.one("agent")
	i, ok := r.asked(g)
	switch {
	case !ok:
		return
	case name == "":
		g.mistaken("the parameter agent is missing")
		return
	case r.excluded(name, i):
		r.turnAway(ctx, g) // there will be no result
		return
	}
	budget := r.budget(i) + returnWithin
	r.converse(ctx, g, budget, func(p *player) string {
		result, ok := r.await(p, name, i, time.Now().Add(budget))
		if !ok {
			return ""
		}
		return asJSON(map[string]string{"behavior": behavior(result.Verdict)})
	})
}

// await waits for a result, as long as the client stays.
func (r *reception) await(p *player, name string, i int, until time.Time) (Result, bool) {
	for {
		r.mu.Lock()
		result, ok := r.resultOf(name, i)
		came := r.came
		r.mu.Unlock()
		if ok {
			return result, true
		}
		if !p.idle(came, until) {
			return Result{}, false
		}
	}
}

// idle waits until a channel is closed. It reports whether the peer is still there,
// and time left.
func (p *player) idle(until <-chan struct{}, deadline time.Time) bool {
	ctx, cancel := context.WithCancel(p.ctx)
	defer cancel()
	var waiting = make(chan struct{})
	go func() {
		defer close(waiting)
		select {
		case <-until:
			cancel()
		case <-ctx.Done():
		}
	}()
	o := p.conn.queue.next(ctx, deadline)
	cancel()
	<-waiting
	switch o.kind {
	case gotPing:
		p.answerPing(o)
	case gotClose:
		p.answerClose(o.code)
		return false
	case gotEnd:
		p.peerEnded(o.reset)
		return false
	case gotFlood:
		return false
	}
	return p.ctx.Err() == nil && time.Now().Before(deadline)
}

// behavior is Autobahn's word for a verdict.
func behavior(v cases.Verdict) string {
	switch v {
	case cases.Pass:
		return "OK"
	case cases.Lax:
		return "NON-STRICT"
	case cases.Info:
		return "INFORMATIONAL"
	case cases.Skipped:
		return "UNIMPLEMENTED"
	}
	return "FAILED"
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // of strings alone
	}
	return string(b)
}

// updateReports has the reports written, and then ends the connection.
func (r *reception) updateReports(ctx context.Context, g *guest) {
	name, _ := g.one("agent")
	if name == "" {
		g.mistaken("the parameter agent is missing")
		return
	}
	r.converse(ctx, g, 0, func(p *player) string {
		r.update(p, name)
		p.deadline = time.Now().Add(controlWithin)
		return ""
	})
	switch end, _ := g.one("shutdownOnComplete"); {
	case end == "true", end == "yes", r.options.Once:
		r.stop()
	}
}
