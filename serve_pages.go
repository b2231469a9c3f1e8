package main

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// casePath is in front of the ids of cases that a server plays.
const casePath = "/case/"

// ServeHTTP tells of what is played, in plain text.
func (p *programme) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	scene := p.scene(path)
	id, isCase := strings.CutPrefix(path, casePath)
	switch {
	case asksForWebSocket(r) && scene != nil:
		w.Header().Set("Connection", "close")
		http.Error(w, "a script needs a connection of its own: this one has had another request", http.StatusBadRequest)
	case isCase && scene == nil && id != "":
		http.Error(w, notOffered(id), http.StatusNotFound)
	case asksForWebSocket(r):
		p.others.ServeHTTP(w, r)
	case isCase && id == "":
		p.answer(w, r, p.tellCases)
	case path == "/" && len(p.scripts) > 0:
		p.answer(w, r, p.tellAll)
	case scene != nil:
		p.answer(w, r, func(w io.Writer) { p.tell(w, path, scene) })
	default:
		p.others.ServeHTTP(w, r)
	}
}

// asksForWebSocket reports whether the request is meant as an opening handshake,
// right or not.
func asksForWebSocket(r *http.Request) bool {
	return slices.ContainsFunc(slices.Collect(maps.Keys(r.Header)), func(name string) bool {
		return name == "Upgrade" || strings.HasPrefix(name, "Sec-Websocket-")
	})
}

// answer answers a request for a page.
func (p *programme) answer(w http.ResponseWriter, r *http.Request, tell func(io.Writer)) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this can be read, and visited with a WebSocket", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	tell(w)
}

// tellAll lists the scripts.
func (p *programme) tellAll(w io.Writer) {
	fmt.Fprintln(w, "This is wsspec serve. It plays scripts to the WebSocket clients that open these paths:")
	fmt.Fprintln(w)
	p.list(w)
	fmt.Fprintf(w, "\nand the cases of the catalogue at %sID. All other paths echo, %sID with a fault.\n", casePath, "/fault/")
}

// tellCases lists the cases.
func (p *programme) tellCases(w io.Writer) {
	offered := p.offered()
	for _, id := range slices.Sorted(maps.Keys(offered)) {
		if id == offered[id].Case.ID {
			fmt.Fprintf(w, "%s%s  %s\n", casePath, id, offered[id].Case.Title)
		}
	}
}

// tell shows what is played at a path, and what came of the last visit.
func (p *programme) tell(w io.Writer, path string, scene *runner.Scene) {
	fmt.Fprintf(w, "This path plays a WebSocket client what stands behind \">\", and expects what stands behind \"<\":\n\n")
	showCase(w, scene.Case, false)
	p.mu.Lock()
	last := p.last[path]
	p.mu.Unlock()
	if last == "" {
		last = "There has been no visitor yet.\n"
	}
	fmt.Fprintf(w, "\n%s", last)
}

// offeredCases are the cases that are played to clients which come by themselves, by
// their ids and aliases.
func offeredCases() map[string]*runner.Scene {
	scenes := map[string]*runner.Scene{}
	for _, o := range runner.Offers(cases.All(), true) {
		scene := &runner.Scene{Case: o.Case}
		for _, name := range slices.Concat(o.Case.Alias, []string{o.Case.ID}) {
			scenes[name] = scene
		}
	}
	return scenes
}

// notOffered says why there is no such case.
func notOffered(id string) string {
	list, err := cases.Select(cases.All(), []string{id}, nil)
	switch {
	case err != nil:
		return err.Error()
	case len(list) != 1:
		return fmt.Sprintf("%q is not one case", id)
	}
	c := list[0]
	why := "it is played on several connections at a time"
	switch {
	case c.Subject == cases.Page:
		why = "it tests web pages, as wsspec browser does"
	case !c.Subject.Includes(cases.Client):
		why = "it tests servers"
	case slices.Contains(c.Needs, cases.Dialing):
		why = "it tells the client what to open"
	case slices.Contains(c.Needs, cases.Session):
		why = "it judges many connections of a client"
	case slices.Contains(c.Needs, cases.Patience):
		why = "it waits for a timer of the client's"
	}
	return "the case " + c.ID + " is not played to a client that comes by itself: " + why
}
