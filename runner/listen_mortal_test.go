package runner

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
)

// A visitor is a client on the reference that plays cases side by side, and dies in
// the middle of some.
type visitor struct {
	address string
	agent   string
	dies    func(number int) bool
}

// all plays the cases from 1 to last.
func (v *visitor) all(ctx context.Context, last int) {
	var workers sync.WaitGroup
	var next atomic.Int64
	for range 8 {
		workers.Go(func() {
			for n := int(next.Add(1)); n <= last; n = int(next.Add(1)) {
				if path := fmt.Sprintf("/runCase?case=%d&agent=%s", n, v.agent); v.dies(n) {
					die(v.address, path, n/2%moments)
				} else {
					v.open(ctx, path)
				}
			}
		})
	}
	workers.Wait()
	v.open(ctx, "/updateReports?agent="+v.agent)
}

func (v *visitor) open(ctx context.Context, path string) {
	conn, _, err := reference.Dial(ctx, "ws://"+v.address+path, &reference.DialOptions{
		Deflate: []reference.DeflateOptions{{}},
	})
	if err != nil {
		return // as some cases ask for
	}
	defer conn.CloseNow()
	reference.Echo(ctx, conn)
	conn.Close(reference.StatusNormalClosure, "")
}

// The moments at which a client dies.
const (
	behindRequest = iota
	behindAnswer
	behindFrame // the first that comes
	insideFrame // of its own
	moments
)

// die opens a connection and resets it.
func die(address, path string, when int) {
	nc, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer nc.Close()
	nc.(*net.TCPConn).SetLinger(0)
	io.WriteString(nc, "GET "+path+" HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n")
	nc.SetReadDeadline(time.Now().Add(100 * ms)) // some cases say nothing
	var got []byte
	for buf := make([]byte, 4096); when > behindRequest && !bytes.Contains(got, []byte("\r\n\r\n")); {
		n, err := nc.Read(buf)
		if got = append(got, buf[:n]...); err != nil {
			return
		}
	}
	switch when {
	case behindFrame:
		nc.Read(got)
	case insideFrame:
		nc.Write([]byte{0x81, 0xfe, 0x01})
	}
}

func everyFifth(list []cases.Case) iter.Seq[cases.Case] {
	return func(yield func(cases.Case) bool) {
		for i := 0; i < len(list) && yield(list[i]); i += 5 {
		}
	}
}

// Clients that are killed in the middle of each case that is offered lose the result
// of that case alone, and a client beside them loses none.
func TestAClientThatDiesInEachCaseLosesNothingElse(t *testing.T) {
	list := slices.DeleteFunc(cases.All(), func(c cases.Case) bool { return c.Weight == cases.Heavy })
	if raceDetector { // which takes ten times as long
		list = slices.Collect(everyFifth(list))
	}
	offers := len(Offers(list, true))
	s := startListen(t, list, ListenOptions{Refusals: true, Options: Options{Timeout: time.Minute}})
	visitors := []*visitor{
		{s.address, "steady", func(int) bool { return false }},
		{s.address, "mortal", func(n int) bool { return n%2 == 0 }},
		{s.address, "fragile", func(n int) bool { return n%2 == 1 }},
	}
	var all sync.WaitGroup
	for _, v := range visitors {
		all.Go(func() { v.all(t.Context(), offers) })
	}
	all.Wait()
	for _, r := range s.end(t) {
		v := visitors[slices.IndexFunc(visitors, func(v *visitor) bool { return v.agent == r.Agent })]
		if len(r.Results) != offers || r.Report.Trouble != "" {
			t.Errorf("%s: %d of %d results, trouble %q", r.Agent, len(r.Results), offers, r.Report.Trouble)
		}
		died := 0
		for i := range r.Results {
			result := &r.Results[i]
			switch {
			case v.dies(i + 1):
				died++
			case result.Verdict != cases.Pass && result.Verdict != cases.Info && result.Verdict != cases.Skipped:
				t.Errorf("%s: %s", r.Agent, result.Block(""))
			}
		}
		t.Logf("%s: %d results, killed in %d cases, in %v", r.Agent, len(r.Results), died, r.Report.Elapsed)
	}
}
