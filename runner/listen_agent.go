package runner

import (
	"slices"
	"time"
)

const (
	longestAgent = 200 // octets of a name
	manyAgents   = 256 // whose results are kept
)

// An agent is a client that gives itself that name.
type agent struct {
	name     string
	set      *settings
	began    time.Time
	last     time.Time
	features Features
	playing  int            // cases under way
	results  map[int]Result // by the index of the offer
	updated  bool           // it has asked for its reports
	report   *AgentReport   // nil when it has to be made anew
}

// agentOf is the agent of that name, new if need be; nil when there are too many.
// What is wrong with its first request, and can be put up with, is not told in
// each case.
func (r *reception) agentOf(name string, first *request) *agent {
	r.mu.Lock()
	defer r.mu.Unlock()
	if a := r.known(name); a != nil {
		a.updated = false
		a.playing++
		return a
	}
	if len(r.agents) == manyAgents {
		return nil
	}
	now := time.Now()
	a := &agent{name: name, playing: 1, set: r.options.settings(), began: now, last: now, results: map[int]Result{}}
	a.features = r.features(first)
	a.set.session = &session{}
	a.set.messages = !r.options.NoEcho
	for _, f := range first.faults {
		if first.broken {
			a.set.broken = f.requirement
			break
		}
		a.set.usual = append(a.set.usual, f.requirement)
	}
	r.agents = append(r.agents, a)
	return a
}

func (r *reception) known(name string) *agent {
	i := slices.IndexFunc(r.agents, func(a *agent) bool { return a.name == name })
	if i < 0 {
		return nil
	}
	return r.agents[i]
}

// resultOf is what became of a case, if the agent has ended it.
func (r *reception) resultOf(name string, i int) (Result, bool) {
	a := r.known(name)
	if a == nil {
		return Result{}, false
	}
	result, ok := a.results[i]
	return result, ok
}

// keep keeps a result, and tells it.
func (r *reception) keep(a *agent, i int, result Result) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.mu.Lock()
	a.results[i], a.last, a.report = result, time.Now(), nil
	a.playing--
	close(r.came)
	r.came = make(chan struct{})
	r.mu.Unlock()
	if r.options.OnPlayed != nil {
		r.options.OnPlayed(a.name, r.offers[i], result)
	}
}

// update has the reports written. The end of the connection, which the client has
// seen, may be earlier than the result of its last case.
func (r *reception) update(p *player, name string) {
	until := time.Now().Add(controlWithin / 2)
	for {
		r.mu.Lock()
		a, came := r.known(name), r.came
		done := a == nil || a.playing == 0
		if a != nil {
			a.updated, a.report = true, nil
		}
		r.mu.Unlock()
		if done || !p.idle(came, until) {
			break
		}
	}
	r.telling.Lock()
	defer r.telling.Unlock()
	if r.options.OnUpdate != nil {
		r.options.OnUpdate(r.reports())
	}
}
