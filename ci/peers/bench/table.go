package bench

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"
)

// WriteTable writes the report as Markdown: how it came about, and two tables
// with a line for each cell. The first has the speed and, in parentheses, the
// ratio to the fastest of the other people's libraries, the second CPU time.
func (r *Report) WriteTable(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Median of %d rounds of %v; %s, %d CPUs, %s/%s.\n\n", r.Options.Rounds,
		r.Options.Duration, runtime.Version(), runtime.GOMAXPROCS(0), runtime.GOOS, runtime.GOARCH)
	for _, target := range r.Targets {
		fmt.Fprintf(&b, "- %s: %s\n", target.Name, target.Version)
	}
	b.WriteString("\nMessages or payload per second (ratio to the fastest of the libraries):\n")
	r.writeTable(&b, func(c, t int) string {
		return fmt.Sprintf("%s (%.2f)", rateString(r.Rate(c, t), r.Cells[c].Size), r.Ratio(c, t))
	})
	b.WriteString("\nCPU time for one echo, client and server together:\n")
	r.writeTable(&b, func(c, t int) string {
		return fmt.Sprintf("%.2f µs", float64(r.CPUPerMessage(c, t))/float64(time.Microsecond))
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// writeTable writes a table with a line for each cell and a column for each
// target.
func (r *Report) writeTable(b *strings.Builder, entry func(cell, target int) string) {
	b.WriteString("\n| cell |")
	for _, target := range r.Targets {
		fmt.Fprintf(b, " %s |", target.Name)
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(r.Targets)) + "\n")
	for c, cell := range r.Cells {
		fmt.Fprintf(b, "| %s |", cell.title())
		for t := range r.Targets {
			fmt.Fprintf(b, " %s |", entry(c, t))
		}
		b.WriteString("\n")
	}
}

// title describes a cell in words.
func (c Cell) title() string {
	return fmt.Sprintf("%s, %s, %d in flight", sizeString(c.Size), plural(c.Conns, "connection"), c.Depth)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// rateString shows small messages as messages per second, and large ones as
// payload per second.
func rateString(rate float64, size int) string {
	switch {
	case size >= 64<<10:
		return fmt.Sprintf("%.0f MiB/s", rate*float64(size)/(1<<20))
	case rate >= 1e6:
		return fmt.Sprintf("%.2f M/s", rate/1e6)
	default:
		return fmt.Sprintf("%.0f k/s", rate/1e3)
	}
}
