package page

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// Options are what a page shows.
type Options struct {
	// Offers are the cases that are offered, in the order of their numbers.
	Offers []runner.Offer
	// Others are cases that are judged from all that a client did, and come when
	// its reports are written.
	Others []cases.Case
	// Again is the command that repeats the case with the id; nil leaves it out.
	Again func(id string) string
}

const (
	manyAgents   = 256     // that are shown
	manyAccounts = 1 << 14 // of cases that did not pass
)

// A Page is the live page of a Listen, an http.Handler whose answers can be used
// by any number of browsers at the same time.
type Page struct {
	again   func(id string) string
	session string // tells this page from one that listened here before
	items   []item
	offers  map[string]int // by the name of the offer
	others  map[string]int // by the id of the case
	mux     http.ServeMux

	mu       sync.Mutex
	agents   []*agent
	accounts map[place]*runner.Result // of cases that did not pass
	log      log
	came     chan struct{} // closed, and made anew, with each change
	readers  int
}

// An agent is a client under the name that it gives itself.
type agent struct {
	name string
	row  []byte // a letter for each case
	done bool   // it has asked for its reports
}

// A place is that of a case of an agent.
type place struct{ agent, item int }

// New makes the page of clients that are yet to come.
func New(o Options) *Page {
	p := &Page{
		again: o.Again, session: strconv.FormatInt(time.Now().UnixNano(), 36),
		offers: map[string]int{}, others: map[string]int{},
		accounts: map[place]*runner.Result{}, came: make(chan struct{}),
	}
	for _, offer := range o.Offers {
		p.offers[offer.Name] = len(p.items)
		p.items = append(p.items, itemOf(offer.Name, &offer.Case))
	}
	for _, c := range o.Others {
		p.others[c.ID] = len(p.items)
		p.items = append(p.items, itemOf(c.ID, &c))
	}
	p.routes()
	return p
}

// Played takes a result as it comes: it is a runner.ListenOptions.OnPlayed.
func (p *Page) Played(agent string, o runner.Offer, r runner.Result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i, ok := p.offers[o.Name]; ok {
		p.put(agent, i, &r)
	}
}

// Updated takes the results that judge all that a client did, and that it is done:
// it is a runner.ListenOptions.OnUpdate.
func (p *Page) Updated(reports []*runner.AgentReport) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range reports {
		a := p.agentOf(r.Agent)
		if a < 0 || r.Report == nil || r.Report.Trouble != "" {
			continue
		}
		for i := range r.Report.Results {
			if at, ok := p.others[r.Report.Results[i].Case.ID]; ok {
				p.put(r.Agent, at, &r.Report.Results[i])
			}
		}
		if !p.agents[a].done {
			p.agents[a].done = true
			p.tell(change{a, -1, wordDone})
		}
	}
}

// put writes a result into the row of an agent.
func (p *Page) put(name string, i int, r *runner.Result) {
	a := p.agentOf(name)
	if a < 0 {
		return
	}
	agent, at, letter := p.agents[a], place{a, i}, letterOf(r.Verdict)
	if agent.done && i < len(p.offers) {
		agent.done = false
		p.tell(change{a, -1, wordAgain})
	}
	if _, known := p.accounts[at]; r.Verdict == cases.Pass {
		delete(p.accounts, at)
	} else if known || len(p.accounts) < manyAccounts {
		p.accounts[at] = r
	}
	if agent.row[i] != letter {
		agent.row[i] = letter
		p.tell(change{a, i, letter})
	}
}

// agentOf is the number of an agent, new if need be; negative when there are too
// many.
func (p *Page) agentOf(name string) int {
	a := slices.IndexFunc(p.agents, func(a *agent) bool { return a.name == name })
	if a >= 0 || len(p.agents) == manyAgents {
		return a
	}
	row := make([]byte, len(p.items))
	for i := range row {
		row[i] = letterNone
	}
	p.agents = append(p.agents, &agent{name: name, row: row})
	p.tell(change{len(p.agents) - 1, -1, wordNew})
	return len(p.agents) - 1
}

// tell tells the readers of a change.
func (p *Page) tell(c change) {
	p.log.add(c)
	close(p.came)
	p.came = make(chan struct{})
}
