package runner

import (
	"context"
	"slices"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// runCase plays a case on the connection.
func (r *reception) runCase(ctx context.Context, g *guest) {
	name, _ := g.one("agent")
	i, ok := r.asked(g)
	switch {
	case !ok:
		return
	case name == "" || len(name) > longestAgent:
		g.mistaken("the parameter agent is missing, or too long")
		return
	}
	if r.excluded(name, i) {
		r.turnAway(ctx, g)
		return
	}
	request := judgeRequest(g.head)
	a := r.agentOf(name, request)
	if a == nil {
		g.mistaken("too many agents")
		return
	}
	result := r.play(ctx, g, a, request, &r.offers[i].Case)
	r.keep(a, i, result)
}

// play plays a case, or if the client cannot be tested with it, opens a connection
// and closes it: a driver may take anything else for the end of everything.
func (r *reception) play(ctx context.Context, g *guest, a *agent, request *request, c *cases.Case) Result {
	quick := c.Quick != nil && !r.options.Full
	played := c.Played(r.options.Full)
	known := &run{options: r.options.Options, features: r.features(request)}
	why := known.missing(&played)
	script := played
	if why != "" {
		script.Steps = []cases.Step{cases.Open(""), cases.Close(1000)}
	}
	p := newPlayer(ctx, a.set, &script, 0)
	p.visit = g.visit()
	p.play()
	if why != "" {
		p.result.Case = played
		p.result.Verdict, p.result.Requirement, p.result.Reason = cases.Skipped, "", why
		p.result.Expected, p.result.Got, p.result.Explanation = "", "", nil
	}
	p.result.Quick = quick && p.result.Verdict != cases.Skipped
	return p.result
}

// features are what a request tells of a client, which is taken to echo.
func (r *reception) features(q *request) Features {
	f := Features{Client: true, Handshake: true, Echo: !r.options.NoEcho, Deflate: q.offer()}
	list := listElements(q.head.Values("Sec-WebSocket-Protocol"))
	for _, name := range []string{r.options.Chat, r.options.Superchat} {
		if slices.Contains(list, name) {
			f.Subprotocols = append(f.Subprotocols, name)
		}
	}
	return f
}

// budget is how long an offer may take.
func (r *reception) budget(i int) time.Duration {
	played := r.offers[i].Case.Played(r.options.Full)
	return r.options.settings().budget(&played)
}

// consent opens a connection that the case has found no use for, and closes it.
func (p *player) consent() {
	if p.visit == nil || p.visit.read == nil || p.asked == nil || p.asked.broken || p.reply != nil || p.result.Verdict != cases.Skipped {
		return
	}
	was := p.result
	p.over = false
	if p.respond(cases.Respond()); p.opened && !p.over {
		p.closePolitely(1000)
	}
	was.Close = p.result.Close
	p.result, p.over = was, true
}
