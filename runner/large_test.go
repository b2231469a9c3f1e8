package runner

import (
	"net"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// A server that sends back what it gets, while it gets it, must not meet a
// player that writes and does not read.
func TestALargeMessageComesBackWhileItGoesOut(t *testing.T) {
	for name, p := range map[string]cases.Payload{
		"a pattern":     cases.Fill("\xfe", 16<<20),
		"random octets": cases.Random(4<<20, 1),
	} {
		t.Run(name, func(t *testing.T) {
			target, _ := listen(t, streamed)
			m := cases.BinaryOf(p)
			if r := mustPlay(t, target, cases.Send(m), cases.Expect(m), cases.Close(1000)); r.Verdict != cases.Pass {
				t.Errorf("%v\n%s", r.Verdict, r.Block(""))
			}
		})
	}
}

func TestALargeMessageMayComeInFragments(t *testing.T) {
	m := cases.TextOf(cases.Fill("Hällo ", 1<<20-4))
	serve := func(nc net.Conn) {
		rd := accept(nc, right)
		f, err := rd.Next()
		if err != nil {
			return
		}
		for rest, opcode := f.Payload, wire.Text; ; opcode = wire.Continuation {
			part := rest[:min(len(rest), 1000)]
			rest = rest[len(part):]
			h := wire.Header{FIN: len(rest) == 0, Opcode: opcode, Length: uint64(len(part))}
			nc.Write(wire.AppendFrame(nil, h, part))
			if h.FIN {
				break
			}
		}
		echoFrames(nc, rd)
	}
	target, _ := listen(t, serve)
	r := mustPlay(t, target, cases.Send(m), cases.Expect(m), cases.Close(1000))
	if r.Verdict != cases.Pass || r.Transcript.Omitted == 0 {
		t.Errorf("%v\n%s", r.Verdict, r.Block(""))
	}
}
