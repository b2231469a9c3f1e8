package bench

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCellsAreBoundedAndDiffer(t *testing.T) {
	var got []string
	for _, cell := range Cells() {
		got = append(got, cell.String())
		if n := cell.Size * cell.Conns * cell.Depth; n > maxInFlight {
			t.Errorf("%s: %d octets in flight", cell, n)
		}
	}
	want := []string{
		"64B/1conn/1deep", "64B/1conn/32deep", "64B/64conn/1deep", "64B/64conn/32deep",
		"1KiB/1conn/1deep", "1KiB/1conn/32deep", "1KiB/64conn/1deep", "1KiB/64conn/32deep",
		"64KiB/1conn/1deep", "64KiB/1conn/32deep", "64KiB/64conn/1deep", "64KiB/64conn/32deep",
		"16MiB/1conn/1deep", "16MiB/1conn/8deep", "16MiB/8conn/1deep",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unexpected cells (-want +got):\n%s", diff)
	}
}

func TestTableShowsMediansAndRatiosToTheFastestPeer(t *testing.T) {
	report := &Report{
		Options: Options{Rounds: 3, Duration: time.Second},
		Targets: []Target{
			{Name: "reference", Version: "this module"},
			{Name: "a", Version: "example.org/a v1.0.0", Peer: true},
			{Name: "b", Version: "example.org/b v2.0.0", Peer: true},
		},
		Cells: []Cell{{64, 1, 32}, {64 << 10, 64, 1}},
		Results: [][][]Result{
			// The third round is spoilt for all alike.
			{second(3e6, 3e6, 1e5), second(1e6, 1e6, 5e4), second(5e5, 4e5, 1e4)},
			{second(16000, 8000, 16000), second(8000, 16000, 40000), second(32000, 32000, 32000)},
		},
	}
	var b strings.Builder
	if err := report.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(b.String(), "\n\n")
	want := `- reference: this module
- a: example.org/a v1.0.0
- b: example.org/b v2.0.0

Messages or payload per second (ratio to the fastest of the libraries):

| cell | reference | a | b |
|---|--:|--:|--:|
| 64B, 1 connection, 32 in flight | 3.00 M/s (3.00) | 1.00 M/s (1.00) | 400 k/s (0.40) |
| 64KiB, 64 connections, 1 in flight | 1000 MiB/s (0.50) | 1000 MiB/s (0.50) | 2000 MiB/s (1.00) |

CPU time for one echo, client and server together:

| cell | reference | a | b |
|---|--:|--:|--:|
| 64B, 1 connection, 32 in flight | 0.67 µs | 2.00 µs | 5.00 µs |
| 64KiB, 64 connections, 1 in flight | 125.00 µs | 125.00 µs | 62.50 µs |
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unexpected table (-want +got):\n%s", diff)
	}
}

// second makes results of messages in a second, on two busy CPUs.
func second(messages ...int64) []Result {
	var results []Result
	for _, n := range messages {
		results = append(results, Result{Messages: n, Elapsed: time.Second, CPU: 2 * time.Second})
	}
	return results
}

func TestPlayMeasuresEachTargetInEachRound(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var steps []string
	options := Options{
		Rounds: 2, Duration: time.Millisecond,
		Progress: func(_, _ int, what string) { steps = append(steps, what) },
	}
	cells := []Cell{{64, 1, 1}, {64, 2, 2}}
	report, err := Play(ctx, Targets()[:2], cells, options)
	if err != nil {
		t.Fatal(err)
	}
	for c := range cells {
		for target := range report.Targets {
			if n := len(report.Results[c][target]); n != 2 || report.Rate(c, target) <= 0 {
				t.Errorf("cell %d, target %d: %+v", c, target, report.Results[c][target])
			}
		}
	}
	if len(steps) != 8 || steps[0] == steps[4] {
		t.Errorf("the first target of a round must change: %q", steps)
	}
}
