package html

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/url"
	"strings"
)

//go:embed assets
var assets embed.FS

// A sheet is what the frame around each page shows.
type sheet struct {
	Title   string
	Report  string // the title of the whole
	Version string
	Wide    bool
	Links   []link
	Policy  string
	Style   template.HTML
	Script  template.HTML
	Body    any
}

// A link leads to another page of the report.
type link struct {
	Name, File string
	Current    bool
}

// A press makes pages. All of them have the same style, and some have a script.
type press struct {
	pages *template.Template
	style string
	m     *model
}

func newPress(m *model) (*press, error) {
	pages, err := template.ParseFS(assets, "assets/*.html")
	if err != nil {
		return nil, err
	}
	style, err := assets.ReadFile("assets/style.css")
	return &press{pages, string(style), m}, err
}

// page makes the page with the name of a template.
func (p *press) page(name, file, title string, body any, scripts ...string) ([]byte, error) {
	script, err := source(scripts)
	if err != nil {
		return nil, err
	}
	s := sheet{
		Title: title, Report: p.m.title(), Version: visible(p.m.page.Version), Wide: name == "matrix" || name == "overview" && len(p.m.agents) > 8,
		Links: p.links(file), Policy: policy(p.style, script),
		Style: template.HTML("<style>" + p.style + "</style>"), Body: body,
	}
	if script != "" {
		s.Script = template.HTML("<script>" + script + "</script>")
	}
	var b bytes.Buffer
	err = p.pages.ExecuteTemplate(&b, name, s)
	return b.Bytes(), err
}

// source is what the scripts of a page say, one behind the other.
func source(names []string) (string, error) {
	var b strings.Builder
	for _, name := range names {
		text, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return "", err
		}
		b.Write(text)
	}
	return b.String(), nil
}

// links are the pages of the report. One agent has no page but the first.
func (p *press) links(file string) []link {
	list := []link{{Name: "Overview", File: "index.html"}, {Name: "Cases", File: "matrix.html"}, {Name: "Requirements", File: "coverage.html"}}
	for i := range list {
		list[i].Current = list[i].File == file
	}
	return list
}

// policy is the Content-Security-Policy of a page: its own style and script, and
// what that loads, and nothing else. Names of origins would not do, since pages of
// the file scheme have none that browsers agree on.
func policy(style, script string) string {
	parts := []string{"default-src 'none'", "style-src " + hash(style), "img-src data:", "base-uri 'none'", "form-action 'none'"}
	if script != "" {
		parts = append(parts, "script-src "+hash(script)+" 'strict-dynamic'")
	}
	return strings.Join(parts, "; ")
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// fragment is a page with parameters behind #, in pairs of name and value; those
// without a value are left out.
func fragment(page string, pairs ...string) string {
	var list []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			list = append(list, pairs[i]+"="+url.QueryEscape(pairs[i+1]))
		}
	}
	return page + "#" + strings.Join(list, "&")
}
