package report_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/wsspec/wsspec/reports/html"
)

// written writes a report into a folder.
func written(t testing.TB, list []html.Agent) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := html.Write(dir, html.Page{Title: "Servers in Go", Agents: list}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Each page reads well in every shape: nothing is wider than the window, and the
// engine finds no fault with contrast, landmarks, names and the keyboard.
func TestEachPageInEachShape(t *testing.T) {
	dir := written(t, some(fiveAgents(t)))
	b := start(t)
	engine, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		missing(t, "there is no axe-core: npm ci installs it")
	}
	pages := []struct{ name, address string }{
		{"overview", "index.html"}, {"agent", "agent-5.html"}, {"coverage", "coverage.html"}, {"matrix", "matrix.html#verdict=fail"},
		{"closing", "matrix.html#verdict=fail&close=1"}, {"case", "case.html#case=deflate/not-agreed/text&agent=xnet"},
		{"handshake", "case.html#case=extension/quoted/value&agent=gorilla"}, {"compression", "case.html#case=deflate/final/more-behind&agent=coder"}, {"none", "case.html#case=none"},
	}
	b.run(`document.body.innerHTML = "<p style='color: #aaa; background: #bbb'>grey"; 0`)
	if len(b.violations(string(engine))) == 0 {
		t.Error("the engine finds nothing wrong with grey on grey")
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 390} {
			b.shape(width, scheme)
			for _, p := range pages {
				b.open(dir, p.address)
				name := fmt.Sprintf("%s-%d-%s", p.name, width, scheme)
				b.keep(name)
				if over := b.text("document.documentElement.scrollWidth - innerWidth"); strings.Trim(over, "-0123456789") != "" || over[0] != '-' && over != "0" {
					t.Errorf("%s: the page is %s pixels wider than the window", name, over)
				}
				for _, violation := range b.violations(string(engine)) {
					t.Errorf("%s: %s", name, violation)
				}
			}
		}
	}
}

// some is one case in eight of each agent, since the engine looks at each element,
// and those that the test opens.
func some(list []html.Agent) []html.Agent {
	fewer := slices.Clone(list)
	for i := range fewer {
		r := *fewer[i].Report
		r.Results = nil
		for n, one := range fewer[i].Report.Results {
			if n%8 == 0 || slices.Contains([]string{"deflate/not-agreed/text", "extension/quoted/value", "deflate/final/more-behind"}, one.Case.ID) {
				r.Results = append(r.Results, one)
			}
		}
		fewer[i].Report = &r
	}
	return fewer
}

// violations are what axe-core finds in the page.
func (b *browser) violations(engine string) (list []string) {
	b.t.Helper()
	b.run(engine + ";window.axeFound = null; axe.run(document).then(r => { window.axeFound = JSON.stringify(r.violations.map(v => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | '))) }); 0")
	b.until("window.axeFound !== null")
	if err := json.Unmarshal([]byte(b.text("window.axeFound")), &list); err != nil {
		b.t.Fatal(err)
	}
	return list
}

// On paper the pages are dark on white, with all that is folded on the screen, and
// without what only a screen can do.
func TestPagesArePrinted(t *testing.T) {
	dir := five(t)
	b := start(t)
	b.shape(1280, "dark")
	for _, address := range []string{"index.html", "agent-3.html", "case.html#case=deflate/not-agreed/text&agent=xnet", "matrix.html#verdict=fail&section=RFC+6455+5.4", "coverage.html"} {
		b.open(dir, address)
		b.print()
		for what, expression := range map[string]string{
			"light text":      `getComputedStyle(document.documentElement).color !== "rgb(29, 35, 32)"`,
			"a dark ground":   `getComputedStyle(document.documentElement).backgroundColor !== "rgb(255, 255, 255)"`,
			"navigation":      `[...document.querySelectorAll(".bar-top ul, .tools, .turn, footer")].some(e => e.checkVisibility())`,
			"folds":           `[...document.querySelectorAll("details > :not(summary)")].some(e => e.getBoundingClientRect().height === 0)`,
			"a window within": `[...document.querySelectorAll(".frame")].some(e => e.clientHeight && e.scrollHeight > e.clientHeight + 2)`,
		} {
			if b.text(expression) == "true" {
				t.Errorf("%s has %s", address, what)
			}
		}
		b.shape(1280, "dark")
	}
}

// A reader goes from a cell of the overview to the cases behind it, filters them, and
// opens one; every step is in the address.
func TestAReaderFindsACase(t *testing.T) {
	dir := five(t)
	b := start(t)
	b.shape(1280, "light")
	b.open(dir, "index.html")
	b.click(`.sections td.fail a[href*="agent=xnet"]`)
	b.until(`location.pathname.endsWith("/matrix.html")`)
	b.ready()
	if at := b.text("location.href"); !strings.Contains(at, "matrix.html#agent=xnet&section=RFC+6455") {
		t.Fatalf("the cell leads to %s", at)
	}
	all := b.text("document.getElementById('status').textContent")
	b.click(`#verdicts button[value="fail"]`)
	if at, now := b.text("location.hash"), b.text("document.getElementById('status').textContent"); !strings.Contains(at, "verdict=fail") || now == all {
		t.Errorf("the filter shows %s at %s", now, at)
	}
	if others := b.text(`[...document.querySelectorAll("#matrix tbody tr:not(.head):not(.filler)")].filter(tr => !tr.cells[1].classList.contains("fail")).length`); others != "0" {
		t.Errorf("%s rows do not fail", others)
	}
	b.click("#reset")
	b.do(chromedp.SendKeys("#text", "compressed ping"))
	b.until(`location.hash === "#text=compressed+ping"`)
	found := b.text("document.getElementById('status').textContent")
	b.do(chromedp.Reload())
	b.ready()
	if now := b.text("document.getElementById('status').textContent"); now != found || b.text("document.getElementById('text').value") != "compressed ping" {
		t.Errorf("after a reload it shows %q, and not %q", now, found)
	}
	b.click("#closing")
	b.until(`document.querySelectorAll("#matrix .how").length > 0`)
	b.click(`#matrix tbody td a`)
	b.until(`location.pathname.endsWith("/case.html")`)
	b.ready()
	title := b.text("document.title")
	b.click(`.turn a[rel=next]`)
	b.until("document.title !== " + fmt.Sprintf("%q", title))
	b.do(chromedp.NavigateBack())
	b.until("document.title === " + fmt.Sprintf("%q", title))
	b.click(`.rule a[href^="coverage.html#"]`)
	b.until(`location.pathname.endsWith("/coverage.html")`)
	b.until(`(r => r.top >= 0 && r.bottom <= innerHeight)(document.querySelector(":target").getBoundingClientRect())`)
	b.keep("requirement")
}

// A failure is told in plain words, with the octets that it is about: what a browser
// makes of a response, and at which octet of which message compression ends.
func TestAFailureIsExplained(t *testing.T) {
	dir := five(t)
	b := start(t)
	b.shape(390, "light")
	for _, test := range []struct{ at, meaning, marked string }{
		{"case=handshake/connection/empty-elements&agent=gorilla", "A browser that gets this response does not open the connection", "HTTP/1.1 400 Bad Request"},
		{"case=handshake/connection/empty-elements&agent=gorilla", "Unexpected response code: 400", "Connection: , ,Upgrade,"},
		{"case=extension/quoted/value&agent=gorilla", "Browsers make other offers", "permessage-deflate; server_no_context_takeover"},
		{"case=handshake/key/two-different&agent=gorilla", "No browser sends such a request", "Sec-WebSocket-Key: "},
		{"case=deflate/final/more-behind&agent=coder", "Message 1 should come back as it was sent, with 10 octets: it comes back with the first 5 alone. That is all that stands before octet 7 of its compressed payload", ""},
	} {
		b.open(dir, "case.html#"+test.at)
		if text := b.text(`document.getElementById("main").textContent`); !strings.Contains(text, test.meaning) {
			t.Errorf("%s does not say %q", test.at, test.meaning)
		}
		if marks := b.text(`[...document.querySelectorAll("mark")].map(m => m.textContent).join("\n")`); marks == "" || !strings.Contains(marks, test.marked) {
			t.Errorf("%s marks %q", test.at, marks)
		}
	}
}

// The grid is one stop of the tab key, and the arrows go from cell to cell.
func TestTheKeyboardReachesEachCell(t *testing.T) {
	dir := five(t)
	b := start(t)
	b.shape(1280, "light")
	b.open(dir, "matrix.html")
	if stops := b.text(`document.querySelectorAll('#matrix tbody a[tabindex="0"]').length`); stops != "1" {
		t.Errorf("%s stops", stops)
	}
	b.do(chromedp.Focus(`#matrix tbody a[tabindex="0"]`))
	at := func() string { return b.text("document.activeElement.dataset.at") }
	for _, step := range []struct{ key, want string }{
		{kb.ArrowDown, "2,0"}, {kb.ArrowRight, "2,1"}, {kb.End, "2,4"}, {kb.ArrowRight, "2,4"}, {kb.Home, "2,0"}, {kb.ArrowUp, "1,0"}, {kb.ArrowUp, "1,0"},
	} {
		b.do(chromedp.KeyEvent(step.key))
		if got := at(); got != step.want {
			t.Errorf("the cell is %s, want %s", got, step.want)
		}
	}
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`location.pathname.endsWith("/case.html")`)
	b.ready()
}

// Nothing that a peer sends runs, whatever page shows it.
func TestNothingOfAPeerRuns(t *testing.T) {
	dir := hostile(t)
	b := start(t)
	b.shape(1280, "light")
	for _, name := range []string{"index.html", "agent-1.html", "agent-2.html", "matrix.html", "coverage.html"} {
		b.open(dir, name)
	}
	shown := 0
	for _, name := range []string{"%3Cscript%3Ealert(1)%3C%2Fscript%3E%3Cimg+src%3Dx+onerror%3Dalert(2)%3E", "frames"} {
		b.open(dir, "matrix.html#verdict=fail&agent="+name)
		links := b.text(`[...document.querySelectorAll("#matrix tbody td a")].slice(0, 4).map(a => a.getAttribute("href")).join("\n")`)
		for link := range strings.SplitSeq(links, "\n") {
			b.open(dir, link)
			if b.text(`document.getElementById("main").textContent.includes("alert(1)")`) == "true" {
				shown++
			}
			if n := b.text(`document.querySelectorAll("main script, main img").length`); n != "0" {
				t.Errorf("%s: %s elements are the peer's", link, n)
			}
		}
	}
	if shown < 4 {
		t.Errorf("what the peer sent shows on %d pages", shown)
	}
}
