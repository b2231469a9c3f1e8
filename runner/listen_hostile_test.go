package runner

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// Whatever a client does costs one case no more than its budget, and the others
// nothing.
func TestBadClientsCostOneCase(t *testing.T) {
	const path = "/runCase?case=1&agent=bad"
	for _, test := range []struct {
		name    string
		do      func(t *testing.T, d *driver)
		verdict cases.Verdict
	}{
		{"says nothing", func(t *testing.T, d *driver) {
			nc, rd := d.begin(t, path)
			defer nc.Close()
			io.Copy(io.Discard, rd)
		}, cases.Failed},
		{"floods", func(t *testing.T, d *driver) {
			nc, _ := d.begin(t, path)
			defer nc.Close()
			frame := wire.AppendFrame(nil, wire.Header{FIN: true, Opcode: wire.Text, Length: 1 << 16, Masked: true}, make([]byte, 1<<16))
			for {
				if _, err := nc.Write(frame); err != nil {
					return
				}
			}
		}, cases.Failed},
		{"is killed", func(t *testing.T, d *driver) {
			nc, _ := d.begin(t, path)
			nc.(*net.TCPConn).SetLinger(0)
			nc.Close()
		}, cases.Failed},
		{"never reads", func(t *testing.T, d *driver) {
			nc, _ := d.begin(t, path)
			defer nc.Close()
			d.ask(t, "/getCaseStatus?case=1&agent=bad")
		}, cases.Failed},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := startListen(t, listenSample(), ListenOptions{Options: Options{Timeout: 300 * ms}})
			d := &driver{address: s.address, agent: "bad"}
			test.do(t, d)
			d.all(2, 3)
			d.update()
			began := time.Now()
			r := s.end(t)[0]
			if len(r.Results) != 3 || r.Results[0].Verdict != test.verdict || r.Results[1].Verdict != cases.Pass || r.Results[2].Verdict != cases.Pass {
				t.Errorf("%q", outcomes(r.Report))
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it takes %v to end", took)
			}
		})
	}
}

// A client that was killed behind its third case has no complete report.
func TestAClientThatGoesAwayIsNotThrough(t *testing.T) {
	s := startListen(t, listenSample(), ListenOptions{})
	d := &driver{address: s.address, agent: "mortal"}
	d.all(1, 2)
	nc, _ := d.begin(t, "/runCase?case=3&agent=mortal")
	nc.Close()
	(&driver{address: s.address, agent: "other"}).update()
	d.ask(t, "/getCaseStatus?case=3&agent=mortal")
	r := s.end(t)[0]
	want := "the client ended 3 of 6 cases, and did not ask for /updateReports behind them"
	if r.Report.Trouble != want || len(r.Results) != 3 {
		t.Errorf("%d results, trouble %q", len(r.Results), r.Report.Trouble)
	}
}

// Connections that ask for nothing, or something foreign, and those under way
// end with the context.
func TestNothingOutlivesTheContext(t *testing.T) {
	s := startListen(t, listenSample(), ListenOptions{Options: Options{Timeout: -1}})
	d := &driver{address: s.address}
	for _, first := range []string{"", "GET / HT", "\x16\x03\x01"} {
		nc, err := net.Dial("tcp", s.address)
		if err != nil {
			t.Fatal(err)
		}
		defer nc.Close()
		io.WriteString(nc, first)
	}
	for _, path := range []string{"/runCase?case=1&agent=a", "/getCaseStatus?case=1&agent=b", "/updateReports?agent=a"} {
		nc, _ := d.begin(t, path)
		defer nc.Close()
	}
	r := s.end(t)[0]
	if len(r.Results) != 1 || r.Results[0].Verdict != cases.Errored {
		t.Errorf("%q", outcomes(r.Report))
	}
}

// A fault that every opening handshake has is told once, by the case that is about
// them all.
func TestAFaultOfAllRequestsIsToldOnce(t *testing.T) {
	whole := forClient("t/requests", []cases.Feature{cases.Session})
	whole.Refs = []string{"6455-4.1-18"}
	s := startListen(t, append(listenSample(), whole), ListenOptions{})
	d := &driver{address: s.address, agent: "odd", client: tiny{edit: func(s string) string { return strings.Replace(s, "Version: 13", "Version: 12", 1) }}}
	d.all(1, 6)
	d.update()
	failed := 0
	r := s.end(t)[0].Report
	for i := range r.Results {
		if v := r.Results[i]; v.Verdict == cases.Failed {
			failed++
			if v.Case.ID != "t/requests" {
				t.Error(v.Case.ID, v.Got)
			}
		}
	}
	if failed != 1 {
		t.Errorf("%q", outcomes(r))
	}
}

// A listener that fails ends it with its error.
func TestABrokenListenerIsAnError(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if _, err := Listen(context.Background(), l, listenSample(), ListenOptions{}); err == nil {
		t.Error("no error")
	}
}
