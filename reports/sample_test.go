package reports

import (
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares with a file of testdata.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	file = "testdata/" + file
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); -update writes it:\n%s", file, diff)
	}
}

func repeat(id string) string { return "wsspec test ws://127.0.0.1:9001/ " + id + " --seed 1" }

// sample is a report with a result of every verdict. Its sections are not in
// order, as those of the catalogue are not.
func sample() *runner.Report {
	return &runner.Report{
		Target: "ws://127.0.0.1:9001/", Seed: 1,
		Started: time.Date(2026, 1, 2, 3, 4, 5, 600, time.UTC), Elapsed: 1234 * time.Millisecond,
		Features: runner.Features{
			Handshake: true, Echo: true, Pings: runner.Yes, Pushes: runner.No, Subprotocols: []string{"chat"},
			Messages: runner.MessageSize{Taken: 512 << 10, Refused: 1 << 20, Code: 1009},
			Deflate:  "permessage-deflate; client_max_window_bits=15",
			Compression: &runner.Compression{
				ServerNoTakeover: true, ServerBits: 9, ClientBits: 15, Compresses: runner.Yes,
			},
		},
		Results: []runner.Result{
			failure(),
			{Case: scripted("message/hello", "a text message comes back", "6455-5.6-1"), Verdict: cases.Pass, Quick: true, Duration: 2 * time.Millisecond,
				Close: runner.CloseOutcome{Opened: true, Clean: true, Code: 1000, First: runner.Ours, Dropped: runner.Peer}},
			{Case: scripted("close/code-2999-unassigned", "a Close frame with an unassigned code is refused", "6455-7.4.2-1"),
				Verdict: cases.Lax, Requirement: "6455-7.4.2-1", Expected: "close 1002, then end of TCP", Got: "close 2999", Duration: time.Millisecond},
			{Case: scripted("handshake/origin/foreign", "a request from a foreign origin is observed", "6455-10.2-1"),
				Verdict: cases.Info, Got: "HTTP 101", Duration: time.Millisecond},
			{Case: scripted("subprotocol/selected", "the first common subprotocol is selected", "6455-4.2.2-11"),
				Verdict: cases.Skipped, Reason: "the server does not support the subprotocols chat and superchat"},
			{Case: scripted("subprotocol/second", "the second subprotocol is selected", "6455-4.2.2-11"),
				Verdict: cases.Skipped, Reason: "the server does not support the subprotocols chat and superchat"},
			{Case: scripted("close/idle", "an idle connection stays open", "6455-7.1.1-1"), Verdict: cases.Skipped, Reason: runner.Impatient},
		},
	}
}

func scripted(id, title string, refs ...string) cases.Case {
	return cases.Case{ID: id, Title: title, Refs: refs}
}

// failure is the result that the design shows.
func failure() runner.Result {
	c := scripted("close/code-1005-on-the-wire", "a close frame that carries the reserved code 1005 is refused", "6455-7.4.1-7", "6455-5.5.1-3")
	c.Alias = []string{"autobahn:7.9.4"}
	at := func(us int) time.Duration { return time.Duration(us) * time.Microsecond }
	return runner.Result{
		Case: c, Verdict: cases.Failed, Requirement: "6455-7.4.1-7",
		Expected: "close 1002, then end of TCP (lax: end of TCP without a close frame)",
		Got:      "close 1000, then end of TCP", Duration: 12 * time.Millisecond,
		Explanation: []string{"1005 stands for a Close frame without a code, and never goes over the wire."},
		Close:       runner.CloseOutcome{Opened: true, Clean: true, Code: 1000, First: runner.Ours, Dropped: runner.Peer, Reset: true},
		Transcript: runner.Transcript{Omitted: 3, Entries: []runner.Entry{
			{At: at(10), Direction: runner.Sent, Kind: runner.EntryHTTP, Raw: []byte("GET / HTTP/1.1\r\nHost: 127.0.0.1:9001\r\n\r\n"), Size: 41, Meaning: "opening handshake"},
			{At: at(300), Direction: runner.Received, Kind: runner.EntryHTTP, Raw: []byte("HTTP/1.1 101 Switching Protocols\r\n\r\n"), Size: 36, Meaning: "HTTP/1.1 101 Switching Protocols"},
			{At: at(310), Direction: runner.Sent, Kind: runner.EntryFrame, Raw: []byte("\x88\x82\x37\xfa\x21\x3d\x34\x17"), Size: 8, HeaderLen: 6, Meaning: "close 1005, masked"},
			{At: at(700), Direction: runner.Received, Kind: runner.EntryFrame, Raw: []byte("\x88\x02\x03\xe8"), Size: 4, HeaderLen: 2, Meaning: "close 1000"},
			{At: at(700), Direction: runner.Remark, Kind: runner.EntryNote, Meaning: "what follows is the end"},
			{At: at(720), Direction: runner.Received, Kind: runner.EntryEnd, Meaning: "end of TCP (FIN)"},
		}},
	}
}

// nasty is what a peer may try to get into a terminal, an XML or JSON reader, or
// a page.
const nasty = "\x00\x07\x1b[31mred\x1b[0m\r\x7f\u0085\u009b2J]]> </failure><script>alert('1')</script>&amp;\u202egnp.exe\u2028\ufffe\uffff\xff\xed\xa0\x80\U000e0001é😀"

// hostile is the sample with nasty text wherever a peer's octets could get.
func hostile() *runner.Report {
	r := sample()
	r.Target += nasty
	r.Trouble = "the target died: " + nasty + "\n  " + nasty
	r.Features.HandshakeError, r.Features.Deflate, r.Features.Subprotocols = nasty, nasty, []string{nasty}
	for i := range r.Results {
		v := &r.Results[i]
		v.Got, v.Reason, v.Expected = nasty, nasty, nasty
		v.Explanation = []string{nasty}
		v.Seen = sight(nasty)
		for j := range v.Transcript.Entries {
			e := &v.Transcript.Entries[j]
			e.Raw, e.Meaning = append(e.Raw, nasty...), nasty
		}
	}
	return r
}

// cutShort is a run whose target died: one case was under way, two were not
// begun, and one could not connect.
func cutShort() *runner.Report {
	r := sample()
	r.Trouble = "the target died: the server has ended: exit status 7\n    panic: out of cheese\n  played at that time: close/code-1005-on-the-wire"
	v := &r.Results[0]
	v.Verdict, v.Requirement, v.Reason = cases.Errored, "", "the target died while this case was played"
	for i, reason := range map[int]string{
		2: "not played: the run was cut short", 3: "not played: the run was cut short",
		4: "cannot connect: the server has ended: exit status 7\n    panic: out of cheese",
	} {
		r.Results[i].Verdict, r.Results[i].Reason, r.Results[i].Got = cases.Errored, reason, ""
	}
	return r
}

// refused is a run against a server that opens no connection, and all of whose
// cases need one.
func refused() *runner.Report {
	r := sample()
	r.Features = runner.Features{HandshakeError: "the opening handshake failed: HTTP 404"}
	r.Results = r.Results[4:]
	for i := range r.Results {
		r.Results[i].Reason = r.Features.HandshakeError
	}
	return r
}

func empty() *runner.Report {
	return &runner.Report{Target: "ws://127.0.0.1:9001/", Seed: 1, Features: runner.Features{Handshake: true}}
}
