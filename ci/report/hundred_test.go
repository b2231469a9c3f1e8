package report_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/wsspec/wsspec/reports/html"
)

// hundred are a hundred agents with 1,500 cases each: what the servers of ci/peers
// did, again and again.
func hundred(t testing.TB) (list []html.Agent) {
	t.Helper()
	agents := fiveAgents(t)
	for i := range 100 {
		a := agents[i%5]
		r := *a.Report
		r.Results = r.Results[:1500]
		a.Name, a.Report = fmt.Sprintf("%s %d", a.Name, i), &r
		list = append(list, a)
	}
	return list
}

// A hundred agents make a report that is small enough, and opens.
func TestAHundredAgents(t *testing.T) {
	dir := written(t, hundred(t))
	if size := folderSize(t, dir); size > 60<<20 {
		t.Errorf("%d MiB", size>>20)
	}
	b := start(t)
	b.shape(1280, "light")
	for _, name := range []string{"index.html", "agent-7.html", "case.html#case=close/code-1005-on-the-wire&agent=xnet+4", "matrix.html"} {
		b.open(dir, name)
	}
	if rows := b.text(`document.querySelectorAll("#matrix tbody tr").length < 120`); rows != "true" {
		t.Error("rows stand in the page that are not in view")
	}
	b.text(`document.getElementById("matrix").scrollTop = 1e9`)
	b.until(`document.querySelector('#matrix tbody tr[aria-rowindex="' + document.querySelector("#matrix table").getAttribute("aria-rowcount") + '"]') !== null`)
	b.keep("hundred")
}

// BenchmarkAHundredAgents writes them, and opens the first page and the grid: how long
// it takes on the clock and of the processors, the size, and when a reader sees
// something.
func BenchmarkAHundredAgents(b *testing.B) {
	list, dir := hundred(b), ""
	before := processors(b)
	for b.Loop() {
		dir = b.TempDir()
		if err := html.Write(dir, html.Page{Title: "Servers in Go", Agents: list}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/write")
	b.ReportMetric((processors(b)-before).Seconds()/float64(b.N), "cpu-s/write")
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(folderSize(b, dir))/(1<<20), "MiB")
	chrome := start(b)
	chrome.shape(1280, "light")
	for _, name := range []string{"index", "matrix"} {
		chrome.open(dir, name+".html")
		view, err := strconv.ParseFloat(chrome.text("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()"), 64)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(view, name+"-view-ms")
	}
}

// processors is the time that this process has had of all processors.
func processors(t testing.TB) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func folderSize(t testing.TB, dir string) (size int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}
