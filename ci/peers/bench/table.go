package bench

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
)

// Rate returns the median of a target's messages per second in a cell.
func (r *Report) Rate(cell, target int) float64 {
	return median(r.Rates[cell][target])
}

// Ratio returns how much faster a target is than the fastest of the other
// people's libraries in a cell: the median of the ratios of the rounds, for a
// slow round is slow for both. The fastest library itself has 1.
func (r *Report) Ratio(cell, target int) float64 {
	fastest := r.Rates[cell][r.fastestPeer(cell)]
	var ratios []float64
	for round, rate := range r.Rates[cell][target] {
		ratios = append(ratios, rate/fastest[round])
	}
	return median(ratios)
}

// fastestPeer returns the index of the other people's library with the highest
// median, or 0 when there is none.
func (r *Report) fastestPeer(cell int) int {
	fastest := 0
	for t, target := range r.Targets {
		if target.Peer && (!r.Targets[fastest].Peer || r.Rate(cell, t) > r.Rate(cell, fastest)) {
			fastest = t
		}
	}
	return fastest
}

// median returns the middle of some figures, which are at least one.
func median(figures []float64) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// WriteTable writes the report as Markdown: a line on how it came about, the
// versions, and a table with a line for each cell.
func (r *Report) WriteTable(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Median of %d rounds of %v; %s, %d CPUs, %s/%s.\n\n", r.Options.Rounds,
		r.Options.Duration, runtime.Version(), runtime.GOMAXPROCS(0), runtime.GOOS, runtime.GOARCH)
	for _, target := range r.Targets {
		fmt.Fprintf(&b, "- %s: %s\n", target.Name, target.Version)
	}
	b.WriteString("\n| cell |")
	for _, target := range r.Targets {
		fmt.Fprintf(&b, " %s |", target.Name)
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(r.Targets)) + "\n")
	for c, cell := range r.Cells {
		fmt.Fprintf(&b, "| %s |", cell.title())
		for t := range r.Targets {
			fmt.Fprintf(&b, " %s (%.2f) |", rateString(r.Rate(c, t), cell.Size), r.Ratio(c, t))
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
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
