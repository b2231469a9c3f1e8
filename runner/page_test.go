package runner

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
)

// A paged is a browser whose pages do what the test says.
type paged struct {
	tiny
	moves []Move
	err   error
	asked []cases.PageStep
	opens bool
}

func (*paged) Origin() string { return "http://127.0.0.1:99" }

func (p *paged) Play(ctx context.Context, call Call) ([]Move, error) {
	p.asked = call.Page
	if p.opens {
		p.Connect(ctx, call)
	}
	return p.moves, p.err
}

func pageCase(page ...cases.PageStep) cases.Case {
	return cases.Case{ID: "t/page", Title: "a sample", Refs: []string{"whatwg-3.1-2"}, Subject: cases.Page, Page: page}
}

func TestWhatAPageDoesIsJudged(t *testing.T) {
	ready, refused := cases.Read("readyState", cases.Num(0)), cases.CallClose(cases.Num(999)).Throws("InvalidAccessError")
	older := cases.Construct(cases.Str("http://a/")).OrLax(cases.PageOutcome{Throws: "SyntaxError"})
	number := func(n float64) Move { return Move{Value: cases.Num(n)} }
	for name, test := range map[string]struct {
		page    []cases.PageStep
		moves   []Move
		verdict cases.Verdict
		got     string
	}{
		"as expected":                          {[]cases.PageStep{cases.Construct(), ready}, []Move{{}, number(0)}, cases.Pass, ""},
		"another value":                        {[]cases.PageStep{cases.Construct(), ready}, []Move{{}, number(1)}, cases.Failed, "the value 1"},
		"a value of another kind":              {[]cases.PageStep{ready}, []Move{{Value: cases.Str("0")}}, cases.Failed, `the value "0"`},
		"throws as expected":                   {[]cases.PageStep{refused}, []Move{{Throws: "InvalidAccessError"}}, cases.Pass, ""},
		"throws another exception":             {[]cases.PageStep{refused}, []Move{{Throws: "SyntaxError", Message: "no"}}, cases.Failed, `it throws SyntaxError: "no"`},
		"does not throw":                       {[]cases.PageStep{refused}, []Move{{}}, cases.Failed, "it returns"},
		"throws where it may, and ends":        {[]cases.PageStep{older, ready}, []Move{{Throws: "SyntaxError"}}, cases.Lax, "it throws"},
		"does not come to a step":              {[]cases.PageStep{cases.Construct(), ready}, []Move{{}}, cases.Failed, "does not come to that"},
		"another event":                        {[]cases.PageStep{cases.Await("open")}, []Move{{Event: "error"}}, cases.Failed, "the event error"},
		"nothing in time":                      {[]cases.PageStep{cases.Await("open")}, []Move{{Late: true}}, cases.Failed, "nothing in time"},
		"an event behind the last":             {[]cases.PageStep{cases.Await("close")}, []Move{{}, {Event: "close"}}, cases.Failed, "the event close"},
		"an event that has come":               {[]cases.PageStep{cases.MaybeAwait("error"), cases.Await("close")}, []Move{{}, {}}, cases.Pass, ""},
		"a page that cannot tell what it does": {[]cases.PageStep{ready}, nil, cases.Errored, ""},
	} {
		client := &paged{moves: test.moves, err: errors.New("done")}
		r := mustRunClient(t, client, []cases.Case{pageCase(test.page...)}, Options{}).Results[0]
		if r.Verdict != test.verdict || !strings.Contains(r.Got, test.got) {
			t.Errorf("%s: %v, got %q (%s), want %v, %q", name, r.Verdict, r.Got, r.Reason, test.verdict, test.got)
		}
	}
}

func TestAPageMustNotConnectWhereTheCaseHasNoWire(t *testing.T) {
	client := &paged{moves: []Move{{}}, opens: true}
	r := mustRunClient(t, client, []cases.Case{pageCase(cases.Construct())}, Options{}).Results[0]
	if r.Verdict != cases.Failed || !strings.Contains(r.Got, "opening handshake") {
		t.Errorf("%v, got %q", r.Verdict, r.Got)
	}
}

func TestAPageGetsTheURLsOfItsSteps(t *testing.T) {
	client := &paged{moves: []Move{{}, {}}}
	mustRunClient(t, client, []cases.Case{pageCase(
		cases.Construct(cases.Str("ws://{page}{target}")), cases.Read("url", cases.Str("{origin}")))}, Options{})
	got := cases.FormatPageStep(client.asked[0]) + ", " + cases.FormatPageStep(client.asked[1])
	if want := `new "ws://127.0.0.1:99/t/page", is url "http://127.0.0.1:99"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestACaseForPagesIsForNoOtherClient(t *testing.T) {
	all := []cases.Case{pageCase(cases.Construct()), forClient("t/client", nil, cases.Close(1000))}
	if r := mustRunClient(t, &tiny{}, all, Options{}); len(r.Results) != 1 || r.Results[0].Case.ID != "t/client" {
		t.Errorf("%d results", len(r.Results))
	}
	if r := mustRunClient(t, &paged{}, all, Options{}); len(r.Results) != 2 {
		t.Errorf("%d results of a browser", len(r.Results))
	}
}
