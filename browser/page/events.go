package page

import (
	"encoding/json"
	"net/http"
	"time"
)

const (
	manyReaders  = 64                     // of events
	writtenFrom  = 100 * time.Millisecond // between two batches of changes
	writtenUntil = 10 * time.Second       // for a reader to take one
	heartbeat    = 15 * time.Second       // between signs of life
)

// events sends what there is, and then what changes, until the reader goes away or
// the Listen has ended.
func (p *Page) events(w http.ResponseWriter, r *http.Request) {
	if !p.enter() {
		http.Error(w, "too many readers", http.StatusServiceUnavailable)
		return
	}
	defer p.leave()
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	out := &stream{w: w, control: http.NewResponseController(w)}
	out.send("retry: 2000\n\n")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for seen := -1; out.err == nil; {
		text, now, came := p.news(seen)
		if seen = now; text != "" {
			out.send(text)
		}
		select {
		case <-came:
			pause(r, writtenFrom)
		case <-beat.C:
			out.send(": \n\n")
		case <-r.Context().Done():
			text, _, _ := p.news(seen)
			out.send(text + "event: end\ndata: {}\n\n")
			return
		}
	}
}

func (p *Page) enter() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.readers == manyReaders {
		return false
	}
	p.readers++
	return true
}

func (p *Page) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.readers--
}

// pause waits, but not for longer than the request lives.
func pause(r *http.Request, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.Context().Done():
	}
}

// news is the event behind the changes that a reader has seen, if any, and how many
// it has seen with it. The channel is closed when there are more.
func (p *Page) news(seen int) (text string, now int, came <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch changes, ok := p.log.since(seen); {
	case !ok:
		text = event("state", p.state())
	case len(changes) > 0:
		text = event("change", p.changes(changes))
	}
	return text, p.log.total, p.came
}

// state is everything there is.
func (p *Page) state() any {
	type row struct {
		Name string `json:"name"`
		Row  string `json:"row"`
		Done bool   `json:"done"`
	}
	rows := make([]row, len(p.agents))
	for i, a := range p.agents {
		rows[i] = row{a.name, string(a.row), a.done}
	}
	return map[string]any{"session": p.session, "agents": rows}
}

func (p *Page) changes(list []change) any {
	rows := make([][]any, len(list))
	for i, c := range list {
		rows[i] = []any{c.agent, c.item, string(c.word)}
		if c.word == wordNew {
			rows[i] = append(rows[i], p.agents[c.agent].name)
		}
	}
	return rows
}

// event is a Server-Sent Event: JSON has no line end in it.
func event(name string, data any) string {
	b, err := json.Marshal(data)
	if err != nil {
		panic(err) // of strings and numbers
	}
	return "event: " + name + "\ndata: " + string(b) + "\n\n"
}

// A stream is an answer that goes on.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	err     error
}

func (s *stream) send(text string) {
	if s.err != nil {
		return
	}
	s.control.SetWriteDeadline(time.Now().Add(writtenUntil))
	if _, s.err = s.w.Write([]byte(text)); s.err == nil {
		s.err = s.control.Flush()
	}
}
