package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// A measurement is what a run cost.
type measurement struct {
	peer          string
	report        *runner.Report
	wall          time.Duration
	suite, server usage
}

// write writes the table.
func (m *measurement) write(w io.Writer) {
	fmt.Fprintf(w, "%s; %s, %d CPUs, %s/%s\n\n", m.peer, runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintln(w, "| cases | verdicts | sent | wall | CPU of suite | of server | peak memory of suite | of server |")
	fmt.Fprintln(w, "|--:|---|--:|--:|--:|--:|--:|--:|")
	fmt.Fprintf(w, "| %d | %s | %.1f MB | %.1f s | %.1f s | %.1f s | %d MiB | %d MiB |\n",
		len(m.report.Results), m.verdicts(), float64(m.sent())/1e6, m.wall.Seconds(),
		m.suite.cpu.Seconds(), m.server.cpu.Seconds(), m.suite.peak>>20, m.server.peak>>20)
	if m.report.Trouble != "" {
		fmt.Fprintln(w, "\ntrouble:", m.report.Trouble)
	}
}

// writeSlow lists the n cases that took longest.
func (m *measurement) writeSlow(w io.Writer, n int) {
	slowest := slices.SortedFunc(slices.Values(m.report.Results), func(a, b runner.Result) int {
		return cmp.Compare(b.Duration, a.Duration)
	})
	if n = min(n, len(slowest)); n == 0 {
		return
	}
	fmt.Fprint(w, "\n| case | verdict | wall |\n|---|---|--:|\n")
	for _, r := range slowest[:n] {
		fmt.Fprintf(w, "| %s | %s | %.3f s |\n", r.Case.ID, r.Verdict, r.Duration.Seconds())
	}
}

// verdicts counts them.
func (m *measurement) verdicts() string {
	counts := map[cases.Verdict]int{}
	for _, r := range m.report.Results {
		counts[r.Verdict]++
	}
	var parts []string
	for v := cases.Pass; v <= cases.Errored; v++ {
		if n := counts[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	return strings.Join(parts, ", ")
}

// sent is the octets of payload in the messages of the cases that were played,
// before compression.
func (m *measurement) sent() (octets int64) {
	for _, r := range m.report.Results {
		if r.Verdict != cases.Skipped {
			octets += int64(r.Case.Connects()) * sentBy(r.Case.Steps)
		}
	}
	return octets
}

func sentBy(steps []cases.Step) (octets int64) {
	for _, s := range steps {
		switch s := s.(type) {
		case cases.RepeatStep:
			octets += int64(s.Times) * sentBy(s.Steps)
		case cases.SendStep:
			for _, f := range s.Frames {
				octets += int64(f.Payload.Len())
			}
		}
	}
	return octets
}
