package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gohtml "github.com/yuin/goldmark/renderer/html"

	"github.com/wsspec/wsspec/ci/peers"
)

// again writes a report in other forms, with wsspec report.
func again(t *testing.T, folder string, args ...string) {
	t.Helper()
	wsspec, err := program()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(wsspec, append([]string{"report", folder, "--quiet"}, args...)...).CombinedOutput()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != 1) {
		t.Fatalf("%v\n%s", err, out)
	}
}

// JSON keeps to its schema, and what is read back gives the same report to the octet.
func TestJSONIsReadBack(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join("..", "..", "reports", "report.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range peers.Servers() {
		folder, copied := filepath.Join(five(t), p.Name), filepath.Join(t.TempDir(), "again.json")
		again(t, folder, "--json", copied)
		first, err1 := os.ReadFile(filepath.Join(folder, "report.json"))
		second, err2 := os.ReadFile(copied)
		if err1 != nil || err2 != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: it is another when it is read back: %v %v", p.Name, err1, err2)
		}
		var value any
		if err := json.Unmarshal(first, &value); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}

// JUnit of real runs keeps to the schema, as a validator of its own sees it.
func TestJUnitKeepsToItsSchema(t *testing.T) {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		missing(t, "there is no xmllint")
	}
	for _, p := range peers.Servers() {
		file := filepath.Join(five(t), p.Name, "junit.xml")
		if out, err := exec.Command(lint, "--noout", "--schema", filepath.Join("..", "..", "reports", "testdata", "junit.xsd"), file).CombinedOutput(); err != nil {
			t.Errorf("%v\n%.2000s", err, out)
		}
	}
}

// The summary of a run is Markdown as GitHub reads it: rendered, it has its tables and
// folds, and nothing of a peer's.
func TestTheSummaryIsRendered(t *testing.T) {
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(gohtml.WithUnsafe()))
	folders := map[string]string{"frames": hostile(t)}
	for _, p := range peers.Servers() {
		folders[p.Name] = five(t)
	}
	b := start(t)
	for name, folder := range folders {
		dir := t.TempDir()
		file := filepath.Join(dir, "summary.md")
		again(t, filepath.Join(folder, name), "--markdown", file)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var page bytes.Buffer
		page.WriteString(`<!DOCTYPE html><title>Summary</title><style>body{font:16px/1.5 sans-serif;margin:2rem}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem}</style><main id="main">`)
		if err := markdown.Convert(text, &page); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "summary.html"), page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		b.shape(1280, "light")
		b.open(dir, "summary.html")
		for what, expression := range map[string]string{
			"a script or an image":     `document.querySelector("#main script, #main img") !== null`,
			"no heading with a result": `!/: (not conformant|not judged|not finished)$/.test(document.querySelector("h2").textContent)`,
			"no table of sections":     `[...document.querySelectorAll("details")].at(-1).querySelectorAll("tr").length < 3`,
			"no fold with failures":    `!document.querySelector("details[open] table")`,
			"a torn table":             `[...document.querySelectorAll("table")].some(t => [...t.rows].some(r => r.cells.length !== t.rows[0].cells.length))`,
			"a row that is no row":     `[...document.querySelectorAll("p")].some(p => p.textContent.startsWith("|"))`,
			"Markdown that is text":    `/\]\(https?:|^#/m.test(document.getElementById("main").innerText)`,
		} {
			if b.text(expression) == "true" {
				t.Errorf("%s has %s", name, what)
			}
		}
		b.keep(fmt.Sprintf("summary-%s", name))
	}
}
