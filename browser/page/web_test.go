package page

import (
	"encoding/json"
	"io/fs"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
)

func TestEveryAnswerForbidsWhatIsNotFromHere(t *testing.T) {
	p, _ := sample()
	for path, want := range map[string]string{
		"/": "text/html; charset=utf-8", "/page.css": "text/css; charset=utf-8", "/page.js": "text/javascript; charset=utf-8",
		"/icon.svg": "image/svg+xml", "/cases": "application/json", "/case": "text/plain; charset=utf-8", "/runCase": "text/plain; charset=utf-8",
	} {
		h := get(p, path).Header()
		if h.Get("Content-Type") != want || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, h)
		}
		if s := h.Get("Content-Security-Policy"); !strings.HasPrefix(s, "default-src 'self'; ") || strings.Contains(s, "unsafe") {
			t.Errorf("%s: %s", path, s)
		}
	}
}

// The Host field is the client's: it gets nowhere but where it is a host.
func TestThePolicyNamesTheHostIfItIsOne(t *testing.T) {
	for _, test := range []struct {
		host string
		want bool
	}{
		{"localhost:9001", true}, {"192.168.1.2:9001", true}, {"a.example", true},
		{"[::1]:9001", false}, {"", false}, {"a; script-src *", false}, {"*", false}, {"a:b", false}, {"a\n", false},
	} {
		s := policy(test.host)
		if got := strings.Contains(s, "ws://"+test.host+" wss://"+test.host); got != test.want || !test.want && !strings.HasSuffix(s, "connect-src 'self'") {
			t.Errorf("%q: %s", test.host, s)
		}
	}
}

func TestOnlyGETIsAnswered(t *testing.T) {
	p, _ := sample()
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest(method, "/", nil))
		if w.Code != 405 {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequest("HEAD", "/events", nil)) // returns
	if w.Code != 200 {
		t.Error(w.Code)
	}
}

// A client can take any name; to the page it is text.
func TestNamesOfClientsAreNoMarkup(t *testing.T) {
	p, offers := sample()
	const name = "</script><script>alert(1)</script>\r\n\r\nevent: end"
	p.Played(name, offers[0], result(offers[0], cases.Failed))
	text, _, _ := p.news(-1)
	if strings.ContainsAny(text, "<>\r") || strings.Count(text, "\n") != 3 {
		t.Errorf("%q", text)
	}
	var state struct{ Agents []struct{ Name string } }
	_, data, _ := strings.Cut(text, "data: ")
	if err := json.Unmarshal([]byte(data), &state); err != nil || state.Agents[0].Name != name {
		t.Errorf("%v, %+v", err, state)
	}
	if s := get(p, "/").Body.String(); strings.Contains(s, "alert") {
		t.Error(s)
	}
}

// The scripts put text into the page and never markup, and the page has no scripts
// and styles of its own, which its policy would not let run.
func TestTheFilesNeedNothingThatIsForbidden(t *testing.T) {
	bad := map[string]*regexp.Regexp{
		".js":   regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|https?://`),
		".html": regexp.MustCompile(`<style|\sstyle=|\son[a-z]+=|<script[^>]*>[^<]|https?://`),
		".css":  regexp.MustCompile(`@import|url\(|https?://`),
	}
	err := fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(static, name)
		for ending, wrong := range bad {
			if strings.HasSuffix(name, ending) && wrong.Match(b) {
				t.Errorf("%s has %q", name, wrong.Find(b))
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// What a script imports, or the page links to, is there.
func TestTheFilesLinkToEachOther(t *testing.T) {
	p, _ := sample()
	links := regexp.MustCompile(`(?:href|src)="(/[^"]*)"|from "\.(/[^"]*)"`)
	for _, name := range []string{"/", "/page.js", "/clients.js", "/results.js", "/model.js", "/drive.js"} {
		for _, m := range links.FindAllStringSubmatch(get(p, name).Body.String(), -1) {
			if path := m[1] + m[2]; get(p, path).Code != 200 {
				t.Errorf("%s needs %s", name, path)
			}
		}
	}
}

// The ids that programs go by which drive a browser are documented.
func TestTheHooksOfDriversAreThere(t *testing.T) {
	p, _ := sample()
	if s := get(p, "/").Body.String(); !strings.Contains(s, `id="run" data-state="idle" data-done="0" data-total="0"`) {
		t.Error(s)
	}
}

func TestCasesComeWithTheirSectionsInOrder(t *testing.T) {
	p, _ := sample()
	var got struct {
		Offers   int
		Sections []string
		Cases    []item
	}
	if err := json.Unmarshal(get(p, "/cases").Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"RFC 6455 5.9", "RFC 6455 5.10", "own cases"}, got.Sections); d != "" || got.Offers != 2 {
		t.Error(got.Offers, d)
	}
	want := []item{
		{"1.1.1", "t/echo", "a sample", "RFC 6455 5.10", false}, {"t/own", "t/own", "a sample", "RFC 6455 5.9", false},
		{"t/session", "t/session", "a sample", "own cases", false},
	}
	if d := cmp.Diff(want, got.Cases); d != "" {
		t.Error(d)
	}
}

func TestTheAccountOfACaseIsThatOfTheReport(t *testing.T) {
	p, offers := sample()
	failed := result(offers[1], cases.Failed)
	p.Played("a", offers[0], result(offers[0], cases.Pass))
	p.Played("a", offers[1], failed)
	w := get(p, "/case?agent=0&case=1")
	if d := cmp.Diff(failed.Block("")+"      again     wsspec listen t/own\n", w.Body.String()); d != "" || w.Code != 200 {
		t.Error(w.Code, d)
	}
	for _, query := range []string{"", "?agent=0&case=0", "?agent=1&case=1", "?agent=-1&case=1", "?agent=a&case=1", "?agent=0", "?agent=0&case=99", "?agent=%zz&case=1"} {
		if w := get(p, "/case"+query); w.Code != 404 {
			t.Errorf("%q: %d %s", query, w.Code, w.Body)
		}
	}
	p.Played("a", offers[1], result(offers[1], cases.Pass))
	if w := get(p, "/case?agent=0&case=1"); w.Code != 404 {
		t.Error(w.Code, "for a case that passes now")
	}
}
