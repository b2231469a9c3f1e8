package generate

import (
	"bytes"
	"embed"
	"fmt"
	"go/format"
	"path"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"

	"github.com/wsspec/wsspec/reference"
)

// A File is one file of the module. Its name may have folders, with slashes.
type File struct {
	Name    string
	Content []byte
}

//go:embed templates
var templates embed.FS

// Files are the files of the server, by name. An error is about the options.
func Files(o Options) ([]File, error) {
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	needs, err := o.Wsspec.requirements()
	if err != nil {
		return nil, err
	}
	d := &data{Options: o, Requirements: needs}
	names := []string{"Dockerfile", "README.md", "go.mod", "main.go", "server.go", "server_test.go"}
	if len(o.Faults) > 0 {
		names = append(names, "faults.go")
	}
	if len(o.Scripts) > 0 {
		names = append(names, "scripts.go")
	}
	files := []File{{"go.sum", []byte(needs.sums)}}
	for _, f := range o.Scripts {
		files = append(files, File{path.Join("handlers", f.Name), f.Content})
	}
	for _, name := range names {
		content, err := render(name, d)
		if err != nil {
			return nil, err
		}
		files = append(files, File{name, content})
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

func render(name string, d *data) ([]byte, error) {
	functions := template.FuncMap{"quote": strconv.Quote, "join": strings.Join}
	t, err := template.New(name+".tmpl").Funcs(functions).ParseFS(templates, "templates/"+name+".tmpl")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, d); err != nil {
		return nil, err
	}
	if !strings.HasSuffix(name, ".go") {
		return b.Bytes(), nil
	}
	source, err := format.Source(b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", name, err, b.Bytes())
	}
	return source, nil
}

// data is what the templates ask for.
type data struct {
	Options
	Requirements requirements
}

func (d *data) Name() string    { return d.name() }
func (d *data) TLS() bool       { return d.Cert != "" }
func (d *data) Several() bool   { return len(d.Listen) > 1 }
func (d *data) Lottery() bool   { return len(d.Options.Faults) > 0 && d.Odds < 1 }
func (d *data) Replace() string { return d.Wsspec.Replace }
func (d *data) Ports() []int    { return d.ports() }

// Sumless reports whether the checksum of wsspec is not known.
func (d *data) Sumless() bool { return d.Replace() == "" && d.Wsspec.Sum == "" }

func (d *data) Scheme() string {
	if d.TLS() {
		return "wss"
	}
	return "ws"
}

func (d *data) URLs() (urls []string) {
	for _, address := range d.Listen {
		urls = append(urls, d.Scheme()+"://"+address+"/")
	}
	return urls
}

// VisitTime is the limit of a visit as an expression; empty for none.
func (d *data) VisitTime() string {
	switch t := d.Options.VisitTime; {
	case t <= 0:
		return ""
	case t%time.Minute == 0:
		return fmt.Sprintf("%d * time.Minute", t/time.Minute)
	case t%time.Second == 0:
		return fmt.Sprintf("%d * time.Second", t/time.Second)
	default:
		return fmt.Sprintf("%d * time.Nanosecond", t)
	}
}

// Mount is the argument of docker run that puts a file to where the server in the
// container looks for it: that runs in the root folder.
func (d *data) Mount(file string) string {
	if path.IsAbs(file) {
		return strconv.Quote(file + ":" + file + ":ro")
	}
	return strconv.Quote("$PWD/" + file + ":" + path.Join("/", file) + ":ro")
}

// Limit is ReadLimit as people write a power of two; empty for that of the
// reference.
func (d *data) Limit() string {
	n := d.ReadLimit
	switch {
	case n == 0:
		return ""
	case n > 0 && n%(1<<20) == 0:
		return fmt.Sprintf("%d << 20", n>>20)
	case n > 0 && n%(1<<10) == 0:
		return fmt.Sprintf("%d << 10", n>>10)
	}
	return strconv.FormatInt(n, 10)
}

// LimitIsNamed reports whether there is a limit that was chosen.
func (d *data) LimitIsNamed() bool { return d.ReadLimit > 0 }

// Conforms reports whether the test holds the server, or its connections without a
// fault, to the whole suite.
func (d *data) Conforms() bool { return len(d.Noticed) == 0 || d.Lottery() }

func (d *data) honest() bool            { return len(d.Options.Faults) == 0 || d.Lottery() }
func (d *data) DialsSubprotocols() bool { return d.honest() && len(d.Subprotocols) > 0 }
func (d *data) DialsOrigins() bool      { return d.honest() && len(d.Origins) > 0 }

// Dials reports whether the test has a client of its own.
func (d *data) Dials() bool { return d.DialsSubprotocols() || d.DialsOrigins() }

// Chat is the first of the two subprotocols that the suite plays with; empty when
// there are no two, or those that it takes anyway.
func (d *data) Chat() string {
	if len(d.Subprotocols) < 2 || d.Subprotocols[0] == "chat" && d.Subprotocols[1] == "superchat" {
		return ""
	}
	return d.Subprotocols[0]
}

func (d *data) Superchat() string { return d.Subprotocols[1] }

// A fault is one with the place of its rule.
type fault struct {
	reference.Fault
	Document, Section string
}

// Faults are what the server does wrong. They shadow the ids.
func (d *data) Faults() (list []fault) {
	for _, id := range d.Options.Faults {
		all := reference.Faults()
		f := all[slices.IndexFunc(all, func(f reference.Fault) bool { return f.ID == id })]
		document, section, _ := strings.Cut(f.Requirement, "-")
		list = append(list, fault{f, document, section[:strings.LastIndexByte(section, '-')]})
	}
	return list
}
