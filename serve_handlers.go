package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

const scriptHelp = `

With --handlers DIR it plays scripts: the file DIR/example/chat.ws at the path
/example/chat, index.ws at that of its folder, and a line "alias /other" in it gives
it another path. A script says what the server sends and what it expects, in the
notation of cases (go doc github.com/wsspec/wsspec/cases):

  title "greets, and sends every message back"
  > text "hello"
  loop
    < message
    > echo
  done

All other paths echo. The cases of the catalogue that a client can be tested with are
at /case/ID. What came of a visit is logged, and told in plain text to who opens the
same address with HTTP alone.`

// scriptFlags say what a server plays.
type scriptFlags struct {
	dir     string
	timeout time.Duration
}

func (f *scriptFlags) register(s *pflag.FlagSet) {
	s.StringVar(&f.dir, "handlers", "", "play the scripts *.ws in this `folder` at their paths")
	s.DurationVar(&f.timeout, "visit-timeout", 10*time.Minute, "`time` that a script without a timeout of its own may take; 0 for no limit")
}

// load reads the scripts.
func (f *scriptFlags) load() (*programme, error) {
	p := &programme{paths: map[string]*runner.Scene{}, offered: sync.OnceValue(offeredCases), last: map[string]string{}}
	if f.timeout < 0 {
		return nil, usage("--visit-timeout must not be negative")
	}
	if f.dir == "" {
		return p, nil
	}
	scripts, err := cases.LoadScripts(f.dir, casePath, "/fault/")
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	p.scripts = scripts
	for _, s := range scripts {
		scene := &runner.Scene{Case: s.Case, Timeout: noneIfZero(f.timeout), Talks: true}
		for _, path := range s.Paths {
			p.paths[path] = scene
		}
	}
	return p, nil
}

// A programme is what a server plays at its paths: scripts, and the cases of the
// catalogue. As an http.Handler it tells of that, and leaves the rest to others.
type programme struct {
	scripts []cases.Script
	paths   map[string]*runner.Scene // of the scripts
	offered func() map[string]*runner.Scene
	others  http.Handler
	log     *slog.Logger

	mu   sync.Mutex
	last map[string]string // what came of the last visit, by the path
}

// stage is where it is played.
func (p *programme) stage(seed uint64) *runner.Stage {
	return &runner.Stage{Options: runner.Options{Seed: seed}, Scene: p.scene, OnVisit: p.visited}
}

// scene is what is played at a path; nil for nothing.
func (p *programme) scene(path string) *runner.Scene {
	if s := p.paths[path]; s != nil {
		return s
	}
	if id, ok := strings.CutPrefix(path, casePath); ok {
		return p.offered()[id]
	}
	return nil
}

// visited keeps what came of a visit, and logs it.
func (p *programme) visited(v runner.Visitor) {
	r := &v.Result
	told := []any{"path", v.Path, "from", v.Addr, "verdict", r.Verdict.String()}
	for _, note := range []struct{ name, text string }{
		{"expected", r.Expected}, {"got", r.Got}, {"because", r.Reason}, {"request", strings.Join(v.Faults, "; ")},
	} {
		if note.text != "" {
			told = append(told, note.name, reports.Visible(note.text))
		}
	}
	if r.Close.Code != 0 {
		told = append(told, "close", r.Close.Code)
	}
	text := fmt.Sprintf("The last visitor was %s at %s.\n\n%s", v.Addr, time.Now().UTC().Format(time.RFC3339), reports.Visible(r.Block("")))
	p.mu.Lock()
	p.last[v.Path] = text
	p.mu.Unlock()
	p.log.Info("visit", told...)
}

// list tells which scripts there are.
func (p *programme) list(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range p.scripts {
		fmt.Fprintf(t, "  %s\t%s\n", strings.Join(s.Paths, " "), s.Case.Title)
	}
	t.Flush()
}
