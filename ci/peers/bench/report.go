package bench

import (
	"slices"
	"time"
)

// Rate returns the median of a target's messages per second in a cell.
func (r *Report) Rate(cell, target int) float64 {
	return r.median(cell, target, Result.Rate)
}

// CPUPerMessage returns the median of the CPU time for one echo.
func (r *Report) CPUPerMessage(cell, target int) time.Duration {
	ns := func(result Result) float64 { return float64(result.CPUPerMessage()) }
	return time.Duration(r.median(cell, target, ns))
}

// Ratio returns how much faster a target is than the fastest of the other
// people's libraries in a cell: the median of the ratios of the rounds, for a
// slow round is slow for both. The fastest library itself has 1.
func (r *Report) Ratio(cell, target int) float64 {
	fastest := r.Results[cell][r.fastestPeer(cell)]
	var ratios []float64
	for round, result := range r.Results[cell][target] {
		ratios = append(ratios, result.Rate()/fastest[round].Rate())
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

func (r *Report) median(cell, target int, figure func(Result) float64) float64 {
	var figures []float64
	for _, result := range r.Results[cell][target] {
		figures = append(figures, figure(result))
	}
	return median(figures)
}

// median returns the middle of some figures, which are at least one.
func median(figures []float64) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
