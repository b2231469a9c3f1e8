package page

import (
	"cmp"
	"embed"
	"encoding/json"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/cases"
)

//go:embed static
var static embed.FS

// types are the media types of the files.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// An item is a case as the page shows it.
type item struct {
	Name    string `json:"name"`    // under which it is offered
	ID      string `json:"id"`      // of the case
	Title   string `json:"title"`   // the rule in one sentence
	Section string `json:"section"` // "RFC 6455 5.4"
	// Heavy says that the case should have the machine to itself.
	Heavy bool `json:"heavy,omitempty"`
}

func itemOf(name string, c *cases.Case) item {
	section := "own cases"
	if len(c.Refs) > 0 {
		section = cases.SectionOf(c.Refs[0])
	}
	return item{name, c.ID, c.Title, section, c.Weight == cases.Heavy}
}

// routes says what is where.
func (p *Page) routes() {
	files, err := static.ReadDir("static")
	if err != nil {
		panic(err) // they are a part of the program
	}
	for _, f := range files {
		p.mux.HandleFunc("GET /"+strings.Replace(f.Name(), "index.html", "{$}", 1), file(f.Name()))
	}
	p.mux.HandleFunc("GET /cases", p.cases)
	p.mux.HandleFunc("GET /case", p.account)
	p.mux.HandleFunc("GET /events", p.events)
}

func file(name string) http.HandlerFunc {
	b, err := static.ReadFile("static/" + name)
	if err != nil {
		panic(err)
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", types[path.Ext(name)])
		w.Write(b)
	}
}

// ServeHTTP answers requests that are no opening handshakes of WebSocket.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy(r.Host))
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	p.mux.ServeHTTP(w, r)
}

// hosts are those that a policy can name: addresses of IPv6 it cannot.
var hosts = regexp.MustCompile(`^[A-Za-z0-9.-]+(:[0-9]+)?$`)

// policy allows what comes from here alone. That 'self' includes WebSocket is not
// known to every browser.
func policy(host string) string {
	s := "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'"
	if hosts.MatchString(host) {
		s += " ws://" + host + " wss://" + host
	}
	return s
}

// cases lists the cases and the sections in their order.
func (p *Page) cases(w http.ResponseWriter, _ *http.Request) {
	var sections []string
	for _, i := range p.items {
		sections = append(sections, i.Section)
	}
	slices.SortFunc(sections, compareNumbers)
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{
		"session": p.session, "offers": len(p.offers), "cases": p.items, "sections": slices.Compact(sections),
	})
}

// account tells of a case that did not pass as a report does.
func (p *Page) account(w http.ResponseWriter, r *http.Request) {
	a, errA := strconv.Atoi(r.FormValue("agent"))
	i, errI := strconv.Atoi(r.FormValue("case"))
	p.mu.Lock()
	result := p.accounts[place{a, i}]
	p.mu.Unlock()
	if errA != nil || errI != nil || result == nil {
		http.Error(w, "there is no account of this case here", http.StatusNotFound)
		return
	}
	text := result.Block("")
	if p.again != nil {
		text += "      again     " + p.again(result.Case.ID) + "\n"
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte(text))
}

// compareNumbers orders names so that 5.10 comes behind 5.9.
func compareNumbers(a, b string) int {
	return slices.CompareFunc(strings.FieldsFunc(a, apart), strings.FieldsFunc(b, apart), func(a, b string) int {
		m, errA := strconv.Atoi(a)
		n, errB := strconv.Atoi(b)
		if errA != nil || errB != nil {
			return strings.Compare(a, b)
		}
		return cmp.Compare(m, n)
	})
}

func apart(r rune) bool { return r == ' ' || r == '.' }
