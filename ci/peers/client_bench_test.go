package peers_test

import (
	"context"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/ci/peers"
	"github.com/wsspec/wsspec/runner"
)

// The light cases, with a client on each library: as RunClient plays them, and with a
// client that comes by itself on eight connections side by side.
func BenchmarkLightCases(b *testing.B) {
	list := slices.DeleteFunc(cases.All(), func(c cases.Case) bool {
		return c.Weight == cases.Heavy || slices.Contains(c.Needs, cases.Patience)
	})
	for _, client := range peers.Clients() {
		b.Run(client.Name+"/run", func(b *testing.B) {
			for b.Loop() {
				report, err := runner.RunClient(b.Context(), client, list, runner.Options{})
				if err != nil || report.Trouble != "" {
					b.Fatal(err, report.Trouble)
				}
				b.ReportMetric(float64(len(report.Results)), "cases")
			}
		})
		b.Run(client.Name+"/listen", func(b *testing.B) {
			for b.Loop() {
				b.ReportMetric(float64(comeByItself(b, client, list)), "cases")
			}
		})
	}
}

// comeByItself lets the client come to all cases that are offered, on eight
// connections at a time.
func comeByItself(b *testing.B, client peers.Client, list []cases.Case) int {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	count := len(runner.Offers(list, true))
	go func() {
		defer stop()
		var workers sync.WaitGroup
		var next atomic.Int64
		for range 8 {
			workers.Go(func() {
				for n := next.Add(1); n <= int64(count); n = next.Add(1) {
					client.Connect(ctx, runner.Call{URL: fmt.Sprintf("ws://%s/runCase?case=%d&agent=a", l.Addr(), n)})
				}
			})
		}
		workers.Wait()
		client.Connect(ctx, runner.Call{URL: fmt.Sprintf("ws://%s/updateReports?agent=a", l.Addr())})
	}()
	reports, err := runner.Listen(ctx, l, list, runner.ListenOptions{Refusals: true})
	if err != nil || len(reports) != 1 || len(reports[0].Results) != count {
		b.Fatal(len(reports), err)
	}
	return count
}
