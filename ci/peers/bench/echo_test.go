package bench

import (
	"testing"
)

// BenchmarkEcho measures every target in every cell. For a comparison use
// cmd/echobench, which interleaves them.
func BenchmarkEcho(b *testing.B) {
	for _, target := range append(Targets(), Ceiling()) {
		for _, cell := range Cells() {
			b.Run(target.Name+"/"+cell.String(), func(b *testing.B) { benchmarkEcho(b, target, cell) })
		}
	}
}

func benchmarkEcho(b *testing.B, target Target, cell Cell) {
	running, err := Start(target)
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := running.Stop(); err != nil {
			b.Error(err)
		}
	}()
	session, err := Open(b.Context(), running.URL, cell)
	if err != nil {
		b.Fatal(err)
	}
	defer session.Close()
	b.ResetTimer()
	result, err := session.Messages(b.Context(), int64(b.N))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(result.Rate(), "msgs/s")
	b.ReportMetric(result.Rate()*float64(cell.Size)/(1<<20), "MiB/s")
	b.ReportMetric(float64(result.CPUPerMessage()), "cpu-ns/op")
}
