package reports

import (
	"html"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// autobahnCase is the file of a case. Its keys are Autobahn's, and in their order.
type autobahnCase struct {
	Agent                          string             `json:"agent"`
	Behavior                       string             `json:"behavior"`
	BehaviorClose                  string             `json:"behaviorClose"`
	Case                           int                `json:"case"` // from 1, of the complete list
	ClosedByMe                     bool               `json:"closedByMe"`
	CreateStats                    bool               `json:"createStats"`
	CreateWirelog                  bool               `json:"createWirelog"`
	Description                    string             `json:"description"` // HTML
	DroppedByMe                    bool               `json:"droppedByMe"`
	Duration                       int64              `json:"duration"`    // milliseconds
	Expectation                    string             `json:"expectation"` // HTML
	Expected                       map[string][]event `json:"expected"`
	ExpectedClose                  autobahnClose      `json:"expectedClose"`
	FailedByMe                     bool               `json:"failedByMe"`
	HTTPRequest                    string             `json:"httpRequest"`
	HTTPResponse                   string             `json:"httpResponse"`
	ID                             string             `json:"id"`
	IsServer                       bool               `json:"isServer"` // the tester is
	LocalCloseCode                 *uint16            `json:"localCloseCode"`
	LocalCloseReason               *string            `json:"localCloseReason"`
	Received                       []event            `json:"received"`
	RemoteCloseCode                *uint16            `json:"remoteCloseCode"`
	RemoteCloseReason              *string            `json:"remoteCloseReason"`
	ReportCompressionRatio         bool               `json:"reportCompressionRatio"`
	ReportTime                     bool               `json:"reportTime"`
	Result                         string             `json:"result"`
	ResultClose                    string             `json:"resultClose"`
	RxFrameStats                   map[int]int        `json:"rxFrameStats"`
	RxOctetStats                   map[int]int        `json:"rxOctetStats"`
	Started                        string             `json:"started"`
	TrafficStats                   *struct{}          `json:"trafficStats"`
	TxFrameStats                   map[int]int        `json:"txFrameStats"`
	TxOctetStats                   map[int]int        `json:"txOctetStats"`
	WasClean                       bool               `json:"wasClean"`
	WasCloseHandshakeTimeout       bool               `json:"wasCloseHandshakeTimeout"`
	WasNotCleanReason              *string            `json:"wasNotCleanReason"`
	WasOpenHandshakeTimeout        bool               `json:"wasOpenHandshakeTimeout"`
	WasServerConnectionDropTimeout bool               `json:"wasServerConnectionDropTimeout"`
	Wirelog                        [][]any            `json:"wirelog"`
}

// An event is what Autobahn writes down of what a peer says: a message with its
// text and whether it is binary, or a pong with its payload.
type event []any

func autobahnCaseOf(run *AutobahnRun, r *runner.Result, id string, number int) *autobahnCase {
	entry, log := autobahnEntryOf(run, r, id), wireOf(&r.Transcript)
	_, resultClose := behaviorClose(run, r, id)
	dropped := r.Close.Dropped == runner.Ours
	volume := strings.HasPrefix(id, "12.") || strings.HasPrefix(id, "13.")
	timed := volume || strings.HasPrefix(id, "9.")
	expected := map[string][]event{}
	if !timed { // else Autobahn has no list either
		expected["OK"] = eventsOf(r.Case.Steps, run.Report.Seed)
	}
	c := &autobahnCase{
		Agent: Visible(run.Agent), Behavior: entry.Behavior, BehaviorClose: entry.BehaviorClose, Case: number,
		ClosedByMe: r.Close.First == runner.Ours, CreateStats: true, CreateWirelog: true,
		Description: autobahnDescription(r), DroppedByMe: dropped, Duration: entry.Duration,
		Expectation: html.EscapeString(expectationWords(r.Case.Steps)),
		Expected:    expected, ExpectedClose: expectedClose(&r.Case, id),
		HTTPRequest: log.request(run.Clients), HTTPResponse: log.response(run.Clients), ID: id, IsServer: run.Clients,
		LocalCloseCode: log.sent.code, LocalCloseReason: log.sent.reason,
		Received: log.events, RemoteCloseCode: entry.RemoteCloseCode, RemoteCloseReason: log.received.reason,
		ReportCompressionRatio: volume, ReportTime: timed,
		Result: autobahnResult(r), ResultClose: resultClose,
		RxFrameStats: log.received.frames, RxOctetStats: log.received.octets,
		TxFrameStats: log.sent.frames, TxOctetStats: log.sent.octets,
		Started: autobahnTime(run.Report.Started), Wirelog: log.lines,
		WasClean:                       r.Close.Clean && (run.Clients || !dropped),
		WasCloseHandshakeTimeout:       r.Close.First == runner.Ours && !r.Close.Clean && dropped,
		WasOpenHandshakeTimeout:        !r.Close.Opened && dropped && log.response(run.Clients) == "",
		WasServerConnectionDropTimeout: r.Close.Clean && dropped && !run.Clients,
	}
	if !c.WasClean {
		reason := resultClose
		if c.WasNotCleanReason = &reason; entry.BehaviorClose == "OK" {
			reason = "TCP ended without a complete closing handshake."
		}
	}
	return c
}

// autobahnDescription is the rule, and what a reader must know, as HTML.
func autobahnDescription(r *runner.Result) string {
	s := html.EscapeString(sentence(r.Case.Title))
	if r.Quick {
		s += " Played with less data than Autobahn's case."
	}
	if r.Case.Note != "" {
		s += "<br/><br/>" + html.EscapeString(r.Case.Note)
	}
	return s
}

// sentence makes a title one.
func sentence(title string) string {
	if title == "" {
		return ""
	}
	return strings.ToUpper(title[:1]) + title[1:] + "."
}

// expectationWords says what the peer is expected to do.
func expectationWords(steps []cases.Step) string {
	var list []string
	for _, step := range steps {
		switch s := step.(type) {
		case cases.Expectation:
			expected, lax := cases.Describe(s)
			if lax != "" {
				expected += " (lax: " + lax + ")"
			}
			list = append(list, expected)
		case cases.RepeatStep:
			list = append(list, "again and again: "+expectationWords(s.Steps))
		}
	}
	return strings.Join(list, "; then ")
}

// autobahnResult says why the verdict is what it is.
func autobahnResult(r *runner.Result) string {
	switch {
	case r.Verdict == cases.Pass:
		return "Actual events match what was expected."
	case r.Expected != "" && r.Got != "":
		return Visible("Expected " + r.Expected + "; got " + r.Got + ".")
	case r.Reason != "":
		return Visible(r.Reason)
	}
	return Visible("Got " + r.Got + ".")
}

// eventsOf are the messages and pongs that pass, where the steps are not repeated.
func eventsOf(steps []cases.Step, seed uint64) []event {
	events := []event{}
	for _, step := range steps {
		e, ok := step.(cases.Expectation)
		if !ok || len(e.Alternatives) == 0 {
			continue
		}
		for _, what := range e.Alternatives[0].Events {
			if maybe, ok := what.(cases.MaybeEvent); ok {
				what = maybe.Event
			}
			if f, ok := what.(cases.Frame); ok {
				payload := f.Payload.Append(nil, seed)
				events = append(events, eventOf(f.Opcode, payload, len(payload)))
			}
		}
	}
	return events
}
