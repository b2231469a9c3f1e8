package html

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"
)

// Write writes the report into a folder, which it makes if need be. Files of an
// earlier report are replaced, and those that this one has no use for are taken
// away; others are left alone.
func Write(dir string, p Page) error {
	if err := write(dir, p); err != nil {
		return fmt.Errorf("write the HTML report: %w", err)
	}
	return nil
}

func write(dir string, p Page) error {
	m := newModel(p)
	w := &writer{dir: dir, wanted: map[string]bool{}}
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		return err
	}
	all := m.evidence()
	press, err := newPress(m)
	if err != nil {
		return err
	}
	jobs := append(m.dataJobs(all), press.jobs(all)...)
	w.work(jobs)
	if w.err == nil {
		w.clear()
	}
	return w.err
}

// evidence is that of all agents, who share the limit.
func (m *model) evidence() []*evidence {
	limit := m.page.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	all := make([]*evidence, len(m.agents))
	parallel(len(all), func(i int) { all[i] = newEvidence(m, m.agents[i], limit/len(all)) })
	return all
}

// parallel calls f with each number below n, on all processors.
func parallel(n int, f func(i int)) {
	next := make(chan int)
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}

// A job makes one file of the report.
type job struct {
	name string // in the folder, with slashes
	make func() ([]byte, error)
}

// dataJobs make the files that the scripts of pages load.
func (m *model) dataJobs(all []*evidence) []job {
	jobs := []job{
		{"data/index.js", func() ([]byte, error) { return m.index(all), nil }},
		{"data/close.js", func() ([]byte, error) { return m.closes(), nil }},
		{"data/requirements.js", m.requirements},
	}
	for first := 0; first < len(m.entries); first += casesPerFile {
		name := fmt.Sprintf("cases-%d", first/casesPerFile)
		jobs = append(jobs, job{"data/" + name + ".js", func() ([]byte, error) {
			return m.scripts(name, first, min(first+casesPerFile, len(m.entries)))
		}})
	}
	for _, e := range all {
		chunks := e.chunks()
		for i, first := range chunks {
			last := len(m.entries)
			if i+1 < len(chunks) {
				last = chunks[i+1]
			}
			name := fmt.Sprintf("%d-%d", e.agent.Number, i)
			jobs = append(jobs, job{"data/" + name + ".js", func() ([]byte, error) { return e.file(name, first, last), nil }})
		}
	}
	return jobs
}

// jobs make the pages.
func (p *press) jobs(all []*evidence) []job {
	one := len(all) == 1
	jobs := []job{
		{"matrix.html", func() ([]byte, error) {
			return p.page("matrix", "matrix.html", "Cases and agents", nil, "load.js", "matrix.js")
		}},
		{"case.html", func() ([]byte, error) { return p.page("case", "case.html", "A case", nil, "load.js", "case.js") }},
		{"coverage.html", func() ([]byte, error) {
			return p.page("coverage", "coverage.html", "Requirements", p.m.coverage())
		}},
	}
	for _, e := range all {
		name := p.m.file(e.agent)
		jobs = append(jobs, job{name, func() ([]byte, error) { return p.page("agent", name, e.agent.label, p.m.agentPage(e)) }})
	}
	if !one {
		jobs = append(jobs, job{"index.html", func() ([]byte, error) {
			return p.page("overview", "index.html", p.m.title(), p.m.overview(all))
		}})
	}
	return jobs
}

// file is the page of an agent, which is the first page when there are no others.
func (m *model) file(a *agent) string {
	if len(m.page.Agents) == 1 {
		return "index.html"
	}
	return fmt.Sprintf("agent-%d.html", a.Number)
}

// title is that of the report.
func (m *model) title() string {
	if m.page.Title == "" {
		return "WebSocket conformance"
	}
	return visible(m.page.Title)
}

// A writer writes files into a folder.
type writer struct {
	dir    string
	wanted map[string]bool // those of this report
	mu     sync.Mutex
	err    error
}

// work does the jobs, and keeps the first error.
func (w *writer) work(jobs []job) {
	for _, j := range jobs {
		w.wanted[filepath.FromSlash(j.name)] = true
	}
	parallel(len(jobs), func(i int) {
		w.mu.Lock()
		over := w.err != nil
		w.mu.Unlock()
		if over {
			return
		}
		if err := w.file(jobs[i]); err != nil {
			w.mu.Lock()
			w.err = errors.Join(w.err, err)
			w.mu.Unlock()
		}
	})
}

// file writes a file as a whole or not at all.
func (w *writer) file(j job) error {
	text, err := j.make()
	if err != nil {
		return fmt.Errorf("%s: %w", j.name, err)
	}
	name := filepath.Join(w.dir, filepath.FromSlash(j.name))
	part := name + ".part"
	if err = os.WriteFile(part, text, 0o644); err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		os.Remove(part)
	}
	return err
}

// ours are the names of files that some reports have and others have not.
var ours = regexp.MustCompile(`^(agent-[0-9]+\.html|(cases-)?[0-9]+\.js|[0-9]+-[0-9]+\.js)$`)

// clear takes away what an earlier report has left.
func (w *writer) clear() {
	for _, folder := range []string{"", "data"} {
		list, err := os.ReadDir(filepath.Join(w.dir, folder))
		if err != nil {
			continue // it has just been written to; then nothing is stale
		}
		for _, f := range list {
			name := filepath.Join(folder, f.Name())
			if ours.MatchString(f.Name()) && !w.wanted[name] && f.Type().IsRegular() {
				os.Remove(filepath.Join(w.dir, name))
			}
		}
	}
}
