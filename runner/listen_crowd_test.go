package runner

import (
	"context"
	"fmt"
	"io"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// echoes are cases each of which has a text of its own.
func echoes(n int) (list []cases.Case) {
	for i := range n {
		text := cases.Text(fmt.Sprint("this is case ", i+1))
		list = append(list, forClient(fmt.Sprintf("t/echo-%03d", i+1), needEcho, cases.Send(text), cases.Expect(text), cases.Close(1000)))
	}
	return list
}

// Ten agents have four connections each, all forty open at the same time before the
// first of them says a word, and then a hundred cases each. Agent N goes away in case
// N, N+10 and so on: a result that went to another agent or case would be another
// verdict.
func TestTenAgentsOnFortyConnectionsAreKeptApart(t *testing.T) {
	const agents, connections, count = 10, 4, 100
	s := startListen(t, echoes(count), ListenOptions{Options: Options{Timeout: time.Minute}})
	var there, done sync.WaitGroup
	there.Add(agents * connections)
	for agent := range agents {
		next := new(atomic.Int64)
		for range connections {
			done.Go(func() {
				crowd := sync.OnceFunc(func() { there.Done(); there.Wait() })
				client := tiny{edit: func(request string) string { crowd(); return request }}
				for n := int(next.Add(1)); n <= count; n = int(next.Add(1)) {
					path := fmt.Sprintf("/runCase?case=%d&agent=agent%d", n, agent)
					if n%agents == agent {
						crowd()
						die(s.address, path, behindAnswer)
						continue
					}
					client.Connect(t.Context(), Call{URL: "ws://" + s.address + path})
				}
			})
		}
	}
	done.Wait()
	for agent := range agents {
		(&driver{address: s.address, agent: fmt.Sprint("agent", agent)}).update()
	}
	reports := s.end(t)
	if len(reports) != agents {
		t.Errorf("%d agents", len(reports))
	}
	for _, r := range reports {
		var agent int
		fmt.Sscanf(r.Agent, "agent%d", &agent)
		if len(r.Results) != count || r.Report.Trouble != "" {
			t.Errorf("%s: %d results, trouble %q", r.Agent, len(r.Results), r.Report.Trouble)
		}
		for i := range r.Results {
			want := cases.Pass
			if (i+1)%agents == agent {
				want = cases.Failed
			}
			if v := &r.Results[i]; v.Verdict != want || r.Offers[i].Name != v.Case.ID {
				t.Errorf("%s, case %d: want %v\n%s", r.Agent, i+1, want, v.Block(""))
			}
		}
	}
}

// besiegers are clients each of which does something for ever.
func besiegers() map[string]func(ctx context.Context, nc net.Conn, path string) {
	open := func(nc net.Conn, path string) *wire.Reader {
		io.WriteString(nc, "GET "+path+" HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
		rd := wire.NewReader(nc)
		wire.ReadHead(rd, 0)
		return rd
	}
	flood := func(header wire.Header, size int) func(context.Context, net.Conn, string) {
		frame := wire.AppendFrame(nil, header, make([]byte, size))
		return func(_ context.Context, nc net.Conn, path string) {
			open(nc, path)
			for err := error(nil); err == nil; {
				_, err = nc.Write(frame)
			}
		}
	}
	return map[string]func(context.Context, net.Conn, string){
		"never closes": func(ctx context.Context, nc net.Conn, path string) {
			io.Copy(io.Discard, open(nc, path))
			<-ctx.Done() // and leaves TCP as it is
		},
		"echoes and never closes": func(ctx context.Context, nc net.Conn, path string) {
			rd := open(nc, path)
			for f, err := rd.Next(); err == nil; f, err = rd.Next() {
				if f.Opcode != wire.Close {
					(&tiny{}).send(nc, f.Opcode, 0, f.Payload)
				}
			}
			<-ctx.Done()
		},
		"never reads":          func(ctx context.Context, nc net.Conn, path string) { open(nc, path); <-ctx.Done() },
		"floods with messages": flood(wire.Header{FIN: true, Opcode: wire.Binary, Length: 1 << 16, Masked: true}, 1<<16),
		"floods with pings":    flood(wire.Header{FIN: true, Opcode: wire.Ping, Masked: true}, 0),
		"floods with pongs":    flood(wire.Header{FIN: true, Opcode: wire.Pong, Masked: true}, 0),
		"floods within a frame": func(_ context.Context, nc net.Conn, path string) {
			open(nc, path)
			nc.Write([]byte{0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4})
			for octets, err := make([]byte, 1<<16), error(nil); err == nil; {
				_, err = nc.Write(octets)
			}
		},
	}
}

// Clients that do something for ever, and connections on which nobody says a word,
// cost a case each its budget, whatever else is played, and no more memory than a
// conversation may take.
func TestASiegeCostsOneBudgetEach(t *testing.T) {
	const budget, each, silent = 3 * time.Second, 4, 64
	var most uint64 // octets of the heap, at the end of any case
	s := startListen(t, echoes(50), ListenOptions{Options: Options{Timeout: budget}, OnPlayed: func(string, Offer, Result) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
	}})
	ctx, lift := context.WithCancel(t.Context())
	var besieging sync.WaitGroup
	connect := func(do func(context.Context, net.Conn, string), path string) {
		besieging.Go(func() {
			nc, err := net.Dial("tcp", s.address)
			if err != nil {
				t.Error(err)
				return
			}
			defer nc.Close()
			defer context.AfterFunc(ctx, func() { nc.Close() })()
			do(ctx, nc, path)
		})
	}
	for range silent {
		connect(func(ctx context.Context, _ net.Conn, _ string) { <-ctx.Done() }, "")
	}
	for name, do := range besiegers() {
		for i := range each {
			connect(do, fmt.Sprintf("/runCase?case=%d&agent=%s", i+1, name))
		}
	}
	good := &driver{address: s.address, agent: "good"}
	for range 10 { // as long as the siege is on
		good.all(1, 50)
	}
	for name := range besiegers() {
		for i := range each {
			good.ask(t, fmt.Sprintf("/getCaseStatus?case=%d&agent=%s", i+1, name))
		}
	}
	lift()
	besieging.Wait()
	good.update()
	reports := s.end(t)
	t.Logf("%d connections that say nothing, %d hostile ones: a heap of at most %d MiB", silent, each*len(besiegers()), most>>20)
	if most > 256<<20 {
		t.Errorf("heap of %d MiB", most>>20)
	}
	holdSiege(t, reports, each, budget)
}

func holdSiege(t *testing.T, reports []*AgentReport, each int, budget time.Duration) {
	t.Helper()
	for _, r := range reports {
		var longest time.Duration
		for i := range r.Results {
			longest = max(longest, r.Results[i].Duration)
		}
		t.Logf("%-24s %d results, the longest case took %v, of a budget of %v", r.Agent, len(r.Results), longest.Round(ms), budget)
		switch {
		case r.Agent == "good" && (len(r.Results) != 50 || !r.Report.Conformant(true)):
			t.Errorf("%q", unlike(r.Report))
		case r.Agent != "good" && len(r.Results) != each:
			t.Errorf("%s: %d results", r.Agent, len(r.Results))
		}
	}
}
