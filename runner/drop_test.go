package runner

import (
	"net"
	"testing"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// Who ended TCP is told as it was, also when the verdict was there before; a server
// that leaves it to the client holds it up for a second.
func TestAServerMayEndTCPBehindTheVerdict(t *testing.T) {
	c := script(cases.Send(cases.CloseFrame(1000)), cases.Expect(cases.Closes(1000)))
	for _, test := range []struct {
		late time.Duration
		who  Side
	}{{0, Peer}, {closeWithin / 2, Peer}, {time.Hour, Ours}} {
		serve := opened(func(nc net.Conn, rd *wire.Reader) {
			rd.Next()
			reply(nc, wire.Close, "\x03\xe8")
			nc.SetReadDeadline(time.Now().Add(test.late))
			rd.Next() // until then, or the other side ends it
		})
		inBubble(t, serve, c, func(r Result, took time.Duration) {
			if r.Verdict != cases.Pass || r.Close.Dropped != test.who || took > closeWithin {
				t.Errorf("%v late: %v ended TCP behind %v\n%s", test.late, r.Close.Dropped, took, r.Block(""))
			}
		})
	}
}
