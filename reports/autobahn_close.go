package reports

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// autobahnClose is how a connection has to end in a case of Autobahn's.
type autobahnClose struct {
	CloseCode    []uint16 `json:"closeCode"`
	ClosedByMe   bool     `json:"closedByMe"`
	RequireClean bool     `json:"requireClean"`
}

// closeCodes77 and closeCodes713 are what Autobahn's cases 7.7.N and 7.13.N send.
var (
	closeCodes77  = []uint16{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}
	closeCodes713 = []uint16{5000, 65535}
)

// expectedClose is how the connection has to end: in the cases about closing by
// their number; in the others the agent fails the connection where the case
// expects it to, and is closed to otherwise.
func expectedClose(c *cases.Case, id string) autobahnClose {
	dot := strings.LastIndexByte(id, '.')
	group := id[:max(dot, 0)]
	n, _ := strconv.Atoi(id[dot+1:])
	nth := func(codes []uint16) uint16 { return codes[min(max(n-1, 0), len(codes)-1)] }
	switch {
	case id == "7.3.2", id == "7.3.6", group == "7.9":
		return autobahnClose{CloseCode: []uint16{1002}, ClosedByMe: true}
	case id == "7.5.1":
		return autobahnClose{CloseCode: []uint16{1002, 1007}, ClosedByMe: true}
	case group == "7.7":
		return autobahnClose{CloseCode: []uint16{1000, nth(closeCodes77)}, ClosedByMe: true, RequireClean: true}
	case group == "7.13":
		return autobahnClose{CloseCode: []uint16{1000, nth(closeCodes713), 1002}, ClosedByMe: true, RequireClean: true}
	case strings.HasPrefix(id, "7."):
	default:
		if codes := failCodes(c.Steps); codes != nil {
			return autobahnClose{CloseCode: codes}
		}
	}
	return autobahnClose{CloseCode: []uint16{1000}, ClosedByMe: true, RequireClean: true}
}

// failCodes are the codes with which the peer has to fail the connection.
func failCodes(steps []cases.Step) []uint16 {
	for _, step := range steps {
		e, ok := step.(cases.Expectation)
		if !ok {
			continue
		}
		for _, a := range e.Alternatives {
			for _, event := range a.Events {
				if f, ok := event.(cases.FailEvent); ok && a.Grade == cases.Pass {
					return f.Codes
				}
			}
		}
	}
	return nil
}

// behaviorClose is Autobahn's verdict on the end of the connection, and the
// reason:
//
//	FAILED            no opening handshake, or the wrong side sent the first Close
//	UNCLEAN           there had to be a closing handshake and the end of TCP behind
//	                  it, and one is missing
//	WRONG CODE        the agent's Close has another code
//	FAILED BY CLIENT  a server left it to the client to end TCP
//	OK                none of these; also for a case that was not played since a
//	                  feature is missing
func behaviorClose(run *AutobahnRun, r *runner.Result, id string) (verdict, reason string) {
	want, got := expectedClose(&r.Case, id), r.Close
	dropped := !run.Clients && got.Dropped == runner.Ours // as a server may leave it to do
	ours := got.First == runner.Ours
	if id == "3.7" && (got.Code != 0 || !dropped) {
		ours = false // a Close frame that breaks a rule begins no closing handshake
	}
	switch {
	case r.Verdict == cases.Skipped && !got.Opened && run.Report.Features.Handshake:
		return "OK", "The case was not played."
	case !got.Opened:
		return "FAILED", "The opening handshake was not completed."
	case want.ClosedByMe != ours:
		return "FAILED", "The connection was closed by the wrong side."
	case want.RequireClean && (!got.Clean || dropped):
		return "UNCLEAN", "The closing handshake, or the end of TCP behind it, is missing."
	case isCode(got.Code) && !slices.Contains(want.CloseCode, got.Code):
		return "WRONG CODE", "The close code is another than expected."
	case dropped:
		return "FAILED BY CLIENT", "The server did not end TCP."
	}
	return "OK", "The connection was closed as expected."
}

// isCode reports whether a Close frame came and had a code.
func isCode(code uint16) bool { return code != 0 && code != cases.NoCode }

// remoteCode is the code of the agent's Close frame; nil when there is none.
func remoteCode(r *runner.Result) *uint16 {
	if code := r.Close.Code; isCode(code) {
		return &code
	}
	return nil
}
