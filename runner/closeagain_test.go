package runner

import (
	"net"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// What a peer sends behind its Close frame: data is forbidden (6455-5.5.1-7), a
// second Close frame only by section 1.4, which is not normative.
func TestFramesBehindCloseAreGradedByWhatForbidsThem(t *testing.T) {
	for _, test := range []struct {
		name, octets string
		verdict      cases.Verdict
		requirement  string
	}{
		{"nothing", "\x88\x02\x03\xea", cases.Pass, ""},
		{"a second Close frame", "\x88\x02\x03\xea\x88\x02\x03\xe8", cases.Lax, "6455-1.4-1"},
		{"a message", "\x88\x02\x03\xea\x81\x01a", cases.Failed, "6455-5.5.1-7"},
		{"both", "\x88\x02\x03\xea\x88\x00\x81\x01a", cases.Failed, "6455-5.5.1-7"},
	} {
		t.Run(test.name, func(t *testing.T) {
			target, _ := listen(t, func(nc net.Conn) {
				if rd := accept(nc, right); rd == nil {
					return
				} else if f, err := rd.Next(); err != nil || f.Opcode != wire.Text {
					return
				}
				nc.Write([]byte(test.octets))
			})
			list := []cases.Case{{
				ID: "t/unmasked", Refs: []string{"6455-5.1-2"}, Title: "a sample",
				Steps: []cases.Step{cases.Send(cases.Text("Hello").Unmasked()), cases.FailsWith(1002)},
			}}
			r := mustRun(t, target, list, Options{NoEcho: true}).Results[0]
			if r.Verdict != test.verdict || r.Requirement != test.requirement {
				t.Errorf("got %v %s, want %v %s\n%s", r.Verdict, r.Requirement, test.verdict, test.requirement, r.Block(""))
			}
		})
	}
}
