package runner

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
)

// dictated is what the case in this file tells the client to offer.
const dictated = "permessage-deflate; server_max_window_bits=10; server_no_context_takeover"

// A wilful is a client that obeys until it is told to offer what is dictated, and
// then offers what it likes.
type wilful struct{ offer string }

func (wilful) String() string { return "a client with a will of its own" }

func (c wilful) Connect(ctx context.Context, call Call) error {
	u, err := url.Parse(call.URL)
	if err != nil {
		return err
	}
	if call.Extensions != dictated {
		c.offer = call.Extensions
	}
	if c.offer == "refused" {
		return errors.New("no such offer")
	}
	nc, err := net.Dial("tcp", u.Host)
	if err != nil {
		return err
	}
	client := goodClient
	client.request = strings.Replace(clientRequest, "/chat", u.Path, 1)
	if c.offer != "" {
		client.request = strings.TrimSuffix(client.request, "\r\n") + "Sec-WebSocket-Extensions: " + c.offer + "\r\n\r\n"
	}
	client.converse(nc)
	return nil
}

func TestACaseThatDictatesAnOfferIsPlayedWithThatOfferAlone(t *testing.T) {
	c := script(cases.Dial("").Extensions(dictated), cases.Respond(), cases.Alive(), cases.Close(1000))
	c.ID, c.Subject, c.Needs = "client/told", cases.Client, []cases.Feature{cases.Dialing}
	for _, test := range []struct {
		name, offer string
		want        cases.Verdict
		reason      string
	}{
		{"as it is told", dictated, cases.Pass, ""},
		{"in another form", `permessage-deflate;server_no_context_takeover ; server_max_window_bits="10"`, cases.Pass, ""},
		{"another value", strings.Replace(dictated, "10", "11", 1), cases.Skipped, "was told to offer"},
		{"another parameter", "permessage-deflate; server_max_window_bits=10; client_no_context_takeover", cases.Skipped, "was told to offer"},
		{"one more", dictated + ", permessage-deflate", cases.Skipped, "was told to offer"},
		{"nothing", "", cases.Skipped, "was told to offer"},
		{"no connection", "refused", cases.Skipped, "refuses"},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, err := RunClient(t.Context(), wilful{test.offer}, []cases.Case{c}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			r := report.Results[0]
			if r.Verdict != test.want || !strings.Contains(r.Reason, test.reason) {
				t.Errorf("%v (%s), want %v\n%s", r.Verdict, r.Reason, test.want, r.Block(""))
			}
		})
	}
}
