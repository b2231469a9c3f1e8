package page

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

func sampleCase(id string, refs ...string) cases.Case {
	return cases.Case{ID: id, Title: "a sample", Refs: refs, Subject: cases.Client}
}

// sample is a page with two offers, and a case that judges all of a client.
func sample() (*Page, []runner.Offer) {
	offers := []runner.Offer{
		{Name: "1.1.1", Case: sampleCase("t/echo", "6455-5.10-1")},
		{Name: "t/own", Case: sampleCase("t/own", "6455-5.9-1")},
	}
	again := func(id string) string { return "wsspec listen " + id }
	return New(Options{Offers: offers, Others: []cases.Case{sampleCase("t/session")}, Again: again}), offers
}

func result(o runner.Offer, v cases.Verdict) runner.Result {
	return runner.Result{Case: o.Case, Verdict: v, Got: "<b>nothing</b>"}
}

// reports are what comes with an update.
func reports(agent, trouble string) []*runner.AgentReport {
	session := runner.Result{Case: sampleCase("t/session"), Verdict: cases.Lax}
	return []*runner.AgentReport{{Agent: agent, Report: &runner.Report{Trouble: trouble, Results: []runner.Result{session}}}}
}

// get asks a page for a path.
func get(p *Page, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w
}

// A follower reads events as they come.
type follower struct {
	t  *testing.T
	rd *bufio.Reader
}

func follow(t *testing.T, s *httptest.Server) *follower {
	t.Helper()
	r, err := s.Client().Get(s.URL + "/events")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Body.Close() })
	if r.StatusCode != 200 || r.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatal(r.StatusCode, r.Header)
	}
	return &follower{t, bufio.NewReader(r.Body)}
}

// next is the name and the data of the next event.
func (f *follower) next() (name, data string) {
	f.t.Helper()
	for {
		line, err := f.rd.ReadString('\n')
		if err != nil {
			f.t.Fatal(err)
		}
		switch line = strings.TrimSuffix(line, "\n"); {
		case strings.HasPrefix(line, "event: "):
			name = line[7:]
		case strings.HasPrefix(line, "data: "):
			data = line[6:]
		case line == "" && name != "":
			return name, data
		}
	}
}

// changes are the next ones, of one batch or several.
func (f *follower) changes(n int) (list []string) {
	f.t.Helper()
	for len(list) < n {
		name, data := f.next()
		var changes [][]any
		if err := json.Unmarshal([]byte(data), &changes); name != "change" || err != nil {
			f.t.Fatalf("%s, %v: %s", name, err, data)
		}
		for _, c := range changes {
			list = append(list, strings.TrimSpace(fmt.Sprintln(c...)))
		}
	}
	return list
}

func (f *follower) state() (agents []string) {
	f.t.Helper()
	name, data := f.next()
	var state struct {
		Session string
		Agents  []struct {
			Name, Row string
			Done      bool
		}
	}
	if err := json.Unmarshal([]byte(data), &state); name != "state" || err != nil || state.Session == "" {
		f.t.Fatalf("%s, %v: %s", name, err, data)
	}
	for _, a := range state.Agents {
		agents = append(agents, fmt.Sprint(a.Name, " ", a.Row, " ", a.Done))
	}
	return agents
}

func TestEventsAreWhatIsAndThenWhatChanges(t *testing.T) {
	p, offers := sample()
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	first := follow(t, s)
	if d := cmp.Diff([]string(nil), first.state()); d != "" {
		t.Error(d)
	}
	p.Played("a", offers[0], result(offers[0], cases.Pass))
	p.Played("b", offers[1], result(offers[1], cases.Failed))
	p.Played("b", offers[1], result(offers[1], cases.Failed))
	p.Played("a", runner.Offer{Name: "unknown"}, runner.Result{})
	p.Updated(reports("a", "it went away"))
	p.Updated(reports("a", ""))
	want := []string{"0 -1 + a", "0 0 p", "1 -1 + b", "1 1 f", "0 2 l", "0 -1 !"}
	if d := cmp.Diff(want, first.changes(len(want))); d != "" {
		t.Error(d)
	}
	second := follow(t, s)
	if d := cmp.Diff([]string{"a p.l true", "b .f. false"}, second.state()); d != "" {
		t.Error(d)
	}
	p.Played("a", offers[0], result(offers[0], cases.Skipped))
	for _, f := range []*follower{first, second} {
		if d := cmp.Diff([]string{"0 -1 ~", "0 0 s"}, f.changes(2)); d != "" {
			t.Error(d)
		}
	}
}

// A reader that has missed changes gets everything anew.
func TestAReaderThatIsTooSlowGetsTheState(t *testing.T) {
	p, offers := sample()
	p.Played("a", offers[0], result(offers[0], cases.Pass))
	_, seen, _ := p.news(-1)
	for i := range remembered {
		p.Played("a", offers[1], result(offers[1], []cases.Verdict{cases.Pass, cases.Lax}[i%2]))
	}
	if text, _, _ := p.news(seen); !strings.HasPrefix(text, "event: change\n") {
		t.Error(text)
	}
	p.Played("a", offers[0], result(offers[0], cases.Failed))
	text, seen, _ := p.news(seen)
	if !strings.HasPrefix(text, "event: state\n") || !strings.Contains(text, `"fl."`) {
		t.Error(text)
	}
	if text, _, _ := p.news(seen); text != "" {
		t.Error(text)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	p, offers := sample()
	for i := range 2 * manyAgents {
		p.Played(fmt.Sprint(i), offers[0], result(offers[0], cases.Pass))
		p.Updated(reports(fmt.Sprint(i), ""))
	}
	if len(p.agents) != manyAgents {
		t.Errorf("%d agents", len(p.agents))
	}
	for i := range manyAccounts {
		p.accounts[place{-1, i}] = nil
	}
	p.Played("0", offers[1], result(offers[1], cases.Failed))
	if get(p, "/case?agent=0&case=1").Code != 404 || string(p.agents[0].row) != "pfl" {
		t.Errorf("%d accounts, row %s", len(p.accounts), p.agents[0].row)
	}
}

// The end of the Listen is told, with what came last; readers are as many as there
// are places.
func TestEventsEndWithTheirRequest(t *testing.T) {
	p, offers := sample()
	for range manyReaders - 1 {
		p.enter()
	}
	p.Played("a", offers[0], result(offers[0], cases.Pass))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/events", nil))
	if s := w.Body.String(); !strings.Contains(s, `"p.."`) || !strings.HasSuffix(s, "event: end\ndata: {}\n\n") {
		t.Error(s)
	}
	p.enter()
	if w := get(p, "/events"); w.Code != http.StatusServiceUnavailable {
		t.Error(w.Code)
	}
}
